"""The tags pane: every tag with the number of its articles, as a tree in alphabetical order.

A tag `ai/chips` stands below `ai`. A tag that no article has itself, but ones below it, is there
too, without a number: its list has theirs.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.reactive import reactive

from archive.models import TagCount
from archive.tag_colours import TagColours
from reader.tui.widgets.side_list import SideList, SideRow


class TagsPane(SideList):
    """All tags; the key of a row is its tag."""

    none_words = ""
    """What it says while there is no tag."""
    tag_colours: reactive[TagColours] = reactive(TagColours(), init=False)
    """The colours that tags are drawn in."""

    def show(self, tags: Sequence[TagCount]) -> None:
        """Show these tags; the cursor stays on its tag."""
        self.empty_text = self.none_words
        rows: dict[tuple[str, ...], SideRow] = {}
        for count in tags:
            names = _names(count.tag)
            for depth in range(len(names) - 1):
                path = _path(names[: depth + 1])
                rows.setdefault(path, _row("/".join(names[: depth + 1]), None, depth, "quiet"))
            look = "unread" if count.unread_count else "quiet"
            rows[_path(names)] = _row(count.tag, count.article_count, len(names) - 1, look)
        self.load([rows[path] for path in sorted(rows)])

    def watch_tag_colours(self, colours: TagColours) -> None:
        """Draw tags in these colours."""
        self._style_of.tag_colours = colours

    @property
    def tag(self) -> str | None:
        """The tag under the cursor."""
        return self.current.key if self.current else None


def _names(tag: str) -> list[str]:
    """The names of a tag from the top; one with an empty name in it stands by itself."""
    names = tag.split("/")
    return names if all(map(str.strip, names)) else [tag]


def _path(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.casefold() for name in names)


def _row(tag: str, count: int | None, depth: int, look: str) -> SideRow:
    return SideRow(tag, _names(tag)[-1], count, "#", depth, look, tag=tag)
