"""Every main screen as it is drawn: its text at two sizes and in ASCII, its styles in both themes.

The snapshots are text, in `snapshots/`: to be looked at one by one when they change. They are
written anew by `NEWSREADER_SNAPSHOTS=write pytest tests/tui/test_snapshots.py`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from string import ascii_letters

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.widgets import Input, TextArea

from reader.config import Settings
from reader.tui.themes import DARK, LIGHT
from tests.tui.driving import Driver, running
from tests.tui.still import NOW, still_library

FOLDER = Path(__file__).parent / "snapshots"
WRITES = os.environ.get("NEWSREADER_SNAPSHOTS") == "write"
SMALL, LARGE = (80, 24), (160, 48)

ALL = ("j", "j")
IN_LIST = (*ALL, "Enter")
IN_TEXT = (*IN_LIST, "Enter")
SCREENS: dict[str, tuple[str, ...]] = {
    "feeds": (),
    "articles": (*IN_LIST, "j"),
    "text": IN_TEXT,
    "text-below": (*IN_TEXT, "C-f"),
    "zen": (*IN_TEXT, "Z"),
    "passage": (*IN_TEXT, "C-d", "v", "J"),
    "follow": (*IN_TEXT, ";"),
    "highlights": (*IN_TEXT, "gh"),
    "links": (*IN_TEXT, "U"),
    "outline": (*IN_TEXT, "gO"),
    "note": (*IN_TEXT, "e"),
    "search": ("/", *"dam", "Tab"),
    "tags": ("t",),
    "story": (*IN_LIST, "j", "gs"),
    "claims": (*IN_LIST, "j", "gc"),
    "timeline": (*IN_LIST, "j", "gt"),
    "rules": ("w",),
    "health": ("H",),
    "statistics": ("gS",),
    "help": ("?",),
    "palette": ("C-p",),
    "starters": ("P",),
    "jump": (*IN_LIST, ","),
    "notices": (*IN_LIST, "u", "gr", "gm"),
    "prompt": ("a",),
    "question": ("q",),
    "save": (*IN_LIST, "s"),
    "empty": (),
}
"""The keys that lead to each screen; `empty` is that of an archive without anything."""


@pytest.fixture(autouse=True)
def _same_everywhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("name", list(SCREENS))
async def test_a_screen_is_drawn_as_its_snapshot_has_it(name: str, tmp_path: Path) -> None:
    parts = await drawn(name, tmp_path)
    file = FOLDER / f"{name}.txt"
    found = "\n".join(f"== {title}\n{body}" for title, body in parts) + "\n"
    if WRITES:
        FOLDER.mkdir(exist_ok=True)
        file.write_text(found, encoding="utf-8")

    assert found.splitlines() == file.read_text(encoding="utf-8").splitlines()


@pytest.mark.skipif(WRITES, reason="they are being written")
def test_every_snapshot_is_of_a_screen() -> None:
    assert {file.stem for file in FOLDER.iterdir()} == set(SCREENS)


async def drawn(name: str, folder: Path) -> list[tuple[str, str]]:
    """The parts of a snapshot: title and lines."""
    parts = []
    looks = (("small", SMALL, False), ("large", LARGE, False), ("ASCII", SMALL, True))
    for look, size, is_ascii in looks:
        settings = Settings(theme=DARK.name, ascii=is_ascii, refresh="manual")
        with still_library(folder / look, settings, empty=name == "empty") as library:
            async with running(library, size, settings, now=lambda: NOW) as driver:
                await driver.press(*SCREENS[name])
                await hold_still(driver)
                parts.append((f"{look} {size[0]}x{size[1]}", driver.text().rstrip("\n")))
                if look == "small":
                    for theme in (DARK, LIGHT):
                        driver.app.theme = theme.name
                        await driver.settle()
                        parts.append((f"styles of {theme.name}", styles(driver)))
    return parts


async def hold_still(driver: Driver) -> None:
    """Stop what blinks, and wait for what comes."""
    for field in driver.app.screen.query("Input, TextArea"):
        assert isinstance(field, Input | TextArea)
        field.cursor_blink = False
    assert await driver.until(lambda: not driver.app.background.pending("page", "story", "outside"))
    await driver.settle()


def styles(driver: Driver) -> str:
    """Each line as letters for its styles with how many cells they have, and what they stand for.

    What a line ends in is left out where all lines do.
    """
    names: dict[str, str] = {}
    lines = []
    for strip in driver.app.screen._compositor.render_strips():
        runs = groupby(strip, key=lambda segment: style_words(segment.style))
        lines.append(
            " ".join(
                f"{names.setdefault(words, ascii_letters[len(names)])}{cells(part)}"
                for words, part in ((words, list(part)) for words, part in runs)
            )
        )
    return "\n".join([*lines, *(f"{letter}: {words}" for words, letter in names.items())])


def style_words(style: Style | None) -> str:
    """Colours and what else is told of text, in words."""
    if style is None:
        return "none"
    names = ("bold", "dim", "italic", "underline", "strike", "reverse")
    attributes = [name for name in names if getattr(style, name)]
    colours = [
        colour.get_truecolor().hex if colour else "default"
        for colour in (style.color, style.bgcolor)
    ]
    return " ".join([*colours, *attributes])


def cells(part: Sequence[Segment]) -> int:
    return sum(segment.cell_length for segment in part)
