"""The inside of a paragraph as Markdown: emphasis, code, links, line breaks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING

from archive.characters import clean_line, clean_text
from archive.text import line_joint
from reader.pipeline.markdown_escapes import escape_block_start, escape_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_STRONG, _EMPHASIS, _STRUCK = "**", "*", "~~"
MARKERS = {
    "b": _STRONG, "strong": _STRONG,
    "i": _EMPHASIS, "em": _EMPHASIS, "cite": _EMPHASIS, "var": _EMPHASIS, "dfn": _EMPHASIS,
    "del": _STRUCK, "s": _STRUCK, "strike": _STRUCK,
}  # fmt: skip
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "button", "img", "input"})
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")

# Where emphasis opens and closes, until it is known whether Markdown will see it.
_OPENING = {_STRONG: "\x01", _EMPHASIS: "\x02", _STRUCK: "\x03"}
_CLOSING = {_STRONG: "\x04", _EMPHASIS: "\x05", _STRUCK: "\x06"}
_OPENED = {sign: marker for marker, sign in _OPENING.items()}
_CLOSED = {sign: marker for marker, sign in _CLOSING.items()}
_MARKS = re.compile("[\x01-\x06]")
# Emphasis that begins and ends with a letter or digit, without any in it, counts everywhere.
_SURE = re.compile("([\x01-\x03])([A-Za-z0-9](?:[^\x00-\x06]*[A-Za-z0-9])?)[\x04-\x06]")
_SAME_AGAIN = ("\x04\x01", "\x05\x02", "\x06\x03")  # bold that goes on in another element
_ADDRESS_ESCAPES = str.maketrans({"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C"})
_ADDRESS_SIGN = re.compile(r"[()<>\\]")
_BRACKETS = re.compile(r"(\\.|`+[^`]*`+)|([\[\]])")

_SPACES = re.compile("[ \t\n\r\f\xa0]+")
_ASCII_SPACES = " \t\n\r\f"
_BREAK = "\x00"  # cannot be in the text, nor can the marks of emphasis: clean_text takes them out
_PARAGRAPH_BREAK = re.compile(r"[ \n\x00]*\x00[ \n]*\x00[ \n\x00]*")
_ALL_MARKS = "\x01\x02\x03\x04\x05\x06"


class Inline:
    """Collects a run of text and inline elements, and gives its paragraphs.

    `link_target` makes a link's address absolute, or empty if it must not be one.
    """

    def __init__(self, link_target: Callable[[str], str]) -> None:
        self._link_target = link_target
        self._parts: list[str] = []
        self._active: set[str] = set()

    def text(self, text: str | None) -> None:
        """Adds plain text."""
        if not text:
            return
        if text.isascii() and text.isprintable() and "  " not in text:
            # What is below would leave it as it is.
            if text != " " or self._parts:
                self._parts.append(escape_text(text))
        elif not text.strip(_ASCII_SPACES):
            # Most texts are the white space between two blocks, where no paragraph has begun.
            if self._parts:
                self._parts.append("\n" if text.strip(" \t") else " ")
        else:
            self._parts.append(escape_text(_evened(clean_text(text))))

    def line_break(self) -> None:
        """Adds the end of a line."""
        self._parts.append(_BREAK)

    def element(self, element: _Element) -> None:
        """Adds an inline element without its tail."""
        tag = element.tag
        if tag == "br":
            self.line_break()
        elif tag in _CODE:
            self._parts.append(code_span("".join(element.itertext())))
        elif tag == "a":
            self._link(element)
        elif tag in MARKERS:
            self._emphasis(element, MARKERS[tag])
        elif tag in ("sup", "sub"):
            self._shifted(element, _RAISED if tag == "sup" else _LOWERED)
        elif tag == "q":
            self._parts.append("“")
            self._children(element)
            self._parts.append("”")
        elif tag not in _SILENT:
            self._children(element)

    def paragraphs(self) -> list[str]:
        """The run as paragraphs, two line breaks in a row part them; the next run begins."""
        if not self._parts:
            return []
        joined = "".join(self._parts)
        self._parts.clear()
        if "\n" not in joined and _BREAK not in joined:
            # Most are one line; of these what is below leaves as much.
            line = _single_spaced(_settle(joined)).strip()
            return [escape_block_start(line)] if line else []
        if not joined.strip(f" \n{_BREAK}"):
            return []
        joined = _single_spaced(_settle(_unwrap(joined)))
        paragraphs = []
        for piece in _PARAGRAPH_BREAK.split(joined) if _BREAK in joined else [joined]:
            lines = [line.strip() for line in piece.split(_BREAK)]
            lines = [escape_block_start(line) for line in lines if line]
            if lines:
                paragraphs.append("  \n".join(lines))
        return paragraphs

    def _children(self, element: _Element) -> None:
        self.text(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self.element(child)
            self.text(child.tail)

    def _inside(self, element: _Element) -> str:
        """The Markdown of what is in `element`, its marks still open to be settled."""
        start = len(self._parts)
        self._children(element)
        inside = "".join(self._parts[start:])
        del self._parts[start:]
        return inside

    def _emphasis(self, element: _Element, marker: str) -> None:
        if marker in self._active:
            self._children(element)
            return
        self._active.add(marker)
        inside = self._inside(element)
        self._active.discard(marker)
        self._emphasized(inside, marker)

    def _emphasized(self, inside: str, marker: str) -> None:
        core = inside.strip(" \n" + _BREAK)
        if not core or (_BREAK in core and _PARAGRAPH_BREAK.search(core)):
            self._parts.append(inside)
            return
        before, _, after = inside.partition(core)
        opening, closing = _OPENING[marker], _CLOSING[marker]
        self._parts += [before, opening, core, closing, after]

    def _link(self, element: _Element) -> None:
        self._linked(self._inside(element), element.get("href") or "")

    def _linked(self, inside: str, href: str) -> None:
        words = inside.strip()
        if "  " in inside or not inside.isprintable():
            words = _single_spaced(_unwrap(inside.replace(_BREAK, " "))).strip()
        target = self._link_target(href)
        if not words or not target:
            self._parts.append(inside)
            return
        before = " " if inside[:1].isspace() else ""
        after = " " if inside[-1:].isspace() else ""
        address = target.translate(_ADDRESS_ESCAPES) if _ADDRESS_SIGN.search(target) else target
        plain = _settle(words)
        link = f"<{address}>" if plain == target else f"[{_balance(words)}]({address})"
        self._parts.append(before + link + after)

    def _shifted(self, element: _Element, table: dict[int, int]) -> None:
        """Small raised or lowered text: in characters of that shape if all of it has them."""
        words = "".join(element.itertext()).strip()
        if words and all(ord(character) in table for character in words):
            self._parts.append(words.translate(table))
        else:
            self._children(element)


def _evened(text: str) -> str:
    """The text with each run of white space as one sign, of which there are two."""
    # Of white space, what Python calls printable has spaces alone.
    if text.isprintable() and "  " not in text:
        return text
    return _SPACES.sub(_blank, text)


def _single_spaced(text: str) -> str:
    """Evened text with spaces only, and no two of them in a row."""
    return _SPACES.sub(" ", text) if "\n" in text or "  " in text else text


def _blank(spaces: re.Match[str]) -> str:
    """What a run of white space is until its paragraph is known: a line break or a space."""
    return "\n" if "\n" in spaces[0] else " "


def _unwrap(text: str) -> str:
    """The text without the line breaks of its source: between Chinese words they are no spaces."""
    if "\n" not in text:
        return text
    first, *others = text.split("\n")
    parts = [first]
    before = first.rstrip(_ALL_MARKS)[-1:]
    for line in others:
        after = line.lstrip(_ALL_MARKS)[:1]
        parts += [line_joint(before, after) if before and after else "\n", line]
        before = line.rstrip(_ALL_MARKS)[-1:]
    return "".join(parts)


def _balance(words: str) -> str:
    r"""Link text with its brackets escaped, except those that a `\` or a code span covers."""
    if "[" not in words and "]" not in words:
        return words
    return _BRACKETS.sub(lambda match: match[1] or f"\\{match[2]}", words)


def code_span(text: str) -> str:
    """Code in a line."""
    text = clean_line(text)
    if not text:
        return ""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    edge = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{edge}{text}{edge}{fence}"


def _settle(text: str) -> str:
    """Puts Markdown's marks where emphasis opens and closes, if Markdown will read them as such.

    CommonMark 6.2: marks beside punctuation count only with a space or punctuation on the other
    side, so `**“so”**said` would show its asterisks. Such emphasis is given up, not its words.
    """
    if text.isprintable():
        return text
    for same in _SAME_AGAIN:
        text = text.replace(same, "")
    if not _MARKS.search(settled := _SURE.sub(_written, text)):
        return settled
    written: dict[int, str] = {}
    opened: list[int] = []
    for match in _MARKS.finditer(text):
        place, character = match.start(), match[0]
        written[place] = character
        if character in _OPENED:
            opened.append(place)
        else:
            start = opened.pop()
            good = _can_open(text, start) and _can_close(text, place)
            written[start] = written[place] = _CLOSED[character] if good else ""
    parts: list[str] = []
    done = 0
    for place, marker in written.items():
        parts += (text[done:place], marker)
        done = place + 1
    return "".join([*parts, text[done:]])


def _written(sure: re.Match[str]) -> str:
    marker = _OPENED[sure[1]]
    return f"{marker}{sure[2]}{marker}"


def _can_open(text: str, place: int) -> bool:
    return _leans(_neighbour(text, place, 1), _neighbour(text, place, -1))


def _can_close(text: str, place: int) -> bool:
    return _leans(_neighbour(text, place, -1), _neighbour(text, place, 1))


def _leans(inner: str, outer: str) -> bool:
    """Whether a mark between these characters belongs to the inner one."""
    if inner.isspace():
        return False
    return not _is_punctuation(inner) or outer.isspace() or _is_punctuation(outer)


def _neighbour(text: str, place: int, step: int) -> str:
    """The next character that is no mark of emphasis; a space at the ends and at line breaks."""
    place += step
    while 0 <= place < len(text) and (text[place] in _OPENED or text[place] in _CLOSED):
        place += step
    character = text[place] if 0 <= place < len(text) else " "
    return " " if character == _BREAK else character


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
