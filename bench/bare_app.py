"""The peer of our start: a bare Textual app of three panes, 300 feeds, 200 rows and one text.

Its lists take the keys that ours take, so that both can be pressed in turn.
"""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Footer, OptionList, Static


class Rows(OptionList):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("ctrl+f", "page_down", show=False),
    ]


class BareApp(App[None]):
    CSS = "Rows { width: 1fr; } Static { width: 2fr; }"

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Rows(*(f"Feed number {n}" for n in range(300)))
            yield Rows(*(f"Article number {n} with a title" for n in range(200)))
            yield Static("A text of some words. " * 200)
        yield Footer()


if __name__ == "__main__":
    BareApp().run()
