"""What servers see of refreshes, and what those learn: counted in the servers' logs."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from archive.models import FeedStatus
from reader.config import Settings
from reader.library import Library
from reader.outcomes import FeedRefreshed
from tests.servers import BRIDGE, FERRY, NewsSite, Server, Story, raw, wait_until

SETTINGS = Settings(connections=8)
MOVED = [301, 308]


def run(library: Library, *names: str, **choices: bool) -> list[FeedRefreshed]:
    return list(library.refresh(names, **choices))


def one_status(library: Library) -> FeedStatus:
    [status] = library.feeds()
    return status


def volumes(library: Library) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in library.path.glob("volumes/*/*")}


def test_requests_are_conditional_from_the_first_answer_on(
    library: Library, outlet: NewsSite
) -> None:
    library.subscribe(outlet.rss_url)
    run(library)
    before = volumes(library)
    outlet.server.requests.clear()
    [outcome] = run(library)

    [request] = outlet.server.requests
    assert request.headers["if-none-match"]
    assert outcome.http_status == 304
    assert volumes(library) == before


def test_a_304_with_new_validators_renews_them(library: Library, server: Server) -> None:
    site = NewsSite(server).publish(FERRY)
    library.subscribe(site.rss_url)
    body = site.rss().encode()
    server.put_raw(
        "/rss.xml", raw(body, 'ETag: "one"', "Last-Modified: Tue, 03 Mar 2026 08:00:00 GMT")
    )
    run(library)
    server.put_raw("/rss.xml", raw(b"", 'ETag: "two"', status="304 Not Modified"))
    run(library)
    server.requests.clear()
    run(library)

    [request] = server.requests
    assert request.headers["if-none-match"] == '"two"'
    assert request.headers["if-modified-since"] == "Tue, 03 Mar 2026 08:00:00 GMT"


def test_a_body_that_is_known_counts_as_unchanged(library: Library, server: Server) -> None:
    site = NewsSite(server).publish(FERRY)
    body = site.rss().encode()
    server.put_raw("/rss.xml", raw(body))
    library.subscribe(site.rss_url)
    run(library)
    before = volumes(library)
    [outcome] = run(library)

    assert (outcome.http_status, outcome.new_count, outcome.unchanged_count) == (200, 0, 0)
    assert volumes(library) == before


def test_what_a_refresh_learns_is_written_once_a_run(
    library: Library, outlet: NewsSite, second_outlet: NewsSite
) -> None:
    for url in (outlet.rss_url, outlet.atom_url, second_outlet.rss_url):
        library.subscribe(url)
    file = library.path / "fetch.json"
    written = set()
    for _ in library.refresh():
        written.add(file.exists() and file.stat().st_mtime_ns)

    assert written == {False}
    assert file.exists()


def test_two_requests_at_once_to_a_host_are_the_most(tmp_path: Path, server: Server) -> None:
    site = NewsSite(server)
    answers = {f"/slow/{number}.xml": site.rss().encode() for number in range(8)}
    for path, body in answers.items():
        server.put(path, body, "application/rss+xml")
    with Library.open(tmp_path, SETTINGS) as library:
        for path, body in answers.items():
            library.subscribe(server.url(path))
            server.put_raw(path, 0.1, raw(body))
        server.most_open_at_once = 0
        run(library)

    assert server.most_open_at_once == 2


def test_a_host_with_many_feeds_keeps_no_other_waiting(
    tmp_path: Path, server: Server, second_outlet: NewsSite
) -> None:
    site = NewsSite(server)
    with Library.open(tmp_path, Settings(connections=4)) as library:
        for number in range(12):
            path = f"/slow/{number}.xml"
            library.subscribe(server.put(path, site.rss(), "application/rss+xml"))
            server.put_raw(path, 0.2, raw(site.rss().encode()))
        library.subscribe(second_outlet.rss_url)
        order = [outcome.feed_url for outcome in library.refresh(pages=False)]

    assert order.index(second_outlet.rss_url) < 6


def test_the_user_agent_says_who_asks(library: Library, outlet: NewsSite) -> None:
    library.subscribe(outlet.rss_url)
    run(library)

    agents = {request.headers["user-agent"] for request in outlet.server.requests}
    assert len(agents) == 1
    assert agents.pop().startswith("newsreader/0.")


def test_only_feeds_that_are_due_are_asked_also_when_named(
    library: Library, outlet: NewsSite, second_outlet: NewsSite
) -> None:
    library.subscribe(outlet.rss_url)
    run(library)
    library.subscribe(second_outlet.rss_url)
    outlet.server.requests.clear()

    assert run(library, outlet.rss_url, due=True) == []
    assert [one.feed_url for one in run(library, due=True)] == [second_outlet.rss_url]
    assert outlet.server.requests == []
    assert len(run(library, outlet.rss_url)) == 1


def test_ttl_and_max_age_put_the_next_refresh_off(library: Library, server: Server) -> None:
    site = NewsSite(server).publish(Story("now", "Now", "<p>Now."))
    dated = site.rss().replace("<language>", "<ttl>600</ttl><language>")
    server.put("/rss.xml", dated, "application/rss+xml")
    library.subscribe(site.rss_url)
    run(library)
    first = one_status(library).state
    run(library)
    unchanged = one_status(library).state

    assert first.stated.minutes == 600
    for state in (first, unchanged):
        assert state.next_refresh_at is not None
        assert state.refreshed_at is not None
        assert (state.next_refresh_at - state.refreshed_at).total_seconds() >= 36_000


@pytest.mark.parametrize("status", MOVED)
def test_a_lasting_move_is_followed_when_it_was_seen_twice_and_doubles_nothing(
    library: Library, outlet: NewsSite, status: int
) -> None:
    feed = library.subscribe(outlet.rss_url, folder="Coast")
    run(library)
    article = library.list()[0]
    library.tag(article.article_id, add=["kept"])
    ids = [row.article_id for row in library.list()]
    new_url = outlet.server.put("/new.xml", outlet.rss(), "application/rss+xml")
    outlet.server.redirect("/rss.xml", new_url, status)
    run(library)
    assert one_status(library).feed.feed_url == outlet.rss_url
    [outcome] = run(library)
    moved = one_status(library)

    assert moved.feed.feed_url == outcome.feed_url == new_url
    assert "moved for good" in outcome.notes[0]
    assert (moved.feed.feed_id, moved.feed.folder) == (feed.feed_id, "Coast")
    assert moved.article_count == len(ids)
    assert moved.state.etag
    assert [row.article_id for row in library.list()] == ids
    assert {row.feed_url for row in library.list(f"feed:{feed.feed_id}")} == {new_url}
    assert library.get(ids[0]).feed_url == new_url
    assert library.mark_of(article.article_id).tags == ("kept",)

    outlet.server.requests.clear()
    outlet.publish(Story("market", "A market on the quay", "<p>Every Friday, fish and flowers."))
    outlet.server.put("/new.xml", outlet.rss(), "application/rss+xml")
    [outcome] = run(library)

    assert outcome.new_count == 1
    assert outlet.server.paths() == ["/new.xml", "/news/market"]
    assert len(library.list()) == len(ids) + 1
    assert library.verify() == []
    library.rebuild()
    assert one_status(library).article_count == len(ids) + 1


def test_entries_that_change_after_the_move_change_their_articles(
    library: Library, outlet: NewsSite
) -> None:
    library.subscribe(outlet.rss_url)
    run(library)
    new_url = outlet.server.put("/new.xml", outlet.rss(), "application/rss+xml")
    outlet.server.redirect("/rss.xml", new_url, 301)
    run(library)
    count = len(library.list())
    body = FERRY.body + "<p>It now sails on Sundays too."
    edited = Story("ferry", FERRY.title, body, summary="Sundays too.")
    outlet.publish(edited)
    outlet.server.put("/new.xml", outlet.rss(), "application/rss+xml")
    outlet.server.redirect("/rss.xml", new_url, 301)
    [outcome] = run(library)

    assert (outcome.new_count, outcome.changed_count) == (0, 1)
    assert len(library.list()) == count


@pytest.mark.parametrize("status", [302, 303, 307])
def test_passing_redirects_never_change_the_address(
    library: Library, outlet: NewsSite, status: int
) -> None:
    library.subscribe(outlet.rss_url)
    outlet.server.put("/new.xml", outlet.rss(), "application/rss+xml")
    outlet.server.redirect("/rss.xml", outlet.server.url("/new.xml"), status)
    for _ in range(4):
        run(library)

    assert one_status(library).feed.feed_url == outlet.rss_url


def test_a_move_that_is_taken_back_is_not_followed(library: Library, outlet: NewsSite) -> None:
    library.subscribe(outlet.rss_url)
    body = outlet.rss()
    new_url = outlet.server.put("/new.xml", body, "application/rss+xml")
    for _ in range(3):
        outlet.server.redirect("/rss.xml", new_url, 301)
        run(library)
        outlet.server.put("/rss.xml", body, "application/rss+xml")
        run(library)

    assert one_status(library).feed.feed_url == outlet.rss_url


def test_a_move_to_what_is_no_feed_is_not_followed(library: Library, outlet: NewsSite) -> None:
    library.subscribe(outlet.rss_url)
    outlet.server.redirect("/rss.xml", outlet.server.put("/signin", "<p>Sign in"), 301)
    for _ in range(3):
        [outcome] = run(library)

    assert outcome.error
    assert one_status(library).feed.feed_url == outlet.rss_url


def test_a_move_to_a_feed_that_is_there_already_is_said(library: Library, outlet: NewsSite) -> None:
    library.subscribe(outlet.rss_url)
    library.subscribe(outlet.atom_url)
    outlet.server.redirect("/rss.xml", outlet.atom_url, 301)
    for _ in range(3):
        [outcome] = run(library, outlet.rss_url)

    [note] = outcome.notes
    assert f"{outlet.atom_url}, which is subscribed to as f2: remove one of the two." in note
    assert [status.feed.feed_url for status in library.feeds()] == [
        outlet.rss_url,
        outlet.atom_url,
    ]


def test_a_former_address_still_names_the_feed(library: Library, outlet: NewsSite) -> None:
    library.subscribe(outlet.rss_url)
    new_url = outlet.server.put("/new.xml", outlet.rss(), "application/rss+xml")
    outlet.server.redirect("/rss.xml", new_url, 301)
    run(library)
    run(library)

    assert library.find_feed(outlet.rss_url).feed_url == new_url
    assert library.subscribe(outlet.rss_url).feed_id == "f1"
    outlet.server.put("/rss.xml", outlet.rss(), "application/rss+xml")
    assert library.subscribe(outlet.rss_url).feed_id == "f1"
    assert len(library.feeds()) == 1


def test_a_feed_that_is_gone_is_asked_only_when_it_is_named(
    library: Library, outlet: NewsSite, second_outlet: NewsSite
) -> None:
    library.subscribe(outlet.rss_url)
    library.subscribe(second_outlet.rss_url)
    body = outlet.rss()
    outlet.server.put("/rss.xml", "", status=410)
    outcomes = {one.feed_url: one for one in run(library)}
    outlet.server.requests.clear()
    state = library.feeds()[0].state

    assert outcomes[outlet.rss_url].error.startswith("answered 410 Gone: it is no more")
    assert state.gone_at is not None
    assert state.next_refresh_at is None
    assert [one.feed_url for one in run(library)] == [second_outlet.rss_url]
    assert run(library, due=True) == []
    assert outlet.server.requests == []

    outlet.server.put("/rss.xml", body, "application/rss+xml")
    [outcome] = run(library, outlet.rss_url)

    assert outcome.error == ""
    assert library.feeds()[0].state.gone_at is None
    assert len(run(library)) == 2


def test_a_feed_is_in_one_run_at_a_time(tmp_path: Path, server: Server) -> None:
    site = NewsSite(server).publish(BRIDGE)
    with Library.open(tmp_path, SETTINGS) as first, Library.open(tmp_path, SETTINGS) as second:
        first.subscribe(site.rss_url)
        server.requests.clear()
        server.put_raw("/rss.xml", 60.0)
        outcomes: list[FeedRefreshed] = []
        stop = threading.Event()
        thread = threading.Thread(target=lambda: outcomes.extend(first.refresh(stop=stop)))
        thread.start()
        assert wait_until(lambda: server.paths() == ["/rss.xml"])
        [passed] = run(second)
        stop.set()
        thread.join()

        assert passed.notes == ("It is being refreshed by another run, and left to that.",)
        assert passed.error == ""
        assert server.paths() == ["/rss.xml"]
        server.put("/rss.xml", site.rss(), "application/rss+xml")
        assert run(second)[0].new_count == 1
        assert list((tmp_path / "claims").iterdir()) == []


def test_a_killed_run_leaves_no_feed_claimed(tmp_path: Path, server: Server) -> None:
    site = NewsSite(server).publish(BRIDGE)
    folder = tmp_path / "archive"
    with Library.open(folder, SETTINGS) as library:
        library.subscribe(site.rss_url)
        server.requests.clear()
        server.put_raw("/rss.xml", 60.0)
        other = subprocess.Popen(
            [sys.executable, "-m", "reader", "--archive", str(folder), "refresh"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).resolve().parents[2],
        )
        assert wait_until(lambda: server.paths() == ["/rss.xml"], 30)
        [passed] = run(library)
        other.kill()
        other.wait()
        server.put("/rss.xml", site.rss(), "application/rss+xml")
        [outcome] = run(library)

        assert "another run" in passed.notes[0]
        assert outcome.new_count == 1
