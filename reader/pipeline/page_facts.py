"""What a page states about itself in its head, its JSON-LD and its marks: never guessed.

Order of belief for each fact: Open Graph and article tags, then JSON-LD (schema.org), then older
meta names, then marks in the text. Runs in worker processes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import orjson

from archive.characters import clean_line
from reader.pipeline.clean import clean_url
from reader.pipeline.dates import parse_date
from reader.pipeline.identify import language_code
from reader.pipeline.page_title import find_title, words_of_heading
from reader.pipeline.provenance import byline_of, name_stated

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate",
    "publishdate", "publish-date", "publication_date", "dc.date", "dc.date.issued",
    "dc.date.created", "dcterms.date", "dcterms.created", "dcterms.issued", "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date", "cxenseparse:recs:publishtime",
)  # fmt: skip
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "byl")
_TEXT_TYPES = ("Article", "Posting", "Report", "Review", "Recipe", "WebPage")
_DEEPEST = 8
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page's own statements; empty where it states nothing.

    `heading` is the page's title as its body says it, in the element `said_by`; `first_heading` is
    whatever heading comes first. `byline` is verbatim. `body` is the text as the page's data have
    it, `image_url` the picture that stands for it elsewhere. `is_paid` says that the text costs;
    `metas` are all meta tags, by name in lower case.
    """

    title: str = ""
    heading: str = ""
    said_by: HtmlElement | None = None
    first_heading: str = ""
    author: str = ""
    site_name: str = ""
    published_at: datetime | None = None
    canonical_url: str = ""
    language: str = ""
    byline: str = ""
    is_paid: bool = False
    body: str = ""
    image_url: str = ""
    metas: Mapping[str, str] = field(default_factory=dict)


def read_facts(tree: HtmlElement, base: str) -> PageFacts:
    """The statements of the page; links in it are relative to `base`."""
    metas = _read_metas(tree)
    data = list(_read_json_ld(tree))
    byline = byline_of(tree)
    title = metas.get("og:title") or _text(tree.find(".//title"))
    site_name = metas.get("og:site_name") or _publisher(data) or metas.get("application-name", "")
    element, heading = find_title(tree, [*filter(None, (title, *_headlines(data)))], site_name)
    first = _first_heading(tree)
    return PageFacts(
        title=title,
        heading=heading or first,
        first_heading=first,
        said_by=element,
        author=_author(tree, metas, data),
        site_name=site_name,
        published_at=_published(tree, metas, data),
        canonical_url=_canonical(tree, metas, base),
        language=_language(tree, metas),
        byline=byline,
        is_paid=any(str(node.get("isAccessibleForFree")).lower() == "false" for node in data),
        body=_body(data),
        image_url=clean_url(metas.get("og:image") or metas.get("twitter:image") or "", base),
        metas=metas,
    )


def _read_metas(tree: HtmlElement) -> dict[str, str]:
    """Meta tags by name in lower case; the first of a name counts."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = clean_line((meta.get("content") or "")[:2000])
        for key in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := (meta.get(key) or "").strip().lower()):
                metas.setdefault(name, content)
    return metas


def _read_json_ld(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD that describe a text, outer ones first."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            try:
                document = orjson.loads((script.text or "").strip())
            except ValueError:
                continue
            for node in _nodes(document, 0):
                kinds = node.get("@type")
                names = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(name, str) and name.endswith(_TEXT_TYPES) for name in names):
                    yield node


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        yield from _nodes(value.get("@graph"), depth + 1)
        yield from _nodes(value.get("mainEntity"), depth + 1)
    elif isinstance(value, list):
        for part in value:
            yield from _nodes(part, depth + 1)


def _first_heading(tree: HtmlElement) -> str:
    """The page's heading: the first `h1` of its text, else one that is no logo, else any."""
    paths = (
        ".//article//h1",
        ".//main//h1",
        ".//h1[not(ancestor::header or ancestor::nav or ancestor::footer or ancestor::aside)]",
        ".//h1",
        ".//article//h2",
        ".//main//h2",
    )
    for path in paths:
        for heading in tree.xpath(path):
            if words := words_of_heading(heading):
                return words
    return ""


def _published(
    tree: HtmlElement, metas: dict[str, str], data: list[dict[str, Any]]
) -> datetime | None:
    stated = [metas.get(_PUBLISHED[0], ""), metas.get(_PUBLISHED[1], "")]
    stated += [node["datePublished"] for node in data if isinstance(node.get("datePublished"), str)]
    stated += [metas.get(name, "") for name in _PUBLISHED[2:]]
    stated += [
        element.get("datetime") or element.get("content") or ""
        for element in tree.xpath(".//*[@itemprop='datePublished'] | .//time[@pubdate]")
    ]
    stated += _time_of_text(tree)
    return next((moment for text in stated if text and (moment := parse_date(text))), None)


def _time_of_text(tree: HtmlElement) -> list[str]:
    """The date beside the heading: that of the first article's first `<time>`, if it has one."""
    article = next(tree.iter("article"), None)
    place = article if article is not None else tree
    times = {element.get("datetime") or "" for element in place.iter("time")} - {""}
    if article is None and len(times) > 1:
        return []
    first = next((e.get("datetime") for e in place.iter("time") if e.get("datetime")), None)
    return [first] if first else []


def _author(tree: HtmlElement, metas: dict[str, str], data: list[dict[str, Any]]) -> str:
    names = [name for node in data for name in _names(node.get("author"))]
    if not names:
        names = [metas[name] for name in _AUTHORS if metas.get(name)][:1]
    if not names:
        names = [_text(link) for link in tree.xpath(".//*[@rel='author' or @itemprop='author']")][
            :3
        ]
    kept = filter(None, map(name_stated, names))
    return ", ".join(dict.fromkeys(kept))[:_LONGEST]


def _names(value: Any) -> Iterable[str]:
    """Names of a person or several, as JSON-LD writes them: text, object or list."""
    for part in value if isinstance(value, list) else [value]:
        name = part.get("name") if isinstance(part, dict) else part
        if isinstance(name, str):
            yield clean_line(name)


def _publisher(data: list[dict[str, Any]]) -> str:
    return next((name for node in data for name in _names(node.get("publisher")) if name), "")


def _headlines(data: list[dict[str, Any]]) -> list[str]:
    return [clean_line(one) for node in data if isinstance(one := node.get("headline"), str)]


def _body(data: list[dict[str, Any]]) -> str:
    """The longest text that the data state of the page."""
    stated = [text for node in data if isinstance(text := node.get("articleBody"), str)]
    return max(stated, key=len, default="")


def _canonical(tree: HtmlElement, metas: dict[str, str], base: str) -> str:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            return clean_url(link.get("href"), base)
    return clean_url(metas["og:url"], base) if metas.get("og:url") else ""


def _language(tree: HtmlElement, metas: dict[str, str]) -> str:
    root = next(tree.iter("html"), None)
    stated = (
        ""
        if root is None
        else root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    )
    return language_code(stated or metas.get("content-language") or metas.get("og:locale") or "")


def _text(element: HtmlElement | None) -> str:
    return "" if element is None else clean_line(element.text_content())[: _LONGEST * 10]
