"""The keys that scroll a page of a dialog."""

from __future__ import annotations

from textual import events
from textual.containers import VerticalScroll

from reader.tui.keys import press_name
from reader.tui.screens.dialog import Dialog

_LEAVING = frozenset({"q", "Q", "Escape", "h", "Left"})


class PageDialog(Dialog[None]):
    """A dialog of one page, which is scrolled or left."""

    def on_key(self, event: events.Key) -> None:
        """Scroll, or leave."""
        event.stop()
        name = press_name(event.key, event.character)
        if name in _LEAVING:
            self.dismiss(None)
        else:
            scroll_page(self.query_one(VerticalScroll), name)


def scroll_page(page: VerticalScroll, name: str) -> None:
    """Scroll by a key, named as the registry does; other keys do nothing."""
    half, whole = page.size.height // 2, page.size.height
    steps = {
        "j": 1,
        "k": -1,
        "Down": 1,
        "Up": -1,
        "C-d": half,
        "C-u": -half,
        "Space": whole,
        "C-f": whole,
        "C-b": -whole,
        "PgDn": whole,
        "PgUp": -whole,
    }
    if name in {"G", "End"}:
        page.scroll_end(animate=False)
    elif name in {"g", "Home"}:
        page.scroll_home(animate=False)
    elif name in steps:
        page.scroll_relative(y=steps[name], animate=False)
