"""The corpus as the program reads it: feeds refreshed over HTTP, texts taken from the archive.

Nothing of the program is replaced: a proxy on loopback stands for the outlets' hosts, and a
`Library` refreshes their feeds into an archive in a folder.
"""

from __future__ import annotations

import html
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock
from urllib.parse import urlsplit

from archive.archive import Archive
from archive.models import Article
from reader.config import Settings
from reader.library import Library
from tests.quality.corpus import Page
from tests.servers import Server, opml

# When the pages are fetched: dates without a year are resolved by it.
FETCHED_AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def read_pages(pages: Sequence[Page], folder: Path) -> dict[str, Article]:
    """Each page's article, by the page's label, as it was after the refresh that brought it.

    The feed of an outlet states one page more at every refresh, so that the first is judged by
    what the program knows beforehand, and later ones also by what it has learned of the outlet.
    """
    outlets: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        outlets[page.outlet].append(page)
    articles: dict[str, Article] = {}
    with Server() as proxy, surroundings(proxy, folder), open_library(folder) as library:
        subscribe(library, [feed_url(each) for each in outlets.values()], folder)
        for count in range(1, max(map(len, outlets.values())) + 1):
            stated = [each[:count] for each in outlets.values() if len(each) >= count]
            for each in stated:
                publish(proxy, each)
            list(library.refresh([feed_url(each) for each in stated]))
            by_url = {row.url: row.article_id for row in library.list(limit=10_000)}
            for each in stated:
                articles[each[-1].label] = library.get(by_url[each[-1].url])
    return articles


def save_pages(pages: Sequence[Page], folder: Path) -> dict[str, Article]:
    """The articles of pages that are saved by their addresses, with no feed, by label."""
    with Server() as proxy, surroundings(proxy, folder):
        for page in pages:
            proxy.put(page.url, page.body, page.content_type)
        with open_library(folder) as library:
            saved = library.save_pages([page.url for page in pages])
            ids = {one.url: one.article_id for one in saved if one.article_id}
            return {page.label: library.get(ids[page.url]) for page in pages if page.url in ids}


@contextmanager
def surroundings(proxy: Server, folder: Path) -> Iterator[None]:
    """What leads the program to the proxy, and away from the user's own files."""
    variables = {
        "http_proxy": proxy.url(),
        "HOME": str(folder),
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
    with mock.patch.dict(os.environ, variables):
        for name in ("no_proxy", "NO_PROXY"):
            os.environ.pop(name, None)
        yield


def open_library(folder: Path) -> Library:
    """A library over a new archive, at the corpus's time."""
    archive = Archive.open(folder / "archive", now=lambda: FETCHED_AT)
    return Library(archive, Settings(connections=4), lambda: FETCHED_AT)


def subscribe(library: Library, feed_urls: Sequence[str], folder: Path) -> None:
    """Subscribes to feeds without asking for them."""
    file = folder / "feeds.opml"
    file.write_text(opml(*feed_urls), encoding="utf-8")
    library.import_file(str(file))


def feed_url(pages: Sequence[Page]) -> str:
    """The address of an outlet's feed: on the host of its first page."""
    return f"http://{urlsplit(pages[0].url).netloc}/feed-of-the-corpus.xml"


def publish(proxy: Server, pages: Sequence[Page]) -> None:
    """Puts an outlet's pages and its feed, which states nothing but titles unless told."""
    for page in pages:
        proxy.put(page.url, page.body, page.content_type)
    items = "".join(map(item, reversed(pages)))
    proxy.put(
        feed_url(pages),
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{html.escape(pages[0].outlet)}</title>{items}</channel></rss>",
        "application/rss+xml",
    )


def item(page: Page) -> str:
    """A page's entry in its feed."""
    tags = {"summary": "description", "content": "content:encoded"}
    texts = "".join(
        f"<{tags[kind]}>{html.escape(words)}</{tags[kind]}>" for kind, words in page.feed.items()
    )
    return (
        f"<item><title>{html.escape(page.title)}</title><link>{html.escape(page.url)}</link>"
        f"<guid>{html.escape(page.url)}</guid>{texts}</item>"
    )
