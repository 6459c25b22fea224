"""Feeds of an earlier version, stored with a user and password in their address."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path

import pytest

from archive import MarkChange
from archive.models import Feed
from reader.credentials import CredentialStore
from reader.library import Library
from tests.servers import NewsSite

LOGIN = "me:hush%20hush"
BASIC = "Basic " + base64.b64encode(b"me:hush hush").decode()


def as_stored_earlier(library: Library, outlet: NewsSite) -> Feed:
    """The feed with its articles and what was learned of it under an address with a login."""
    feed = library.subscribe(outlet.rss_url)
    list(library.refresh())
    archive = library._archive
    secret = outlet.rss_url.replace("//", f"//{LOGIN}@")
    moved = archive.fetching.move(feed, secret)
    (state,) = archive.fetch_states().values()
    archive.fetching.save([replace(state, feed_url=secret)], forget=[outlet.rss_url])
    archive.update_feed(replace(moved, former_urls=()))
    return library.find_feed("f1")


def files_with(folder: Path, words: bytes) -> list[str]:
    """The files of an archive that have these words, but for the index, which is derived."""
    files = (path for path in folder.rglob("*") if path.is_file())
    kept = (path for path in files if not path.name.startswith("index."))
    return [path.name for path in kept if words in path.read_bytes()]


@pytest.mark.parametrize("broken_off", [False, True])
def test_the_login_goes_to_the_secrets_and_all_else_stays(
    library: Library, outlet: NewsSite, broken_off: bool
) -> None:
    feed = as_stored_earlier(library, outlet)
    library.mark("title:beam", MarkChange(starred=True))
    assert files_with(library.path, b"hush")
    if broken_off:  # the secrets are kept, the address has changed, its articles have not
        CredentialStore().change(outlet.rss_url, auth="me:hush hush")
        former = (feed.feed_url,)
        library._archive.update_feed(replace(feed, feed_url=outlet.rss_url, former_urls=former))
    outlet.server.requests.clear()

    (outcome,) = library.refresh()

    assert (outcome.feed_url, outcome.new_count, outcome.error) == (outlet.rss_url, 0, "")
    assert [request.headers["authorization"] for request in outlet.server.requests] == [BASIC]
    (status,) = library.feeds()
    assert (status.feed.feed_url, status.feed.former_urls) == (outlet.rss_url, ())
    assert status.article_count == 3
    assert library.count("feed:f1 is:starred") == 1
    assert files_with(library.path, b"hush") == []
    assert library.verify() == []
    assert CredentialStore().of(outlet.rss_url).auth == "me:hush hush"


def test_a_login_that_was_set_since_counts(library: Library, outlet: NewsSite) -> None:
    as_stored_earlier(library, outlet)
    CredentialStore().change(outlet.rss_url, auth="me:newer")

    list(library.refresh())

    assert CredentialStore().of(outlet.rss_url).auth == "me:newer"


def test_an_address_that_another_feed_has_is_left_to_it(library: Library, outlet: NewsSite) -> None:
    feed = as_stored_earlier(library, outlet)
    library._archive.add_feed(Feed(outlet.rss_url))

    list(library.refresh())

    assert [status.feed.feed_url for status in library.feeds()] == [feed.feed_url, outlet.rss_url]
