"""Restoring: lost articles under their own ids, so that their marks find them again.

The archive knows what was lost and where its raw pages are; whoever can extract a text from a page
makes articles of them and gives them back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, timedelta
from pathlib import Path
from typing import NamedTuple

from archive import layout
from archive.catalogue import Catalogue
from archive.documents import document_hash, storable
from archive.errors import NotFound
from archive.index import Index
from archive.locks import WriterLock
from archive.lost import LostFile
from archive.models import Article, PageRef
from archive.names import articles_file, parse_article_id
from archive.pages import PageStore
from archive.storage import replace_file, stat_key
from archive.urls import url_key
from archive.volumes import ARTICLES, Volumes

_BEFORE = timedelta(days=1)
"""How long before its article a page may have been fetched: a refresh may run past midnight."""


class Damage(NamedTuple):
    """The articles that are gone, and those that are there but not as they were written."""

    lost: tuple[Article, ...]
    altered: tuple[Article, ...]


class Restoring:
    """What the archive at `root` lost, and the way back."""

    def __init__(
        self,
        root: Path,
        volumes: Volumes,
        catalogue: Catalogue,
        index: Index,
        lost: LostFile,
        pages: PageStore,
        lock: WriterLock,
    ) -> None:
        self._root = root
        self._volumes = volumes
        self._catalogue = catalogue
        self._index = index
        self._lost = lost
        self._pages = pages
        self._lock = lock

    def articles(self) -> Damage:
        """What damage took or altered, as far as it is known, without texts; nearly always none."""
        noted = self._lost.known()
        present = {
            volume: self._index.article_hashes(volume)
            for volume in {_place(each.article)[0] for each in noted}
        }
        lost, altered = [], []
        for each in noted:
            volume, doc_id = _place(each.article)
            if doc_id not in present[volume]:
                lost.append(each.article)
            elif present[volume][doc_id] != each.document_hash:
                altered.append(each.article)
        return Damage(tuple(lost), tuple(altered))

    def pages(self, lost: Sequence[Article]) -> dict[str, list[PageRef]]:
        """The raw pages of lost articles by id, oldest first, each body once.

        Only the files of the days are searched on which an article was archived or changed last.
        """
        ids_of: dict[str, list[str]] = {}
        for article in lost:
            ids_of.setdefault(url_key(article.url), []).append(article.article_id)
        found: dict[str, dict[str, PageRef]] = {}
        for name in self._files(lost):
            for offset, head in self._pages.heads(name):
                for article_id in _named(ids_of, head.asked_url, head.url):
                    bodies = found.setdefault(article_id, {})
                    bodies.setdefault(head.digest, PageRef(name, offset))
        return {article_id: list(bodies.values()) for article_id, bodies in found.items()}

    def restore(self, articles: Iterable[Article]) -> None:
        """Puts articles back into their volumes. WriteFailed.

        One that is there, altered, is replaced; the text that it has stays as an earlier one.
        """
        by_volume: dict[str, list[Article]] = {}
        for article in articles:
            by_volume.setdefault(_place(article)[0], []).append(storable(article))
        for volume, members in by_volume.items():
            with self._lock:
                self._make_again(volume)
                self._catalogue.bring_up(volume)
                restored = self._volumes.restore(volume, members)
                hashes = {each.article_id: document_hash(each) for each in restored}
                self._catalogue.took_articles(volume, restored, hashes)
                self._lost.drop({each.article_id for each in members})

    def give_up(self, article_ids: Collection[str]) -> None:
        """Forgets about lost articles that cannot be rebuilt."""
        with self._lock:
            self._lost.drop(article_ids)

    def _files(self, lost: Iterable[Article]) -> list[str]:
        days = set()
        for article in lost:
            for at in (article.archived_at - _BEFORE, article.archived_at, article.changed_at):
                if at is not None:
                    days.add(at.astimezone(UTC).date().isoformat())
        return [name for name in self._pages.files() if Path(name).name[:10] in days]

    def _make_again(self, volume: str) -> None:
        """An empty file for a volume that is gone; it gives none of the lost ids again."""
        path = self._root / articles_file(volume)
        if stat_key(path) is None:
            places = [_place(each.article) for each in self._lost.known()]
            highest = max(doc_id for where, doc_id in places if where == volume)
            replace_file(path, layout.encode({ARTICLES: {}}, layout.Meta(next_id=highest + 1)))
            self._volumes.forget(volume)


def _named(ids_of: Mapping[str, list[str]], *urls: str) -> list[str]:
    for url in urls:
        if url and (found := ids_of.get(url_key(url))):
            return found
    return []


def _place(article: Article) -> tuple[str, int]:
    parsed = parse_article_id(article.article_id)
    if parsed is None:
        raise NotFound(article.article_id, "it is not the id of an article")
    return parsed
