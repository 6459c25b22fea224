"""The inside of a paragraph: Markdown's inline tokens become runs of styled text.

Each run knows where it stands in the article's text, so that a line on screen can be found again
in it. Raw HTML is text like any other. Links are kept when they are http, https or mailto; a bare
address in the text is a link as well.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from archive.characters import clean_line
from reader.browser import is_browsable
from reader.footnotes import Footnote
from reader.soft_breaks import soft_break
from reader.tui.cells import drawable

NO_LINK = NO_HIT = NOWHERE = -1
"""The link, the hit and the place in the text of a run that has none."""

WITHIN = "#"
"""What the address of a place in the same text begins with, before its character offset."""

_STYLE_OF = {"strong": "strong", "em": "emphasis", "s": "strike"}
_ADDRESS = re.compile(r"https?://[^\s<>\"”»]+[^\s<>\"”».,;:!?)\]}'’]")
_FOLLOWED = ("http://", "https://", "mailto:")


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style. `start` is its character offset in the article's text.

    `styles` are names of component styles, the last on top. `link` is an index in the document's
    list of addresses, `hit` the number of the search hit that it is part of.
    `is_added`: it is none of the article's words.
    """

    text: str
    styles: tuple[str, ...]
    start: int = NOWHERE
    link: int = NO_LINK
    hit: int = NO_HIT
    is_added: bool = False


class InlineReader:
    """Reads the inline tokens of one article; collects the addresses of its links in order.

    `numbered` writes behind each link that can be opened the number that the list of links has.
    """

    def __init__(
        self,
        source: str,
        references: dict[str, object],
        footnotes: Sequence[Footnote] = (),
        *,
        numbered: bool = False,
    ) -> None:
        self.addresses: list[str] = []
        self._numbered = numbered
        self._count = 0
        self._footnotes = footnotes
        self._source = source
        self._parser = MarkdownIt("commonmark", {"html": False}).enable("strikethrough")
        self._references = references

    def read(self, content: str, start: int, styles: tuple[str, ...] = ()) -> list[Run]:
        """The runs of a block's inline content, which begins at or after `start`."""
        tokens: list[Token] = []
        self._parser.inline.parse(content, self._parser, self._references, tokens)
        runs = self._runs(tokens, start, list(styles))
        return [part for run in runs for part in self._noted(run)]

    def plain(self, content: str, start: int, styles: tuple[str, ...] = ()) -> list[Run]:
        """Text without any markup, bare addresses apart."""
        return list(self._text(drawable(clean_line(content)), start, styles, NO_LINK))

    def _runs(self, tokens: Sequence[Token], at: int, styles: list[str]) -> Iterator[Run]:
        link = NO_LINK
        for index, token in enumerate(tokens):
            kind, _, edge = token.type.rpartition("_")
            if kind in _STYLE_OF:
                _toggle(styles, _STYLE_OF[kind], on=edge == "open")
            elif kind == "link":
                yield from self._number(link, at, styles)
                link = self._link(str(token.attrs.get("href", ""))) if edge == "open" else NO_LINK
                _toggle(styles, "link", on=link != NO_LINK)
            elif token.type in ("softbreak", "hardbreak"):
                meant = soft_break(tokens, index) if token.type == "softbreak" else "\n"
                yield Run(meant, tuple(styles), at, link)
            else:
                start, at = self._find(token, at)
                yield from self._leaf(token, start, tuple(styles), link)

    def _leaf(self, token: Token, start: int, styles: tuple[str, ...], link: int) -> Iterator[Run]:
        if token.type == "code_inline":
            text = drawable(token.content.replace("\t", " "))
            yield Run(text, (*styles, "code"), start, link)
        elif token.type == "image":
            alt = drawable(clean_line(token.content))
            yield Run(f"[image: {alt}]" if alt else "[image]", (*styles, "image"), start, link)
        else:
            yield from self._text(drawable(token.content.replace("\t", " ")), start, styles, link)

    def _text(self, text: str, start: int, styles: tuple[str, ...], link: int) -> Iterator[Run]:
        """A run, or several where bare addresses stand in it."""
        if link != NO_LINK or "://" not in text:
            yield Run(text, styles, start, link)
            return
        at = 0
        for match in _ADDRESS.finditer(text):
            if match.start() > at:
                yield Run(text[at : match.start()], styles, _behind(start, at))
            address = self._link(match.group())
            yield Run(match.group(), (*styles, "link"), _behind(start, match.start()), address)
            yield from self._number(address, _behind(start, match.end()), styles)
            at = match.end()
        if at < len(text):
            yield Run(text[at:], styles, _behind(start, at))

    def _noted(self, run: Run) -> Iterator[Run]:
        """A run cut where marks of footnotes stand in it; these are links within the text."""
        at = 0
        if self._footnotes and run.link == NO_LINK and run.start != NOWHERE:
            first = bisect_left(self._footnotes, run.start, key=_start)
            for each in self._footnotes[first:]:
                begin, end = each.start - run.start, each.end - run.start
                if end > len(run.text):
                    break
                if begin > at:
                    yield replace(run, text=run.text[at:begin], start=run.start + at)
                self.addresses.append(f"{WITHIN}{each.target}")
                link, styles = len(self.addresses) - 1, (*run.styles, "link")
                yield Run(run.text[begin:end], styles, each.start, link)
                at = end
        if at < len(run.text) or not at:
            yield replace(run, text=run.text[at:], start=run.start + at) if at else run

    def _number(self, link: int, at: int, styles: Sequence[str]) -> Iterator[Run]:
        """The number of a link that ends there, where links are numbered."""
        if link != NO_LINK and self._numbered and is_browsable(self.addresses[link]):
            inside = tuple(style for style in styles if style != "link")
            yield Run(f"[{self._count}]", (*inside, "meta"), at, is_added=True)

    def _link(self, address: str) -> int:
        if not address.lower().startswith(_FOLLOWED):
            return NO_LINK
        self.addresses.append(clean_line(address))
        self._count += is_browsable(self.addresses[-1])
        return len(self.addresses) - 1

    def _find(self, token: Token, at: int) -> tuple[int, int]:
        """Where a token's text stands in the source at or after `at`, and where it ends."""
        written = token.markup if token.type == "text_special" else token.content
        if not written:
            return at, at
        found = self._source.find(written, at, at + len(written) + 2000)
        if found < 0:
            return at, at
        return found, found + len(written)


