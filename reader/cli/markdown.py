"""An article's Markdown as wrapped lines for a terminal.

Blocks become indented lines, links get a number and are listed at the end, tables that are too
wide are shown a record at a time. HTML in the text is shown as the text it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from archive.characters import clean_line, clean_text
from reader.cells import cell_len, pad, wrap
from reader.cli.terminal import Terminal
from reader.markup import EXTENSIONS, OPTIONS, SAFE_SCHEMES
from reader.soft_breaks import soft_break

if TYPE_CHECKING:
    from markdown_it.token import Token

NARROWEST = 20

Span = tuple[int, int, tuple[str, ...]]


def paint(text: str, start: int, end: int, spans: Sequence[Span], terminal: Terminal) -> str:
    """The slice of the text with its styles; spans are (start, end, styles) and may overlap."""
    inside = [span for span in spans if span[0] < end and span[1] > start]
    if not terminal.colour or not inside:
        return text[start:end]
    edges = {start, end}
    for first, last, _ in inside:
        edges |= {max(start, first), min(end, last)}
    stops = sorted(edges)
    pieces = []
    for left, right in pairwise(stops):
        names = [name for first, last, styles in inside if first <= left < last for name in styles]
        pieces.append(terminal.style(text[left:right], *dict.fromkeys(names)))
    return "".join(pieces)


def terminal_lines(text: str, width: int, terminal: Terminal) -> list[str]:
    """The Markdown text as lines of at most `width` cells (code and addresses may be longer)."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", OPTIONS).enable(EXTENSIONS)
    page = _Page(terminal, width)
    page.read(parser.parse(clean_text(text)))
    return page.finished()


