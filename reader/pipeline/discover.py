"""The feeds that a site announces, in a page or beside it, for who typed the site's address.

`find_feeds` runs in worker processes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from archive.characters import clean_line
from reader.pipeline.charset import decode
from reader.pipeline.clean import clean_url
from reader.pipeline.link_header import links_in

# Where feeds lie on sites that announce none, the most frequent first.
COMMON_PATHS = (
    "/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json",
    "/feeds/posts/default", "/blog/feed", "/?feed=rss2",
)  # fmt: skip
FOLDER_PATHS = 6
"""How many of them are looked for in a page's own folder."""
_KINDS = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
    "application/rdf+xml": "rss",
    "application/x.atom+xml": "atom",
    "application/x-atom+xml": "atom",
    "application/json": "json",
    "text/xml": "rss",
    "application/xml": "rss",
}
_LOOKS_LIKE_FEED = re.compile(
    r"/(?:feed|rss|atom)s?(?:\d|/|\.\w+)?$|\.(?:rss|atom|rdf)$|/(?:index|feed)\.(?:xml|json)$"
    r"|[?&]feed=|/feeds/posts/",
    re.IGNORECASE,
)
_OF_COMMENTS = re.compile(r"comment|kommentar|comentario|commentaire", re.IGNORECASE)
_FORMAT_WORDS = re.compile(
    r"\b(?:rss|atom|rdf|json|xml|feeds?|0\.9\d?|[12]\.0)\b|[\W_]+", re.IGNORECASE
)
# WordPress announces its interface for programs as an alternate of every page.
_NO_FEED = re.compile(r"/wp-json/|oembed", re.IGNORECASE)
_MOST = 20


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page names; `kind` is rss, atom, json or, for a mere link, empty."""

    url: str
    title: str = ""
    kind: str = ""


def find_feeds(body: bytes, content_type: str, url: str) -> list[FeedLink]:
    """The feeds that the page in `body` announces, then those it links to; best first.

    Links to the page's own host come before those to others.
    """
    from reader.pipeline.html_tree import base_of, parse_page

    tree = parse_page(decode(body, content_type))
    if tree is None:
        return []
    base = base_of(tree, url)
    announced = [
        FeedLink(clean_url(link.get("href") or "", base), clean_line(link.get("title") or ""), kind)
        for link in tree.iter("link")
        if "alternate" in (link.get("rel") or "").lower().split()
        and (kind := _KINDS.get((link.get("type") or "").partition(";")[0].strip().lower()))
    ]
    linked = [
        FeedLink(target, clean_line(link.text_content())[:100])
        for link in tree.iter("a")
        if (target := clean_url(link.get("href") or "", base)) and _LOOKS_LIKE_FEED.search(target)
    ]
    host = urlsplit(url).hostname
    linked.sort(key=lambda link: urlsplit(link.url).hostname != host)
    return best_first([*announced, *linked])


def announced_beside(link_header: str, url: str) -> list[FeedLink]:
    """The feeds that the answer from `url` announces in its header Link (RFC 8288)."""
    return [
        FeedLink(clean_url(link.target, url), link.title, kind)
        for link in links_in(link_header)
        if "alternate" in link.relations and (kind := _KINDS.get(link.media_type))
    ]


def best_first(links: Iterable[FeedLink]) -> list[FeedLink]:
    """Each feed once, the announced before mere links, else in their order; the first 20.

    Feeds of comments come last: whoever types a site's address wants its articles.
    """
    found: dict[str, FeedLink] = {}
    for link in links:
        if link.url and not _NO_FEED.search(link.url):
            found.setdefault(link.url, link)
    return sorted(found.values(), key=lambda link: (is_of_comments(link), not link.kind))[:_MOST]


def is_of_comments(link: FeedLink) -> bool:
    """Whether a feed is one of comments."""
    return bool(_OF_COMMENTS.search(link.url + link.title))


def distinct(links: Sequence[FeedLink]) -> list[FeedLink]:
    """The feeds among which a person would choose, in their order.

    Without those that are an earlier one in another format (`The Post` in RSS, `Atom`), and without
    feeds of comments where there are others.
    """
    kept: list[FeedLink] = []
    for link in links:
        if not any(_is_same(link, other) for other in kept):
            kept.append(link)
    return [link for link in kept if not is_of_comments(link)] or kept


def usual_places(url: str) -> list[str]:
    """Where the feed of the site at that address may lie: in the page's own folder, then its root.

    Only the folder of a page below the root is looked into, and there only the usual names.
    """
    folder = url if url.endswith("/") else f"{url}/"
    below = [clean_url(path[1:], folder) for path in COMMON_PATHS[:FOLDER_PATHS]]
    root = [clean_url(path, url) for path in COMMON_PATHS]
    return list(dict.fromkeys([*(below if urlsplit(url).path.strip("/") else []), *root]))


def _is_same(one: FeedLink, other: FeedLink) -> bool:
    """Whether two links are one feed in two formats, told by their titles without format words."""
    if one.kind == other.kind:
        return False
    titles = [_FORMAT_WORDS.sub("", link.title).casefold() for link in (one, other)]
    return titles[0] == titles[1] or not all(titles)
