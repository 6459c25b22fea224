"""Driving the app as a person does: keys in the registry's spelling, and what the screen shows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from time import monotonic

from textual.events import Key
from textual.pilot import Pilot
from textual.theme import Theme

from reader.config import Settings
from reader.library import Library
from reader.settings_watch import SettingsWatch
from reader.tui.ages import local_now
from reader.tui.app import NewsreaderApp
from reader.tui.control.background import Lane
from reader.tui.control.desk import Desk
from reader.tui.habits import HabitsFile
from reader.tui.keys import NAMED, presses_of
from reader.tui.orders_file import OrdersFile
from reader.tui.places_file import PlacesFile

PAUSES = {
    "reader.tui.control.reading.SETTLE": 0.01,
    "reader.tui.control.finding.PAUSE": 0.01,
    "reader.tui.control.subscriptions.TOGETHER": 0.01,
    "reader.tui.control.hinting.SEEN_AFTER": 0.01,
    "reader.tui.screens.main.SETTLE": 0.01,
}
"""The pauses that the app makes for a person's sake, shorter."""
SETTLED = 0.06
"""Seconds without work after which nothing more comes; longer than those pauses."""

AT_ONCE: tuple[Lane, ...] = ("list", "text", "search", "counts", "tags", "write")
"""Lanes whose work is short; a refresh is waited for by what it shows."""


class Driver:
    def __init__(self, app: NewsreaderApp, pilot: Pilot[None], library: Library) -> None:
        self.app = app
        self.pilot = pilot
        self.library = library

    @property
    def desk(self) -> Desk:
        return self.app.main.desk

    async def press(self, *keys: str) -> None:
        """Press keys one after another, waiting after each for what it starts."""
        for key in keys:
            for press in presses_of(key):
                await self.pilot.press(textual_key(press))
            await self.settle()

    async def type(self, text: str) -> None:
        """Type a text as fast as a program."""
        await self.pilot.press(*(textual_key(letter) for letter in text))
        await self.settle()

    async def press_at_once(self, *keys: str) -> None:
        """Press keys as a paste or a fast hand does: all are there before the first is acted on."""
        for key in keys:
            character = key if len(key) == 1 else None
            self.app.post_message(Key(textual_key(key), character))
        await self.settle()

    async def erase(self, count: int) -> None:
        """Take back letters of a line."""
        await self.pilot.press(*["backspace"] * count)
        await self.settle()

    async def settle(self) -> None:
        """Wait until the app has had nothing to do for a while."""
        quiet_since, looks = monotonic(), 0
        while monotonic() - quiet_since < SETTLED or looks < 10:
            await asyncio.sleep(0.005)
            looks += 1
            if self.app.background.pending(*AT_ONCE):
                quiet_since, looks = monotonic(), 0
        await self.pilot.pause()

    async def until(self, condition: Callable[[], bool], seconds: float = 15.0) -> bool:
        """Wait for a condition; False when it does not come true."""
        end = monotonic() + seconds
        while monotonic() < end:
            if condition():
                return True
            await self.pilot.pause(0.02)
        return condition()

    def lines(self) -> list[str]:
        """What is on the screen, as a person reads it."""
        height = self.app.size.height
        strips = self.app.screen._compositor.render_strips()
        assert len(strips) == height
        texts = ["".join(segment.text for segment in strip) for strip in strips]
        return [text.replace("\xa0", " ").rstrip() for text in texts]

    def text(self) -> str:
        return "\n".join(self.lines())

    def notices(self) -> list[str]:
        return [notice.message for notice in self.app._notifications]


def textual_key(press: str) -> str:
    """Textual's name of a press in the registry's spelling."""
    if press == " ":
        return "space"
    if press.startswith("C-"):
        return f"ctrl+{press[2:]}"
    if press.startswith("A-"):
        return f"alt+{press[2:]}"
    return next((theirs for theirs, ours in NAMED.items() if ours == press), press)


@asynccontextmanager
async def running(
    library: Library,
    size: tuple[int, int] = (80, 24),
    settings: Settings | None = None,
    habits: HabitsFile | None = None,
    *,
    refreshes: bool = False,
    watch: SettingsWatch | None = None,
    places: PlacesFile | None = None,
    orders: OrdersFile | None = None,
    themes: Sequence[Theme] = (),
    now: Callable[[], datetime] = local_now,
    few_colours: bool = False,
) -> AsyncIterator[Driver]:
    """The app on a library, past its first reading of the archive; without habits, no hints."""
    app = NewsreaderApp(
        library,
        settings or Settings(),
        habits=habits,
        refreshes=refreshes,
        watch=watch,
        places=places,
        orders=orders,
        themes=themes,
        now=now,
        few_colours=few_colours,
    )
    async with app.run_test(size=size, notifications=True) as pilot:
        driver = Driver(app, pilot, library)
        await driver.settle()
        yield driver
    app.background.close()
