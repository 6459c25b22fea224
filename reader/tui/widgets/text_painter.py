"""Draws the lines of an article: runs become strips of styled cells, centred, and are kept."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from rich.segment import Segment
from textual.cache import LRUCache
from textual.strip import Strip

from archive.tag_colours import TagColours
from reader.tui.cells import cell_len, cut, graphemes
from reader.tui.component_styles import ComponentStyles
from reader.tui.half_cells import HalfCells
from reader.tui.render import Line
from reader.tui.render_inline import NO_HIT, NO_LINK, NOWHERE, Run
from reader.tui.render_pictures import UNREADABLE, PictureBox, PictureRow

MEASURE = 80
"""The most cells of a line of text, where nothing else is set."""

CSS = """
ArticleText {
    background: $background;
    color: $foreground;
    overflow-x: hidden;
    overflow-y: scroll;
    scrollbar-size-vertical: 1;
    & > .article-text--title { text-style: bold; }
    & > .article-text--meta { color: $text-muted; }
    & > .article-text--star { color: $star; }
    & > .article-text--tag { color: $accent; background: $accent 14%; }
    & > .article-text--note { color: $text-muted; text-style: italic; }
    & > .article-text--rule { color: $rule; }
    & > .article-text--message { color: $text-muted; }
    & > .article-text--heading-1 { color: $accent; text-style: bold; }
    & > .article-text--heading-2 { color: $accent; text-style: bold; }
    & > .article-text--heading-3 { color: $accent; text-style: bold; }
    & > .article-text--heading-4 { text-style: bold italic; }
    & > .article-text--heading-5 { text-style: italic; }
    & > .article-text--heading-6 { color: $text-muted; text-style: italic; }
    & > .article-text--heading-rule { color: $accent 45%; }
    & > .article-text--strong { text-style: bold; }
    & > .article-text--emphasis { text-style: italic; }
    & > .article-text--strike { text-style: strike; }
    & > .article-text--code { color: $secondary; background: $panel 70%; }
    & > .article-text--link { color: $accent; text-style: underline; }
    & > .article-text--image { color: $text-muted; text-style: italic; }
    & > .article-text--quote { color: $foreground 80%; text-style: italic; }
    & > .article-text--quote-bar { color: $accent 60%; }
    & > .article-text--marker { color: $accent; }
    & > .article-text--code-block { background: $panel 70%; }
    & > .article-text--code-keyword { color: $accent; }
    & > .article-text--code-name { text-style: bold; }
    & > .article-text--code-text { color: $success; }
    & > .article-text--code-number { color: $warning; }
    & > .article-text--code-comment { color: $text-muted-on-bar; text-style: italic; }
    & > .article-text--code-wrap { color: $text-muted-on-bar; }
    & > .article-text--table-line { color: $text-disabled; }
    & > .article-text--table-head { text-style: bold; }
    & > .article-text--told { color: $text-muted; }
    & > .article-text--highlight { color: $foreground; background: $warning 18%; }
    & > .article-text--highlight-bar { color: $warning; }
    & > .article-text--chosen { text-style: reverse; }
    & > .article-text--hit { color: $hit; text-style: bold; }
    & > .article-text--hit-current {
        color: $background; background: $hit; text-style: bold;
    }
    & > .article-text--letters {
        color: $background; background: $accent; text-style: bold not underline;
    }
}
"""
"""Their looks. No level of heading, link or hit is told by its colour alone."""

SLICES = ("told", "highlight", "chosen")
"""The styles that slices of a text have, the last on top."""

_KEPT_STRIPS = 1024
_BAR = "▎"
_NARROW = 40


class TextPainter:
    """Strips of an article's lines in a pane of `width` cells, kept until something changes.

    `current_hit` is the number of the search hit that is drawn as the current one. `letters` are
    drawn over the beginning of links, by line and link. `pictures` are drawn where lines are kept
    for them, None for one that cannot be; those that are missed are in `wanted`. `slices` are
    slices of the text in a style of their own, each in order and apart, a later style over an
    earlier one.
    """

    def __init__(self, styles: ComponentStyles) -> None:
        self.width = 0
        self.most = MEASURE
        self.current_hit = NO_HIT
        self.letters: Mapping[tuple[int, int], str] = {}
        self.slices: dict[str, Sequence[tuple[int, int]]] = dict.fromkeys(SLICES, ())
        self.pictures: dict[PictureBox, HalfCells | None] = {}
        self.wanted: set[PictureBox] = set()
        self._styles = styles
        self._strips: LRUCache[int, Strip] = LRUCache(_KEPT_STRIPS)

    @property
    def measure(self) -> int:
        """Cells of a line of text; the pane has at least a cell of margin at each side."""
        return max(1, min(self.most, self.width - (4 if self.width >= _NARROW else 2)))

    @property
    def margin(self) -> int:
        """Cells left of the text."""
        return max(0, self.width - self.measure) // 2

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

    def line(self, number: int, line: Line) -> Strip:
        """A line of the article."""
        strip = self._strips.get(number)
        if strip is None:
            strip = self._picture(line.picture) if line.picture else self._paint(number, line)
            self._strips[number] = strip
        return strip

    def _picture(self, place: PictureRow) -> Strip:
        """A line of a picture; blank until it is there, words for one that cannot be read."""
        plain, cells = self._styles(), self.pictures.get(place.box)
        segments = [Segment(" " * self.margin, plain)]
        if cells is not None:
            segments += cells[place.row]
        elif place.box not in self.pictures:
            self.wanted.add(place.box)
        elif place.row == 0:
            segments.append(Segment(UNREADABLE, self._styles("note")))
        return Strip(segments).adjust_cell_length(self.width, plain)

    def blank(self) -> Strip:
        """A line below the article's end."""
        return Strip.blank(self.width, self._styles())

    def message(self, line: str) -> Strip:
        """A centred line of what an empty pane says."""
        shown = cut(line, max(0, self.width - 2))
        left = (self.width - cell_len(shown)) // 2
        segments = [
            Segment(" " * left, self._styles()),
            Segment(shown, self._styles("message")),
            Segment(" " * (self.width - left - cell_len(shown)), self._styles()),
        ]
        return Strip(segments, self.width)

    def run_at(self, line: Line, x: int) -> Run | None:
        """The run at a cell of the pane."""
        at = self.margin
        for run in line.runs:
            width = cell_len(run.text)
            if at <= x < at + width:
                return run
            at += width
        return None

    def _paint(self, number: int, line: Line) -> Strip:
        plain = self._styles()
        runs: Iterable[Run] = line.runs
        for style, slices in self.slices.items():
            if slices:
                runs = _parted(runs, slices, style)
        runs = tuple(runs)
        segments = self._margin(runs)
        used = 0
        lettered = NO_LINK
        for run in runs:
            letters = self.letters.get((number, run.link), "")
            if letters and run.link != lettered:
                lettered = run.link
                segments.append(Segment(letters, self._styles(*run.styles, "letters")))
                used += cell_len(letters)
                run = replace(run, text=_without_cells(run.text, cell_len(letters)))
            segments.append(Segment(run.text, self._styles(*run.styles, *self._hit_style(run))))
            used += cell_len(run.text)
        filled = max(0, self.measure - used)
        segments.append(Segment(" " * filled, self._styles(line.fill) if line.fill else plain))
        rest = max(0, self.width - self.margin - used - filled)
        segments.append(Segment(" " * rest, plain))
        shown = [segment for segment in segments if segment.text]
        return Strip(shown).simplify().adjust_cell_length(self.width, plain)

    def _margin(self, runs: Sequence[Run]) -> list[Segment]:
        """What stands left of a line: a bar beside one with a highlight, told without colours."""
        if not any("highlight" in run.styles for run in runs):
            return [Segment(" " * self.margin, self._styles())]
        blank = Segment(" " * max(0, self.margin - len(_BAR)), self._styles())
        return [blank, Segment(_BAR[: self.margin], self._styles("highlight-bar"))]

    def _hit_style(self, run: Run) -> tuple[str, ...]:
        if run.hit == NO_HIT:
            return ()
        return ("hit-current",) if run.hit == self.current_hit else ("hit",)


def _parted(runs: Iterable[Run], slices: Sequence[tuple[int, int]], style: str) -> Iterator[Run]:
    """The runs, cut where a slice of the text begins or ends, with its style within."""
    for run in runs:
        if run.start == NOWHERE:
            yield run
            continue
        end = run.start + len(run.text)
        at = bisect_right(slices, run.start, key=_slice_end)
        edges = {run.start, end}
        edges.update(edge for each in slices[at:] if each[0] < end for edge in each)
        cuts = sorted(edge for edge in edges if run.start <= edge <= end)
        for first, last in pairwise(cuts):
            is_within = any(start <= first < stop for start, stop in slices[at:] if start < end)
            yield replace(
                run,
                text=run.text[first - run.start : last - run.start],
                start=first,
                styles=(*run.styles, style) if is_within else run.styles,
            )


def _slice_end(place: tuple[int, int]) -> int:
    return place[1]


def _without_cells(text: str, cells: int) -> str:
    """The text without its first cells; half of a wide character becomes a space."""
    used = 0
    for _, end, width in graphemes(text):
        used += width
        if used >= cells:
            return " " * (used - cells) + text[end:]
    return ""
