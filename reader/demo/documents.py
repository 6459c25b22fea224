"""The pages and feeds of a sample outlet, with the furniture that real pages have around a text."""

from __future__ import annotations

import json
from datetime import datetime
from email.utils import format_datetime
from html import escape

from markdown_it import MarkdownIt

from reader.demo.outlets import Outlet, Story

FEED_PATHS = {"rss": "/rss.xml", "atom": "/atom.xml", "json": "/feed.json"}
FEED_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}


def documents(outlet: Outlet, base: str, now: datetime) -> dict[str, tuple[str, str]]:
    """Everything the outlet serves at the address `base`: content type and body by path."""
    pages = {
        f"/{story.slug}": ("text/html", page(outlet, story, base, now)) for story in outlet.stories
    }
    feed = {"rss": rss, "atom": atom, "json": json_feed}[outlet.kind](outlet, base, now)
    home = {"/": ("text/html", home_page(outlet, base))}
    return pages | home | {FEED_PATHS[outlet.kind]: (FEED_TYPES[outlet.kind], feed)}


def page(outlet: Outlet, story: Story, base: str, now: datetime) -> str:
    """An article's page."""
    home, login, cookies, share = map(escape, outlet.furniture)
    body = MarkdownIt("commonmark").enable("table").render(story.text)
    related = "".join(
        f'<li><a href="/{other.slug}">{escape(other.title)}</a></li>'
        for other in outlet.stories
        if other != story
    )
    return f"""{head(outlet, base, story.title)}
<meta property="article:published_time" content="{(now - story.age).isoformat()}"></head><body>
<div class="cookie-banner">{cookies} <button>OK</button></div>
<header><nav><ul><li><a href="/">{home}</a></li><li><a href="/login">{login}</a></li></ul></nav>
</header><main><article><h1>{escape(story.title)}</h1>{body}</article></main>
<div class="share-buttons"><a href="#">{share}</a></div>
<aside class="related"><ul>{related}</ul></aside><footer>© {escape(outlet.name)}</footer>
</body></html>"""


def home_page(outlet: Outlet, base: str) -> str:
    """The outlet's front page, which announces its feed."""
    links = "".join(
        f'<li><a href="/{story.slug}">{escape(story.title)}</a></li>' for story in outlet.stories
    )
    return f"{head(outlet, base, outlet.name)}</head><body><ul>{links}</ul></body></html>"


def head(outlet: Outlet, base: str, title: str) -> str:
    """The beginning of a page, its head left open."""
    return f"""<!doctype html><html lang="{outlet.language}"><head><meta charset="utf-8">
<title>{escape(title)} | {escape(outlet.name)}</title>
<meta property="og:site_name" content="{escape(outlet.name)}">
<link rel="alternate" type="{FEED_TYPES[outlet.kind]}" href="{base}{FEED_PATHS[outlet.kind]}">"""


def rss(outlet: Outlet, base: str, now: datetime) -> str:
    """RSS 2.0 with summaries."""
    items = "".join(
        f"<item><title>{escape(story.title)}</title><link>{base}/{story.slug}</link>"
        f"<guid>{base}/{story.slug}</guid><dc:creator>{escape(story.author)}</dc:creator>"
        f"<pubDate>{format_datetime(now - story.age)}</pubDate>"
        f"<description>{escape(story.summary)}</description></item>"
        for story in outlet.stories
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{escape(outlet.name)}</title><link>{base}/</link>"
        f"<language>{outlet.language}</language>{items}</channel></rss>"
    )


def atom(outlet: Outlet, base: str, now: datetime) -> str:
    """Atom 1.0 with summaries."""
    entries = "".join(
        f"<entry><title>{escape(story.title)}</title><id>{base}/{story.slug}</id>"
        f'<link rel="alternate" href="{base}/{story.slug}"/>'
        f"<published>{(now - story.age).isoformat()}</published>"
        f"<updated>{(now - story.age).isoformat()}</updated>"
        f"<author><name>{escape(story.author)}</name></author>"
        f"<summary>{escape(story.summary)}</summary></entry>"
        for story in outlet.stories
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        f'xml:lang="{outlet.language}"><title>{escape(outlet.name)}</title><id>{base}/</id>'
        f'<link rel="alternate" href="{base}/"/>{entries}</feed>'
    )


def json_feed(outlet: Outlet, base: str, now: datetime) -> str:
    """JSON Feed 1.1 with summaries."""
    items = [
        {
            "id": f"{base}/{story.slug}",
            "url": f"{base}/{story.slug}",
            "title": story.title,
            "summary": story.summary,
            "date_published": (now - story.age).isoformat(),
            "authors": [{"name": story.author}],
        }
        for story in outlet.stories
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{base}/",
        "language": outlet.language,
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False)
