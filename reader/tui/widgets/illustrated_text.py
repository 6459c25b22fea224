"""A document with its pictures: their lines are laid out with the text, their cells come after."""

from __future__ import annotations

from collections.abc import Collection

from textual.reactive import reactive
from textual.strip import Strip

from reader.tui.half_cells import HalfCells
from reader.tui.render_pictures import NO_PICTURES, PictureBox
from reader.tui.widgets.text_view import TextView

_LEAST, _MOST = 4, 24
"""Lines that a picture takes at most: by the height of the pane, between these."""


class IllustratedText(TextView):
    """Draws pictures as they come on screen."""

    draws_pictures: reactive[bool] = reactive(False, init=False)
    """Whether pictures are drawn; else only their words are."""

    def watch_draws_pictures(self) -> None:
        """Lay the text out anew; what is on top stays there."""
        self._lay_out()

    def render_line(self, y: int) -> Strip:
        """One line of the screen; tells of pictures that are seen in it for the first time."""
        strip = super().render_line(y)
        if self.painter.wanted:
            wanted, self.painter.wanted = self.painter.wanted, set()
            self.pictures_wanted(wanted)
        return strip

    def pictures_wanted(self, boxes: Collection[PictureBox]) -> None:
        """Called when pictures are to be drawn whose cells are not there."""

    def take_picture(self, box: PictureBox, cells: HalfCells | None) -> None:
        """Draw a picture that was wanted; None for one that cannot be read."""
        self.painter.pictures[box] = cells
        self.painter.forget()
        self.refresh()

    def _picture_rows(self) -> int:
        if not self.draws_pictures:
            return NO_PICTURES
        return max(_LEAST, min(_MOST, self.height_shown * 3 // 5))
