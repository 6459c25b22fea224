"""The title of a page, and the element that says it: what its head and its body both say.

Heads add the outlet (`Title - Outlet`), bodies have other headings than the article's. Where the
head names the outlet alone, what is written largest is the title. Runs in worker processes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import TYPE_CHECKING

from archive.characters import clean_line
from archive.text import fold_characters, fold_tokens

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEADINGS = ("h1", "h2", "h3", "h4")
_SAYING = (*_HEADINGS, "div", "span", "font", "td", "p", "b", "strong", "big", "a")
_OUTSIDE = ("nav", "aside", "footer")
_PARTS = re.compile(r"\s+(?:[|–—·»«•/-]|::|>)\s+|\s*[｜|]\s*|\s::\s|:\s+|\s-\s")
_PERMALINK = re.compile(r"\s*[¶#§🔗]+$")
_SLACK = 20
_LONGEST, _MOST_PARTS, _SHORTEST_PART = 300, 12, 8
_SIZE = re.compile(r"font-size:\s*(\d{1,3})(px|pt)")
_LARGE_FONT, _LARGE_PIXELS = 4, 22


def find_title(
    tree: HtmlElement, stated: Sequence[str], outlet: str
) -> tuple[HtmlElement | None, str]:
    """The element that says one of the stated titles or a part of one, and its words.

    Not the outlet's name. Headings before other elements, those of the text's own element before
    those of the page's head, which may name a work that the page is a part of; of several the
    longest. On a page without headings what is written largest; else its only `h2`; None and
    nothing if there is none.
    """
    wanted = _wanted(stated)
    wanted.pop(_key(outlet), None)
    best: HtmlElement | None = None
    found, rank = "", (False, False, 0)
    first = {key[0] for key in wanted}
    longest = max(map(len, wanted), default=0)
    for element, words in _said(tree, 2 * longest + _SLACK, first):
        if not first.intersection(_beginning(words[:2])):
            continue
        key = _key(words)
        if key not in wanted:
            continue
        new = (element.tag in _HEADINGS, _is_inside(element), wanted[key])
        if new > rank and next(element.iterancestors(*_OUTSIDE), None) is None:
            best, found, rank = element, words, new
    if best is not None and best.tag in _HEADINGS:
        is_whole = _key(found) in set(map(_key, stated))
        own = [] if is_whole or _is_inside(best) else list(filter(_is_inside, tree.iter("h1")))
        # Of a manual's page the head may say the name of the manual in the same words alone.
        return (own[0], words_of_heading(own[0])) if len(own) == 1 else (best, found)
    headings = list(tree.iter("h1", "h2"))
    if not headings:
        large, words = _largest(tree)
        return (large, words) if large is not None else (best, found)
    if best is None and len(headings) == 1 and headings[0].tag == "h2":
        return headings[0], words_of_heading(headings[0])
    return best, found


def words_of_heading(heading: HtmlElement) -> str:
    """What a heading says, without its buttons and the link to itself."""
    pieces = heading.xpath(".//text()[not(ancestor::button)]")
    return _PERMALINK.sub("", clean_line("".join(pieces)[:_LONGEST]))


def _is_inside(element: HtmlElement) -> bool:
    return next(element.iterancestors("main", "article"), None) is not None


def _wanted(stated: Iterable[str]) -> dict[str, int]:
    """What may be the title, each with its length: whole titles, and their parts in a row."""
    wanted: dict[str, int] = {}
    for title in stated:
        title = title[:_LONGEST]
        joints = [0, *(at for each in _PARTS.finditer(title) for at in each.span()), len(title)]
        starts, ends = joints[::2][:_MOST_PARTS], joints[1::2][:_MOST_PARTS]
        for start in starts:
            for end in ends:
                key = _key(title[start:end]) if end > start else ""
                is_whole = start == 0 and end == len(title)
                if key and (is_whole or len(title[start:end].encode()) >= _SHORTEST_PART):
                    wanted[key] = max(wanted.get(key, 0), len(key))
    return wanted


def _said(
    tree: HtmlElement, longest: int, first: AbstractSet[str]
) -> Iterator[tuple[HtmlElement, str]]:
    """Headings, and elements of nothing but words, with their words in a line; no longer ones.

    Of the latter those are left out whose first letters are none of `first`: most of a page.
    """
    for element in tree.iter(*_SAYING):
        if element.tag in _HEADINGS:
            words = clean_line("".join(element.itertext())[: 2 * _LONGEST])
        elif (text := element.text) and len(text) <= longest and not len(element):
            start = text.lstrip()[:2]
            if start.isalnum() and first.isdisjoint(_beginning(start)):
                continue
            words = clean_line(text)
        else:
            continue
        words = _PERMALINK.sub("", words)
        if words and len(words) <= longest:
            yield element, words


@lru_cache(maxsize=4096)
def _beginning(letters: str) -> str:
    return fold_characters(letters)


def _key(words: str) -> str:
    return " ".join(fold_tokens(words))


def _largest(tree: HtmlElement) -> tuple[HtmlElement | None, str]:
    """What is written large, first of its size."""
    best: HtmlElement | None = None
    found, size = "", 0.0
    for element in tree.iter("font", "span", "div", "p", "td"):
        new = _size(element)
        if new <= size:
            continue
        words = clean_line("".join(element.itertext())[: 2 * _LONGEST])
        if words and len(words) <= _LONGEST // 2 and len(fold_tokens(words)) > 1:
            best, found, size = element, words, new
    return best, found


def _size(element: HtmlElement) -> float:
    """How large an element says that it is written; 0 if not large."""
    stated = element.get("size") or ""
    if element.tag == "font" and stated.isdigit() and int(stated) > _LARGE_FONT:
        return float(stated) * 6
    match = _SIZE.search(element.get("style") or "")
    return float(match[1]) if match and int(match[1]) >= _LARGE_PIXELS else 0.0
