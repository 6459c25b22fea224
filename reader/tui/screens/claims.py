"""Over the panes: what outlets state, a row a claim and a column an outlet, sentences below."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from archive.characters import clean_line
from archive.story_models import Claim
from reader.tui.cells import ELLIPSIS, cell_len
from reader.tui.keys import press_name
from reader.tui.looks import COMPACT
from reader.tui.screens.dialog import Dialog
from reader.tui.screens.pick import LONGEST, line
from reader.tui.widgets.key_hints import KeyHints
from reader.tui.widgets.pick_list import PickList

HINT, TURNS, DIFFER = "Enter goes to a sentence", "< > outlets", "≠ numbers differ"
_WHAT, _LEAST_CELL = 20, 15
"""Cells of what is claimed, and of an outlet's column at least."""
_MOST_CELL = 72
"""Cells that an outlet's longest statement gets, where there is room for all of them."""
_FRAME = 6
_LEAST_WIDTH, _MOST_WIDTH = 88, 170
_AROUND, _AROUND_COMPACT = 10, 6
"""Lines of the page beside its claims and sentences, the keys below taking two of them."""


class ClaimsScreen(Dialog[Claim | None]):
    """Its answer is the claim that was picked; None when it was left."""

    AUTO_FOCUS = "#claims-list"

    def __init__(self, claims: Sequence[Claim], outlets: Sequence[str]) -> None:
        super().__init__()
        self._claims = claims
        self._outlets = outlets
        self._first = 0
        self._room = _LEAST_WIDTH - _FRAME, 1

    def compose(self) -> ComposeResult:
        """A title, the outlets, the claims, and what the outlets say of the one in use."""
        count = len(self._outlets)
        title = f"What {count} outlet{'s state' if count != 1 else ' states'}"
        with Vertical(id="claims", classes="page"):
            yield Static(title, classes="page-title", markup=False)
            yield Static(id="claims-head", markup=False)
            yield PickList(id="claims-list", markup=False)
            yield Static(id="claims-sentences", markup=False)
            yield KeyHints("", classes="page-hint")

    def on_mount(self) -> None:
        """Show the first outlets."""
        self._draw()

    def on_resize(self) -> None:
        """Show as many outlets as there is room for."""
        self._draw()

    def on_key(self, event: events.Key) -> None:
        """Leave, or show other outlets."""
        match press_name(event.key, event.character):
            case "q" | "Escape" | "h":
                event.stop()
                self.dismiss(None)
            case ">" | "Right":
                event.stop()
                self._turn(1)
            case "<" | "Left":
                event.stop()
                self._turn(-1)

    @on(OptionList.OptionSelected)
    def picked(self, event: OptionList.OptionSelected) -> None:
        """Answer."""
        self.dismiss(self._claims[event.option_index])

    @on(OptionList.OptionHighlighted)
    def highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the sentences of a claim."""
        self._show_sentences(self._claims[event.option_index])

    def _turn(self, step: int) -> None:
        last = max(0, len(self._outlets) - self._fitting)
        self._first = min(last, max(0, self._first + step * self._fitting))
        self._draw()

    @property
    def _fitting(self) -> int:
        """Outlets that have room beside one another."""
        width = self.query_one("#claims").styles.width
        cells = int(width.value) if width else _LEAST_WIDTH
        return max(1, (cells - _FRAME - _WHAT) // _LEAST_CELL)

    def _fit(self) -> None:
        """As wide as the statements want, as high as claims and the longest sentences want."""
        most = self.app.size
        columns = (self._widest(outlet) for outlet in self._outlets)
        width = max(_LEAST_WIDTH, _FRAME + _WHAT + sum(columns))
        width = min(
            width, _MOST_WIDTH, most.width if most.width < _LEAST_WIDTH else most.width * 24 // 25
        )
        compact = self.app.has_class(COMPACT)
        lines = most.height if compact else most.height * 9 // 10
        said = max(_lines(_said(claim), width - _FRAME) for claim in self._claims)
        lines -= _AROUND_COMPACT if compact else _AROUND
        said = min(said, max(1, lines // 2))
        self._room = width - _FRAME, said
        page = self.query_one("#claims")
        page.styles.width = width
        self.query_one("#claims-sentences").styles.height = said + 1  # and the rule above
        self.query_one(PickList).styles.height = max(1, min(len(self._claims), lines - said))

    def _widest(self, outlet: str) -> int:
        """Cells that the column of an outlet wants."""
        texts = [clean_line(outlet[:LONGEST]), *(str(_cell(each, outlet)) for each in self._claims)]
        return min(_MOST_CELL, max(_LEAST_CELL, *(cell_len(text) + 2 for text in texts)))

    def _draw(self) -> None:
        self._fit()
        shown = self._outlets[self._first : self._first + self._fitting]
        rows = self.query_one(PickList)
        at = rows.highlighted or 0
        self.query_one("#claims-head", Static).update(_head(shown))
        rows.set_options(Option(_row(claim, shown)) for claim in self._claims)
        rows.highlighted = at
        hints = (
            HINT,
            TURNS if len(shown) < len(self._outlets) else "",
            DIFFER if any(claim.differs for claim in self._claims) else "",
            "q leaves",
        )
        self.query_one(KeyHints).text = "   ".join(filter(None, hints))

    def _show_sentences(self, claim: Claim) -> None:
        width, lines = self._room
        shown = _fitting_lines(_said(claim), self.app.console, width, lines)
        self.query_one("#claims-sentences", Static).update(Text("\n").join(shown))


def _said(claim: Claim) -> list[Text]:
    """Who states it in which sentence."""
    stated = [(outlet, each) for outlet, cell in claim.cells.items() for each in cell]
    return [
        Text.assemble((f"{clean_line(outlet[:LONGEST])}  ", "bold"), clean_line(each.sentence))
        for outlet, each in stated
    ]


def _lines(texts: Sequence[Text], width: int) -> int:
    """About how many lines they fill: words break a little before the edge."""
    room = max(1, width - width // 12)
    return sum(-(-max(1, text.cell_len) // room) for text in texts)


def _fitting_lines(texts: Sequence[Text], console: Console, width: int, lines: int) -> list[Text]:
    """The lines of whole texts that have room, and how many more there are.

    Of a first text that alone has too many the beginning, cut with an ellipsis.
    """
    shown: list[Text] = []
    for number, text in enumerate(texts):
        wrapped = list(text.wrap(console, width))
        is_last = number == len(texts) - 1
        if len(shown) + len(wrapped) + (not is_last) <= lines:
            shown += wrapped
            continue
        if not shown:
            shown = wrapped[:lines]
            shown[-1].truncate(width - 1)
            shown[-1].append(ELLIPSIS)
        else:
            shown.append(Text(f"and {len(texts) - number:,} more: Enter lists them", "dim"))
        break
    return shown


def _head(outlets: Sequence[str]) -> Table:
    grid = _grid(len(outlets))
    grid.add_row(Text(""), *(Text(clean_line(each[:LONGEST]), "bold") for each in outlets))
    return grid


def _row(claim: Claim, outlets: Sequence[str]) -> Table:
    grid = _grid(len(outlets))
    what = line(claim.what)
    if claim.differs:
        what = Text.assemble("≠ ", what)
    grid.add_row(what, *(_cell(claim, each) for each in outlets))
    return grid


def _cell(claim: Claim, outlet: str) -> Text:
    values = (each.value for each in claim.cells.get(outlet, ()))
    return line(" / ".join(values))


def _grid(outlet_count: int) -> Table:
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(no_wrap=True, overflow="ellipsis", width=_WHAT)
    for _ in range(outlet_count):
        grid.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    return grid