@dataclass(slots=True)
class _Inline:
    """A run of text with its styles."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)


class _Page:
    """Collects lines while it walks the tokens; the stack of prefixes is the nesting of blocks."""

    def __init__(self, terminal: Terminal, width: int) -> None:
        self._terminal = terminal
        self._width = width
        self._lines: list[str] = []
        self._prefixes: list[str] = []
        self._bullet = ""
        self._numbers: list[int | None] = []
        self._links: list[str] = []
        self._heading = 0
        self._tight = False
        self._table: list[list[str]] = []
        self._in_table = False

    def read(self, tokens: Sequence[Token]) -> None:
        """Takes in the tokens of a document."""
        for token in tokens:
            if token.type == "inline":
                self._inline(token)
            elif token.type in ("fence", "code_block"):
                self._code(token.content)
            elif token.type == "hr":
                self._put(_Inline(("─" if self._terminal.unicode else "-") * 20))
            elif token.nesting:
                self._block(token)

    def finished(self) -> list[str]:
        """All lines, with the addresses of the links at the end."""
        if self._links:
            self._blank()
            self._lines += [
                self._terminal.style(f"[{number}] {address}", "dim")
                for number, address in enumerate(self._links, start=1)
            ]
        while self._lines and not self._lines[-1].strip():
            self._lines.pop()
        return self._lines

    def _block(self, token: Token) -> None:
        """A block begins or ends."""
        opens = token.nesting > 0
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind == "heading":
            self._heading = int(token.tag[1:]) if opens else 0
        elif kind == "blockquote":
            self._nest("│ " if self._terminal.unicode else "> ", opens=opens)
        elif kind in ("bullet_list", "ordered_list"):
            self._list(token, opens=opens)
        elif kind == "list_item":
            self._item(opens=opens)
        elif kind == "paragraph":
            self._tight = token.hidden
        elif kind == "table":
            self._begin_table() if opens else self._end_table()
        elif kind == "tr" and opens:
            self._table.append([])

    def _nest(self, prefix: str, *, opens: bool) -> None:
        if opens:
            self._blank()
            self._prefixes.append(prefix)
        else:
            self._prefixes.pop()

    def _list(self, token: Token, *, opens: bool) -> None:
        if opens:
            if not self._prefixes:
                self._blank()
            first = int(token.attrs.get("start", 1)) if token.type.startswith("ordered") else None
            self._numbers.append(first)
        else:
            self._numbers.pop()

    def _item(self, *, opens: bool) -> None:
        if not opens:
            self._prefixes.pop()
            self._bullet = ""
            return
        number = self._numbers[-1]
        if number is None:
            self._bullet = "• " if self._terminal.unicode else "- "
        else:
            self._bullet = f"{number}. "
            self._numbers[-1] = number + 1
        self._prefixes.append(" " * len(self._bullet))

    def _inline(self, token: Token) -> None:
        run = self._run(token.children or [])
        if self._in_table:
            self._table[-1].append(clean_line(run.text))
        elif self._heading:
            self._put_heading(run)
        else:
            self._put(run)

    def _put_heading(self, run: _Inline) -> None:
        if not self._terminal.colour:
            run = _Inline("#" * self._heading + " " + run.text)
        self._put(_Inline(run.text, [*run.spans, (0, len(run.text), ("bold",))]))

    def _put(self, run: _Inline) -> None:
        """Wraps a paragraph under the present nesting; hard line breaks stay."""
        if not self._bullet and not self._tight:
            self._blank()
        room = max(NARROWEST, self._width - cell_len("".join(self._prefixes)))
        at = 0
        for paragraph in run.text.split("\n"):
            for start, end in wrap(paragraph, room):
                painted = paint(run.text, at + start, at + end, run.spans, self._terminal)
                self._lines.append(self._prefix() + painted)
            at += len(paragraph) + 1

    def _code(self, code: str) -> None:
        self._blank()
        for line in code.expandtabs(4).rstrip("\n").split("\n"):
            self._lines.append((self._prefix() + "    " + line).rstrip())

    def _prefix(self) -> str:
        """The indentation of the next line; a list's bullet stands in it once."""
        bullet, self._bullet = self._bullet, ""
        if not bullet:
            return "".join(self._prefixes)
        return "".join(self._prefixes[:-1]) + bullet

    def _blank(self) -> None:
        """One empty line between blocks, none at the top."""
        prefix = "".join(self._prefixes).rstrip()
        if self._lines and self._lines[-1].strip() not in ("", prefix) and not self._bullet:
            self._lines.append(prefix)

    def _run(self, tokens: Sequence[Token]) -> _Inline:
        """The text of inline tokens, links numbered, with the styles of its parts."""
        run = _Inline()
        opened: list[tuple[int, tuple[str, ...], str]] = []
        for index, token in enumerate(tokens):
            if token.nesting > 0:
                opened.append((len(run.text), _INLINE_STYLES.get(token.tag, ()), _href(token)))
            elif token.nesting < 0 and opened:
                start, styles, href = opened.pop()
                run.spans.append((start, len(run.text), styles))
                if href and href != run.text[start:]:
                    run.text += f" [{self._link_number(href)}]"
            elif token.type == "code_inline":
                run.spans.append((len(run.text), len(run.text) + len(token.content), ("accent",)))
                run.text += token.content
            elif token.type == "image":
                run.text += token.content
            elif token.type == "softbreak":
                run.text += soft_break(tokens, index)
            else:
                run.text += "\n" if token.type == "hardbreak" else token.content
        return run

    def _link_number(self, href: str) -> int:
        if href not in self._links:
            self._links.append(href)
        return self._links.index(href) + 1

    def _begin_table(self) -> None:
        self._in_table, self._table = True, []

    def _end_table(self) -> None:
        self._in_table = False
        self._blank()
        prefix = self._prefix()
        room = self._width - cell_len(prefix)
        widths = [max(cell_len(row[at]) for row in self._table) for at in range(self._columns())]
        if sum(widths) + 2 * len(widths) > room:
            self._lines += [prefix + line for line in self._records(room)]
            return
        rule = ("─" if self._terminal.unicode else "-") * (sum(widths) + 2 * len(widths) - 2)
        for number, row in enumerate(self._table):
            cells = [pad(text, width) for text, width in zip(row, widths, strict=True)]
            line = "  ".join(cells).rstrip()
            self._lines.append(prefix + (line if number else self._terminal.style(line, "bold")))
            if not number:
                self._lines.append(prefix + self._terminal.style(rule, "dim"))

    def _columns(self) -> int:
        return len(self._table[0]) if self._table else 0

    def _records(self, room: int) -> Iterator[str]:
        """The rows of a wide table, a line or more a field."""
        header, *rows = self._table
        for number, row in enumerate(rows):
            if number:
                yield ""
            for name, value in zip(header, row, strict=True):
                line = f"{name}: {value}" if name else value
                for start, end in wrap(line, max(NARROWEST, room)):
                    yield line[start:end]


_INLINE_STYLES = {"strong": ("bold",), "em": ("italic",), "a": ("underline",), "s": ("dim",)}


def _href(token: Token) -> str:
    """Where a link leads; empty for what is no link and for schemes that nothing may open."""
    href = clean_line(str(token.attrs.get("href", "")))
    return href if href.lower().startswith(SAFE_SCHEMES) else ""
