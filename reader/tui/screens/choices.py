"""Several feeds of one site, from which one is picked."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from archive.characters import clean_line
from reader.outcomes import FeedChoice
from reader.tui.screens.links import MiddleCut
from reader.tui.screens.pick import LONGEST, PickScreen


class ChoicesScreen(PickScreen[FeedChoice]):
    """Its answer is the feed picked; None when it was left."""

    def __init__(self, title: str, choices: Sequence[FeedChoice]) -> None:
        super().__init__(title, [_row(choice) for choice in choices], choices)


def _row(choice: FeedChoice) -> Table:
    """Title and address in one line, a feed without a title by its address alone."""
    row = Table.grid(padding=(0, 1), expand=True)
    title, address = clean_line(choice.title[:LONGEST]), clean_line(choice.url[:LONGEST])
    if not title:
        row.add_column(no_wrap=True, ratio=1)
        row.add_row(MiddleCut(address))
        return row
    row.add_column(no_wrap=True, overflow="ellipsis", ratio=2)
    row.add_column(no_wrap=True, ratio=3)
    row.add_row(Text(title), MiddleCut(address, "dim"))
    return row
