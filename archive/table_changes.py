"""Changes of a volume's tables: whole documents put, marks altered, texts kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tinydb.table import Document, Table

from archive.changes import Alteration, altered_ids, apply
from archive.documents import article_from, mark_document, mark_from
from archive.errors import NotFound
from archive.models import Article, Mark
from archive.names import parse_article_id
from archive.revisions import keep_texts


def merged(table: Table, article: Article) -> Article:
    """An article to put in the place of the stored one, with that one's texts. NotFound."""
    stored = table.get(doc_id=doc_id_of(article))
    if not isinstance(stored, Document):
        raise NotFound(article.article_id, "no article of this archive has that id")
    return keep_texts(article_from(stored, article.article_id), article)


def put_documents(table: Table, documents: Mapping[int, Mapping[str, object]]) -> None:
    """Replaces whole documents; an empty one is removed.

    TinyDB's `update` would keep fields that the new document no longer has, and it walks the
    table at each call: so one removal and one insertion.
    """
    if known := [doc_id for doc_id in documents if table.contains(doc_id=doc_id)]:
        table.remove(doc_ids=known)
    table.insert_multiple(
        Document(document, doc_id) for doc_id, document in documents.items() if document
    )


def alter(marks: Table, alterations: Sequence[Alteration]) -> dict[int, Mark]:
    """Applies alterations to a table of marks; the marks that they changed."""
    touched = (marks.get(doc_id=doc_id) for doc_id in altered_ids(alterations))
    stored = {each.doc_id: mark_from(each) for each in touched if isinstance(each, Document)}
    changed = apply(stored, alterations)
    if changed:
        put_documents(marks, {doc_id: mark_document(mark) for doc_id, mark in changed.items()})
    return changed


def record_ids(undo: Table, operation_id: str) -> list[int]:
    """The numbers of an operation's records in an undo table."""
    return [each.doc_id for each in undo if each["operation"] == operation_id]


def doc_id_of(article: Article) -> int:
    """The number of an article's document in its volume."""
    parsed = parse_article_id(article.article_id)
    return parsed[1] if parsed else 0
