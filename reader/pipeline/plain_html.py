"""Plain HTML as Markdown, as `markdown` writes it of its tree, at a third of the cost.

Most texts of feeds are plain: paragraphs, headings, lists, quotes and pictures, each tag in lower
case and closed, every attribute in quotes, in which nothing stands where HTML would mend it. Of
these the tree says nothing that the tags do not; of anything else it is asked. Runs in worker
processes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.entities import name2codepoint
from typing import TYPE_CHECKING

from archive.characters import clean_text
from reader.pipeline.blocks import BETWEEN
from reader.pipeline.markdown import heading_of, item_of, link_target, list_of, quote_of
from reader.pipeline.markdown_escapes import escape_block_start, may_be_marks
from reader.pipeline.markdown_inline import MARKERS, Inline, code_span

if TYPE_CHECKING:
    from collections.abc import Callable

_TAG = re.compile(r'<(/?[a-z][a-z0-9]*)((?:[ \n\t]+[a-z][a-z-]*="[^"<>]*")*[ \n\t]*/?)>')
EMPTY = frozenset({"br", "hr", "img"})
_ATTRIBUTE = re.compile(r'[ \n\t]([a-z-]+)="([^"]*)"')
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOXES = frozenset({"p", "div", "figure", "figcaption", "section", "article"})
_BLOCKS = _BOXES | _HEADINGS.keys() | {"ul", "ol", "blockquote", "hr"}
_STRANGE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&(?:#([1-9][0-9]{1,5})|([A-Za-z][A-Za-z0-9]*));")
_LONE_AMPERSAND = re.compile("&(?![ \n])")
_SPACES = " \n\t"
_DEEPEST = 20
_MOST_TAGS = 100_000
"""Beyond them the tree takes less memory."""
_END = "/"
"""What stands for the end of the whole among the tags."""


class _NotPlain(Exception):
    """The tree must be asked."""


def read_plain(markup: str, base_url: str) -> PlainHtml | None:
    """A piece of HTML if it is plain and says something; links are relative to `base_url`."""
    if not markup.replace("\n", "").isprintable() and _STRANGE.search(markup):
        return None
    tokens = _TAG.split(markup)
    tags = len(tokens) // 3
    if not 0 < tags <= _MOST_TAGS or markup.count("<") != tags or markup.count(">") != tags:
        return None
    if "/>" in markup and not EMPTY.issuperset(_self_closed(tokens)):
        return None
    tokens += [_END, "", ""]
    try:
        if "&" in markup:
            tokens[::3] = map(unescaped, tokens[::3])
            unescaped("\n".join(tokens[2::3]))  # which are read where they are asked for
        blocks, _ = _Reader(tokens, base_url).flow(-2, _END)
    except _NotPlain:
        return None
    text = clean_text(BETWEEN.join(blocks)).strip()
    return PlainHtml(text, tokens) if text else None


@dataclass(frozen=True, slots=True)
class PlainHtml:
    """Plain HTML: its Markdown, and its tags, each with its attributes and the text behind it."""

    text: str
    tokens: Sequence[str]

    @property
    def has_pictures(self) -> bool:
        """Whether there is an element of a picture."""
        return "img" in self.tokens[1::3]


def _self_closed(tokens: Sequence[str]) -> list[str]:
    """The tags that end their element at once, as XML has it."""
    pairs = zip(tokens[1::3], tokens[2::3], strict=True)
    return [tag for tag, attributes in pairs if attributes.endswith("/")]


class _Reader:
    """Reads tags and the text between them: a tag, its attributes, the text behind it, and so on.

    A place is that of a tag. What reads an element goes from its tag to its end tag.
    """

    def __init__(self, tokens: Sequence[str], base_url: str) -> None:
        self._tokens = tokens
        self._is_even = _are_even(tokens[::3])
        self._words = _Words(
            tokens, lambda href: link_target(href, base_url), is_even=self._is_even
        )
        self._depth = 0

    def flow(self, at: int, closing: str) -> tuple[list[str], int]:
        """The blocks from a tag to its end, as the tree's writer has them; no words between."""
        tokens = self._tokens
        blocks: list[str] = []
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _NotPlain
        while True:
            if tokens[at + 2].strip(_SPACES):
                raise _NotPlain
            at += 3
            tag = tokens[at]
            if tag == closing:
                self._depth -= 1
                return blocks, at
            found, at = self._block(at, tag)
            blocks += found

    def _block(self, at: int, tag: str) -> tuple[list[str], int]:
        if tag == "p":
            return self._leaf(at, "/p")
        if level := _HEADINGS.get(tag):
            blocks, at = self._leaf(at, "/" + tag)
            return heading_of(blocks, level), at
        if tag in ("ul", "ol"):
            return self._list(at, tag)
        if tag == "blockquote":
            blocks, at = self._inside(at, tag)
            return quote_of(blocks), at
        if tag == "figure":
            return self.flow(at, "/figure")
        if tag in _BOXES:
            return self._inside(at, tag)
        if tag == "hr":
            return ["---"], at
        if tag == "img":
            return [], at
        if tag == "a" and self._holds_picture(at):
            return [], at + 6
        raise _NotPlain

    def _holds_picture(self, at: int) -> bool:
        """Whether an element holds a picture, and nothing else."""
        tokens = self._tokens
        is_alone = tokens[at + 3 : at + 7 : 3] == ["img", "/a"]
        return is_alone and not tokens[at + 2] and not tokens[at + 5]

    def _inside(self, at: int, tag: str) -> tuple[list[str], int]:
        """The blocks in an element that may hold blocks or words, but not both."""
        has_words = self._tokens[at + 2].strip(_SPACES) or self._tokens[at + 3] not in _BLOCKS
        return self._leaf(at, "/" + tag) if has_words else self.flow(at, "/" + tag)

    def _leaf(self, at: int, closing: str) -> tuple[list[str], int]:
        """The paragraphs in an element that holds words."""
        if self._is_even and self._tokens[at + 3] == closing:
            line = self._tokens[at + 2].strip()
            return ([escape_block_start(line)] if line else []), at + 3
        at = self._words.read(at, closing)
        return self._words.paragraphs(), at

    def _list(self, at: int, tag: str) -> tuple[list[str], int]:
        tokens, closing = self._tokens, "/" + tag
        if "start" in tokens[at + 1]:
            raise _NotPlain
        items: list[str] = []
        while True:
            if tokens[at + 2].strip(_SPACES):
                raise _NotPlain
            at += 3
            if tokens[at] == closing:
                return list_of(items), at
            if tokens[at] != "li":
                raise _NotPlain
            blocks, at = self._inside(at, "li")
            if blocks:
                items.append(item_of(f"{len(items) + 1}. " if tag == "ol" else "- ", blocks))


