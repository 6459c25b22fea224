"""What goes with the requests of a feed as it is found, chosen, moved, dropped and taken back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from archive.models import FeedSettings, FeedStatus
from reader.credentials import CredentialStore, Secrets
from reader.errors import FeedUnusable
from reader.feed_settings import changed
from reader.library import Library
from tests.servers import NewsSite, Server

LOGIN = "me:p4ss"
BASIC = "Basic bWU6cDRzcw=="
REFUSED = "is an address of a private network, where nothing public may lead"
SITE = "http://harbour.example/"


def announcing(*urls: str) -> str:
    """A page that announces these feeds."""
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="Feed {number}" href="{url}">'
        for number, url in enumerate(urls)
    )
    return f"<html><head>{links}</head><body><p>Come in.</p></body></html>"


def with_login(url: str) -> str:
    return url.replace("://", f"://{LOGIN}@")


def logins(server: Server, path: str) -> list[str]:
    """What each request for a path said of who asks."""
    asked = [request for request in server.requests if request.path == path]
    return [request.headers.get("authorization", "") for request in asked]


def only(library: Library) -> FeedStatus:
    (status,) = library.feeds()
    return status


def test_a_public_page_announces_nothing_private(
    library: Library, proxy: Server, outlet: NewsSite
) -> None:
    public = "http://harbour.example/feed"
    proxy.put(SITE, announcing(outlet.rss_url, public, outlet.atom_url))
    proxy.put(public, outlet.rss(), "application/rss+xml")

    found = library.subscriptions.find(SITE)

    assert found.feed.feed_url == public
    assert [choice.url for choice in found.others] == [outlet.rss_url, outlet.atom_url]
    for choice in found.others:
        with pytest.raises(FeedUnusable, match=REFUSED):
            library.subscriptions.find_offered(choice.url)
    assert outlet.server.requests == []
    assert library.subscriptions.find(outlet.rss_url).feed.feed_url == outlet.rss_url


def test_what_nobody_offered_must_be_public(library: Library, outlet: NewsSite) -> None:
    with pytest.raises(FeedUnusable, match=REFUSED):
        library.subscriptions.find_offered(outlet.rss_url)


def test_a_private_page_announces_what_is_private(
    library: Library, outlet: NewsSite, second_outlet: NewsSite
) -> None:
    site = outlet.server.put("/both", announcing(outlet.rss_url, second_outlet.rss_url))

    found = library.subscriptions.find(site)
    taken = library.subscriptions.find_offered(found.others[0].url)

    assert taken.feed.feed_url == second_outlet.rss_url


def test_a_login_goes_with_the_feed_that_is_chosen_on_its_server(
    library: Library, outlet: NewsSite, second_outlet: NewsSite
) -> None:
    urls = (outlet.rss_url, outlet.atom_url, second_outlet.rss_url)
    site = outlet.server.put("/both", announcing(*urls))
    found = library.subscriptions.find(with_login(site))
    store = CredentialStore()

    assert store.of(outlet.rss_url) == Secrets()  # nobody has subscribed yet
    for url in urls[1:]:
        library.subscriptions.add(library.subscriptions.find_offered(url).feed)

    assert [choice.url for choice in found.others] == list(urls[1:])
    assert [store.of(url).auth for url in urls] == ["", LOGIN, ""]
    assert logins(outlet.server, "/both") == [BASIC]
    assert logins(outlet.server, "/atom.xml") == [BASIC]
    assert logins(second_outlet.server, "/rss.xml") == [""]


def test_a_login_that_a_page_or_a_redirect_states_is_none_of_ours(
    library: Library, outlet: NewsSite
) -> None:
    site = outlet.server.put("/site", announcing(with_login(outlet.rss_url)))
    moved = outlet.server.redirect("/moved", with_login(outlet.rss_url), 301)

    assert library.subscribe(site).feed_url == outlet.rss_url
    assert library.subscriptions.find(moved).feed.feed_url == outlet.rss_url
    assert CredentialStore().of(outlet.rss_url) == Secrets()
    assert set(logins(outlet.server, "/rss.xml")) == {""}


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_feed_that_moves_takes_its_secrets_along_on_its_own_server_only(
    library: Library, outlet: NewsSite, second_outlet: NewsSite, elsewhere: bool
) -> None:
    library.subscribe(with_login(outlet.rss_url))
    there = second_outlet if elsewhere else outlet
    new_url = there.server.put("/new.xml", outlet.rss(), "application/rss+xml")
    outlet.server.redirect("/rss.xml", new_url, 301)
    outcomes = [outcome for _ in range(3) for outcome in library.refresh()]

    assert [outcome.error for outcome in outcomes] == ["", "", ""]
    assert ("did not go along" in " ".join(outcomes[1].notes)) == elsewhere
    store = CredentialStore()
    assert only(library).feed.feed_url == new_url
    assert store.of(new_url).auth == ("" if elsewhere else LOGIN)
    assert store.of(outlet.rss_url).auth == (LOGIN if elsewhere else "")
    assert set(logins(there.server, "/new.xml")) == {"" if elsewhere else BASIC}

    library.unsubscribe("f1")

    assert store.of(outlet.rss_url) == store.of(new_url) == Secrets()


def test_a_feed_that_is_taken_back_has_its_secrets_again(
    library: Library, outlet: NewsSite
) -> None:
    feed = library.subscribe(with_login(outlet.rss_url))
    library.unsubscribe(feed.feed_id)

    assert CredentialStore().of(feed.feed_url) == Secrets()
    library.undo()
    assert CredentialStore().of(feed.feed_url).auth == LOGIN


def test_secrets_given_since_are_not_undone(library: Library, outlet: NewsSite) -> None:
    feed = library.subscribe(with_login(outlet.rss_url))
    library.unsubscribe(feed.feed_id)
    library.subscribe(outlet.rss_url)
    CredentialStore().change(feed.feed_url, auth="new:new")

    library.undo()

    assert CredentialStore().of(feed.feed_url).auth == "new:new"


def test_a_mended_feed_keeps_settings_and_secrets(library: Library, outlet: NewsSite) -> None:
    feed = changed(library.subscribe(with_login(outlet.rss_url)), "mute", "on")
    library.edit_feed(feed)
    new_url = outlet.server.put("/new.xml", outlet.rss(), "application/rss+xml")

    mended = library.subscriptions.mend(feed, new_url).feed

    assert mended.settings == FeedSettings(muted=True)
    assert CredentialStore().of(new_url).auth == LOGIN
    assert logins(outlet.server, "/new.xml") == [BASIC]


def test_that_secrets_do_not_follow_a_feed_to_another_server_is_said(
    library: Library, outlet: NewsSite
) -> None:
    feed = library.subscribe(with_login(outlet.rss_url))
    with Server() as elsewhere:
        new_url = elsewhere.put("/new.xml", outlet.rss(), "application/rss+xml")

        mended = library.subscriptions.mend(feed, new_url)

        assert mended.note.startswith("Its secrets did not go along")
        assert logins(elsewhere, "/new.xml") == [""]


def test_a_site_that_a_public_feed_names_is_not_looked_for_inside(
    library: Library, proxy: Server, outlet: NewsSite
) -> None:
    public = "http://harbour.example/feed"
    proxy.put(public, outlet.rss(), "application/rss+xml")
    feed = library.subscribe(public)
    outlet.server.requests.clear()

    assert feed.site_url.startswith(outlet.server.url())
    with pytest.raises(FeedUnusable, match=REFUSED):
        library.subscriptions.new_addresses(feed)
    assert outlet.server.requests == []


def test_a_feed_of_this_machine_may_lead_to_private_pages(
    library: Library, outlet: NewsSite, tmp_path: Path
) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(outlet.rss(), encoding="utf-8")
    library.subscribe(str(path))

    (outcome,) = library.refresh()

    assert (outcome.new_count, outcome.failed_pages) == (3, 0)


def test_a_feeds_own_interval_wins_and_counts_at_once(library: Library, outlet: NewsSite) -> None:
    library.subscribe(outlet.rss_url)
    list(library.refresh())
    learned = wait_of(library)
    for words, least in (("5", 5), ("10080", 10080)):
        library.edit_feed(changed(only(library).feed, "interval", words))
        assert timedelta(minutes=least) <= wait_of(library) <= timedelta(minutes=least * 1.1)
        list(library.refresh())
        assert timedelta(minutes=least) <= wait_of(library) <= timedelta(minutes=least * 1.1)
    library.edit_feed(changed(only(library).feed, "interval", "auto"))

    assert timedelta(minutes=15) <= wait_of(library) <= timedelta(days=1)
    assert timedelta(minutes=15) <= learned <= timedelta(days=1)


def wait_of(library: Library) -> timedelta:
    """From the last refresh of the feed to the next."""
    state = only(library).state
    assert state.refreshed_at
    assert state.next_refresh_at
    return state.next_refresh_at - state.refreshed_at
