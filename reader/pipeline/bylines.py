"""The lines around a page's title: who wrote the text and when, as the page shows it.

For pages whose heads do not say. Names are believed behind words that mean them (`By`, `von`,
`記者`), or alone beside a date. Runs in worker processes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from archive.characters import clean_line
from reader.pipeline.measures import INLINE
from reader.pipeline.provenance import date_in, name_stated

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BEFORE, _BELOW, _LONGEST, _PARAGRAPH = 3, 8, 200, 140
_FIRST_PAGE = 1991
"""The year of the first one; an earlier date near a title is what the text is about."""
_SKIPPED = ("script", "style", "noscript", "template", "nav", "form", "select", "button")
_JOINT = " · "
_CAPITAL = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĶĻŁŃŅŇŌŐŒŘŚŞŠŤŪŮŰŹŻŽƠƯА-ЯЁІЇЄҐΆ-Ώ]"
_SMALL = r"(?:d[aeiou]s?|van|von|der|den|el|al|bin|la|le|du|y|e|of|ter|zu)"
_NAME = (
    rf"(?:{_CAPITAL}[\w.'’-]*(?:\s+(?:{_SMALL}\s+){{0,2}}{_CAPITAL}[\w.'’-]*){{0,3}}"
    r"|[\u3040-\u30ff\u4e00-\u9fff·]{2,8}|[\uac00-\ud7a3]{2,5}"
    r"|[\u0590-\u05ff\u0600-\u06ff]+(?:\s[\u0590-\u05ff\u0600-\u06ff]+){1,2}"
    r"|[\u0900-\u097f\u0e00-\u0e7f]+(?:\s[\u0900-\u097f\u0e00-\u0e7f]+){1,2})"
)
_BY = re.compile(
    r"(?:^|[·|•,(（]\s*|\s)"
    r"(?:(?i:(?:(?:words|text|story|written|reported|posted|post|published|interview) )?by\s*:?"
    r"|author\s*:|interview\s*:|text\s*:|words\s*:|reporter\s*:"
    r"|(?:texte? |publi[ée] |reportage )?par|(?:por|di|door|av|af|od|przez|von|penulis|yazan)\s*:?"
    r"|авт[оi]р\s*:|автор[: ]|γράφει(?: [οη])?)\s+"
    r"|(?:作者|文|撰文|記者|记者|本报记者|기자명|בקלם|מאת|بقلم|कलम|โดย|लेखक)\s*[:：/・／ ]?\s*)"
    rf"(?P<name>{_NAME})"
)
# A name that is an element of its own behind the word, whatever its letters.
_LINKED = re.compile(
    r"(?i:\b(?:by|von|par|por|di|door|av|af|od)\s*:?) · (?P<name>[^·|\d]{2,40})(?: · |$)"
)
_NEXT_LABEL = re.compile(
    r"(?i)\s+(?=(?:edited|publisert|published|publicado|updated|last|photo\w*|fotos?|bild\w*|posted)\b)"
)
_KOREAN = re.compile(r"(?P<name>[\uac00-\ud7a3]{2,4}) 기자\b")
_ALONE = re.compile(rf"^{_NAME}$")
_SAID_AFTER = re.compile(
    r"^[（(](?:記者|记者|文|撰文|作者|文責)[・:：/／ ]?(?P<name>[^（()）]{2,10})[)）]$"
)
_DATED = re.compile(r"\d{4}|\d{1,2}:\d\d|\d{1,2}月|\d{1,2}\. ?\d{1,2}\.|\d{1,2}/\d{1,2}")
_NO_NAME = re.compile(
    r"(?i)\b(?:desk|staff|team|redaktion|redacci[oó]n|news|admin|the|updated)\b|\d"
)


def lines_around(heading: HtmlElement) -> list[str]:
    """The short lines below a heading until the text begins, then those above it."""
    below: list[str] = []
    for words in _lines(heading, preceding=False):
        if (len(words) > _PARAGRAPH and len(below) > 0) or len(below) >= _BELOW:
            break
        if len(words) <= _LONGEST:
            below.append(words)
    return [*below, *islice(_lines(heading, preceding=True), _BEFORE)]


def author_of(lines: list[str]) -> str:
    """The name that the lines give; empty if none is sure."""
    for line in lines:
        for pattern in (_LINKED, _BY, _KOREAN, _SAID_AFTER):
            match = pattern.search(line)
            name = _NEXT_LABEL.split(match["name"])[0].strip(" ·.,") if match else ""
            if name_stated(name) and not _NO_NAME.search(name):
                return name
    for line in lines:
        parts = [part.strip(" ,·") for part in re.split(r"\s*[|·•,—–]\s*", line)]
        if len(parts) < 2 or not any(_DATED.search(part) for part in parts[1:]):
            continue
        is_whole = " " in parts[0] or not parts[0][:1].isupper()  # one capital word may be a topic
        is_name = name_stated(parts[0]) and not _NO_NAME.search(parts[0])
        if is_whole and _ALONE.match(parts[0]) and is_name:
            return parts[0]
    return ""


def date_of(lines: list[str]) -> datetime | None:
    """The first instant that one of the lines states, since there are pages."""
    dated = (line for line in lines if _DATED.search(line))
    return next((at for line in dated if (at := date_in(line)) and at.year >= _FIRST_PAGE), None)


def signed(tree: HtmlElement) -> str:
    """The name in brackets below a text, as Japanese and Chinese papers sign: `（記者・名）`."""
    for element in tree.iter("p", "div", "span"):
        if not len(element) and element.text and len(element.text) < 20:
            match = _SAID_AFTER.match(element.text.strip())
            if match:
                return match["name"]
    return ""


def _lines(heading: HtmlElement, *, preceding: bool) -> Iterator[str]:
    """The lines of a page from a heading on, or back from it."""
    element: HtmlElement | None = heading
    while element is not None and element.tag != "body":
        if not preceding and element.tail and (words := clean_line(element.tail[:_LONGEST])):
            yield words
        for other in element.itersiblings(preceding=preceding):
            yield from reversed(list(_lines_in(other))) if preceding else _lines_in(other)
        element = element.getparent()


def _lines_in(element: HtmlElement) -> Iterator[str]:
    """The words of the blocks in an element, those of its elements parted."""
    if element.tag in _SKIPPED or not isinstance(element.tag, str):
        return
    if all(one.tag in INLINE for one in element.iterdescendants("*")):
        pieces = (clean_line(piece[:_LONGEST]) for piece in islice(element.itertext(), 40))
        words = _JOINT.join(filter(None, pieces))
        if words:
            yield words
        return
    if element.text and (words := clean_line(element.text[:_LONGEST])):
        yield words
    for child in element:
        yield from _lines_in(child)
        if child.tail and (words := clean_line(child.tail[:_LONGEST])):
            yield words
