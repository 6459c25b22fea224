"""The layout of one row of the article list: pieces of text, each with the name of its style.

A row is   selection, unread mark, fold, title, tags, outlet, star, age   and fills its width
exactly. The row of a folded story has the outlets that tell it in place of its own; of tags only
those with a colour are seen. Foreign text is cleaned here, where it becomes cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from archive.characters import clean_line
from archive.models import Summary
from archive.story_models import Fold
from reader.tui.ages import AGE_CELLS, age
from reader.tui.cells import ELLIPSIS, cell_len, cut, drawable, fit, graphemes, whole_graphemes
from reader.tui.tag_looks import tag_look

Piece = tuple[str, str]
"""Text and the name of its style; an empty name is the row's own style."""
Hits = Sequence[tuple[int, int]]
"""Start and end of each match in a text, ascending."""
Nest = Literal["", "open", "under"]
"""Whether the other rows of its story lie open below a row, or it is one of those."""

UNREAD, STAR, SELECTED, TAG, FOLDED, OPEN = "●", "★", "▌", "#", "▸", "▾"
DISBELIEVED = "?"
"""Behind the age of an article whose outlet claims a date that cannot be true."""
UNTITLED = "(no title)"

_LONGEST, _HEADING_CELLS = 4000, 28
"""Characters of a foreign text that can matter in one row; the rest is never looked at."""
_OUTLET_FROM = 56
"""The narrowest row, in cells, that names the outlet."""
_MARKS_CELLS = 3
_INDENT = " " * _MARKS_CELLS
_BELOW = 2
"""Cells by which rows that lie open stand in."""


def row_title(summary: Summary) -> str:
    """The title as a row shows it, before it is cut."""
    return drawable(clean_line(summary.title[:_LONGEST])) or UNTITLED


def row_section(summary: Summary) -> str:
    """What names the section of a match before its snippet: a heading, cut, or a number."""
    section = summary.section
    if section is None:
        return ""
    heading = drawable(clean_line(section.heading[:_LONGEST]))
    return f"{cut(heading, _HEADING_CELLS) if heading else f'#{section.number}'}: "


def row_snippet(summary: Summary) -> str:
    """The snippet as a row shows it, behind what names its section, before it is cut."""
    return row_section(summary) + drawable(clean_line(summary.snippet[:_LONGEST]))


