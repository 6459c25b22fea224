"""What the list of articles can show: smart views, folders, feeds and tags, each as a query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from archive.models import Feed
from archive.query import tag_query
from archive.rule_models import SavedSearch

MOST_NAMED = 80
"""Feeds of a folder that are named one by one in its query."""

ViewKind = Literal["smart", "search", "folder", "feed", "tag"]


@dataclass(frozen=True, slots=True)
class View:
    """A named query. `key` tells views apart; `feed_urls` is what to refresh, empty: all."""

    key: str
    name: str
    query: str = ""
    kind: ViewKind = "smart"
    feed_urls: tuple[str, ...] = ()

    def narrowed(self, text: str) -> str:
        """The view's query with a filter, which may itself have alternatives."""
        if not text.strip():
            return self.query
        return f"({self.query}) ({text})" if self.query else text


ALL = View("all", "All articles")
UNREAD = View("unread", "Unread", "is:unread")
STARRED = View("starred", "Starred", "is:starred")
SMART = (ALL, UNREAD, STARRED)


def search_view(search: SavedSearch) -> View:
    """What a saved search finds."""
    return View(f"search {search.name}", search.name, search.query, "search")


def feed_view(feed: Feed) -> View:
    """The articles of one feed."""
    query = f"feed:{feed.feed_id}"
    # A feed that moves keeps its id, and so its place under the cursor.
    return View(f"feed {feed.feed_id or feed.feed_url}", feed.name, query, "feed", (feed.feed_url,))


def folder_view(folder: str, feeds: Iterable[Feed]) -> View:
    """The articles of a folder's feeds; `feeds` are those in it and in folders below it."""
    inside = list(feeds)
    query = " OR ".join(f"feed:{feed.feed_id}" for feed in inside)
    if len(inside) > MOST_NAMED:
        # A query has room for a hundred terms; by its name a folder is found with its namesakes.
        bare = folder.replace('"', "")
        query = f'feed:"{bare}"'
    name = folder.rsplit("/", maxsplit=1)[-1]
    return View(f"folder {folder}", name, query, "folder", tuple(feed.feed_url for feed in inside))


def tag_view(tag: str) -> View:
    """The articles with a tag."""
    return View(f"tag {tag}", tag, tag_query(tag), "tag")
