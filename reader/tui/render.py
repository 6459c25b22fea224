"""An article laid out in lines of a width: header, text, address.

Lines are laid from the top on demand, so that the first screen of a long article is there at
once. Every line knows its character offset in the article's text, for positions, sections and
hits.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from archive.characters import clean_text
from archive.models import Article, Mark
from reader.attachments import attachment_lines
from reader.footnotes import Footnote, footnotes_of
from reader.tui.render_blocks import Block, read_blocks
from reader.tui.render_header import header_parts, shown_title
from reader.tui.render_inline import NO_HIT, NO_LINK, NOWHERE, InlineReader, Run, join
from reader.tui.render_lines import FindHits, LineMaker, wrap_runs
from reader.tui.render_pictures import NO_PICTURES, PictureRow, PlacedPictures, rows_of

NO_TEXT = "There is no text of this article, only what stands above."


@dataclass(frozen=True, slots=True)
class Line:
    """A line of runs; `fill` is the style of its empty rest, `picture` what is drawn in its place.

    `start` is the offset in the text of what the line shows, else of what precedes it.
    """

    runs: tuple[Run, ...]
    start: int = 0
    fill: str = ""
    picture: PictureRow | None = None

    @property
    def text(self) -> str:
        """The line as plain text."""
        return join(self.runs)

    @property
    def shows(self) -> bool:
        """Whether it is no blank line."""
        return bool(self.text.strip() or self.picture)


@dataclass(frozen=True, slots=True)
class Document:
    """An article read into blocks; independent of any width. `numbered`: its links have numbers."""

    article: Article
    mark: Mark
    outlet: str
    text: str
    blocks: tuple[Block, ...]
    references: dict[str, object]
    no_text: str = NO_TEXT
    footnotes: tuple[Footnote, ...] = ()
    numbered: bool = False


def read_document(article: Article, mark: Mark, outlet: str, no_text: str = NO_TEXT) -> Document:
    """Read an article's Markdown; a first heading that repeats the title is left out.

    `no_text` is said where there is none.
    """
    text = clean_text(article.text)
    blocks, references = read_blocks(text)
    if blocks and blocks[0].kind == "heading":
        heading = " ".join(blocks[0].content.split()).casefold()
        if heading == shown_title(article).casefold():
            del blocks[0]
    if blocks:
        blocks[0] = replace(blocks[0], gap=0)
    footnotes = footnotes_of(text)
    return Document(article, mark, outlet, text, tuple(blocks), references, no_text, footnotes)


def _start(line: Line) -> int:
    return line.start


def _has_words(line: Line) -> bool:
    """Whether words of the text stand on a line, and not those of the header or none."""
    return any(run.start != NOWHERE for run in line.runs)


class Layout:
    """The lines of a document at one width, as far as they were asked for."""

    def __init__(
        self,
        document: Document,
        width: int,
        now: datetime,
        find: FindHits | None = None,
        picture_rows: int = NO_PICTURES,
    ) -> None:
        self.lines: list[Line] = []
        self.hit_lines: dict[int, int] = {}
        self.link_lines: dict[int, int] = {}
        self.heading_lines: list[int] = []
        self.is_done = False
        self._document = document
        self._width = max(1, width)
        self._now = now
        self._inline = InlineReader(
            document.text, document.references, document.footnotes, numbered=document.numbered
        )
        self._maker = LineMaker(self._inline, self._width, find)
        pictures = document.article.pictures
        self._pictures = PlacedPictures(document.text, pictures, self._width, picture_rows)
        self._at = 0
        self._steps = self._lay()

    @property
    def addresses(self) -> list[str]:
        """The addresses of the links laid out so far; `link_lines` has their lines."""
        return self._inline.addresses

    def lay_lines(self, count: int) -> None:
        """Lay out at least so many lines, if there are."""
        while len(self.lines) < count and self.step():
            pass

    def lay_offset(self, offset: int) -> None:
        """Lay out the text up to a character offset."""
        while self._at <= offset and self.step():
            pass

    def lay_all(self) -> None:
        """Lay out everything."""
        while self.step():
            pass

    def step(self) -> bool:
        """Lay out one block more; False when there was none."""
        self.is_done = self.is_done or not next(self._steps, False)
        return not self.is_done

    def line_of(self, offset: int) -> int:
        """The line that shows a character offset, 0 for the offset 0: the header belongs to it."""
        if offset <= 0:
            return 0
        self.lay_offset(offset)
        at = max(0, bisect_right(self.lines, offset, key=_start) - 1)
        return bisect_left(self.lines, self.lines[at].start, key=_start)

    def words_line_of(self, offset: int) -> int:
        """The line on which the word at a character offset stands, below the header also at 0."""
        first = self.line_of(offset)
        self.lay_offset(offset)
        below = range(first, len(self.lines))
        return next((number for number in below if _has_words(self.lines[number])), first)

    def link_text(self, link: int) -> str:
        """What is underlined of a link that is laid out, on one line."""
        texts: list[str] = []
        for line in self.lines[self.link_lines[link] :]:
            found = [run.text for run in line.runs if run.link == link]
            if texts and not found:
                break
            texts += [*found, " "]
        return " ".join("".join(texts).split())

    def part_seen(self, line: int) -> float:
        """The part of the text, 0 to 1, that stands above a line."""
        if line >= len(self.lines):
            return 1.0 if self.is_done else self._at / max(1, len(self._document.text))
        return min(1.0, self.lines[line].start / max(1, len(self._document.text)))

    def guess_height(self) -> int:
        """The number of lines, guessed from the length of what is not laid out yet."""
        if self.is_done:
            return len(self.lines)
        rest = max(0, len(self._document.text) - self._at)
        return len(self.lines) + 2 + int(rest / max(10, self._width * 0.85))

    # Steps: the generator lays one part of the document a step.

    def _lay(self) -> Iterator[bool]:
        yield self._lay_header()
        for block in self._document.blocks:
            yield self._lay_pictures(block.start, is_before_block=not block.gap)
            self._at = max(self._at, block.start)
            yield self._lay_block(block)
        yield self._lay_pictures(len(self._document.text))
        self._at = len(self._document.text) + 1
        yield self._lay_footer()

    def _lay_header(self) -> bool:
        document = self._document
        self._blank(1)
        article, mark, outlet = document.article, document.mark, document.outlet
        for part in header_parts(article, mark, outlet, self._now, self._width):
            self._blank(part.gap)
            runs = self._maker.emphasise(part.runs) if part.is_searched else list(part.runs)
            for line in wrap_runs(runs, self._width):
                self._add(line)
        for stated in attachment_lines(article):
            for line in wrap_runs(self._inline.plain(stated, NOWHERE, ("meta",)), self._width):
                self._add(line)
        self._add([Run("─" * self._width, ("rule",))])
        self._blank(1)
        if not document.blocks:
            for line in wrap_runs([Run(document.no_text, ("note",))], self._width):
                self._add(line)
        return True

    def _lay_footer(self) -> bool:
        if address := self._document.article.url:
            runs = self._inline.plain(address, NOWHERE, ("meta",))
            self._blank(2)
            for line in wrap_runs(runs, self._width):
                self._add(line)
        return True

    def _lay_block(self, block: Block) -> bool:
        maker = self._maker
        gap = maker.gap_prefix(block)
        for _ in range(block.gap):
            self._add(gap)
        if block.kind == "heading":
            self.heading_lines.append(len(self.lines))
        for runs, fill in maker.lines(block):
            self._add(runs, fill)
        return True

    def _lay_pictures(self, offset: int, *, is_before_block: bool = False) -> bool:
        """The pictures above an offset, between blank lines."""
        count = len(self.lines)
        for box, words in self._pictures.before(offset):
            self._blank(1 if self.lines and self.lines[-1].shows else 0)
            for place in rows_of(box) if box else ():
                self._add([], picture=place)
            for line in wrap_runs([Run(words, ("image",))], self._width) if words else ():
                self._add(line)
        self._blank(1 if is_before_block and len(self.lines) > count else 0)
        return True

    # Lines

    def _blank(self, count: int) -> None:
        for _ in range(count):
            self._add([])

    def _add(self, runs: Sequence[Run], fill: str = "", picture: PictureRow | None = None) -> None:
        """Add a line; note which links and hits begin on it."""
        number = len(self.lines)
        for run in runs:
            if run.link != NO_LINK:
                self.link_lines.setdefault(run.link, number)
            if run.hit != NO_HIT:
                self.hit_lines.setdefault(run.hit, number)
        before = self.lines[-1].start if self.lines else 0
        start = next((run.start for run in runs if run.start != NOWHERE), before)
        self.lines.append(Line(tuple(runs), max(start, before), fill, picture))
        self._at = max(self._at, start)
