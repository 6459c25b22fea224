"""What each picture shows: the terminal's size, the theme, and the keys that lead there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic

from textual.pilot import Pilot

from archive.models import MarkChange
from docs.pictures.svg import redrawn
from reader.config import Settings
from reader.demo.run import demo_library
from reader.library import Library
from reader.tui.app import NewsreaderApp
from reader.tui.themes import DARK, LIGHT

QUIET = 0.25
"""Seconds without work after which nothing more comes; longer than the app's own pauses."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture in words.

    size: columns and rows. keys: Textual's names of the keys, in groups that are pressed at once;
    the app comes to rest after each group.
    """

    size: tuple[int, int]
    theme: str
    keys: tuple[str, ...]


def typed(text: str) -> str:
    """The group of keys that types a text."""
    return " ".join("space" if letter == " " else letter for letter in text)


# Below the last line of a text stands its address, which has the port of the demo's server: another
# one each time. So no picture shows the end of a text.
SCENES = {
    "panes": Scene((120, 28), DARK.name, ("j", "j", "enter", "enter")),
    "search": Scene((100, 36), DARK.name, ("slash", typed("friday OR viernes OR 周六"), "tab")),
    "tags": Scene((120, 32), LIGHT.name, ("t", "j", "j", "j", "enter", "j", "j", "enter")),
    "stories": Scene((120, 18), DARK.name, ("tab", "z R", "n")),
    "claims": Scene((100, 26), DARK.name, ("tab", "g c")),
    "narrow": Scene((44, 24), DARK.name, ("tab", "j", "enter")),
}


def now() -> datetime:
    """The moment of all pictures: a Saturday, as the sample articles tell of a Friday evening."""
    return datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


@contextmanager
def lived_in() -> Iterator[Library]:
    """The demo as somebody leaves it who has read, starred and tagged a few articles.

    Two outlets tell of the lighthouse in two languages: that it is one story, a reader says.
    """
    with demo_library(Settings(), now) as library:
        told = [library.list(query)[0].article_id for query in ("title:lamp", "title:faro")]
        library.stories.group()
        library.stories.merge(*told)
        library.mark("abejas OR bakery", MarkChange(read=True))
        library.mark("title:lamp OR 茶馆", MarkChange(starred=True))
        library.tag("abejas OR bakery OR 夜市", add=["food"])
        library.tag("title:lamp OR 茶馆", add=["history"])
        library.tag("faro OR lighthouse", add=["lighthouse"])
        library.tag("faro OR lighthouse OR tide", add=["sea"])
        library.tag("abejas OR bakery OR 夜市 OR 茶馆", add=["town"])
        yield library


async def picture_of(scene: Scene) -> str:
    """The picture, as the text of an SVG file."""
    with lived_in() as library:
        app = NewsreaderApp(library, Settings(theme=scene.theme), now=now)
        try:
            async with app.run_test(size=scene.size) as pilot:
                await settle(app, pilot)
                for group in scene.keys:
                    await pilot.press(*group.split())
                    await settle(app, pilot)
                exported = app.export_screenshot()
                background = app.theme_variables["background"].lower()
        finally:
            app.background.close()
    return redrawn(exported, scene.size, background)


async def settle(app: NewsreaderApp, pilot: Pilot[str]) -> None:
    """Wait until the app has had nothing to do for a while."""
    quiet_since = monotonic()
    while monotonic() - quiet_since < QUIET:
        await pilot.pause(0.02)
        if app.background.pending():
            quiet_since = monotonic()
