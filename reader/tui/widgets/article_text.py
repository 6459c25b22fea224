"""The reading pane: one article's text, drawn line by line at a measure that is good to read.

It is drawn by Textual's Line API: an article of 10,000 words opens at once, since only what is
on screen is laid out before the first paint. Keys belong to the app's registry: the methods here
are what they call.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import ClassVar

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from archive.models import Article, Mark
from archive.query import Query
from archive.snippets import find_hits
from reader.tui.component_styles import ComponentStyles
from reader.tui.render import Document, Layout, read_document
from reader.tui.render_inline import NO_HIT, NO_LINK
from reader.tui.widgets.text_painter import TextPainter

_SLICE, _PAUSE = 0.008, 0.012
"""Seconds: laying out what is not on screen yet, at a time; between two slices."""
_OVERLAP = 2
"""Lines that stay in sight when a page is turned."""


def _local_now() -> datetime:
    return datetime.now().astimezone()


@dataclass
class TextMessage(Message):
    """What all messages of a reading pane carry: the pane that sent it."""

    article_text: ArticleText

    @property
    def control(self) -> ArticleText:
        """The sender, for Textual's `@on(..., selector)`."""
        return self.article_text


class ArticleText(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows one article, or a message when there is none."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"article-text--{name}"
        for name in (
            *("title", "meta", "star", "tag", "note", "rule", "message"),
            *(f"heading-{level}" for level in range(1, 7)),
            *("heading-rule", "strong", "emphasis", "strike", "code", "link", "image"),
            *("quote", "quote-bar", "marker", "code-block", "code-wrap"),
            *("table-line", "table-head", "hit", "hit-current"),
        )
    }
    DEFAULT_CSS = """
    ArticleText {
        background: $background;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        & > .article-text--title { text-style: bold; }
        & > .article-text--meta { color: $text-muted; }
        & > .article-text--star { color: $star; }
        & > .article-text--tag { color: $accent; background: $accent 14%; }
        & > .article-text--note { color: $text-muted; text-style: italic; }
        & > .article-text--rule { color: $rule; }
        & > .article-text--message { color: $text-muted; }
        & > .article-text--heading-1 { color: $accent; text-style: bold; }
        & > .article-text--heading-2 { color: $accent; text-style: bold; }
        & > .article-text--heading-3 { color: $accent; text-style: bold; }
        & > .article-text--heading-4 { text-style: bold italic; }
        & > .article-text--heading-5 { text-style: italic; }
        & > .article-text--heading-6 { color: $text-muted; text-style: italic; }
        & > .article-text--heading-rule { color: $accent 45%; }
        & > .article-text--strong { text-style: bold; }
        & > .article-text--emphasis { text-style: italic; }
        & > .article-text--strike { text-style: strike; }
        & > .article-text--code { color: $secondary; background: $panel 70%; }
        & > .article-text--link { color: $accent; text-style: underline; }
        & > .article-text--image { color: $text-muted; text-style: italic; }
        & > .article-text--quote { color: $foreground 80%; text-style: italic; }
        & > .article-text--quote-bar { color: $accent 60%; }
        & > .article-text--marker { color: $accent; }
        & > .article-text--code-block { background: $panel 70%; }
        & > .article-text--code-wrap { color: $text-muted; }
        & > .article-text--table-line { color: $text-disabled; }
        & > .article-text--table-head { text-style: bold; }
        & > .article-text--hit { color: $hit; text-style: bold; }
        & > .article-text--hit-current {
            color: $background; background: $hit; text-style: bold;
        }
    }
    """

    @dataclass
    class PositionChanged(TextMessage):
        """Another line is on top: `position` is its character offset in the article's text.

        `progress` is the part of the article that has been on screen, 0 to 1.
        """

        article_id: str
        position: int
        progress: float

    @dataclass
    class LinkClicked(TextMessage):
        """A link was clicked on; http, https or mailto."""

        url: str

    def __init__(
        self,
        *,
        now: Callable[[], datetime] = _local_now,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.now = now
        self._message = ""
        self._document: Document | None = None
        self._layout: Layout | None = None
        self._hits: Query | None = None
        self._anchor = 0
        self._is_settling = False
        self._timer: Timer | None = None
        self._painter = TextPainter(ComponentStyles(self, "article-text"))

    # What is shown

    def show(
        self, article: Article, mark: Mark, *, outlet: str, hits: Query | None = None
    ) -> None:
        """Show an article where its mark says that reading stopped.

        The article that is shown already, with a new mark or text, stays where it is.
        """
        before = self._document
        same = before is not None and before.article.article_id == article.article_id
        if not same:
            self._anchor = mark.position
        self._document = read_document(article, mark, outlet)
        self._hits = hits
        self._painter.current_hit = NO_HIT
        self._lay_out()

    def clear(self, message: str = "") -> None:
        """Show no article, but a message in the middle of the pane."""
        self._document = self._layout = None
        self._message = message
        self._anchor = 0
        self.virtual_size = Size(0, 0)
        self.refresh()

    @property
    def article_id(self) -> str:
        """Of the article that is shown; empty when there is none."""
        return self._document.article.article_id if self._document else ""

    @property
    def position(self) -> int:
        """Character offset in the text of the first visible line; 0 in the header."""
        return self._anchor

    @property
    def progress(self) -> float:
        """The part of the article that has been on screen, 0 to 1; 1 at its end."""
        height = self.virtual_size.height
        seen = self.scroll_offset.y + self._height
        return 1.0 if seen >= height else seen / height

    @property
    def links(self) -> list[tuple[str, str, int]]:
        """Text, address and line of every link, in the order of the text."""
        layout = self._layout
        if layout is None:
            return []
        self._finish()
        return [
            (layout.link_text(link), layout.addresses[link], line)
            for link, line in sorted(layout.link_lines.items())
        ]

    @property
    def hit_count(self) -> int:
        """How many search hits the article has."""
        self._finish()
        return len(self._layout.hit_lines) if self._layout else 0

    # Moving

    def scroll_lines(self, count: int) -> bool:
        """Scroll down, or up by a negative count; False when there is nothing that way."""
        return self._go(self.scroll_offset.y + count)

    def page_down(self, pages: float = 1) -> bool:
        """Turn a page, or a part of one; False at the end. Negative turns back."""
        step = max(1, int(abs(pages) * max(1, self._height - _OVERLAP)))
        return self.scroll_lines(step if pages > 0 else -step)

    def to_top(self) -> None:
        """Show the beginning."""
        self._go(0)

    def to_bottom(self) -> None:
        """Show the end."""
        self._finish()
        self._go(self.virtual_size.height)

    def next_hit(self, step: int = 1) -> bool:
        """Mark the next (1) or previous (-1) search hit and show it; False when there is none."""
        count = self.hit_count
        if self._layout is None or not count:
            return False
        lines, hit, top = self._layout.hit_lines, self._painter.current_hit, self.scroll_offset.y
        if hit == NO_HIT:
            after = next((hit for hit in range(count) if lines[hit] >= top), 0)
            hit = after if step > 0 else after - 1
        else:
            hit += step
        self._painter.current_hit = hit % count
        self._painter.forget()
        line = lines[hit % count]
        if not self.scroll_offset.y <= line < self.scroll_offset.y + self._height - 1:
            self._go(line - self._height // 3)
        self.refresh()
        return True

    def next_section(self, step: int = 1) -> bool:
        """Bring the next (1) or previous (-1) heading or section to the top; False if none."""
        if self._layout is None or self._document is None:
            return False
        self._finish()
        sections = (self._layout.line_of(one.start) for one in self._document.article.sections)
        lines = sorted({*self._layout.heading_lines, *sections})
        top = self.scroll_offset.y
        beyond = [line for line in lines if (line > top if step > 0 else line < top)]
        if not beyond:
            return False
        return self._go(beyond[0] if step > 0 else beyond[-1])

    def _go(self, line: int) -> bool:
        """Scroll so that a line is on top; False when nothing moved."""
        if self._layout is None:
            return False
        self._layout.lay_lines(line + self._height + 1)
        if self._layout.is_done or len(self._layout.lines) > self.virtual_size.height:
            self._take_height()
        before = self.scroll_offset.y
        self.scroll_to(y=max(0, line), animate=False, force=True, immediate=True)
        return self.scroll_offset.y != before

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draw the new place and tell of it."""
        super().watch_scroll_y(old_value, new_value)
        if self._layout is None or self._is_settling or round(old_value) == round(new_value):
            return
        top = self.scroll_offset.y
        self._anchor = self._layout.lines[top].start if top < len(self._layout.lines) else 0
        self.post_message(
            self.PositionChanged(self, self.article_id, self.position, self.progress)
        )

    # Laying out

    @property
    def _height(self) -> int:
        return max(1, self.scrollable_content_region.height)

    def _lay_out(self) -> None:
        """Lay the article out anew as far as the screen needs; the rest follows in slices."""
        self._painter.forget()
        self._painter.width = self.scrollable_content_region.width
        self._layout = None
        if self._document is None or not self._painter.width:
            return
        hits = self._hits
        find = (lambda text: find_hits(text, hits)) if hits else None
        self._layout = layout = Layout(self._document, self._painter.measure, self.now(), find)
        line = layout.line_of(self._anchor)
        layout.lay_lines(line + 2 * self._height)
        self._is_settling = True
        self._take_height()
        self._go(line)
        self._is_settling = False
        self._continue()
        self.refresh()

    def _continue(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        if self._layout is not None and not self._layout.is_done:
            self._timer = self.set_timer(_PAUSE, self._lay_slice)

    def _lay_slice(self) -> None:
        end = monotonic() + _SLICE
        while self._layout is not None and monotonic() < end and self._layout.step():
            pass
        if self._layout is not None and self._layout.is_done:
            self._take_height()
        self._continue()

    def _finish(self) -> None:
        if self._layout is not None and not self._layout.is_done:
            self._layout.lay_all()
            self._take_height()

    def _take_height(self) -> None:
        if self._layout is not None:
            self.virtual_size = Size(0, self._layout.guess_height())

    def on_resize(self) -> None:
        """Lay the article out at the new width; the text on top stays on top."""
        if self._layout is None or self._painter.width != self.scrollable_content_region.width:
            self._lay_out()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        self._painter.width = self.scrollable_content_region.width
        if self._layout is None:
            return self._message_line(y)
        number = y + self.scroll_offset.y
        self._layout.lay_lines(number + 1)
        if number < len(self._layout.lines):
            return self._painter.line(number, self._layout.lines[number])
        return self._painter.blank()

    def _message_line(self, y: int) -> Strip:
        lines = self._message.splitlines()
        top = max(0, (self._height - len(lines)) * 2 // 5)
        if top <= y < top + len(lines):
            return self._painter.message(lines[y - top])
        return self._painter.blank()

    def notify_style_update(self) -> None:
        """Drop what was drawn in the old styles."""
        super().notify_style_update()
        self._painter.forget(styles=True)

    def on_click(self, event: events.Click) -> None:
        """Tell which link was clicked on."""
        offset = event.get_content_offset(self)
        if offset is None or self._layout is None:
            return
        number = offset.y + self.scroll_offset.y
        if number >= len(self._layout.lines):
            return
        run = self._painter.run_at(self._layout.lines[number], offset.x)
        if run is not None and run.link != NO_LINK:
            self.post_message(self.LinkClicked(self, self._layout.addresses[run.link]))
