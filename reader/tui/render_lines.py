"""The lines of one block: its inline content read, emphasised, wrapped, and set behind its bars."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from operator import itemgetter

from reader.tui.cells import cell_len, whole_graphemes
from reader.tui.code_colours import CodeColours, Part
from reader.tui.render_blocks import Block
from reader.tui.render_inline import InlineReader, Run, join, split_runs
from reader.tui.render_table import lay_table
from reader.tui.wrap import wrap_code, wrap_text

FindHits = Callable[[str], Sequence[tuple[int, int]]]
"""Finds the start and end of each search hit in a text, ascending."""
FilledLine = tuple[list[Run], str]
"""A line and the style of its empty rest."""

_HEADING_RULES = {1: "━", 2: "─"}
_BREAK_CELLS = 24
_LEAST_TEXT_CELLS = 8
"""Cells that nested quotes and lists leave to the text in them."""
_CODE_INDENT, _CODE_GOES_ON = "  ", "↪ "


def wrap_runs(runs: Sequence[Run], width: int) -> list[list[Run]]:
    """Runs broken into lines of at most `width` cells."""
    return split_runs(runs, wrap_text(join(runs), width))


class LineMaker:
    """Makes the lines of blocks, in the order of the text: it numbers links and hits.

    One for each layout: how much code has colours is counted as well.
    """

    def __init__(self, inline: InlineReader, width: int, find: FindHits | None) -> None:
        self._inline = inline
        self._width = width
        self._find = find
        self._hit_count = 0
        self._colours = CodeColours()

    def lines(self, block: Block) -> Iterator[FilledLine]:
        """The block's lines, with what its quotes and lists set before them."""
        prefix, rest = self._prefixes(block)
        width = self._width - cell_len(join(prefix))
        for runs, fill in self._content(block, max(1, width)):
            yield [*prefix, *runs], fill
            prefix = rest

    def gap_prefix(self, block: Block) -> list[Run]:
        """What a blank line before the block shows: the bars of quotes that go on over it."""
        going_on = block.containers[: min(block.opens, default=None)]
        bars = "".join(one.rest for one in going_on).rstrip()
        return [Run(bars, ("quote-bar",))] if bars else []

    def emphasise(self, runs: Sequence[Run]) -> list[Run]:
        """The runs with search hits cut out and numbered."""
        text = join([run for run in runs if not run.is_added])
        hits = whole_graphemes(text, self._find(text)) if self._find else []
        if not hits:
            return list(runs)
        ranges: list[tuple[int, int]] = []
        at = 0
        for first, last in _with_added(hits, runs):
            ranges += [(at, first), (first, last)]
            at = last
        marked: list[Run] = []
        for index, part in enumerate(split_runs(runs, [*ranges, (at, len(join(runs)))])):
            if index % 2:
                marked += [replace(run, hit=self._hit_count) for run in part]
                self._hit_count += 1
            else:
                marked += part
        return marked

    def _content(self, block: Block, width: int) -> Iterator[FilledLine]:
        match block.kind:
            case "code":
                yield from self._code(block, width)
            case "rule":
                yield [Run("─" * min(width, _BREAK_CELLS), ("rule",), block.start)], ""
            case "table":
                yield from ((line, "") for line in self._table(block, width))
            case "heading":
                yield from ((line, "") for line in self._heading(block, width))
            case _:
                yield from ((line, "") for line in self._paragraph(block, width))

    def _paragraph(self, block: Block, width: int) -> list[list[Run]]:
        is_quoted = any(one.style == "quote-bar" for one in block.containers)
        styles = ("quote",) if is_quoted else ()
        runs = self._inline.read(block.content, block.start, styles)
        return wrap_runs(self.emphasise(runs), width)

    def _heading(self, block: Block, width: int) -> Iterator[list[Run]]:
        runs = self._inline.read(block.content, block.start, (f"heading-{block.level}",))
        lines = wrap_runs(self.emphasise(runs), width)
        yield from lines
        if rule := _HEADING_RULES.get(block.level):
            longest = max(cell_len(join(line)) for line in lines)
            yield [Run(rule * longest, ("heading-rule",))]

    def _code(self, block: Block, width: int) -> Iterator[FilledLine]:
        at, first = block.code_start, 0
        indent = _CODE_INDENT if width >= _LEAST_TEXT_CELLS else ""
        code = block.content.rstrip("\n")
        parts = self._colours.parts_of(code.expandtabs(4), block.language)
        for written in code.split("\n"):
            text = written.expandtabs(4)
            runs = self.emphasise(_code_runs(text, at, first, parts))
            lead = indent
            for line in split_runs(runs, wrap_code(text, width - 2 * len(indent))):
                yield [Run(lead, ("code-block", "code-wrap")), *line], "code-block"
                lead = _CODE_GOES_ON if indent else ""
            at += len(written) + 1
            first += len(text) + 1

    def _table(self, block: Block, width: int) -> list[list[Run]]:
        at = block.start
        rows = []
        for row in block.rows:
            cells = []
            for cell in row:
                styles = ("table-head",) if cell.is_head else ()
                runs = self._inline.read(cell.content, at, styles)
                at = max((run.start for run in runs), default=at)
                cells.append(self.emphasise(runs))
            rows.append(cells)
        aligns = [cell.align for cell in block.rows[0]]
        heads = sum(1 for row in block.rows if row and row[0].is_head)
        return lay_table(rows, aligns, heads, width)

    def _prefixes(self, block: Block) -> tuple[list[Run], list[Run]]:
        """What stands before the block's first line and before its others; equally wide."""
        first: list[Run] = []
        rest: list[Run] = []
        used = 0
        for depth, container in enumerate(block.containers):
            cells = cell_len(container.rest)
            if used + cells > self._width - _LEAST_TEXT_CELLS:
                break
            used += cells
            marker = container.first if depth in block.opens else container.rest
            first.append(Run(marker, (container.style,)))
            rest.append(Run(container.rest, (container.style,)))
        return first, rest


def _code_runs(text: str, at: int, first: int, parts: Sequence[Part]) -> list[Run]:
    """A line of code that stands at an offset of the article's text and `first` in its code."""
    runs: list[Run] = []
    done, end = 0, first + len(text)
    for index in range(bisect_left(parts, first, key=itemgetter(1)), len(parts)):
        start, stop, style = parts[index]
        if start >= end:
            break
        start, stop = max(start - first, 0), min(stop, end) - first
        runs += [
            Run(text[done:start], ("code-block",), at + done),
            Run(text[start:stop], ("code-block", style), at + start),
        ]
        done = stop
    runs.append(Run(text[done:], ("code-block",), at + done))
    return [run for run in runs if run.text] or runs[:1]


def _with_added(hits: Iterable[tuple[int, int]], runs: Sequence[Run]) -> list[tuple[int, int]]:
    """Places in the text alone as places in the joined runs, among which are added ones."""
    added: list[tuple[int, int]] = []
    at = 0
    for run in runs:
        if run.is_added:
            added.append((at, len(run.text)))
        else:
            at += len(run.text)
    return [
        (
            first + sum(cells for place, cells in added if place <= first),
            last + sum(cells for place, cells in added if place < last),
        )
        for first, last in hits
    ]
