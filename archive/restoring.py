"""Restoring: lost articles under their own ids, so that their marks find them again.

The archive knows what was lost and where its raw pages are; whoever can extract a text from a page
makes articles of them and gives them back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, timedelta
from pathlib import Path

from archive import layout
from archive.catalogue import Catalogue
from archive.documents import storable
from archive.errors import NotFound
from archive.index import Index
from archive.locks import WriterLock
from archive.lost import LostFile
from archive.models import Article, PageRef
from archive.names import articles_file, parse_article_id
from archive.pages import PageStore
from archive.storage import replace_file
from archive.urls import url_key
from archive.volumes import ARTICLES, Volumes

_BEFORE = timedelta(days=1)
"""How long before its article a page may have been fetched: a refresh may run past midnight."""


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

    def articles(self) -> list[Article]:
        """The lost articles as far as they are known, without texts; nearly always none."""
        noted = self._lost.articles()
        there = {each.article_id for each in self._index.summaries([a.article_id for a in noted])}
        return [each for each in noted if each.article_id not in there]

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

    def restore(self, articles: Iterable[Article]) -> list[Article]:
        """Puts articles back into their volumes; those that really were missing. WriteFailed."""
        by_volume: dict[str, list[Article]] = {}
        for article in articles:
            by_volume.setdefault(_volume(article), []).append(storable(article))
        back = []
        for volume, members in by_volume.items():
            with self._lock:
                self._make_again(volume)
                stored = self._volumes.restore_articles(volume, members)
                self._catalogue.took_articles(volume, stored)
                self._lost.drop({each.article_id for each in members})
            back += stored
        return back

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
        if not path.exists():
            ids = [parse_article_id(each.article_id) for each in self._lost.articles()]
            highest = max(each[1] for each in ids if each and each[0] == volume)
            replace_file(path, layout.encode({ARTICLES: {}}, layout.Meta(next_id=highest + 1)))
            self._volumes.forget(volume)


def _named(ids_of: Mapping[str, list[str]], *urls: str) -> list[str]:
    for url in urls:
        if url and (found := ids_of.get(url_key(url))):
            return found
    return []


def _volume(article: Article) -> str:
    parsed = parse_article_id(article.article_id)
    if parsed is None:
        raise NotFound(article.article_id, "it is not the id of an article")
    return parsed[0]