class _Words(Inline):
    """Words with inline elements, of tags in place of a tree."""

    def __init__(
        self, tokens: Sequence[str], target: Callable[[str], str], *, is_even: bool
    ) -> None:
        super().__init__(target)
        self._tokens = tokens
        self._is_even = is_even
        self._depth = 0

    def read(self, at: int, closing: str) -> int:
        """Adds what stands between a tag and its end; the place of that."""
        tokens = self._tokens
        while True:
            text = tokens[at + 2]
            if not self._is_even or text.isspace():
                self.text(text)
            elif text:
                self._parts.append(text)
            at += 3
            tag = tokens[at]
            if tag == closing:
                return at
            self._depth += 1
            if self._depth > _DEEPEST:
                raise _NotPlain
            at = self._read_element(at, tag)
            self._depth -= 1

    def _read_element(self, at: int, tag: str) -> int:
        if tag == "a":
            if tag in self._active:
                raise _NotPlain
            inside, end = self._read_apart(at, tag, tag)
            self._linked(inside, attributes_of(self._tokens[at + 1]).get("href", ""))
            return end
        if marker := MARKERS.get(tag):
            if marker in self._active:
                return self.read(at, "/" + tag)
            inside, end = self._read_apart(at, tag, marker)
            self._emphasized(inside, marker)
            return end
        if tag == "br":
            self.line_break()
            return at
        if tag == "img":
            return at
        if tag == "span":
            return self.read(at, "/span")
        if tag == "code" and self._tokens[at + 3] == "/code" and "\n" not in self._tokens[at + 2]:
            self._parts.append(code_span(self._tokens[at + 2]))
            return at + 3
        raise _NotPlain

    def _read_apart(self, at: int, tag: str, kind: str) -> tuple[str, int]:
        """What is inside of an element of that kind, in which there is no other one."""
        start = len(self._parts)
        self._active.add(kind)
        at = self.read(at, "/" + tag)
        self._active.discard(kind)
        inside = "".join(self._parts[start:])
        del self._parts[start:]
        return inside, at


def _are_even(texts: Sequence[str]) -> bool:
    """Whether all words among these stand in Markdown as they are: single lines of ASCII."""
    joined = "".join([text for text in texts if not text.isspace()])
    return (
        joined.isascii()
        and joined.isprintable()
        and "  " not in joined
        and not may_be_marks(joined)
    )


def attributes_of(written: str) -> dict[str, str]:
    """What the attributes of a tag say; of two of one name the first counts."""
    return {key: unescaped(value) for key, value in reversed(_ATTRIBUTE.findall(written))}


def unescaped(text: str) -> str:
    """Text with the characters that its references mean, of those that all parsers read alike."""
    if "&" not in text:
        return text
    if _LONE_AMPERSAND.search(_REFERENCE.sub("", text)):
        raise _NotPlain
    return _REFERENCE.sub(_character, text)


def _character(reference: re.Match[str]) -> str:
    code = int(reference[1]) if reference[1] else _NAMED.get(reference[2], 0)
    if not (0x20 <= code < 0x7F or 0xA0 <= code < 0xD800 or 0xE000 <= code < 0xFFFE):
        raise _NotPlain
    return chr(code)


_NAMED: Mapping[str, int] = {
    name: code for name, code in name2codepoint.items() if name not in ("lang", "rang")
} | {"apos": 0x27}
"""The names that mean the same in HTML 4 and 5."""
