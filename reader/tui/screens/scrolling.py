"""The keys that scroll a page of a dialog."""

from __future__ import annotations

from textual.containers import VerticalScroll


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
