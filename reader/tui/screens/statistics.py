"""Figures of one's reading: what came by day and folder, what was read of it, how it all grows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import dropwhile

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from archive.characters import clean_line
from archive.index_statistics import DAYS, OUTLET_DAYS, Statistics
from reader.health import plot
from reader.tui.cells import cell_len, cut
from reader.tui.screens.scrolling import PageDialog
from reader.tui.widgets.pane_title import PaneTitle

HINT = "j k scroll   q leaves"
_WIDEST, _NAMES = 100, 36
"""Cells of a line, and of the name in it, where there is more room than is good to read."""
_BESIDE = 150
"""Cells of a terminal from which what the archive has stands beside what was read."""
_BETWEEN = 8
_EDGES = 6
"""Cells beside the page's lines, the scroll bar among them."""
_BAR = DAYS
_FIGURES = 16
"""Cells of a row's figures: `12,345 of 67,890`."""


class StatisticsScreen(PageDialog):
    """A page to scroll; empty until `show` has the figures."""

    AUTO_FOCUS = "#statistics-page"

    def __init__(self, *, ascii_only: bool = False) -> None:
        super().__init__()
        self._ascii_only = ascii_only
        self._found: Statistics | None = None

    def compose(self) -> ComposeResult:
        """A title, the page, the keys."""
        yield PaneTitle(id="statistics-title", classes="-active")
        with VerticalScroll(id="statistics-page"):
            yield Static("Counting …", id="statistics-text", markup=False)
        yield Static(HINT, id="statistics-hint", classes="page-hint", markup=False)

    def on_mount(self) -> None:
        """Name the page."""
        self.query_one(PaneTitle).label = "Statistics"

    def show(self, found: Statistics) -> None:
        """Show these figures."""
        self._found = found
        self._draw()

    def on_resize(self) -> None:
        """Draw at the new width."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        if self._found is not None:
            page = page_of(
                self._found,
                self.app.size.width - _EDGES,
                self.app.theme_variables["accent"],
                ascii_only=self._ascii_only,
            )
            self.query_one("#statistics-text", Static).update(page)
            self.query_one(PaneTitle).note = f"{self._found.article_count:,} articles"


def page_of(found: Statistics, width: int, colour: str, *, ascii_only: bool = False) -> Table:
    """The page in that many cells, plots in a colour; where it is wide in two columns."""
    two = width + _EDGES >= _BESIDE
    cells = max(30, min(_WIDEST, (width - _BETWEEN) // 2 if two else width))
    read = Text("\n").join(_read(found, cells, colour, ascii_only))
    grown = Text("\n").join(_grown(found, cells, colour, ascii_only))
    page = Table.grid(padding=(0, _BETWEEN, 0, 0))
    if two:
        page.add_row(read, grown)
    else:
        page.add_row(Text("\n\n").join((read, grown)))
    return page


def _read(found: Statistics, width: int, colour: str, ascii_only: bool) -> Iterator[Text]:
    """What came and what was read of it, by day and folder and by outlet."""
    yield Text(f"Articles a day, the last {DAYS} days", "bold")
    yield Text("read of all that came, by folder", "dim")
    days = [sum(column) for column in zip(*(one.days for one in found.folders), strict=True)]
    read = sum(one.read_count for one in found.folders)
    rows = [("All", plot(days or [0] * DAYS, ascii_only=ascii_only), _of(read, sum(days)))]
    rows += [
        (
            one.folder or "In no folder",
            plot(one.days, ascii_only=ascii_only),
            _of(one.read_count, one.article_count),
        )
        for one in found.folders
    ]
    yield from _rows(rows, width, colour)
    yield Text()
    yield Text(f"Outlets by what you read of them, the last {OUTLET_DAYS} days", "bold")
    most = max((one.article_count for one in found.outlets), default=1)
    yield from _rows(
        [
            (
                one.outlet or "No outlet",
                _bar(one.read_count, one.article_count, most, ascii_only),
                _of(one.read_count, one.article_count),
            )
            for one in found.outlets
        ]
        or [("None yet", "", "")],
        width,
        colour,
    )


def _grown(found: Statistics, width: int, colour: str, ascii_only: bool) -> Iterator[Text]:
    """What was archived by month, from the first on that has any, and how much of all is read."""
    yield Text("Archived by month", "bold")
    most = max(count for _, count in found.months)
    since = dropwhile(lambda month: not month[1], found.months)
    yield from _rows(
        [
            (f"{first:%B %Y}", _bar(count, count, most, ascii_only), f"{count:,}")
            for first, count in since
        ]
        or [("None yet", "", "")],
        width,
        colour,
    )
    yield Text()
    yield Text(f"{_of(found.read_count, found.article_count)} articles are read.")


def _rows(rows: Iterable[tuple[str, str, str]], width: int, colour: str) -> Iterator[Text]:
    """Name, plot and figures in columns; where it is narrow the plot goes."""
    listed = [(clean_line(name), drawn, figures) for name, drawn, figures in rows]
    widest = max(cell_len(drawn) for _, drawn, _ in listed)
    room = width - _FIGURES - widest - 4
    if room < min(12, max(cell_len(name) for name, _, _ in listed)):
        widest, room = 0, width - _FIGURES - 2
    room = min(room, _NAMES) if widest else room
    for name, drawn, figures in listed:
        shown = cut(name, room)
        line = Text(f"{shown}{' ' * (room - cell_len(shown))}  ", no_wrap=True)
        if widest:
            line.append(f"{drawn}{' ' * (widest - cell_len(drawn))}  ", colour)
        yield line.append(f"{figures:>{_FIGURES}}")


def _of(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,}"


def _bar(part: int, whole: int, most: int, ascii_only: bool) -> str:
    """A bar as long as `whole` is to the most, filled as far as `part` of it."""
    full, rest = ("#", ".") if ascii_only else ("█", "░")
    length = -(-_BAR * whole // most) if most else 0
    filled = length * part // whole if whole else 0
    return full * filled + rest * (length - filled)
