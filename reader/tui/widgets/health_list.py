"""The feeds by how they fare: under a heading a state, with a plot and figures in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from reader.health import FeedHealth, State, briefly, pace, plot
from reader.tui.widgets.side_list import SideList, SideRow

HEADINGS: dict[State, str] = {"dead": "Dead", "failing": "Failing", "quiet": "Quiet", "ok": "Fine"}
_LOOKS: dict[State, str] = {"dead": "error", "failing": "error", "quiet": "folder", "ok": "quiet"}
_PLOT, _PACE, _SILENT, _NEXT = 12, 6, 6, 5
"""Cells of the columns: the twelve weeks, entries a week, how long silent, the next refresh."""
PLOT_FROM = 64
"""Cells of a list that has room for all of them beside the names."""


class HealthList(SideList):
    """One row a feed; its key is the feed's id."""

    def show(self, found: Sequence[FeedHealth], now: datetime, *, ascii_only: bool) -> None:
        """Show these in their order; the cursor stays on its feed, else at its place."""
        self.empty_text = "No feeds are left."
        self.load(list(_rows(found, now, self.size.width >= PLOT_FROM, ascii_only)))
        self.move_to(self.cursor)

    def heading(self) -> str:
        """The names of the columns, over them."""
        names = [f"{'a week':>{_PACE}}", f"{'silent':>{_SILENT}}"]
        if self.size.width >= PLOT_FROM:
            names = [f"{'12 weeks':{_PLOT}}", *names, f"{'next':>{_NEXT}}"]
        return "  ".join(names)


def _rows(
    found: Sequence[FeedHealth], now: datetime, roomy: bool, ascii_only: bool
) -> Iterator[SideRow]:
    for number, (state, members) in enumerate(groupby(found, key=lambda one: one.state)):
        listed = list(members)
        if number:
            yield SideRow("")
        yield SideRow("", f"{HEADINGS[state]} ({len(listed):,})", look="unread")
        for health in listed:
            note = _columns(health, now, roomy, ascii_only)
            look = _LOOKS[state]
            yield SideRow(health.feed.feed_id, health.feed.name, look=look, note=note, depth=1)


def _columns(health: FeedHealth, now: datetime, roomy: bool, ascii_only: bool) -> str:
    last, due = health.last_entry_at, health.status.state.next_refresh_at
    silent = "never" if last is None else briefly(now - last)
    columns = [f"{pace(health.entries_per_week):>{_PACE}}", f"{silent:>{_SILENT}}"]
    if roomy:
        coming = "due" if due is None or due <= now else briefly(due - now)
        weeks = plot(health.weeks, ascii_only=ascii_only)
        columns = [weeks, *columns, f"{coming:>{_NEXT}}"]
    return "  ".join(columns)
