"""Saving: articles into their volumes, one write a volume, the index after each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import TypeVar

from archive.catalogue import Catalogue
from archive.documents import Drawn, drawn
from archive.errors import DamagedFile, NotFound
from archive.index import Index
from archive.locks import WriterLock
from archive.models import Article, Mark
from archive.names import day_of, parse_article_id
from archive.volumes import Volumes

T = TypeVar("T")


@dataclass(slots=True)
class _Batch:
    """One call's articles by their place in it, with their documents.

    `done` fills up as they reach their volumes.
    """

    drawn: list[Drawn]
    marks: Sequence[Mark | None]
    new: list[int] = field(default_factory=list)
    known: dict[str, list[int]] = field(default_factory=dict)
    done: dict[int, Article] = field(default_factory=dict)


class Saving:
    """Saves articles through the volumes and the catalogue of one archive."""

    def __init__(
        self,
        volumes: Volumes,
        catalogue: Catalogue,
        index: Index,
        lock: WriterLock,
        now: Callable[[], datetime],
    ) -> None:
        self._volumes = volumes
        self._catalogue = catalogue
        self._index = index
        self._lock = lock
        self._now = now
        self._newest = ""

    def save(self, articles: Sequence[Article], marks: Sequence[Mark | None] = ()) -> list[Article]:
        """Writes articles; as they are stored, in the same order. NotFound, WriteFailed.

        A new article whose entry another process has saved meanwhile is not saved twice: the
        stored one comes back. `marks` has one for each article, or None to leave its marks alone;
        they are no step of undo.
        """
        batch = _sorted_out([drawn(each) for each in articles], marks)
        while batch.new:
            self._save_new(batch)
        for volume in list(batch.known):
            self._save_known(batch, volume)
        return [batch.done[place] for place in range(len(articles))]

    def bring_up_newest(self) -> tuple[str, int]:
        """Lets the index know every new article there is; the open volume and its room.

        A writer that failed or died between volume and index leaves articles that the index does
        not know, and that would be saved once more. They are in the volume that was open then: so
        when another one is open, all are looked at. The lock is held.
        """
        volume, room = self._volumes.open_volume(day_of(self._now()))
        behind = [] if volume == self._newest else self._catalogue.files.look().behind
        for each in [*behind, volume]:
            self._repaired(each, self._catalogue.bring_up)
        self._newest = volume
        return volume, room

    def _save_new(self, batch: _Batch) -> None:
        """Fills the day's volume, together with what is replaced in it."""
        with self._lock:
            volume, room = self.bring_up_newest()
            self._drop_saved_meanwhile(batch)
            places = _fitting(batch, room)
            known = batch.known.pop(volume, [])
            self._write(batch, volume, places, known)
            del batch.new[: len(places)]

    def _save_known(self, batch: _Batch, volume: str) -> None:
        with self._lock:
            self._repaired(volume, self._catalogue.bring_up)
            self._write(batch, volume, [], batch.known.pop(volume))

    def _write(self, batch: _Batch, volume: str, new: list[int], known: list[int]) -> None:
        if not new and not known:
            return
        added, replaced, hashes = self._repaired(
            volume,
            lambda name: self._volumes.put_articles(
                name,
                [batch.drawn[place] for place in new],
                [batch.drawn[place].article for place in known],
            ),
        )
        stored = dict(zip([*new, *known], [*added, *replaced], strict=True))
        batch.done |= stored
        marks = _marks_of(batch, stored)
        if marks:
            self._repaired(volume, lambda name: self._volumes.set_marks(name, marks))
        self._catalogue.took_articles(volume, list(stored.values()), hashes)

    def _drop_saved_meanwhile(self, batch: _Batch) -> None:
        """Takes out of the new ones what the index, which is up to date here, already has."""
        entries = {place: _entries_of(batch.drawn[place].article) for place in batch.new}
        known = self._index.find_origins(chain.from_iterable(entries.values()))
        if known:
            for place, stated in entries.items():
                saved = self._saved(known[entry] for entry in stated if entry in known)
                if saved is not None:
                    batch.done[place] = saved
            batch.new = [place for place in batch.new if place not in batch.done]

    def _saved(self, article_ids: Iterable[str]) -> Article | None:
        """The first of these articles; an id is empty where the article was removed."""
        for parsed in map(parse_article_id, article_ids):
            if parsed:
                return self._volumes.article(*parsed)
        return None

    def _repaired(self, volume: str, action: Callable[[str], T]) -> T:
        """The action's result; a damaged volume is repaired and the action tried once more."""
        try:
            return action(volume)
        except DamagedFile:
            self._catalogue.salvage(volume)
            return action(volume)


def _sorted_out(articles: list[Drawn], marks: Sequence[Mark | None]) -> _Batch:
    batch = _Batch(articles, marks)
    for place, (article, *_) in enumerate(articles):
        if not article.article_id:
            batch.new.append(place)
            continue
        parsed = parse_article_id(article.article_id)
        if parsed is None:
            raise NotFound(article.article_id, "it is not the id of an article")
        batch.known.setdefault(parsed[0], []).append(place)
    return batch


def _fitting(batch: _Batch, room: int) -> list[int]:
    """The next new articles that the volume takes: at least one, until its room is used up."""
    places: list[int] = []
    for place in batch.new:
        if places and room <= 0:
            break
        places.append(place)
        room -= batch.drawn[place].size
    return places


def _entries_of(article: Article) -> list[tuple[str, str]]:
    """The entries that an article is about: feed URLs and entry ids."""
    return [(origin.feed_url, origin.entry_id) for origin in article.origins]


def _marks_of(batch: _Batch, stored: Mapping[int, Article]) -> dict[int, Mark]:
    """The marks that came along, by document number."""
    found = {}
    for place, article in stored.items():
        mark = batch.marks[place] if batch.marks else None
        parsed = parse_article_id(article.article_id)
        if mark is not None and parsed:
            found[parsed[1]] = mark
    return found
