"""Screens over the panes leave once, however often their leaving key was pressed ahead."""

from __future__ import annotations

import pytest
from textual.events import Key

from reader.library import Library
from tests.tui.driving import running, textual_key


@pytest.mark.parametrize(
    ("keys", "leaving"),
    [
        (("?",), "q"),
        (("gm",), "q"),
        (("gS",), "q"),
        (("w",), "q"),
        (("H",), "q"),
        (("j", "j", "Enter", ","), "z"),
        (("q",), "n"),
    ],
)
async def test_a_second_leaving_key_leaves_nothing_more(
    stocked: Library, keys: tuple[str, ...], leaving: str
) -> None:
    async with running(stocked) as driver:
        await driver.press(*keys)
        screen = driver.app.screen
        assert screen is not driver.app.main

        for _ in range(2):
            screen.post_message(Key(textual_key(leaving), leaving))
        await driver.settle()

        assert driver.app.screen is driver.app.main
