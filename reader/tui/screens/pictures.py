"""The pictures of an article, one at a time over all panes, with what is said of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from archive.characters import clean_line
from archive.pictures import Picture
from reader.pixels import Pixels
from reader.sizes import size
from reader.tui.half_cells import fitted
from reader.tui.keys import press_name
from reader.tui.render_pictures import UNREADABLE
from reader.tui.screens.dialog import Dialog
from reader.tui.terminal_pictures import Way
from reader.tui.widgets.pane_title import PaneTitle
from reader.tui.widgets.picture_view import PictureView

HINT = "n p next, previous   o opens it in a browser   q leaves"
NOT_KEPT = "This picture is not kept."
NOT_DRAWN = "Pictures are not drawn here."
UNSAID = "The outlet says nothing of it."
_LEAVING = frozenset({"q", "Q", "Escape", "h", "Left"})
_FORTH, _BACK = (
    frozenset({"n", "j", "Down", "l", "Right", "Space", " "}),
    frozenset({"p", "k", "Up", "C-b", "PgUp"}),
)
_LARGEST = 1600
"""Pixels of the longer side, for terminals that show pictures themselves."""

Read = Callable[[int, int, int, Callable[[Pixels | None], None]], None]
"""Reads a picture by its number, in that width and height, and hands its pixels on; or None."""


class PicturesScreen(Dialog[None]):
    """Shows pictures from the one of the number `first` on.

    `read` brings pixels; without it only words are shown. `way` shows a picture in the terminal's
    own way, else it is of half cells. `browse` opens an address.
    """

    def __init__(
        self,
        pictures: Sequence[Picture],
        first: int,
        *,
        read: Read | None,
        way: Way | None,
        browse: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._pictures = pictures
        self._number = first
        self._read = read
        self._way = way
        self._browse = browse
        self._shown: tuple[int, int, int] | None = None

    def compose(self) -> ComposeResult:
        """A title, the picture, its words and the keys."""
        yield PaneTitle(id="picture-title", classes="-active")
        with Container(id="picture-place"):
            yield PictureView()
        yield Static(id="picture-words", markup=False)
        yield Static(HINT, id="picture-hint", markup=False)

    def on_mount(self) -> None:
        """Show the first one."""
        self._show()

    def on_resize(self) -> None:
        """Show it in the size that there is room for now."""
        self.call_after_refresh(self._fit)

    def on_key(self, event: events.Key) -> None:
        """Show another, open this one, or leave."""
        event.stop()
        name = press_name(event.key, event.character)
        if name in _LEAVING:
            self.dismiss(None)
        elif name == "o":
            self._browse(self._pictures[self._number].url)
        elif name in _FORTH | _BACK:
            step = 1 if name in _FORTH else -1
            self._number = min(max(0, self._number + step), len(self._pictures) - 1)
            self._show()

    def _show(self) -> None:
        picture = self._pictures[self._number]
        title = self.query_one(PaneTitle)
        title.label = f"Picture {self._number + 1} of {len(self._pictures)}"
        title.note = _facts(picture)
        words = "\n".join(filter(None, (clean_line(picture.words) or UNSAID, picture.url)))
        self.query_one("#picture-words", Static).update(words)
        self.call_after_refresh(self._fit)  # the words take room

    def _fit(self) -> None:
        """Bring the picture in the size that there is room for."""
        picture = self._pictures[self._number]
        room = self.query_one("#picture-place").size
        wanted = (self._number, room.width, room.height)
        if wanted == self._shown or not all(room):
            return
        self._shown = wanted
        self._draw(None, "" if picture.page and self._read else self._why_not(picture))
        if picture.page and picture.width and picture.height and self._read:
            columns, rows = fitted(picture.width, picture.height, room.width, room.height)
            pixels = _as_kept(picture) if self._way else (columns, 2 * rows)
            self._read(
                self._number, *pixels, lambda found: self._take(wanted, (columns, rows), found)
            )

    def _why_not(self, picture: Picture) -> str:
        return NOT_DRAWN if picture.page else NOT_KEPT

    def _take(
        self, wanted: tuple[int, int, int], cells: tuple[int, int], pixels: Pixels | None
    ) -> None:
        if wanted != self._shown or not self.is_attached:
            return
        if pixels is None or self._way is None:
            self._draw(pixels, UNREADABLE)
            return
        picture = self._way(pixels)
        picture.styles.width, picture.styles.height = cells
        self.query_one(PictureView).display = False
        self.query_one("#picture-place").mount(picture)

    def _draw(self, pixels: Pixels | None, words: str) -> None:
        for child in self.query_one("#picture-place").children:
            if not isinstance(child, PictureView):
                child.remove()
        view = self.query_one(PictureView)
        view.display = True
        view.show(pixels, words)


def _facts(picture: Picture) -> str:
    if not picture.page:
        return ""
    return f"{picture.width} × {picture.height} · {size(picture.byte_count)}"


def _as_kept(picture: Picture) -> tuple[int, int]:
    """Its own size, or the largest that is of use."""
    part = min(1.0, _LARGEST / max(picture.width, picture.height))
    return max(1, int(picture.width * part)), max(1, int(picture.height * part))
