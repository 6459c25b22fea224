"""An article's Markdown as blocks to be read aloud: what signs would show is said in words.

Headings, quotes, code, lists and tables are announced; links get numbers, images their description;
rules are left out. HTML in the text is the text it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from archive.characters import clean_line, clean_text
from reader.addresses import is_web_address
from reader.plain.wording import counted
from reader.soft_breaks import soft_break

if TYPE_CHECKING:
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

# HTML in a text is text. Text nested deeper than this is left out, so it lies beyond all use.
OPTIONS = {"html": False, "maxNesting": 60}
EXTENSIONS = ["table", "strikethrough"]


@dataclass(frozen=True, slots=True)
class Link:
    """A numbered link: what is linked, and where to (http or https)."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, row or piece of code, of one or more lines.

    `follows` says that no empty line stands before it; `is_code` that its lines stay unbroken;
    `announces` that it belongs to what comes after it, as a heading does. `start` is the line of
    the Markdown that it begins on, counted from 0.
    """

    lines: tuple[str, ...]
    start: int
    announces: bool = False
    is_code: bool = False
    follows: bool = False

    @property
    def length(self) -> int:
        """Characters."""
        return sum(map(len, self.lines))


@dataclass(frozen=True, slots=True)
class Text:
    """A whole text: its blocks in order, its links numbered from 1."""

    blocks: tuple[Block, ...]
    links: tuple[Link, ...]


def spoken(markdown: str) -> Text:
    """The text to be read of a Markdown text."""
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    parser = MarkdownIt("commonmark", OPTIONS).enable(EXTENSIONS)
    # Every link is read as one; which of them get a number is decided below.
    parser.validateLink = _is_stated  # type: ignore[method-assign]
    tokens = parser.parse(clean_text(markdown))
    levels = [_level(token.tag) for token in tokens if token.type == "heading_open"]
    speaker = _Speaker(min(levels, default=1))
    blocks = tuple(speaker.blocks(SyntaxTreeNode(_joined(tokens))))
    return Text(blocks, tuple(link for _, link in speaker.links.values()))


def _joined(tokens: list[Token]) -> list[Token]:
    """The tokens with what each soft break stands for as its text; a tree has no neighbours."""
    for token in tokens:
        for index, child in enumerate(token.children or ()):
            if child.type == "softbreak":
                child.content = soft_break(token.children or (), index)
    return tokens


def _level(tag: str) -> int:
    """The level of a heading's tag: 2 of `h2`."""
    return int(tag[1:])


def _is_stated(url: str) -> bool:
    return bool(url)


@dataclass(slots=True)
class _Speaker:
    """Walks the tree; `links` has the links by address, each with its number.

    `top` is the level of the text's highest headings.
    """

    top: int
    links: dict[str, tuple[int, Link]] = field(default_factory=dict)

    def blocks(self, parent: SyntaxTreeNode, indent: str = "", lead: str = "") -> Iterator[Block]:
        """The blocks below a node; `lead` is said before each of its paragraphs."""
        for node in parent.children:
            if node.type == "paragraph":
                lines = tuple(indent + line for line in self._lines(node, lead))
                yield Block(lines, _start(node))
            elif node.type == "heading":
                yield from self._heading(node, indent)
            elif node.type in ("bullet_list", "ordered_list"):
                yield from self._items(node, indent, lead)
            elif node.type == "blockquote":
                yield from self.blocks(node, indent, "Quote: ")
            elif node.type in ("fence", "code_block"):
                yield _code(node, indent)
            elif node.type == "table":
                yield from self._table(node, indent)

    def _heading(self, node: SyntaxTreeNode, indent: str) -> Iterator[Block]:
        level = _level(node.tag) - self.top + 1
        words = " ".join(self._lines(node))
        if words:
            name = "Heading" if level == 1 else f"Heading level {level}"
            yield Block((f"{indent}{name}: {words}",), _start(node), announces=True)

    def _items(self, node: SyntaxTreeNode, indent: str, lead: str) -> Iterator[Block]:
        """How many items there are, then each further in, with its number if it has one."""
        size = f"{indent}List of {counted(len(node.children), 'item')}."
        yield Block((size,), _start(node), announces=True)
        number = int(node.attrs.get("start", 1))
        inside = indent + "  "
        for at, item in enumerate(node.children):
            marker = f"{number + at}. " if node.type == "ordered_list" else ""
            deeper = inside + " " * len(marker)
            for nth, block in enumerate(self.blocks(item, deeper, lead)):
                first, *others = block.lines
                lines = block.lines if nth else (inside + marker + first.lstrip(), *others)
                yield replace(block, lines=lines, follows=True)

    def _table(self, node: SyntaxTreeNode, indent: str) -> Iterator[Block]:
        rows = [
            [" ".join(self._lines(cell)) for cell in row.children]
            for part in node.children
            for row in part.children
        ]
        names, records = rows[0], rows[1:]
        columns = ", ".join(filter(None, names))
        size = f"{indent}Table of {counted(len(records), 'row')}"
        yield Block((f"{size}: {columns}".rstrip(": ") + ".",), _start(node), announces=True)
        for number, record in enumerate(records, start=1):
            cells = [
                f"{name}: {value}" if name else value
                for name, value in zip(names, record, strict=False)
                if value
            ]
            yield Block((f"{indent}Row {number}. {'; '.join(cells)}",), _start(node), follows=True)

    def _lines(self, node: SyntaxTreeNode, lead: str = "") -> list[str]:
        """The lines of a paragraph; there is one more after each hard break."""
        text = lead + "".join(self._inline(child) for child in node.children)
        return [clean_line(line) for line in text.split("\n")]

    def _inline(self, node: SyntaxTreeNode) -> str:
        if node.type == "hardbreak":
            return "\n"
        if node.type == "image":
            return f"[image: {node.content}]" if node.content.strip() else "[image]"
        if not node.children:
            return str(node.content)
        words = "".join(map(self._inline, node.children))
        if node.type == "s":
            return f"[struck out: {words}]"
        return words + self._number(node, words) if node.type == "link" else words

    def _number(self, node: SyntaxTreeNode, words: str) -> str:
        """What tells a link's number; nothing for what leads nowhere that a browser may go."""
        url = clean_line(str(node.attrs.get("href", "")))
        if not is_web_address(url):
            return ""
        link = Link(clean_line(words), url)
        number, _ = self.links.setdefault(url, (len(self.links) + 1, link))
        return f" [link {number}]"


def _start(node: SyntaxTreeNode) -> int:
    """The line that a node of its own lines begins on."""
    return node.map[0] if node.map else 0


def _code(node: SyntaxTreeNode, indent: str) -> Block:
    lines = clean_text(node.content).expandtabs(4).rstrip("\n").split("\n")
    return Block(
        (f"{indent}Code:", *(f"{indent}    {line}" for line in lines)), _start(node), is_code=True
    )
