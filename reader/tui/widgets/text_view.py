"""Draws a document line by line (Textual's Line API) and scrolls it.

Only what the screen needs is laid out before the first paint; the rest follows in short slices
between keys. What is on top stays on top when the width changes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from time import monotonic

from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer

from archive.tag_colours import TagColours
from reader.tui.ages import local_now
from reader.tui.component_styles import ComponentStyles
from reader.tui.empty_lines import lay_empty
from reader.tui.render import Document, Layout
from reader.tui.render_inline import NO_HIT
from reader.tui.render_lines import FindHits
from reader.tui.render_pictures import NO_PICTURES
from reader.tui.widgets.line_view import LineView
from reader.tui.widgets.text_painter import MEASURE, TextPainter

_SLICE, _PAUSE = 0.008, 0.012
"""Seconds: laying out what is not on screen yet, at a time; between two slices."""
_OVERLAP = 2
"""Lines that stay in sight when a page is turned."""


class TextView(LineView):
    """A document at the width of the pane, or words in its place."""

    empty_text: reactive[str] = reactive("")
    """What the pane says in its middle while there is no document."""
    measure: reactive[int] = reactive(MEASURE, init=False)
    """The most cells of a line of text."""
    tag_colours: reactive[TagColours] = reactive(TagColours(), init=False)
    """The colours that tags are drawn in."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime] = local_now,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.now = now
        self.layout_shown: Layout | None = None
        self.painter = TextPainter(ComponentStyles(self, "article-text"))
        self._document: Document | None = None
        self._find: FindHits | None = None
        self._anchor = 0
        self._below_anchor = 0
        self._is_settling = False
        self._timer: Timer | None = None

    def show_document(self, document: Document, find: FindHits | None, anchor: int) -> None:
        """Show a document from a character offset of its text on; `find` finds search hits."""
        self._document = document
        self._find = find
        self._anchor = anchor
        self.painter.current_hit = NO_HIT
        self._lay_out()

    def show_nothing(self) -> None:
        """Show no document, but what an empty pane says."""
        self._document = self.layout_shown = None
        self._anchor = 0
        self.painter.forget()
        self.virtual_size = Size(0, 0)
        self.refresh()

    # Where it stands

    @property
    def height_shown(self) -> int:
        """Lines of the pane, at least one."""
        return max(1, self.scrollable_content_region.height)

    @property
    def position(self) -> int:
        """Character offset in the text of the first visible line; 0 in the header."""
        return self._anchor

    @property
    def progress(self) -> float:
        """The part of the document that has been on screen, 0 to 1; 1 at its end."""
        if self.layout_shown is None:
            return 1.0
        return self.layout_shown.part_seen(self.scroll_offset.y + self.height_shown)

    # Moving

    def scroll_lines(self, count: int) -> bool:
        """Scroll down, or up by a negative count; False when there is nothing that way."""
        return self.go_to_line(self.scroll_offset.y + count)

    def page_down(self, pages: float = 1) -> bool:
        """Turn a page, or a part of one; False at the end. Negative turns back."""
        step = max(1, int(abs(pages) * (self.height_shown - _OVERLAP)))
        return self.scroll_lines(step if pages > 0 else -step)

    def to_top(self) -> None:
        """Show the beginning."""
        self.go_to_line(0)

    def to_bottom(self) -> None:
        """Show the end."""
        if layout := self.finish():
            self.go_to_line(len(layout.lines))

    def go_to_line(self, line: int) -> bool:
        """Scroll so that a line is on top, as far as there are lines; False if nothing moved."""
        layout = self.layout_shown
        if layout is None:
            return False
        layout.lay_lines(line + self.height_shown + 1)
        if layout.is_done or len(layout.lines) > self.virtual_size.height:
            self._take_height(layout)
        before = self.scroll_offset.y
        self.scroll_to(y=max(0, line), animate=False, force=True, immediate=True)
        return self.scroll_offset.y != before

    def watch_tag_colours(self, colours: TagColours) -> None:
        """Draw tags in these colours."""
        self.painter.take_tag_colours(colours)

    def watch_measure(self, cells: int) -> None:
        """Lay the text out anew; what is on top stays there."""
        self.painter.most = cells
        self._lay_out()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draw the new place and take note of it."""
        super().watch_scroll_y(old_value, new_value)
        layout, top = self.layout_shown, self.scroll_offset.y
        if layout is None or self._is_settling or round(old_value) == round(new_value):
            return
        layout.lay_lines(top + 1)
        self._anchor = layout.lines[min(top, len(layout.lines) - 1)].start
        self._below_anchor = top - layout.line_of(self._anchor)
        self.moved()

    def moved(self) -> None:
        """Called when other lines are on screen than before."""

    # Laying out

    def finish(self) -> Layout | None:
        """Lay out all that is left; None without a document."""
        if self.layout_shown is not None and not self.layout_shown.is_done:
            self.layout_shown.lay_all()
            self._take_height(self.layout_shown)
        return self.layout_shown

    def _lay_out(self) -> None:
        """Lay the document out anew as far as the screen needs; the rest follows in slices."""
        self.painter.letters = {}
        self.painter.forget()
        if self.painter.width != self.scrollable_content_region.width:
            self._below_anchor = 0
        self.painter.width = self.scrollable_content_region.width
        self.layout_shown = None
        if self._document is None or not self.painter.width:
            return
        measure, rows = self.painter.measure, self._picture_rows()
        layout = Layout(self._document, measure, self.now(), self._find, rows)
        self.layout_shown = layout
        line = layout.line_of(self._anchor) + self._below_anchor
        layout.lay_lines(line + self.height_shown + 1)
        self._is_settling = True
        self._take_height(layout)
        self.go_to_line(line)
        self._is_settling = False
        self._continue()
        self.refresh()
        self.laid_out()

    def _picture_rows(self) -> int:
        """How many lines a picture may take; none is drawn here."""
        return NO_PICTURES

    def laid_out(self) -> None:
        """Called when the document was laid out at another width, or is another one."""

    def _continue(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.layout_shown is not None and not self.layout_shown.is_done:
            self._timer = self.set_timer(_PAUSE, self._lay_slice)

    def _lay_slice(self) -> None:
        layout = self.layout_shown
        end = monotonic() + _SLICE
        while layout is not None and monotonic() < end and layout.step():
            pass
        if layout is not None and layout.is_done:
            self._take_height(layout)
        self._continue()

    def _take_height(self, layout: Layout) -> None:
        self.virtual_size = Size(0, layout.guess_height())

    def on_resize(self) -> None:
        """Lay the document out at the new width; the text on top stays on top."""
        if self.layout_shown is None or self.painter.width != self.scrollable_content_region.width:
            self._lay_out()
        if self.layout_shown is not None:
            self.moved()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        layout = self.layout_shown
        if layout is None:
            return self._empty_line(y)
        number = y + self.scroll_offset.y
        layout.lay_lines(number + 1)
        if number < len(layout.lines):
            return self.painter.line(number, layout.lines[number])
        return self.painter.blank()

    def _empty_line(self, y: int) -> Strip:
        self.painter.width = self.scrollable_content_region.width
        words = "" if self._document else self.empty_text
        lines = lay_empty(words, self.painter.measure)
        top = max(0, (self.height_shown - len(lines)) * 2 // 5)
        if top <= y < top + len(lines):
            return self.painter.message(lines[y - top])
        return self.painter.blank()

    def notify_style_update(self) -> None:
        """Draw in the new styles."""
        super().notify_style_update()
        self.painter.take_styles()
