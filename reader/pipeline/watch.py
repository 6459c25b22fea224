"""A page without a feed becomes one: what matches a CSS selector are its entries.

The reader gives the selector. A link that matches is an entry; of any other element the first link
in it or around it is. An element without a link is an entry of its own text. Runs in worker
processes, but for `check_selector`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from archive.characters import clean_line
from reader.errors import UsageProblem
from reader.pipeline.charset import decode
from reader.pipeline.clean import clean_url
from reader.pipeline.dates import parse_stamp
from reader.pipeline.finish import finish
from reader.pipeline.parse import Entry, ParsedFeed, text_as_html
from reader.pipeline.workers import Refused

if TYPE_CHECKING:
    from lxml.html import HtmlElement

TITLE_LENGTH = 300
LONGEST_SELECTOR = 1000
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def check_selector(selector: str, what: str = "--select") -> None:
    """Raises UsageProblem for what is no CSS selector (Selectors Level 3, by cssselect).

    `what` is what the selector was given as.
    """
    from cssselect import HTMLTranslator, SelectorError

    try:
        if len(selector) <= LONGEST_SELECTOR:
            HTMLTranslator().css_to_xpath(selector)
            return
        why = "is too long"
    except (SelectorError, RecursionError) as error:
        why = f"is no CSS selector: {error or 'too deep'}"
    raise UsageProblem(
        f"{what} {clean_line(selector[:100])}", why, "For example: --select 'main h2 a'"
    )


def watch_page(body: bytes, content_type: str, url: str, selector: str) -> ParsedFeed:
    """What of the page in `body` matches the selector, as a feed of that page, in its order.

    An entry is told by its link, so that a changed title is a change and no new entry. Raises
    Refused when nothing matches.
    """
    from cssselect import HTMLTranslator

    from reader.pipeline.html_tree import base_of, parse_page

    tree = parse_page(decode(body, content_type))
    if tree is None:
        raise Refused("is an empty page")
    base = base_of(tree, url)
    # The selector stands in library.json, which other programs and people may write too.
    check_selector(selector)
    found = tree.xpath(HTMLTranslator().css_to_xpath(selector))
    entries: dict[str, Entry] = {}
    for entry in _entries(found, base):
        key = entry.entry_id or entry.summary_html
        known = entries.get(key)
        # A picture and a title often link to the same page: the words are the title.
        if known is None or not known.title:
            entries[key] = entry
    if not any(entry.title for entry in entries.values()):
        raise Refused(f"has nothing with words that matches the selector {selector}")
    title = clean_line(tree.findtext(".//title") or "")[:TITLE_LENGTH]
    return finish(ParsedFeed(title, clean_url(url), tuple(entries.values())))


def _entries(found: list[HtmlElement], base: str) -> Iterator[Entry]:
    for element in found:
        link = _link_of(element)
        words = clean_line(element.text_content())
        title = (_heading_of(element) or _words(link) or words)[:TITLE_LENGTH]
        published = _instant_of(element)
        url = "" if link is None else clean_url(link.get("href") or "", base)
        if url:
            yield Entry(url, url, title, published_at=published)
        elif words:
            text = text_as_html(words)
            yield Entry("", title=title, summary_html=text, published_at=published)


def _link_of(element: HtmlElement) -> Any:
    """The link that an element is, has in it, or stands in; None without one."""
    if element.tag == "a" and element.get("href"):
        return element
    inside = next((link for link in element.iter("a") if link.get("href")), None)
    if inside is not None:
        return inside
    return next((link for link in element.iterancestors("a") if link.get("href")), None)


def _heading_of(element: HtmlElement) -> str:
    """The words of the first heading in an element."""
    headings = (part for part in element.iter() if part.tag in _HEADINGS)
    return _words(next(headings, None))


def _words(element: HtmlElement | None) -> str:
    return "" if element is None else clean_line(element.text_content())


def _instant_of(element: HtmlElement) -> datetime | None:
    """What the first `<time>` in an element says."""
    times = (parse_stamp(each.get("datetime") or "") for each in element.iter("time"))
    return next((at for at in times if at), None)