def lay_row(
    summary: Summary,
    width: int,
    now: datetime,
    *,
    selected: bool = False,
    hits: Hits = (),
    tags: Sequence[str] = (),
    with_day: bool = False,
    nest: Nest = "",
) -> list[Piece]:
    """The first line of an article's row; `hits` are matches in `row_title`, `tags` get a sign."""
    written = age(summary.sort_at, now, with_day=with_day)
    outlet_cells = min(20, width // 5) if width >= _OUTLET_FROM else 0
    if outlet_cells:  # what a longer age takes of it leaves the outlets in their column
        outlet_cells -= max(0, cell_len(written) - AGE_CELLS)
    fold = summary.fold if nest != "open" else None
    end = [
        *_tag_signs(tags),
        *_novelty(summary, outlet_cells),
        *_ending(summary, written, outlet_cells, fold),
    ]
    indent = _BELOW if nest == "under" else 0
    end_cells = sum(cell_len(text) for text, _ in end)
    title_cells = max(0, width - _MARKS_CELLS - indent - end_cells)
    pieces = [
        (SELECTED if selected else " ", "selected"),
        (" " if summary.read else UNREAD, "mark"),
        (_fold_sign(summary, nest) + " " * indent, "outlet"),
        *emphasise(row_title(summary), hits, title_cells, "title"),
        *end,
    ]
    return crop(pieces, width)


def lay_snippet(summary: Summary, width: int, hits: Hits) -> list[Piece]:
    """The second line of a search result: the snippet, moved so that its first hit is seen.

    What names the section stays before it, unless it would take half of the line.
    """
    text = row_snippet(summary)
    room = max(0, width - _MARKS_CELLS - 1)
    if hits and cell_len(text[: hits[0][1]]) > room:
        lead = row_section(summary)
        lead = lead if cell_len(lead) * 2 <= room and hits[0][0] >= len(lead) else ""
        start = _start_before(text, hits[0][0], (room - cell_len(lead)) // 3)
        start = max(start, len(lead))
        lead += ELLIPSIS
        moved = len(lead) - start
        text = lead + text[start:]
        hits = [(first + moved, last + moved) for first, last in hits if first >= start]
    return crop([(_INDENT, ""), *emphasise(text, hits, room, "snippet"), (" ", "")], width)


def lay_placeholder(index: int, width: int) -> list[Piece]:
    """A row that is not loaded yet; its length varies so that scrolling can be seen."""
    room = max(0, width - _MARKS_CELLS - AGE_CELLS - 2)
    length = room * (45 + index * 37 % 40) // 100
    return [(fit(_INDENT + "┄" * length, width), "placeholder")]


def emphasise(text: str, hits: Hits, width: int, style: str) -> list[Piece]:
    """The text in exactly `width` cells, its hits in the style `hit`."""
    shown = cut(text, width)
    kept = len(shown) - 1 if shown != text else len(shown)
    pieces: list[Piece] = []
    at = 0
    for first, last in whole_graphemes(text, hits):
        first, last = max(first, at), min(last, kept)
        if first >= last:
            continue
        pieces += [(shown[at:first], style), (shown[first:last], "hit")]
        at = last
    filled = shown[at:] + " " * (width - cell_len(shown))
    return [piece for piece in (*pieces, (filled, style)) if piece[0]]


def crop(pieces: Sequence[Piece], width: int) -> list[Piece]:
    """The pieces in at most `width` cells, for panes narrower than a row's fixed parts."""
    used = 0
    kept: list[Piece] = []
    for text, style in pieces:
        cells = cell_len(text)
        if used + cells > width:
            kept.append((fit(text, width - used), style))
            break
        kept.append((text, style))
        used += cells
    return kept


def _tag_signs(tags: Sequence[str]) -> list[Piece]:
    signs = [(TAG, tag_look(tag)) for tag in tags]
    return [(" ", ""), *signs] if signs else []


def _fold_sign(summary: Summary, nest: Nest) -> str:
    if nest == "open":
        return OPEN
    return FOLDED if summary.fold and not nest else " "


def _novelty(summary: Summary, outlet_cells: int) -> list[Piece]:
    """How much of an unread article is new to who read others of its story, once it is known."""
    if summary.new_percent is None or summary.read:
        return []
    words = f"{summary.new_percent} % new" if outlet_cells else f"{summary.new_percent}%"
    return [(f" {words}", "outlet")]


def _tellers(fold: Fold, cells: int) -> str:
    """How many outlets tell a folded story and how much of it is unread, in words with room."""
    unread = f" {UNREAD}{fold.unread_count}" if fold.unread_count else ""
    if fold.outlet_count == 1:
        count, words = fold.article_count, f"{fold.article_count} articles{unread}"
    else:
        count, words = fold.outlet_count, f"{fold.outlet_count} outlets{unread}"
    return words if cell_len(words) <= cells else f"×{count}{unread}"


def _ending(
    summary: Summary, written: str, outlet_cells: int, fold: Fold | None = None
) -> list[Piece]:
    own = drawable(clean_line(summary.outlet[:_LONGEST]))
    outlet = _tellers(fold, outlet_cells) if fold else own
    pieces = [("  ", ""), (fit(outlet, outlet_cells), "outlet")] if outlet_cells else []
    if outlet_cells or summary.starred:  # a title without a star beside it has its room
        pieces += [(" ", ""), (STAR if summary.starred else " ", "star")]
    if fold and not outlet_cells:
        gap = " " * (cell_len(written) >= AGE_CELLS)  # figures stand apart from those of a day
        pieces = [(f" {_tellers(fold, 0)}{gap}", "outlet"), *pieces]
    return [
        *pieces,
        (f" {written.rjust(AGE_CELLS)}{DISBELIEVED if summary.claimed_at else ' '}", "age"),
    ]


def _start_before(text: str, index: int, cells: int) -> int:
    """The start of the character, or better of the word, that lies `cells` before an index."""
    used = 0
    start = index
    for begin, _, width in reversed(graphemes(text[:index])):
        if used + width > cells:
            break
        used += width
        start = begin
    space = text.find(" ", start, index)
    return start if space < 0 else space + 1
