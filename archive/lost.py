"""lost.json: the articles of damaged volumes, as far as the index knew them.

Written before a volume is repaired and before the index forgets, so that no moment of dying costs
that knowledge; there only until somebody has tried to rebuild what is lost or altered. An article
in it has no text, but the hash of the document that it was. Whoever calls a writing method holds
the archive's lock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from tinydb.table import Document

from archive.disk_errors import write_error
from archive.documents import Document as Fields
from archive.documents import article_document, article_from, read_each
from archive.errors import DamagedFile
from archive.models import Article
from archive.names import parse_article_id
from archive.storage import VolumeStorage, stat_key

LOST_FILE = "lost.json"
LOST = "lost"


@dataclass(frozen=True, slots=True)
class Known:
    """An article without its text, and the hash of its document as it was written."""

    article: Article
    document_hash: str


class LostFile:
    """The articles that damage may have taken from the archive at `root`."""

    def __init__(self, root: Path) -> None:
        self._path = root / LOST_FILE
        self._storage = VolumeStorage(self._path, LOST)

    def known(self) -> list[Known]:
        """All of them; none, at the cost of one stat, where nothing was damaged."""
        if stat_key(self._path) is None:
            return []
        table = (self._storage.read() or {}).get(LOST, {})
        return list(read_each(table, lambda document, _: known_from(document)).values())

    def note(self, articles: Iterable[Known]) -> None:
        """Adds articles of a volume about to be repaired; those noted already stay as they are."""
        with self._storage.batch() as database:
            table = database.table(LOST)
            known = {each["id"] for each in table}
            fresh = [each for each in articles if each.article.article_id not in known]
            if fresh:
                table.insert_multiple(
                    Document(known_document(each), self._storage.next_id + place)
                    for place, each in enumerate(fresh)
                )

    def drop(self, article_ids: Collection[str]) -> None:
        """Takes out those that are sound again, or that nothing more can be done about."""
        if stat_key(self._path) is None:
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


def known_document(known: Known) -> Fields:
    """The document of such an article, which unlike others says its id."""
    about = {"id": known.article.article_id, "hash": known.document_hash}
    return about | article_document(known.article)


def known_from(document: Fields) -> Known:
    """The article of such a document. DamagedFile."""
    name, digest = document.get("id"), document.get("hash")
    if not (isinstance(name, str) and parse_article_id(name) and isinstance(digest, str)):
        raise DamagedFile("a lost article", "its id or hash is none")
    return Known(article_from(document, name), digest)
