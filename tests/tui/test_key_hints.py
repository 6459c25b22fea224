"""What keys do in a dialog: broken between keys, never between a key and its words."""

from __future__ import annotations

import pytest

from reader.tui.widgets.key_hints import KeyHints
from tests.tui.hosts import WidgetHost
from tests.tui.screen_text import screen_lines

KEYS = "a add   e edit   Enter on/off   t try   A apply"


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        (KEYS, 60, [KEYS]),
        (KEYS, 36, ["a add   e edit   Enter on/off", "t try   A apply"]),
        (KEYS, 12, ["a add", "e edit", "Enter on/off", "t try", "A apply"]),
        ("It is [b]not[/b] there. Try another.", 20, ["It is [b]not[/b]", "there. Try another."]),
        ("夜夜 夜夜", 5, ["夜夜", "夜夜"]),
        ("", 20, [""]),
    ],
)
async def test_lines_break_where_they_can_be_read(
    text: str, width: int, expected: list[str]
) -> None:
    widget = KeyHints(text)
    async with WidgetHost(widget).run_test(size=(width, 10)) as pilot:
        await pilot.pause()

        assert [line.rstrip() for line in screen_lines(widget)] == expected
