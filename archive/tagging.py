"""Tags as wholes: renamed, merged and removed, on every article and with those below them."""

from __future__ import annotations

from collections.abc import Callable

from archive.index import Index
from archive.models import MarkChange
from archive.query_tree import Query, Tagged
from archive.targets import tagged

Change = Callable[[list[str], MarkChange, str], int]


class Tagging:
    """Changes tags of one archive; `change` marks articles as one step of undo."""

    def __init__(self, index: Index, change: Change) -> None:
        self._index = index
        self._change = change

    def rename(self, old: str, new: str) -> int:
        """Gives a tag another name, and those below it (`old/x`) theirs; how many articles had one.

        A tag that exists takes the articles in: so tags are merged.
        """
        having = self._index.article_ids(Query(Tagged(old)), hidden=True)
        return self._change(having, MarkChange(rename_tag=(old, new)), f"rename tag {old} to {new}")

    def remove(self, tag: str) -> int:
        """Takes a tag off every article; how many had it."""
        change = MarkChange(remove_tags=(tag,))
        return self._change(tagged(self._index, tag), change, f"remove tag {tag}")
