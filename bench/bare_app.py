"""The peer of our start: a bare Textual app of three panes, 300 feeds, 200 rows and one text."""

from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.widgets import Footer, OptionList, Static


class BareApp(App[None]):
    CSS = "OptionList { width: 1fr; } Static { width: 2fr; }"

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield OptionList(*(f"Feed number {n}" for n in range(300)))
            yield OptionList(*(f"Article number {n} with a title" for n in range(200)))
            yield Static("A text of some words. " * 200)
        yield Footer()


if __name__ == "__main__":
    BareApp().run()