def _start(footnote: Footnote) -> int:
    return footnote.start


def join(runs: Sequence[Run]) -> str:
    """The text of runs."""
    return "".join(run.text for run in runs)


def split_runs(runs: Sequence[Run], ranges: Sequence[tuple[int, int]]) -> list[list[Run]]:
    """The runs of each range of their joined text; the ranges ascend and do not overlap."""
    parts: list[list[Run]] = []
    index = at = 0
    for first, last in ranges:
        while index < len(runs) and at + len(runs[index].text) <= first:
            at += len(runs[index].text)
            index += 1
        part = []
        begin, look = at, index
        while look < len(runs) and begin < last:
            run = runs[look]
            part.append(_cut_run(run, max(first - begin, 0), last - begin))
            begin += len(run.text)
            look += 1
        parts.append(part)
    return parts


def _cut_run(run: Run, first: int, last: int) -> Run:
    if first == 0 and last >= len(run.text):
        return run
    start = run.start if run.start == NOWHERE else run.start + first
    return replace(run, text=run.text[first:last], start=start)


def _toggle(styles: list[str], style: str, *, on: bool) -> None:
    if on:
        styles.append(style)
    elif style in styles:
        styles.reverse()
        styles.remove(style)
        styles.reverse()


def _behind(start: int, count: int) -> int:
    """The place so many characters behind another; what is nowhere in the text stays so."""
    return NOWHERE if start == NOWHERE else start + count
