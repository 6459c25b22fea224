"""The pictures of a page that belong to its text: where each stands, and what is said of it.

Extractors drop pictures, so they are looked for in the whole page, before an extractor changes it,
and found again in the finished text by the words around them: one that has words of the text
neither above nor below it is none of the text's. Runs in worker processes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from archive.characters import clean_line
from archive.pictures import Picture, line_before
from reader.pipeline.clean import clean_url
from reader.pipeline.word_places import LEAST_TELLING, WordPlaces, letters_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from reader.pipeline.plain_tree import PlainElement

    Element: TypeAlias = HtmlElement | PlainElement

MOST_PICTURES = 12
"""Pictures of an article: a gallery has hundreds."""

_MOST_LOOKED_AT = 200
_LONGEST = 300
_LARGE, _LARGEST_ADDRESS = 800, 2000
_SMALL = 64
"""Pixels: what a page draws smaller is a sign, and no picture."""
_NEAR, _PARAGRAPHS = 12, 4
"""Elements looked at around a picture, and how many of them need have words."""
_ANCESTORS = 5
_IN_FIGURE = 40
"""Elements of a figure in which its caption is looked for."""
_LONG_NAME = 16
"""Letters of a file's name that no other picture has; a shorter one needs a digit for that."""
_BLOCKS = frozenset(
    {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "dd", "dt", "figcaption"}
)
_TEXT_BOXES = frozenset({"article", "main"})
_APART = frozenset({"nav", "aside", "footer", "form", "button"})
_SIGN = r"(?:avatar|gravatar|logo|icon|favicon|emoji|smiley|pixel|spacer|blank|badge|sprite)s?"
_OF_THE_SITE = re.compile(
    rf"(?:^|[^a-z])(?:{_SIGN}|(?:smilie|placeholder|tracking|share|social|advert|ad|author|byline|"
    r"related|promo|sidebar|newsletter|comment|recommended|teaser|menu)s?)(?![a-z])"
)
# What says of a box how the page is laid out, or what its text is, and not that it is such a box.
_OF_LAYOUT = re.compile(
    r"(?:has|no|with|without|is)-.*|.*-(?:open|closed|enabled|disabled|layout)"
    r"|author-(?!box|info|bio|avatar|image|card|photo|profile).*"
)
_SIGN_FILE = re.compile(rf"(?:{_SIGN}|placeholder)(?:[-_.].*)?|.*[-_.](?:{_SIGN}|placeholder)")
_LAZY = ("data-src", "data-lazy-src", "data-original")
_LONGEST_SET = 10_000
_WIDTH = re.compile(r"(\d{1,5})w")
_SIZE_IN_NAME = re.compile(r"[-_@](?:\d{2,4}x\d{2,4}|\d{2,4}w|\dx|scaled)$")


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture as a page has it: the paragraphs above and below it, the nearest first.

    `is_all` says that there is nothing else, as in the feeds of web comics.
    """

    picture: Picture
    above: tuple[str, ...]
    below: tuple[str, ...]
    in_text_box: bool
    is_all: bool


def seen_pictures(tree: Element, base: str, *, in_text_box: bool = False) -> list[Seen]:
    """The pictures of a page or piece of HTML that may be of its text, in order.

    `in_text_box` says that all of it is text. Addresses are relative to `base`.
    """
    if next(tree.iter("img"), None) is None:
        return []
    elements = list(tree.iter("img", *_BLOCKS))
    paragraphs = _Paragraphs(elements)
    places = [at for at, element in enumerate(elements) if element.tag == "img"]
    found = []
    for at in places[:_MOST_LOOKED_AT]:
        element = elements[at]
        ancestors = list(element.iterancestors())
        if _is_small(element) or _is_of_the_site(element, ancestors):
            continue
        address = _address(element, base)
        if not address or not is_likely(address):
            continue
        caption, said_by = _caption(ancestors)
        alt = clean_line(element.get("alt") or "")[:_LONGEST]
        # A box that holds both the picture and the whole text would say the end of that.
        around = {*ancestors, said_by} - {each for each in ancestors if each.tag == "p"}
        above = paragraphs.nearest(range(at - 1, max(0, at - _NEAR) - 1, -1), around)
        below = paragraphs.nearest(range(at + 1, min(at + 1 + _NEAR, len(elements))), around)
        found.append(
            Seen(
                Picture(address, alt, "" if caption == alt else caption),
                above,
                below,
                in_text_box or any(each.tag in _TEXT_BOXES for each in ancestors),
                in_text_box and not above and not below,
            )
        )
    return found


def placed_pictures(seen: Sequence[Seen], text: str, lead_url: str = "") -> tuple[Picture, ...]:
    """Those of the Markdown text, each with its place in it, and the lead picture first.

    `lead_url` is what the page calls its picture: see `with_lead`.
    """
    if not seen:
        return with_lead((), lead_url)
    words = WordPlaces(text)
    found: dict[str, Picture] = {}
    for one in seen:
        end = next((at for key in one.above if (at := words.line_end(key)) is not None), None)
        follows = any(map(words.has, one.below))
        is_between = end is not None and follows
        is_beside = one.in_text_box and (end is not None or follows)
        if is_between or is_beside or one.is_all:
            after = "" if end is None else line_before(text, end)
            caption = "" if words.has(letters_of(one.picture.caption)) else one.picture.caption
            picture = replace(one.picture, after=after, caption=caption)
            found.setdefault(_name(picture.url), picture)
    return with_lead(tuple(found.values()), lead_url)


def with_lead(pictures: Sequence[Picture], lead_url: str) -> tuple[Picture, ...]:
    """The pictures, at most MOST_PICTURES; that one leads if none stands above the text.

    It is not shown twice: where it stands in the text, in whatever size, is the better place.
    """
    if lead_url and is_likely(lead_url) and all(picture.after for picture in pictures):
        names = {_name(picture.url) for picture in pictures}
        if _name(lead_url) not in names:
            pictures = (Picture(lead_url), *pictures)
    return tuple(pictures[:MOST_PICTURES])


def is_likely(url: str) -> bool:
    """Whether an address may be that of a picture of an article, and not one of the site."""
    name = urlsplit(url).path.lower().rpartition("/")[2]
    stem, _, kind = name.rpartition(".")
    return kind not in {"svg", "svgz"} and not _SIGN_FILE.fullmatch(stem or name)


class _Paragraphs:
    """The elements of a page in which pictures and words stand; each is read once."""

    def __init__(self, elements: Sequence[Element]) -> None:
        self._elements = elements
        self._letters: dict[int, str] = {}

    def nearest(self, places: Iterable[int], but: AbstractSet[Element]) -> tuple[str, ...]:
        """The letters of the first elements at these places that have enough of them."""
        found: list[str] = []
        for at in places:
            if self._elements[at] in but or len(letters := self._letters_at(at)) < LEAST_TELLING:
                continue
            found.append(letters)
            if len(found) == _PARAGRAPHS:
                break
        return tuple(found)

    def _letters_at(self, at: int) -> str:
        letters = self._letters.get(at)
        if letters is None:
            element = self._elements[at]
            letters = "" if element.tag == "img" else letters_of("".join(element.itertext()))
            self._letters[at] = letters
        return letters


def _address(element: Element, base: str) -> str:
    """Where the picture is to be had, in a size to be looked at; empty for one in the page."""
    sets = [element.get("srcset") or element.get("data-srcset") or ""]
    # libxml2 does not know that `source` is empty: what follows it lies in it.
    for around in islice(element.iterancestors("picture"), 1):
        sets += [each.get("srcset") or "" for each in around.iter("source")]
    stated = [element.get(name) for name in _LAZY]
    for address in (*map(_of_set, sets), *stated, element.get("src")):
        if address and not address.startswith("data:"):
            found = clean_url(address, base)
            return found if len(found) <= _LARGEST_ADDRESS else ""
    return ""


def _of_set(written: str) -> str:
    """Of a set of sizes the smallest that is large enough, else the largest."""
    sizes = _sizes(written[:_LONGEST_SET])
    enough = [each for each in sizes if each[0] >= _LARGE]
    return min(enough)[1] if enough else max(sizes, key=itemgetter(0), default=(0, ""))[1]


def _sizes(written: str) -> list[tuple[int, str]]:
    """The addresses of a set with their widths, 0 where it states none.

    WHATWG HTML, 4.8.4.2.1: an address, then descriptors up to a comma, which may also end the
    address; a comma within it is a part of it.
    """
    found: list[tuple[int, str]] = []
    address, width = "", 0
    for word in written.split():
        if not address:
            address, width, is_end = word.rstrip(","), 0, word.endswith(",")
            begun = ""
        else:
            descriptor, comma, begun = word.partition(",")
            is_end = bool(comma)
            if stated := _WIDTH.fullmatch(descriptor):
                width = int(stated[1])
        if is_end:
            found.append((width, address))
            address, width = begun, 0
    return [each for each in (*found, (width, address)) if each[1]]


def _is_small(element: Element) -> bool:
    sizes = [(element.get(name) or "").removesuffix("px") for name in ("width", "height")]
    return any(size.isascii() and size.isdecimal() and int(size[:6]) < _SMALL for size in sizes)


def _is_of_the_site(element: Element, ancestors: Sequence[Element]) -> bool:
    """Whether a picture is a sign, an advertisement or of another box than the text."""
    around = list(islice((each for each in ancestors), _ANCESTORS))
    ends = [at for at, each in enumerate(around) if each.tag in ("article", "main", "body")]
    boxes = around[: ends[0]] if ends else around
    names = (f"{each.get('class') or ''} {each.get('id') or ''}" for each in (element, *boxes))
    words = (word for each in names for word in each.lower().split())
    return any(each.tag in _APART for each in boxes) or any(
        _OF_THE_SITE.search(word) and not _OF_LAYOUT.fullmatch(word) for word in words
    )


def _caption(ancestors: Sequence[Element]) -> tuple[str, Element | None]:
    """What the innermost figure around a picture says of it, and the element that does."""
    for box in ancestors[:4]:
        if box.tag == "figure" or "caption" in (box.get("class") or "").lower():
            for element in islice(box.iter("figcaption", "p", "div", "span"), _IN_FIGURE):
                is_named = "caption" in (element.get("class") or "").lower()
                if element.tag == "figcaption" or (is_named and element is not box):
                    return clean_line("".join(element.itertext()))[:_LONGEST], element
        if box.tag == "figure":
            break
    return "", None


def _name(url: str) -> str:
    """What a picture is called in whatever size; its whole address where that says nothing."""
    stem = _SIZE_IN_NAME.sub("", urlsplit(url).path.rpartition("/")[2].rpartition(".")[0])
    is_own = len(stem) >= LEAST_TELLING and any(map(str.isdigit, stem))
    return stem.lower() if is_own or len(stem) >= _LONG_NAME else url
