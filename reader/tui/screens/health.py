"""How the feeds fare: which fail, are silent or dead, and what can be done about each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Literal

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from archive.characters import clean_line
from reader.cells import wrap
from reader.health import FeedHealth, lasting
from reader.tui.ages import moment
from reader.tui.cells import cut, cut_middle
from reader.tui.keys import press_name
from reader.tui.screens.dialog import Dialog
from reader.tui.widgets.health_list import HEADINGS, HealthList
from reader.tui.widgets.key_hints import KeyHints
from reader.tui.widgets.pane_title import PaneTitle
from reader.tui.widgets.side_list import SideList

HINT = "d drop   u take it back   m mend   r refresh   Enter its articles   q leave"
_LONGEST = 600

BY_WIDTH = [(0, "-snug"), (110, "-roomy")]
"""Classes by the terminal's columns: a roomy one shows the feeds in a frame."""

Act = Literal["drop", "undo", "mend", "refresh", "open"]
_ACTS: dict[str, Act] = {
    "d": "drop",
    "u": "undo",
    "m": "mend",
    "r": "refresh",
    "Enter": "open",
    "l": "open",
}
_LEAVING = frozenset({"q", "H", "h", "Escape", "Left"})
_STEPS = {"j": 1, "Down": 1, "k": -1, "Up": -1}
_PAGES = {
    "C-d": 0.5, "C-u": -0.5, "C-f": 1.0, "PgDn": 1.0, "Space": 1.0, " ": 1.0, "C-b": -1.0,
    "PgUp": -1.0,
}  # fmt: skip


class HealthScreen(Dialog[None]):
    """`act` is asked to do something, with the feed under the cursor if there is one."""

    AUTO_FOCUS = "#health-list"
    HORIZONTAL_BREAKPOINTS = BY_WIDTH

    def __init__(
        self,
        act: Callable[[Act, FeedHealth | None], None],
        now: Callable[[], datetime],
        *,
        ascii_only: bool = False,
    ) -> None:
        super().__init__()
        self._act = act
        self._now = now
        self._ascii_only = ascii_only
        self._found: dict[str, FeedHealth] = {}

    def compose(self) -> ComposeResult:
        """A title, the feeds with their columns, the one under the cursor in words, the keys."""
        with Vertical(id="health"):
            yield PaneTitle(id="health-title", classes="-active")
            yield Static("", id="health-columns", markup=False)
            yield HealthList(id="health-list")
            yield Static("", id="health-detail", markup=False)
            yield KeyHints(HINT, id="health-hint")

    def show(self, found: Sequence[FeedHealth]) -> None:
        """Show how these feeds fare, in their order."""
        self._found = {health.feed.feed_id: health for health in found}
        count = len(found)
        title = self.query_one(PaneTitle)
        title.label = f"Health of {count:,} feed{'' if count == 1 else 's'}"
        counts = {state: sum(one.state == state for one in found) for state in HEADINGS}
        parts = [f"{n:,} {HEADINGS[state].lower()}" for state, n in counts.items() if n]
        title.note = " · ".join(parts)
        self._lay_out()

    def tell(self, text: str, *, refused: bool = False) -> None:
        """Say what came of an act, in place of the keys; an empty text shows those again."""
        hint = self.query_one("#health-hint", KeyHints)
        hint.text = text.strip() or HINT
        hint.set_class(refused, "-refused")

    def on_resize(self) -> None:
        """Show as many columns as have room."""
        self.call_after_refresh(self._lay_out)

    def on_key(self, event: events.Key) -> None:
        """Move, act on the feed under the cursor, or leave."""
        event.stop()
        name = press_name(event.key, event.character)
        feeds = self.query_one(HealthList)
        self.tell("")
        if name in _LEAVING:
            self.dismiss(None)
        elif name in _ACTS:
            self._act(_ACTS[name], self._current)
        elif name in _STEPS:
            feeds.move_by(_STEPS[name])
        elif name in _PAGES:
            feeds.page(_PAGES[name])
        elif name in {"g", "Home"}:
            feeds.move_to(0)
        elif name in {"G", "End"}:
            feeds.move_to(len(feeds.rows) - 1)

    @on(SideList.Highlighted)
    def highlighted(self) -> None:
        """Another feed is under the cursor."""
        self._tell_detail()

    @property
    def _current(self) -> FeedHealth | None:
        row = self.query_one(HealthList).current
        return self._found.get(row.key) if row else None

    def _lay_out(self) -> None:
        feeds = self.query_one(HealthList)
        feeds.show(list(self._found.values()), self._now(), ascii_only=self._ascii_only)
        self.query_one("#health-columns", Static).update(Text(feeds.heading()))
        self._tell_detail()

    def _tell_detail(self) -> None:
        health = self._current
        width = max(20, self.query_one("#health-detail").content_size.width)
        lines = detail(health, self._now(), width) if health else []
        text = Text("\n").join(Text(line, style) for line, style in lines)
        self.query_one("#health-detail", Static).update(text)


def detail(health: FeedHealth, now: datetime, width: int) -> list[tuple[str, str]]:
    """A feed in words: what is wrong, what to do, its last entry and refresh, its address.

    Five lines at most of that many cells, each with its style.
    """
    state = health.status.state
    last = health.last_entry_at
    times = [
        f"Last entry {moment(last, now)}" if last else "No entry yet",
        f"last answer {_ago(state.refreshed_at, now)}" if state.refreshed_at else "not asked yet",
        f"next {_in(state.next_refresh_at, now)}",
    ]
    trouble = f"{HEADINGS[health.state]}: {health.trouble}." if health.trouble else "All is well."
    advice = f"{health.advice}." if health.advice else ""
    return [
        (cut(trouble, width), "bold"),
        *((advice[start:end], "") for start, end in wrap(advice, width)[:2]),
        (cut(" · ".join(times), width), ""),
        (cut_middle(clean_line(health.feed.feed_url[:_LONGEST]), width), "dim"),
    ]


def _ago(at: datetime, now: datetime) -> str:
    length = now - at
    return "just now" if length < timedelta(minutes=1) else f"{lasting(length)} ago"


def _in(at: datetime | None, now: datetime) -> str:
    return "at the next refresh" if at is None or at <= now else f"in {lasting(at - now)}"
