"""lost.json: the articles that damaged volumes lost, as far as the index knew them.

Written before a volume is repaired and before the index forgets, so that no moment of dying costs
that knowledge; there only until somebody has tried to rebuild them. An article in it has no text.
Whoever calls a writing method holds the archive's lock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from tinydb.table import Document

from archive.documents import Document as Fields
from archive.documents import article_document, article_from, read_each
from archive.errors import DamagedFile
from archive.models import Article
from archive.names import parse_article_id
from archive.storage import VolumeStorage, write_error

LOST_FILE = "lost.json"
LOST = "lost"


class LostFile:
    """The lost articles of the archive at `root`."""

    def __init__(self, root: Path) -> None:
        self._path = root / LOST_FILE
        self._storage = VolumeStorage(self._path, LOST)

    def articles(self) -> list[Article]:
        """All of them; none, at the cost of one stat, where nothing was lost."""
        if not self._path.exists():
            return []
        table = (self._storage.read() or {}).get(LOST, {})
        return list(read_each(table, lambda document, _: lost_from(document)).values())

    def note(self, articles: Iterable[Article]) -> None:
        """Adds articles that are about to be lost; those noted already stay as they are."""
        with self._storage.batch() as database:
            table = database.table(LOST)
            known = {each["id"] for each in table}
            fresh = [each for each in articles if each.article_id not in known]
            if fresh:
                table.insert_multiple(
                    Document(lost_document(each), self._storage.next_id + place)
                    for place, each in enumerate(fresh)
                )

    def drop(self, article_ids: Collection[str]) -> None:
        """Takes out those that are there again, or that nothing more can be done about."""
        if not self._path.exists():
            return
        with self._storage.batch() as database:
            table = database.table(LOST)
            table.remove(doc_ids=[each.doc_id for each in table if each["id"] in article_ids])
            is_empty = not len(table)
        if is_empty:
            try:
                self._path.unlink(missing_ok=True)
            except OSError as error:
                raise write_error(self._path, error) from error


def lost_document(article: Article) -> Fields:
    """The document of a lost article, which unlike others says its id."""
    return {"id": article.article_id, **article_document(article)}


def lost_from(document: Fields) -> Article:
    """The lost article of a document. DamagedFile."""
    name = document.get("id")
    if not isinstance(name, str) or parse_article_id(name) is None:
        raise DamagedFile("a lost article", "its id is none")
    return article_from(document, name)
