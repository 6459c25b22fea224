"""The feeds that a site's page announces, for a person who typed the site's address.

Runs in worker processes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.characters import clean_line
from reader.pipeline.charset import decode
from reader.pipeline.clean import clean_url

# Where feeds lie on sites that announce none, the most frequent first.
COMMON_PATHS = (
    "/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json",
    "/feeds/posts/default", "/blog/feed", "/?feed=rss2",
)  # fmt: skip
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
_MOST = 20


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page names; `kind` is rss, atom, json or, for a mere link, empty."""

    url: str
    title: str = ""
    kind: str = ""


def find_feeds(body: bytes, content_type: str, url: str) -> list[FeedLink]:
    """The feeds that the page in `body` announces, else those it links to; best first.

    Feeds of comments come last: whoever types a site's address wants its articles.
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
        and (kind := _KINDS.get((link.get("type") or "").partition(";")[0].strip().lower(), ""))
    ]
    linked = [
        FeedLink(target, clean_line(link.text_content()))
        for link in tree.iter("a")
        if (target := clean_url(link.get("href") or "", base)) and _LOOKS_LIKE_FEED.search(target)
    ]
    found = {link.url: link for link in reversed(announced or linked) if link.url}
    links = list(reversed(found.values()))
    return sorted(links, key=lambda link: bool(_OF_COMMENTS.search(link.url + link.title)))[:_MOST]
