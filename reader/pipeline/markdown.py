"""HTML elements as Markdown (CommonMark, with GitHub's tables and strikethrough).

One writer for what trafilatura extracts from pages and for the HTML inside feeds, so that both
read alike. Headings, lists, quotes, code, tables and links are kept; pictures are left out; what
was plain text stays plain text, whatever Markdown it looks like. Runs in worker processes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from archive.characters import clean_text
from archive.models import Dropped
from reader.pipeline.blocks import BETWEEN, Cleaned
from reader.pipeline.clean import clean_url
from reader.pipeline.markdown_inline import Inline
from reader.pipeline.markdown_table import column_span, is_data_table, table_rows, write_table
from reader.pipeline.table_aligns import column_aligns

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(_HEADINGS) | {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header",
    "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "p",
    "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    "caption",
}  # fmt: skip
_LISTS = frozenset({"ul", "ol", "menu"})
_SKIPPED = {
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas",
    "button", "input", "select", "textarea", "audio", "video", "head", "title", "meta", "link",
    "map", "area", "noframes", "frameset", "datalist",
}  # fmt: skip
_LANGUAGE_CLASS = re.compile(
    r"(?:^|\s)(?:language|lang|highlight-source|brush:)-?\s*([\w+#.-]{1,20})"
)
_LIST_START = re.compile(r" *(?:- |\d{1,9}\. )")
_ESCAPED_NUMBER = re.compile(r"^(\d{1,9})\\([.)])")
_BACKTICKS = re.compile(r"`+")


def write_markdown(root: _Element, base_url: str) -> str:
    """The Markdown of everything in `root`; links are made absolute on `base_url`."""
    blocks = _Writer(base_url).flow(root)
    return clean_text(BETWEEN.join(blocks)).strip()


def write_cleaned(root: _Element, base_url: str, dropped: Mapping[_Element, str]) -> Cleaned:
    """The Markdown of `root` without the elements in `dropped`, each of which has a reason.

    Those in lists, quotes and tables are left out unsaid.
    """
    kept: list[str] = []
    removed: list[Dropped] = []
    at = 0
    for block in _Writer(base_url, dropped).flow(root):
        text = clean_text(block).strip("\n")
        if isinstance(block, _DroppedBlock):
            removed.append(Dropped(text, block.why, at))
        elif text:
            kept.append(text)
            at += len(text) + (len(BETWEEN) if at else 0)
    text = BETWEEN.join(kept)
    return Cleaned(text, tuple(replace(each, at=min(each.at, len(text))) for each in removed))


class _DroppedBlock(str):
    """A block that is not of the text, and why."""

    __slots__ = ("why",)
    why: str

    @classmethod
    def of(cls, text: str, why: str) -> Self:
        block = cls(text)
        block.why = why
        return block


class _Writer:
    """Walks a tree; `flow` gives the blocks of an element, each without blank lines around it."""

    def __init__(self, base_url: str, dropped: Mapping[_Element, str] | None = None) -> None:
        self._base_url = base_url
        self._dropped = dropped or {}

    def flow(self, element: _Element) -> list[str]:
        """Blocks of what is in `element`; text between block elements becomes paragraphs."""
        blocks: list[str] = []
        run = Inline(self._link_target)
        run.text(element.text)
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in _SKIPPED:
                pass
            elif self._dropped and child in self._dropped:
                text = BETWEEN.join(self.inside(child))
                blocks += run.paragraphs()
                blocks += [_DroppedBlock.of(text, self._dropped[child])] if text else []
            elif tag in _BLOCKS or self._holds_blocks(child):
                blocks += run.paragraphs()
                blocks += self._block(child)
            else:
                run.element(child)
            run.text(child.tail)
        return blocks + run.paragraphs()

    def inside(self, element: _Element) -> list[str]:
        """The same without what is dropped."""
        return [block for block in self.flow(element) if not isinstance(block, _DroppedBlock)]

    def _holds_blocks(self, element: _Element) -> bool:
        """Whether what is no block by its tag is to be one."""
        if element.tag == "code":
            return element.getparent() is None or "\n" in "".join(element.itertext()).strip()
        return len(element) > 0 and next(element.iterdescendants(*_BLOCKS), None) is not None

    def _block(self, element: _Element) -> list[str]:
        """The blocks that one block element makes."""
        tag = element.tag
        if tag == "p":
            return self.flow(element)
        if tag in _HEADINGS:
            return self._heading(element, _HEADINGS[tag])
        if tag in _LISTS:
            return self._list(element)
        if tag == "blockquote":
            return self._quote(element)
        if tag in ("pre", "code"):
            return self._code(element)
        if tag == "table":
            return self._table(element)
        if tag == "hr":
            return ["---"]
        if tag == "li":
            return [item_of("- ", self.inside(element))]
        if tag == "dt":
            return [f"**{block}**" if _is_plain(block) else block for block in self.inside(element)]
        return self.flow(element)

    def _heading(self, element: _Element, level: int) -> list[str]:
        """One line: a heading cannot hold more."""
        return heading_of(self.inside(element), level)

    def _quote(self, element: _Element) -> list[str]:
        return quote_of(self.inside(element))

    def _list(self, element: _Element) -> list[str]:
        number = _start_number(element)
        items: list[str] = []
        for child, blocks in self._list_parts(element):
            if not blocks:
                continue
            if child in _LISTS and items:
                # A list straight inside a list belongs to the item before it.
                items[-1] = item_of("", [items[-1], *(_indent(block, 2) for block in blocks)])
                continue
            marker = f"{number}. " if element.tag == "ol" else "- "
            items.append(item_of(marker, blocks))
            number += 1
        return list_of(items)

    def _list_parts(self, element: _Element) -> Iterator[tuple[str, list[str]]]:
        """What stands in a list, by tag; words outside its items count as items too."""
        yield "", self._words(element.text)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _SKIPPED:
                in_list = child.tag in _LISTS or child.tag == "table"
                yield child.tag, self._block(child) if in_list else self.inside(child)
            yield "", self._words(child.tail)

    def _words(self, text: str | None) -> list[str]:
        run = Inline(self._link_target)
        run.text(text)
        return run.paragraphs()

    def _code(self, element: _Element) -> list[str]:
        """A fenced block, its text as it is."""
        text = verbatim(element).strip("\n").rstrip()
        if not text.strip():
            return []
        longest = max((len(run) for run in _BACKTICKS.findall(text)), default=0)
        fence = "`" * max(3, longest + 1)
        return [f"{fence}{code_language(element)}\n{text}\n{fence}"]

    def _table(self, element: _Element) -> list[str]:
        """A table of data as one; a table that only lays out a page as its cells in order."""
        rows = [
            [cell for cell in row if cell not in self._dropped]
            for row in table_rows(element)
            if not row or row[0].getparent() not in self._dropped
        ]
        if not is_data_table(element, rows):
            return self.flow(element)
        caption = element.find("caption")
        before = self.inside(caption) if caption is not None else []
        cells = [[(" ".join(self.inside(cell)), column_span(cell)) for cell in row] for row in rows]
        return [*before, write_table(cells, column_aligns(element, rows))]

    def _link_target(self, href: str) -> str:
        return link_target(href, self._base_url)


def link_target(href: str, base_url: str) -> str:
    """Where a link leads, absolute; empty for what is not to be followed from a text."""
    if href[:7].lower() == "mailto:":
        return href if re.fullmatch(r"[^\s\x00-\x20\x7f-\x9f<>()]{1,500}", href) else ""
    target = clean_url(href, base_url)
    if "#" not in target:
        return target
    page, mark, _ = target.partition("#")
    within = mark and page == base_url.partition("#")[0]
    return "" if within else target


def heading_of(blocks: Sequence[str], level: int) -> list[str]:
    """A heading of what is in it, in one line."""
    words = " ".join(" ".join(blocks).split())
    words = _ESCAPED_NUMBER.sub(r"\1\2", words)  # behind the signs of a heading it is no list
    return [f"{'#' * level} {words}"] if words.strip("#*_ ") else []


def quote_of(blocks: Sequence[str]) -> list[str]:
    """A quote of what is in it."""
    text = BETWEEN.join(blocks)
    return ["\n".join(f"> {line}".rstrip() for line in text.split("\n"))] if text else []


def list_of(items: Sequence[str]) -> list[str]:
    """A list of its items."""
    loose = BETWEEN in "\0".join(items)
    return [("\n\n" if loose else "\n").join(items)] if items else []


def item_of(marker: str, blocks: Sequence[str]) -> str:
    """A list item: a list follows its text at once, another paragraph after a blank line."""
    text = blocks[0] if blocks else ""
    for block in blocks[1:]:
        text += ("\n" if _LIST_START.match(block) else "\n\n") + block
    if "\n" in text:
        text = _indent(text, len(marker))
    return marker + text.lstrip(" ")


def _indent(text: str, width: int) -> str:
    return "\n".join(" " * width + line if line else line for line in text.split("\n"))


def _start_number(element: _Element) -> int:
    stated = (element.get("start") or "1").strip()
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 9 else 1


def verbatim(element: _Element) -> str:
    """The text of preformatted markup; `<br>` is a line break there too."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            parts.append("\n" if child.tag == "br" else verbatim(child))
        parts.append(child.tail or "")
    return "".join(parts)


def code_language(element: _Element) -> str:
    """The programming language that the classes of highlighters name; empty if they name none."""
    for part in element.iter("pre", "code", "div"):
        if match := _LANGUAGE_CLASS.search(part.get("class") or ""):
            return match[1]
    return ""


def _is_plain(block: str) -> bool:
    """Whether a block is one line of words that can be made bold."""
    return "\n" not in block and "*" not in block and not block.startswith(("#", ">", "`", "|"))
