"""Hosts that want to be left alone: by every request, of this process and the next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.feed_models import HostWait
from reader.config import Settings
from reader.library import Library
from reader.outcomes import FeedRefreshed
from reader.pipeline.fetch import Fetched, Fetcher
from reader.pipeline.fetch_wait import Waits
from tests.servers import FERRY, NewsSite, Server, wait_until

SETTINGS = Settings(connections=4)


def refreshed(folder: Path, *names: str, **choices: bool) -> list[FeedRefreshed]:
    """A refresh by a library of its own, as another process would make it."""
    with Library.open(folder, SETTINGS) as library:
        return list(library.refresh(names, **choices))


def subscribed(folder: Path, *urls: str) -> None:
    with Library.open(folder, SETTINGS) as library:
        for url in urls:
            library.subscribe(url)


def busy(server: Server, path: str, status: int = 429, **headers: str) -> None:
    stated = {name.replace("_", "-"): value for name, value in headers.items()}
    server.put(path, "", status=status, headers=stated)


def test_a_host_that_says_429_is_left_alone_by_all_feeds_of_later_runs_too(
    tmp_path: Path, outlet: NewsSite
) -> None:
    subscribed(tmp_path, outlet.rss_url, outlet.atom_url)
    busy(outlet.server, "/rss.xml", Retry_After="3600")
    refreshed(tmp_path, outlet.rss_url)
    asked = len(outlet.server.requests)
    outcomes = refreshed(tmp_path) + refreshed(tmp_path, recheck=True)

    assert len(outlet.server.requests) == asked
    assert [outcome.http_status for outcome in outcomes] == [429] * 4 + [None]
    assert all("asked us to wait until 20" in outcome.error for outcome in outcomes[:4])


def test_an_answer_that_asks_to_wait_is_told_with_the_time(
    tmp_path: Path, outlet: NewsSite
) -> None:
    subscribed(tmp_path, outlet.rss_url)
    busy(outlet.server, "/rss.xml", 503, Retry_After="3600")
    [outcome] = refreshed(tmp_path)

    assert outcome.error.startswith("answered 503 Service Unavailable and asked us to wait until")


def test_a_feed_is_due_again_when_the_wait_is_over(tmp_path: Path, outlet: NewsSite) -> None:
    subscribed(tmp_path, outlet.rss_url)
    busy(outlet.server, "/rss.xml", Retry_After="7200")
    before = datetime.now(UTC)
    refreshed(tmp_path)
    with Library.open(tmp_path, SETTINGS) as library:
        [status] = library.feeds()

    assert status.state.next_refresh_at is not None
    left = status.state.next_refresh_at - before
    assert timedelta(hours=2) <= left < timedelta(hours=2, minutes=5)


def test_not_being_asked_is_no_failure_of_a_feed(tmp_path: Path, outlet: NewsSite) -> None:
    subscribed(tmp_path, outlet.rss_url, outlet.atom_url)
    busy(outlet.server, "/rss.xml", Retry_After="3600")
    refreshed(tmp_path, outlet.rss_url)
    for _ in range(3):
        refreshed(tmp_path)
    with Library.open(tmp_path, SETTINGS) as library:
        counts = [status.state.failure_count for status in library.feeds()]

    assert counts == [1, 0]


def test_a_wait_is_kept_that_a_subscription_ran_into(tmp_path: Path, outlet: NewsSite) -> None:
    subscribed(tmp_path, outlet.atom_url)
    busy(outlet.server, "/page", Retry_After="3600")
    with Library.open(tmp_path, SETTINGS) as library:
        list(library.save_pages([outlet.server.url("/page")]))
    asked = len(outlet.server.requests)
    refreshed(tmp_path)

    assert len(outlet.server.requests) == asked


def test_a_429_without_a_time_is_left_alone_for_a_quarter_of_an_hour_then_longer() -> None:
    waits = Waits()
    first = waits.note("news.example", 429, None)
    assert first is not None
    over = HostWait(first.host, 429, datetime.now(UTC) - timedelta(seconds=1), asked=False)
    again = Waits()
    again.take_in([over])
    second = again.note("news.example", 429, None)

    assert second is not None
    now = datetime.now(UTC)
    assert timedelta(minutes=14) < first.until - now <= timedelta(minutes=15)
    assert timedelta(minutes=29) < second.until - now <= timedelta(minutes=30)
    assert second.count == 2


def test_answers_that_come_at_once_count_once() -> None:
    waits = Waits()
    for _ in range(5):
        wait = waits.note("news.example", 429, None)

    assert wait is not None
    assert wait.count == 1


def test_a_good_answer_ends_the_counting(server: Server) -> None:
    page = server.put("/", "<p>Hello")
    host = page.split("/")[2]
    with Fetcher() as fetcher:
        fetcher.waits.take_in([HostWait(host, 429, datetime.now(UTC), asked=False, count=4)])
        assert isinstance(fetcher.fetch_page(page), Fetched)

        assert fetcher.waits.all() == ()


def test_a_wait_from_a_broken_file_or_clock_lasts_a_day_at_most(server: Server) -> None:
    with Fetcher() as fetcher:
        fetcher.waits.take_in([HostWait("x.example", 429, datetime(9999, 1, 1, tzinfo=UTC))])
        [wait] = fetcher.waits.all()

    assert wait.until <= datetime.now(UTC) + timedelta(days=1)


ELSEWHERE = """<rss version="2.0"><channel><title>Pointers</title>
<item><title>{title}</title><link>{url}</link><guid>1</guid>
<description>Only a few words.</description></item></channel></rss>"""


def test_a_page_that_was_missed_for_a_wait_is_read_by_a_refresh_after_it(
    tmp_path: Path, server: Server, outlet: NewsSite
) -> None:
    page = outlet.url_of(FERRY)
    path = page.removeprefix(outlet.server.url(""))
    text = ELSEWHERE.format(title=FERRY.title, url=page)
    subscribed(tmp_path, server.put("/rss", text, "application/rss+xml"))
    busy(outlet.server, path, 503, Retry_After="2")
    [first] = refreshed(tmp_path)
    with Library.open(tmp_path, SETTINGS) as library:
        [before] = library.list()
    asked = len(outlet.server.requests)
    [waiting] = refreshed(tmp_path)
    [unwanted] = refreshed(tmp_path, pages=False)
    outlet.publish(FERRY)
    assert len(outlet.server.requests) == asked
    assert wait_until(lambda: is_over(tmp_path))
    [after] = refreshed(tmp_path)
    [again] = refreshed(tmp_path)

    assert (first.new_count, first.failed_pages) == (1, 1)
    assert [one.changed_count for one in (waiting, unwanted, after, again)] == [0, 0, 1, 0]
    assert [request.path for request in outlet.server.requests[asked:]] == [path]
    assert {one.http_status for one in (waiting, after, again)} == {304}
    with Library.open(tmp_path, SETTINGS) as library:
        [row] = library.list()
        article = library.get(row.article_id)
        assert (before.text_from, row.text_from) == ("summary", "page")
        assert "ninety passengers" in article.text
        assert (article.site_name, article.language) == ("The Harbour Post", "en")
        assert article.published_at == FERRY.published
        assert article.notes == ()
        assert [old.text for old in article.revisions] == ["Only a few words."]
        assert library.verify() == []


def test_a_missed_page_that_is_gone_when_its_turn_comes_is_noted_and_let_go(
    tmp_path: Path, server: Server, outlet: NewsSite
) -> None:
    text = ELSEWHERE.format(title="A notice", url=outlet.server.url("/notice"))
    subscribed(tmp_path, server.put("/rss", text, "application/rss+xml"))
    busy(outlet.server, "/notice", Retry_After="1")
    refreshed(tmp_path)
    outlet.server.put("/notice", "", status=404)
    assert wait_until(lambda: is_over(tmp_path))
    outlet.server.requests.clear()
    for _ in range(3):
        refreshed(tmp_path)

    assert outlet.server.paths() == ["/notice"]
    with Library.open(tmp_path, SETTINGS) as library:
        [row] = library.list()
        assert row.gone_at is not None
        assert library.get(row.article_id).text == "Only a few words."


def is_over(folder: Path) -> bool:
    """Whether every wait that the archive knows of is over."""
    with Library.open(folder, SETTINGS) as library:
        waits = library._archive.fetching.waits()
        return all(wait.until < datetime.now(UTC) for wait in waits)
