"""The reading pane: one article at a measure that is good to read, its links, hits and sections.

Keys belong to the app's registry: the methods here are what they call.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from textual import events
from textual.message import Message

from archive.highlights import places_of
from archive.models import Article, Mark
from archive.query import Query
from archive.snippets import find_hits
from reader.tui.render import NO_TEXT, Document, Layout, read_document
from reader.tui.render_inline import NO_HIT, NO_LINK
from reader.tui.render_pictures import PictureBox
from reader.tui.widgets.sliced_text import SlicedText
from reader.tui.widgets.text_painter import CSS, SLICES


@dataclass
class TextMessage(Message):
    """What all messages of a reading pane carry: the pane that sent it."""

    article_text: ArticleText

    @property
    def control(self) -> ArticleText:
        """The sender, for Textual's `@on(..., selector)`."""
        return self.article_text


class ArticleText(SlicedText):
    """Shows one article, or why there is none."""

    DEFAULT_CSS = CSS

    article: Article | None = None
    """The article that is shown."""
    hits: Query | None = None
    """The query whose hits are emphasised in it."""
    no_text: str = NO_TEXT
    """What is said of an article without a text."""

    went_to_hit: bool = False
    """Whether a hit was gone to since the article is shown: its place is not one of reading."""
    _numbers_links = False
    _seeks_hit = False
    _seeks_from = 0

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

    @dataclass
    class PicturesWanted(TextMessage):
        """Pictures came on screen whose cells are not there: see `take_picture`."""

        article: Article
        boxes: tuple[PictureBox, ...]

    def show(
        self,
        article: Article,
        mark: Mark,
        *,
        outlet: str,
        hits: Query | None = None,
        document: Document | None = None,
        afresh: bool = False,
    ) -> None:
        """Show an article where its mark says that reading stopped.

        The article that is shown already, with a new mark or text, stays where it is, but for
        `afresh`. `document` is what `read_document` made of the same in another thread, for texts
        of a megabyte.
        """
        same = (
            not afresh
            and self.article is not None
            and self.article.article_id == article.article_id
        )
        anchor = self.position if same else mark.position
        same_hits = same and hits == self.hits
        current_hit = self.painter.current_hit if same_hits else NO_HIT
        if not same:
            self.painter.slices.update(dict.fromkeys(SLICES, ()))
            self.painter.pictures.clear()
            self._below_anchor = 0
        self.article = article
        self.hits = hits
        self._seeks_hit = same_hits and self._seeks_hit
        self.went_to_hit = same and self.went_to_hit
        find = (lambda text: find_hits(text, hits)) if hits else None
        document = document or read_document(article, mark, outlet, self.no_text)
        self.show_document(replace(document, numbered=self._numbers_links), find, anchor)
        self.painter.current_hit = current_hit
        self.highlight(places_of(self.source, mark.highlights))

    def clear(self) -> None:
        """Show no article."""
        self.article = None
        self.show_nothing()

    def number_links(self, numbered: bool) -> None:
        """Write behind each link its number in the list of links, or no longer."""
        if numbered != self._numbers_links:
            self._numbers_links = numbered
            if self._document is not None:
                document = replace(self._document, numbered=numbered)
                self.show_document(document, self._find, self.position)

    @property
    def article_id(self) -> str:
        """Of the article that is shown; empty when there is none."""
        return self.article.article_id if self.article else ""

    @property
    def links(self) -> list[tuple[str, str, int]]:
        """Text, address and line of every link, in the order of the text."""
        layout = self.finish()
        if layout is None:
            return []
        return [
            (layout.link_text(link), layout.addresses[link], line)
            for link, line in sorted(layout.link_lines.items())
        ]

    @property
    def links_in_sight(self) -> dict[tuple[int, int], str]:
        """The address of every link on screen, by the line that it is seen on first and the link.

        In the order of the text.
        """
        layout, top = self.layout_shown, self.scroll_offset.y
        if layout is None:
            return {}
        seen: dict[int, int] = {}
        for number, line in enumerate(layout.lines[top : top + self.height_shown], top):
            for run in line.runs:
                if run.link != NO_LINK:
                    seen.setdefault(run.link, number)
        return {(number, link): layout.addresses[link] for link, number in seen.items()}

    @property
    def hit_count(self) -> int:
        """How many search hits the article has."""
        layout = self.finish()
        return len(layout.hit_lines) if layout else 0

    def seek_hit(self, start: int = 0) -> None:
        """Mark the first search hit from a place of the text on, else the first of all.

        It is shown as soon as the pane has lines.
        """
        self.painter.current_hit = NO_HIT
        layout = self.finish()
        self._seeks_hit, self._seeks_from = layout is None, start
        if layout is not None and layout.hit_lines:
            line = layout.line_of(start) if start else 0
            hits = (hit for hit, at in layout.hit_lines.items() if at >= line)
            self._go_to_hit(layout, next(hits, 0))

    def laid_out(self) -> None:
        """The pane has lines: go to the hit that was sought without them."""
        if self._seeks_hit:
            self.seek_hit(self._seeks_from)

    def next_hit(self, step: int = 1) -> bool:
        """Mark the next (1) or previous (-1) search hit and show it; False when there is none."""
        layout = self.finish()
        if layout is None or not layout.hit_lines:
            return False
        lines, hit, top = layout.hit_lines, self.painter.current_hit, self.scroll_offset.y
        count = len(lines)
        if hit == NO_HIT:
            after = next((number for number in range(count) if lines[number] >= top), 0)
            hit = after if step > 0 else after - 1
        else:
            hit += step
        self._go_to_hit(layout, hit % count)
        return True

    def _go_to_hit(self, layout: Layout, hit: int) -> None:
        self.went_to_hit = True
        self.painter.current_hit = hit
        self.painter.forget()
        line, top = layout.hit_lines[hit], self.scroll_offset.y
        if not top <= line < top + self.height_shown - 1:
            self.go_to_line(line - self.height_shown // 3)
        self.refresh()

    def next_section(self, step: int = 1) -> bool:
        """Bring the next (1) or previous (-1) heading or section to the top; False if none."""
        layout = self.finish()
        if layout is None or self.article is None:
            return False
        sections = (layout.line_of(section.start) for section in self.article.sections)
        return self.go_beyond(sorted({*layout.heading_lines, *sections}), step)

    def pictures_wanted(self, boxes: Collection[PictureBox]) -> None:
        """Tell which."""
        if self.article is not None:
            self.post_message(self.PicturesWanted(self, self.article, tuple(boxes)))

    def moved(self) -> None:
        """Tell where the reader is."""
        message = self.PositionChanged(self, self.article_id, self.position, self.progress)
        self.post_message(message)

    def on_click(self, event: events.Click) -> None:
        """Tell which link was clicked on."""
        offset, layout = event.get_content_offset(self), self.layout_shown
        if offset is None or layout is None:
            return
        number = offset.y + self.scroll_offset.y
        if number >= len(layout.lines):
            return
        run = self.painter.run_at(layout.lines[number], offset.x)
        if run is not None and run.link != NO_LINK:
            self.post_message(self.LinkClicked(self, layout.addresses[run.link]))
