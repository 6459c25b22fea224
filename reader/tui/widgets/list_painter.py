"""Draws the rows of an article list: pieces of text become strips of styled cells, and are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from rich.segment import Segment
from textual.cache import LRUCache
from textual.strip import Strip

from archive.models import Summary
from archive.query import Query
from archive.snippets import find_hits
from archive.tag_colours import TagColours
from reader.tui.cells import cell_len, cut
from reader.tui.component_styles import ComponentStyles
from reader.tui.widgets.rows import (
    Nest,
    Piece,
    lay_placeholder,
    lay_row,
    lay_snippet,
    row_snippet,
    row_title,
)

CSS = """
ArticleList {
    background: $background;
    color: $foreground;
    overflow-x: hidden;
    overflow-y: scroll;
    scrollbar-size-vertical: 1;
    & > .article-list--unread { text-style: bold; }
    & > .article-list--read { color: $foreground 68%; }
    & > .article-list--mark { color: $accent; }
    & > .article-list--outlet { color: $text-muted; text-style: not bold; }
    & > .article-list--age { color: $text-muted; text-style: not bold; }
    & > .article-list--star { color: $star; }
    & > .article-list--selected { color: $accent; }
    & > .article-list--snippet { color: $text-muted; text-style: not bold; }
    & > .article-list--hit { color: $hit; text-style: bold; }
    & > .article-list--placeholder { color: $rule; }
    & > .article-list--empty { color: $text-muted; }
    & > .article-list--read-on-bar { color: $text-read-on-bar; }
    & > .article-list--muted-on-bar { color: $text-muted-on-bar; text-style: not bold; }
    & > .article-list--selection { background: $accent 12%; }
    & > .article-list--cursor { background: $cursor-bar; }
    & > .article-list--cursor-blurred { background: $cursor-bar-blurred; }
}
"""
"""Their looks; a row is its weight (`read` or `unread`), then its part, then its bar."""

_KEPT_STRIPS = 2048
_MOST_TAGS = 3
_ON_BAR = {
    "read": "read-on-bar",
    "outlet": "muted-on-bar",
    "age": "muted-on-bar",
    "snippet": "muted-on-bar",
}
"""What stands in for a style that would be hard to read on a bar."""


@dataclass(frozen=True, slots=True)
class RowLook:
    """What a row's appearance depends on beside its summary.

    `bar` is the style that fills the row: `cursor`, `cursor-blurred`, `selection` or empty.
    `snippet` asks for the second line of a row of two. `nest` says that rows lie open below it, or
    that it lies below another.
    """

    index: int
    snippet: bool
    selected: bool
    bar: str
    nest: Nest = ""


class ListPainter:
    """Strips of rows at one width, kept until the width, the styles or the row's value change.

    `with_day` dates articles of other months by their day.
    """

    def __init__(self, styles: ComponentStyles) -> None:
        self.hits: Query | None = None
        self.with_day = False
        self._styles = styles
        self._strips: LRUCache[RowLook, tuple[Summary, Strip]] = LRUCache(_KEPT_STRIPS)
        self._width = 0

    def forget(self) -> None:
        """Drop all strips."""
        self._strips.clear()

    def take_styles(self) -> None:
        """Drop what was drawn in styles that are no more."""
        if self._styles.renew():
            self.forget()

    def take_tag_colours(self, colours: TagColours) -> None:
        """Draw tags in these colours."""
        self._styles.tag_colours = colours
        self.forget()

    def row(self, look: RowLook, summary: Summary | None, width: int, now: datetime) -> Strip:
        """One line of a row; None for the summary draws a placeholder."""
        if width != self._width:
            self._strips.clear()
            self._width = width
        if summary is None:
            return self._paint_placeholder(look, width)
        kept = self._strips.get(look)
        if kept is not None and kept[0] is summary:
            return kept[1]
        weight = "read" if summary.read else "unread"
        strip = self._strip(self._lay(look, summary, width, now), (weight,), look.bar, width)
        self._strips[look] = (summary, strip)
        return strip

    def blank(self, width: int) -> Strip:
        """A line without a row."""
        return Strip.blank(width, self._styles())

    def message(self, line: str, width: int) -> Strip:
        """A centred line of the text that an empty list shows."""
        shown = cut(line, max(0, width - 2))
        left = (width - cell_len(shown)) // 2
        plain = self._styles()
        segments = [
            Segment(" " * left, plain),
            Segment(shown, self._styles("empty")),
            Segment(" " * (width - left - cell_len(shown)), plain),
        ]
        return Strip(segments, width)

    def _paint_placeholder(self, look: RowLook, width: int) -> Strip:
        blank = [(" " * width, "")]
        pieces = blank if look.snippet else lay_placeholder(look.index, width)
        return self._strip(pieces, (), look.bar, width)

    def _lay(self, look: RowLook, summary: Summary, width: int, now: datetime) -> Sequence[Piece]:
        if look.snippet:
            text = row_snippet(summary)
            return lay_snippet(summary, width, find_hits(text, self.hits) if self.hits else ())
        hits = find_hits(row_title(summary), self.hits) if self.hits else ()
        return lay_row(
            summary,
            width,
            now,
            selected=look.selected,
            hits=hits,
            tags=self._styles.tag_colours.told_apart(summary.tags)[:_MOST_TAGS],
            with_day=self.with_day,
            nest=look.nest,
        )

    def _strip(self, pieces: Sequence[Piece], base: tuple[str, ...], bar: str, width: int) -> Strip:
        segments = [
            Segment(text, self._styles(*_on(bar, (*base, style) if style else base)))
            for text, style in pieces
        ]
        return Strip(segments, width).simplify()


@cache
def _on(bar: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the styles on a bar, or on none."""
    return (*(_ON_BAR.get(name, name) for name in names), bar) if bar else names
