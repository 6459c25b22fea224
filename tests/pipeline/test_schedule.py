"""When a feed is asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.feed_models import Stated
from reader.pipeline.schedule import (
    LONGEST,
    SHORTEST,
    fresh_for,
    habit_of,
    next_refresh,
    retry_at,
)
from reader.pipeline.stated import stated_in

NOW = datetime(2026, 3, 4, 11, 10, tzinfo=UTC)  # a Wednesday
URL = "https://harbour.example/rss"
NOTHING = Stated()
HOUR = timedelta(hours=1)


def dates(gap: timedelta, count: int = 12, newest: datetime = NOW) -> list[datetime]:
    return [newest - gap * number for number in range(count)]


def habit(given_dates: list[datetime], **more: object) -> timedelta:
    given: dict[str, object] = {"before": None, "news_at": None, "is_new": False} | more
    return habit_of(given_dates, NOW, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (timedelta(minutes=5), SHORTEST),
        (timedelta(hours=2), timedelta(minutes=30)),
        (timedelta(days=1), timedelta(hours=6)),
        (timedelta(days=30), LONGEST),
    ],
)
def test_a_feed_is_asked_four_times_in_its_usual_gap(gap: timedelta, expected: timedelta) -> None:
    assert habit(dates(gap)) == expected


def test_one_long_pause_does_not_change_the_habit() -> None:
    assert habit([*dates(HOUR * 2), NOW - timedelta(days=400)]) == timedelta(minutes=30)


def test_dates_to_come_tell_nothing() -> None:
    future = dates(timedelta(minutes=1), newest=NOW + timedelta(days=9))

    assert habit([*future, *dates(HOUR * 2)]) == timedelta(minutes=30)


def test_a_feed_without_dates_is_asked_hourly_then_more_after_news_and_less_without() -> None:
    assert habit([]) == HOUR
    assert habit([], before=HOUR, is_new=True, news_at=NOW) == HOUR / 2
    assert habit([], before=HOUR) == HOUR * 1.5


def test_a_feed_that_is_silent_is_asked_less_and_less() -> None:
    quiet = habit([], before=SHORTEST, news_at=NOW - timedelta(hours=10))
    dead = habit([], before=SHORTEST, news_at=NOW - timedelta(days=100))

    assert (quiet, dead) == (HOUR, LONGEST)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"cache-control": "public, max-age=7200"}, HOUR * 2),
        ({"cache-control": 'max-age="7200"', "age": "3600"}, HOUR),
        ({"cache-control": "max-age=31536000"}, LONGEST),
        ({"cache-control": "no-cache, max-age=7200"}, timedelta()),
        ({"cache-control": "max-age=soon"}, timedelta()),
        ({"cache-control": "max-age=60", "age": "900"}, timedelta()),
        ({"expires": "Wed, 04 Mar 2026 13:10:00 GMT"}, HOUR * 2),
        (
            {
                "expires": "Wed, 04 Mar 2026 13:10:00 GMT",
                "date": "Wed, 04 Mar 2026 12:10:00 GMT",
            },
            HOUR,
        ),
        ({"expires": "0"}, timedelta()),
        ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, timedelta()),
        ({}, timedelta()),
    ],
)
def test_an_answer_says_how_long_it_is_fresh(headers: dict[str, str], expected: timedelta) -> None:
    assert fresh_for(headers, NOW) == expected


def test_the_longest_of_habit_document_and_answer_counts() -> None:
    for habit_is, stated, fresh in [
        (HOUR * 4, NOTHING, HOUR),
        (HOUR, Stated(minutes=240), HOUR),
        (HOUR, Stated(minutes=60), HOUR * 4),
    ]:
        at = next_refresh(NOW, URL, habit_is, stated, fresh)

        assert HOUR * 4 <= at - NOW <= HOUR * 4.4


def test_the_readers_own_interval_counts_before_all_else() -> None:
    stated = Stated(1440, tuple(range(24)))
    at = next_refresh(NOW, URL, LONGEST, stated, LONGEST, interval=HOUR / 2)

    assert HOUR / 2 <= at - NOW <= HOUR * 0.55


def test_a_feed_always_has_the_same_share_of_delay_and_others_have_another() -> None:
    waits = {next_refresh(NOW, f"{URL}/{n}", HOUR, NOTHING, timedelta()) for n in range(50)}
    again = {next_refresh(NOW, f"{URL}/{n}", HOUR, NOTHING, timedelta()) for n in range(50)}

    assert waits == again
    assert len(waits) == 50


def test_hours_and_days_that_a_feed_leaves_out_are_passed_over() -> None:
    hours = next_refresh(NOW, URL, HOUR, Stated(skip_hours=(11, 12, 13, 14)), timedelta())
    days = next_refresh(NOW, URL, HOUR, Stated(skip_days=(2, 3)), timedelta())

    assert (hours.day, hours.hour) == (4, 15)
    assert (days.weekday(), days.hour) == (4, 0)


def test_a_feed_that_leaves_out_every_hour_is_asked_all_the_same() -> None:
    at = next_refresh(NOW, URL, HOUR, Stated(skip_hours=tuple(range(24))), timedelta())

    assert at - NOW <= HOUR * 1.1


def test_failures_double_the_pause_up_to_a_day() -> None:
    pauses = [retry_at(NOW, URL, count) - NOW for count in (1, 2, 3, 8, 4000)]

    for least, pause in zip((0.25, 0.5, 1, 21.8, 21.8), pauses, strict=True):
        assert HOUR * least <= pause <= min(HOUR * least * 1.1, LONGEST)


@given(
    gaps=st.lists(st.timedeltas(timedelta(days=-9), timedelta(days=900)), max_size=40),
    before=st.none() | st.timedeltas(timedelta(0), timedelta(days=9)),
    news=st.none() | st.timedeltas(timedelta(0), timedelta(days=90_000)),
    is_new=st.booleans(),
    minutes=st.integers(0, 100_000),
    fresh=st.timedeltas(timedelta(0), timedelta(days=1)),
)
def test_whatever_a_feed_says_the_next_refresh_is_within_reason(
    gaps: list[timedelta],
    before: timedelta | None,
    news: timedelta | None,
    is_new: bool,
    minutes: int,
    fresh: timedelta,
) -> None:
    found = habit_of(
        [NOW - gap for gap in gaps],
        NOW,
        before=before,
        news_at=NOW - news if news else None,
        is_new=is_new,
    )
    at = next_refresh(NOW, URL, found, Stated(minutes), fresh)

    assert SHORTEST <= at - NOW <= LONGEST


RSS = '<?xml version="1.0"?><rss xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>'


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("<ttl>90</ttl>", Stated(90)),
        ("<ttl> 90\n</ttl>", Stated(90)),
        ("<ttl>soon</ttl>", NOTHING),
        ("<ttl>-5</ttl>", NOTHING),
        ("<ttl>99999999999999999999</ttl>", NOTHING),
        ("<ttl>525600</ttl>", Stated(7 * 1440)),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", Stated(60)),
        (
            "<sy:updatePeriod> daily </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            Stated(360),
        ),
        ("<sy:updateFrequency>2</sy:updateFrequency>", Stated(720)),
        ("<sy:updatePeriod>often</sy:updatePeriod>", NOTHING),
        ("<ttl>15</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", Stated(60)),
        ("<skipHours><hour>2</hour><hour>24</hour><hour>1</hour></skipHours>",
         Stated(skip_hours=(0, 1, 2))),
        ("<skipDays><day>Sunday</day><day>saturday</day><day>Someday</day></skipDays>",
         Stated(skip_days=(5, 6))),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["before", "behind"])
def test_a_document_says_how_often_to_ask(words: str, expected: Stated, place: str) -> None:
    item = "<item><title>A</title><ttl>5</ttl></item>"
    body = f"{words}{item}{item}" if place == "before" else f"{item}{item}{words}"

    assert stated_in(f"{RSS}<title>T</title>{body}</channel></rss>") == expected


@given(st.text(alphabet="<>/ttlskipHours123 \n&;", max_size=300))
def test_broken_documents_say_something_or_nothing(text: str) -> None:
    assert stated_in(text).minutes >= 0
