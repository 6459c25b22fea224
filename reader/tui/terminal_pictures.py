"""Pictures in the terminal's own way, Sixel or kitty's protocol, by textual-image.

Loading textual-image asks the terminal what it can and reads the answer from its input, where
Textual's driver would take it. So it is loaded when a picture is opened for the first time, while
the app lets go of the terminal for that moment.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App, SuspendNotSupported
from textual.widget import Widget

from reader.pixels import Pixels

Way = Callable[[Pixels], Widget]
"""Makes the widget that shows a picture."""


class TerminalPictures:
    """What the terminal can, asked once."""

    def __init__(self) -> None:
        self._is_known = False
        self._way: Way | None = None

    def way(self, app: App[Any]) -> Way | None:
        """How this terminal shows pictures; None where half cells are the best there is."""
        if not self._is_known:
            self._is_known = True
            self._way = _ask(app)
        return self._way


def _ask(app: App[Any]) -> Way | None:
    try:
        with app.suspend():
            return _load()
    except SuspendNotSupported:  # no terminal of its own: a browser, a test
        return None


def _load() -> Way | None:
    try:
        from textual_image import renderable, widget
    except (ArithmeticError, OSError, ValueError):  # of a terminal that says it has no size
        return None
    kinds: dict[object, type[Widget]] = {
        renderable.SixelImage: widget.SixelImage,
        renderable.TGPImage: widget.TGPImage,
    }
    kind = kinds.get(renderable.Image)
    return kind and (lambda pixels: kind(_image(pixels)))


def _image(pixels: Pixels) -> Any:
    from PIL import Image

    return Image.frombytes("RGB", (pixels.width, pixels.height), pixels.rgb)
