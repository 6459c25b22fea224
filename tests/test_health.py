"""How feeds fare, from an archive on the disk: fine, quiet, failing, dead, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.archive import Archive
from archive.feed_models import FetchState
from archive.models import Article, Feed, Origin
from reader.config import Settings
from reader.errors import FeedUnusable
from reader.health import FeedHealth, briefly, lasting, pace, plot
from reader.library import Library
from tests.servers import FERRY, NewsSite

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
URL = "https://harbour.example/feed"

Fares = Callable[..., FeedHealth]


def days(*ago: float) -> list[datetime]:
    return [NOW - timedelta(days=each) for each in ago]


def every(pause: float, *, start: float = 0.1, end: float = 84) -> list[datetime]:
    """Instants that pause so many days, from `start` to `end` days ago."""
    count = int((end - start) / pause) + 1
    return days(*(start + number * pause for number in range(count)))


@pytest.fixture
def fares(tmp_path: Path) -> Fares:
    """How a feed fares that has entries of these instants and this outcome of its last refresh."""

    def fares(
        entries: list[datetime],
        *,
        url: str = URL,
        added: float = 400,
        selector: str = "",
        refreshed: bool = True,
        **outcome: object,
    ) -> FeedHealth:
        state = FetchState(url, refreshed_at=NOW if refreshed else None, **outcome)  # type: ignore[arg-type]
        with Archive.open(tmp_path / "archive", now=lambda: NOW) as archive:
            added_at = NOW - timedelta(days=added)
            archive.add_feed(Feed(url, title="Harbour", added_at=added_at, selector=selector))
            archive.save([article(url, number, at) for number, at in enumerate(entries)])
            archive.save_fetch_states([state])
            (health,) = Library(archive, Settings(), lambda: NOW).subscriptions.health()
        return health

    return fares


def article(url: str, number: int, at: datetime) -> Article:
    return Article(
        f"https://harbour.example/{number}",
        f"Article {number}",
        "Words.",
        NOW,
        origins=(Origin(url, str(number)),),
        published_at=at,
    )


def test_a_feed_that_brings_something_every_day_is_fine(fares: Fares) -> None:
    health = fares(every(1))

    assert (health.state, health.trouble, health.advice) == ("ok", "", "")
    assert health.weeks == (7,) * 12
    assert health.entries_per_week == 7.0
    assert health.last_entry_at == NOW - timedelta(days=0.1)


def test_weeks_are_those_before_now_the_oldest_first(fares: Fares) -> None:
    health = fares(days(0.5, 6.9, 7.1, 83.9, 84.1, 300))

    assert health.weeks == (1, *[0] * 9, 1, 2)
    assert health.entries_per_week == 0.3


def test_a_feed_that_began_lately_is_measured_from_its_beginning(fares: Fares) -> None:
    assert fares(every(0.5, end=14)).entries_per_week == 14.0


@pytest.mark.parametrize(
    ("entries", "state", "trouble"),
    [
        (every(1, start=6), "ok", ""),
        (every(1, start=9), "quiet", "silent for 9 days, used to bring 7.1 a week"),
        (every(7, start=20), "ok", ""),
        (every(7, start=45), "quiet", "silent for 6 weeks, used to bring 1.1 a week"),
        (days(80), "ok", ""),
        (days(100), "quiet", "silent for 3 months"),
        (days(364), "quiet", "silent for 11 months"),
        (days(366), "dead", "silent for 12 months"),
        (days(1100), "dead", "silent for 3 years"),
        ([], "dead", "no entry since it was added 13 months ago"),
    ],
)
def test_silence_is_judged_by_the_habit_of_the_feed(
    fares: Fares, entries: list[datetime], state: str, trouble: str
) -> None:
    health = fares(entries)

    assert (health.state, health.trouble) == (state, trouble)
    assert bool(health.advice) == (state != "ok")


def test_what_was_left_out_of_a_feed_that_is_fine_is_told(fares: Fares) -> None:
    health = fares(every(1), notes=("Of 4,000 entries only the newest 1,000 were read.",))

    assert (health.state, health.advice) == ("ok", "")
    assert health.trouble == "Of 4,000 entries only the newest 1,000 were read"


def test_a_feed_that_is_new_is_given_time(fares: Fares) -> None:
    assert fares([], added=2).state == "ok"


def test_a_feed_that_was_never_asked_is_not_called_quiet(fares: Fares) -> None:
    assert fares([], added=90, refreshed=False).state == "ok"


@pytest.mark.parametrize(
    ("outcome", "state", "trouble", "advice"),
    [
        ({"error": "answered 410 Gone", "http_status": 410}, "dead", "answered 410 Gone", "Drop"),
        (
            {"error": "the name harbour.example is not known", "failure_count": 5},
            "dead",
            "the name harbour.example is not known, 5 times in a row",
            "Its server is gone",
        ),
        (
            {"error": "the name harbour.example is not known", "failure_count": 1},
            "failing",
            "the name harbour.example is not known",
            "tried again by itself",
        ),
        (
            {"error": "answered 404 Not Found", "http_status": 404, "failure_count": 3},
            "failing",
            "answered 404 Not Found, 3 times in a row",
            "If it has moved",
        ),
        ({"error": "answered 403", "http_status": 403}, "failing", "answered 403", "browser"),
        ({"error": "answered 429", "http_status": 429}, "failing", "answered 429", "patience"),
        ({"error": "answered 503", "http_status": 503}, "failing", "answered 503", "by itself"),
        (
            {"error": "the file is not there", "url": "file:///a.xml"},
            "failing",
            "the file is not there",
            "Look whether the file",
        ),
        (
            {"error": "ended with code 1", "url": "exec:x"},
            "failing",
            "ended with code 1",
            "by hand",
        ),
        (
            {"error": "has nothing", "http_status": 200, "selector": "a"},
            "failing",
            "has nothing",
            "--select",
        ),
        ({"error": "bad\x1b[2J news."}, "failing", "bad[2J news", "by itself"),
    ],
)
def test_a_failure_is_told_with_what_to_do(
    fares: Fares, outcome: dict[str, object], state: str, trouble: str, advice: str
) -> None:
    health = fares(every(1), **outcome)

    assert (health.state, health.trouble) == (state, trouble)
    assert advice in health.advice


@given(st.timedeltas(min_value=timedelta(days=-1), max_value=timedelta(days=9000)))
def test_every_length_of_time_fits_its_column(length: timedelta) -> None:
    assert len(briefly(length)) <= 4
    assert lasting(length)[:1].isalnum()


@given(st.lists(st.integers(min_value=0, max_value=10**7), min_size=12, max_size=12))
def test_a_plot_has_a_cell_a_week_and_shows_the_busiest_highest(weeks: list[int]) -> None:
    for ascii_only in (False, True):
        drawn = plot(weeks, ascii_only=ascii_only)
        assert len(drawn) == 12
        assert drawn.isascii() == ascii_only
        assert [sign in "·." for sign in drawn] == [not count for count in weeks]
    if any(weeks):
        assert plot(weeks)[weeks.index(max(weeks))] == "█"


@given(st.floats(min_value=0, max_value=9999))
def test_a_pace_is_short_and_nothing_only_where_nothing_comes(per_week: float) -> None:
    assert len(pace(per_week)) <= 6
    assert (pace(per_week) == "0") == (per_week == 0)


def test_a_feed_that_moved_is_found_by_its_site_and_asked_there(
    library: Library, outlet: NewsSite
) -> None:
    old = outlet.server.url("/old.xml")
    feed = library._archive.add_feed(Feed(old, title="Harbour", folder="Coast", tags=("sea",)))
    list(library.refresh())

    places = library.subscriptions.new_addresses(feed)
    mended = library.subscriptions.mend(feed, places[0].url).feed

    assert [place.url for place in places] == [outlet.rss_url]
    (status,) = library.feeds()
    assert status.feed == mended
    assert (mended.feed_id, mended.folder, mended.tags) == (feed.feed_id, "Coast", ("sea",))
    assert [outcome.new_count for outcome in library.refresh()] == [3]


def test_a_site_that_names_the_same_address_has_nothing_new(
    library: Library, outlet: NewsSite
) -> None:
    feed = library.subscribe(outlet.rss_url)

    with pytest.raises(FeedUnusable, match="names no other address"):
        library.subscriptions.new_addresses(feed)


def test_a_feed_is_not_mended_into_one_that_is_subscribed_to(
    library: Library, outlet: NewsSite
) -> None:
    library.subscribe(outlet.rss_url)
    other = library.subscribe(outlet.atom_url)

    with pytest.raises(FeedUnusable, match="is subscribed to already"):
        library.subscriptions.mend(other, outlet.rss_url)


def test_articles_of_a_mended_feed_follow_it_and_are_not_doubled(
    library: Library, outlet: NewsSite
) -> None:
    feed = library.subscribe(outlet.rss_url)
    list(library.refresh())
    library.tag("feed:f1", ["kept"])
    new = outlet.server.put("/new.xml", outlet.rss(), "application/rss+xml")

    mended = library.subscriptions.mend(feed, new).feed

    (status,) = library.feeds()
    assert (mended.feed_url, mended.former_urls) == (new, (outlet.rss_url,))
    assert (status.article_count, status.unread_count) == (3, 3)
    assert {row.feed_url for row in library.list("feed:f1 tag:kept")} == {new}
    assert library._archive.fetch_states() == {}
    (outcome,) = library.refresh()
    assert (outcome.new_count, outcome.unchanged_count) == (0, 3)
    assert library.find_feed(outlet.rss_url).feed_id == "f1"


def test_a_page_that_was_watched_becomes_the_feed_that_it_has_now(
    library: Library, outlet: NewsSite
) -> None:
    page = outlet.server.put("/news", '<a class="n" href="/news/ferry">A ferry</a>')
    found = library.subscriptions.find(page, "a.n")
    feed = library.subscriptions.add(found.feed)

    library.subscriptions.mend(feed, outlet.rss_url)

    (outcome,) = library.refresh()
    assert (outcome.error, outcome.new_count) == ("", 3)


def test_a_feed_that_was_given_up_can_be_taken_back(library: Library, outlet: NewsSite) -> None:
    feed = library.subscribe(outlet.rss_url, "Coast", ["sea"])
    list(library.refresh())
    library.unsubscribe(feed.feed_id)

    undone = library.undo()

    (status,) = library.feeds()
    assert undone is not None
    assert undone.label == f"unsubscribe from {feed.name}"
    assert status.feed == library.find_feed(feed.feed_id)
    assert (status.feed.feed_url, status.feed.folder) == (feed.feed_url, "Coast")
    assert status.feed.tags == ("sea",)
    assert status.article_count == 3
    assert FERRY.title in {row.title for row in library.list(f"feed:{feed.feed_id}")}
