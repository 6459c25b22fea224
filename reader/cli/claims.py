"""What outlets state of a story, and its timeline, as tables with the sentences at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.characters import clean_line
from archive.story_models import Claim, Statement, Story
from archive.story_names import unit_name
from reader.cli.table import Cell, Column, Row, table
from reader.cli.terminal import Terminal
from reader.cli.wording import minute
from reader.timeline import Event

NOTHING = "No number, person or quote was found in it."
_WHAT, _DIFFERS, _LEAST_CELL, _GAP = 26, 7, 16, 2
"""Cells of the columns on a terminal, and between them."""
_TIMES = (Column(limit=17), Column(limit=18), Column(limit=14), Column(flexible=True))


def claim_lines(story: Story, claims: Sequence[Claim], terminal: Terminal) -> Iterator[str]:
    """What several outlets state side by side, then what only one does, then the sentences."""
    notes = _Notes()
    shared = [each for each in claims if len(each.cells) > 1]
    alone = [each for each in claims if len(each.cells) == 1]
    stating = {outlet for each in shared for outlet in each.cells}
    outlets = [
        each for each in dict.fromkeys(one.outlet for one in story.members) if each in stating
    ]
    for some, cells in _fitting(outlets, terminal):
        rows = [_head(some), *(_shared_row(each, some, notes) for each in shared)]
        columns = [Column(limit=_WHAT), Column(limit=_DIFFERS), *[Column(limit=cells)] * len(some)]
        yield from table(columns, rows, terminal)
        yield ""
    if alone:
        yield terminal.style("Only one outlet states", "bold")
        columns = [Column(limit=_WHAT), Column(limit=_LEAST_CELL), Column(flexible=True)]
        yield from table(columns, [_alone_row(each, notes) for each in alone], terminal)
        yield ""
    yield from notes.lines()


def timeline_lines(events: Sequence[Event], terminal: Terminal) -> Iterator[str]:
    """Each event in a line."""
    rows = [
        (
            Cell(minute(each.at), ("dim",)),
            Cell(each.outlet),
            Cell(each.article_id, ("accent",)),
            Cell(each.what),
        )
        for each in events
    ]
    return table(_TIMES, rows, terminal)


def _fitting(outlets: Sequence[str], terminal: Terminal) -> Iterator[tuple[Sequence[str], int]]:
    """The outlets in groups that stand side by side, and the cells of each one's column."""
    count, cells = max(1, len(outlets)), 0
    if terminal.width is not None:
        room = terminal.width - _WHAT - _GAP - _DIFFERS
        count = max(1, min(count, room // (_LEAST_CELL + _GAP)))
        cells = room // count - _GAP
    for at in range(0, len(outlets), count):
        yield outlets[at : at + count], cells


def _head(outlets: Sequence[str]) -> Row:
    return (Cell(""), Cell(""), *(Cell(each, ("bold",)) for each in outlets))


def _shared_row(claim: Claim, outlets: Sequence[str], notes: _Notes) -> Row:
    differs = Cell("differs" if claim.differs else "", ("warn",))
    cells = (Cell(notes.cell(outlet, claim.cells.get(outlet, ()))) for outlet in outlets)
    return (Cell(claim.what), differs, *cells)


def _alone_row(claim: Claim, notes: _Notes) -> Row:
    ((outlet, statements),) = claim.cells.items()
    what = "a quote" if claim.kind == "quote" else claim.what
    return (Cell(what), Cell(outlet, ("dim",)), Cell(notes.cell(outlet, statements)))


class _Notes:
    """The sentences behind the cells, each under a number of its own."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str, str], int] = {}

    def cell(self, outlet: str, statements: Sequence[Statement]) -> str:
        """What a cell says: the numbers of its sentences, and each statement's own words."""
        return " / ".join(f"[{self._number(outlet, each)}] {each.value}" for each in statements)

    def lines(self) -> Iterator[str]:
        """Number, outlet, id and sentence, a line each."""
        for (outlet, name, sentence), number in self._numbers.items():
            yield clean_line(f"[{number}] {outlet} {name}: {sentence}")

    def _number(self, outlet: str, statement: Statement) -> int:
        name = unit_name(statement.article_id, statement.section)
        key = (outlet, name, statement.sentence)
        return self._numbers.setdefault(key, len(self._numbers) + 1)
