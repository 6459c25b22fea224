"""Pictures in the text pane, read in a lane of their own, and one by one over all panes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from os import environ
from typing import TYPE_CHECKING

from archive.models import Article, PageRef
from archive.pictures import places_of_pictures
from reader.locales import shows_unicode
from reader.tui.half_cells import HalfCells, half_cells
from reader.tui.render_pictures import PictureBox
from reader.tui.terminal_pictures import TerminalPictures

if TYPE_CHECKING:
    from reader.pixels import Pixels
    from reader.tui.control.desk import Desk

Take = Callable[["Pixels | None"], None]
"""Takes pixels; None where there are none."""

NO_PICTURES = "This article has no pictures."

log = logging.getLogger(__name__)


class Pictures:
    """Has the text pane's pictures drawn where the terminal can, and opens them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._terminal = TerminalPictures()

    @property
    def are_drawn(self) -> bool:
        """Whether pictures are wanted, can be read, and are more than noise on this terminal."""
        desk = self._desk
        is_plain = desk.settings.ascii or not shows_unicode(environ) or desk.screen.app.no_color
        return desk.library.pictures.wanted and not is_plain

    def begin(self) -> None:
        """Draw pictures from now on, or not, as the settings say."""
        self._desk.widgets.text.draws_pictures = self.are_drawn

    def supply(self, article: Article, boxes: tuple[PictureBox, ...]) -> None:
        """Bring pictures that came on screen; the text is there already."""
        for box in boxes:
            read = partial(self._read_for, article, box)
            take = partial(self._come, article, box)
            failed = partial(self._failed, article, box)
            self._desk.background.ask("pictures", read, take, failed=failed)

    def _read_for(self, article: Article, box: PictureBox) -> HalfCells | None:
        """A picture for the text pane, unless another article is read there by now."""
        if self._desk.widgets.text.article_id != article.article_id:
            return None
        pixels = self._read(box.page, box.columns, 2 * box.rows)
        return half_cells(pixels) if pixels else None

    def _come(self, article: Article, box: PictureBox, cells: HalfCells | None) -> None:
        if cells is not None:
            self._draw(article, box, cells)

    def _failed(self, article: Article, box: PictureBox, error: Exception) -> None:
        log.info("a picture of %s is not drawn: %s", article.article_id, error)
        self._draw(article, box, None)

    def _draw(self, article: Article, box: PictureBox, cells: HalfCells | None) -> None:
        text = self._desk.widgets.text
        if text.article_id == article.article_id:
            text.take_picture(box, cells)

    def open(self) -> None:
        """Show the pictures of the article in use, from the one that is read at on."""
        row = self._desk.current
        if row is not None:
            found = partial(self._desk.library.get, row.article_id)
            self._desk.background.ask("page", found, self._found, latest=True)

    def _found(self, article: Article) -> None:
        desk = self._desk
        if not article.pictures:
            desk.say(NO_PICTURES)
        elif desk.screen.is_current:  # not over what was opened meanwhile
            from reader.tui.screens.pictures import PicturesScreen

            desk.open(
                PicturesScreen(
                    article.pictures,
                    self._first(article),
                    read=partial(self._bring, article) if self.are_drawn else None,
                    way=self._terminal.way(desk.screen.app) if self.are_drawn else None,
                    browse=desk.reading.browse,
                )
            )

    def _first(self, article: Article) -> int:
        """The picture that is read at: the first one from what is on screen on."""
        text = self._desk.widgets.text
        position = text.position if text.article_id == article.article_id else 0
        places = places_of_pictures(article.text, article.pictures)
        last = len(places) - 1
        return next((at for at, place in enumerate(places) if place >= position), last)

    def _bring(self, article: Article, number: int, width: int, height: int, take: Take) -> None:
        """Read a picture and hand its pixels on; None where it cannot be read."""
        read = partial(self._read, article.pictures[number].page, width, height)
        self._desk.background.ask("pictures", read, take, failed=lambda _: take(None))

    def _read(self, page: PageRef | None, width: int, height: int) -> Pixels | None:
        if page is None:
            return None
        return self._desk.library.pictures.pixels(page, width, height, self._ground())

    def _ground(self) -> tuple[int, int, int]:
        """The colour that shows where one can see through a picture."""
        ground = self._desk.widgets.text.background_colors[1]
        return ground.r, ground.g, ground.b
