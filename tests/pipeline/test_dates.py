from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reader.pipeline.dates import DateReader, parse_date
from reader.pipeline.identify import believable

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-04T12:00:00Z", NOON),
        ("2026-03-04T13:00:00+01:00", NOON),
        ("2026-03-04T13:00:00+0100", NOON),
        ("2026-03-04T13:00+01", NOON),
        ("2026-03-04t12:00:00.5z", NOON + timedelta(seconds=0.5)),
        ("2026-03-04 12:00:00 UTC", NOON),
        ("20260304T120000Z", NOON),
        (f"{NOON.timestamp():.0f}", NOON),
        (f"{NOON.timestamp():.0f}000", NOON),
        ("2026-03-04", NOON - timedelta(hours=12)),
        ("2026-03-04T12:00:00", NOON),
        ("Wed, 04 Mar 2026 12:00:00 GMT", NOON),
        ("Wed, 4 Mar 2026 12:00 +0000", NOON),
        ("4 Mar 2026 07:00:00 EST", NOON),
        ("Wed, 04 Mar 2026 13:00:00 CET", NOON),
        ("Wed, 04 Mar 2026 21:00:00 JST", NOON),
        ("Wednesday, 04 March 2026 12:00:00 GMT", NOON),
        ("  Wed,\n04 Mar 2026   12:00:00 GMT ", NOON),
        ("March 4, 2026 12:00", NOON),
        ("4 de marzo de 2026 12:00", NOON),
        ("4. März 2026 12:00", NOON),
        ("4 марта 2026 г. 12:00", NOON),
        ("2026年3月4日 12:00", NOON),
        ("2026年3月4日 星期三 12:00", NOON),
        ("2026年3月4日(水) 12:00", NOON),
        ("2026年3月4日 下午 12:00", NOON),
        ("Mittwoch, 4. März 2026, 12:00 Uhr", NOON),
        ("Mi, 04 Mär 2026 12:00:00 +0000", NOON),
        ("mié., 4 mar. 2026 12:00", NOON),
        ("mercredi 4 mars 2026 à 12:00", NOON),
        ("mer. 04 mars 2026 12:00", NOON),
        ("mercoledì 4 marzo 2026 12:00", NOON),
        ("4 de março de 2026 12:00", NOON),
        ("qua, 04 mar 2026 12:00", NOON),
        ("Ср, 04 мар 2026 12:00:00 +0000", NOON),
        ("4 maart 2026 12:00", NOON),
        ("4.3.2026 12:00", NOON),
        ("4th March 2026 12:00", NOON),
        ("Wed Mar  4 12:00:00 2026", NOON),
        ("Wed, 04-Mar-2026 12:00:00 GMT", NOON),
        ("Wed, 04 Mar 2026 12:00:00 Z", NOON),
        ("Wed, 04 Mar 2026 12:00:00 +00:00", NOON),
        ("Tue, 03 Mar 2026 24:00:00 GMT", NOON - timedelta(hours=12)),
        ("2026-03-03T24:00:00Z", NOON - timedelta(hours=12)),
        ("1970-01-01T00:00:00Z", datetime(1970, 1, 1, tzinfo=UTC)),
        ("Fri, 01 Jan 2126 00:00:00 GMT", datetime(2126, 1, 1, tzinfo=UTC)),
        ("4 มีนาคม 2569", None),
    ],
)
def test_what_states_a_day_is_read(text: str, expected: datetime | None):
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "now", "3 hours ago", "11:10", "marsbit03/04 11:10", "Wed, 04 Mar 26 12:00:00 GMT",
     "March 2026",     "2026",
     "2026-13-45", "2026-02-30T00:00:00Z", "177262260", "2026134567", "x" * 10_000, "2026" * 5000,
     "9999-12-31T23:59:59-23:59", "9999-12-31T24:00:00Z",
     "0001-01-01T00:00:00Z", f"{datetime.now(UTC).year}-0s-04T11:10:00Z"],
)  # fmt: skip
def test_what_states_no_day_is_not_invented(text: str):
    assert parse_date(text) is None


def test_the_language_of_the_feed_tells_the_day_from_the_month():
    assert parse_date("04/03/2026", ("fr",)) == NOON - timedelta(hours=12)
    assert parse_date("03/04/2026", ("en",)) == NOON - timedelta(hours=12)


def test_any_language_that_a_feed_states_is_known_and_an_unknown_one_no_harm():
    assert parse_date("4 maaliskuuta 2026", ("et", "xx")) == NOON - timedelta(hours=12)
    assert parse_date("4 märts 2026", ("et",)) == NOON - timedelta(hours=12)


def test_a_thousand_dates_that_nobody_can_read_are_given_up():
    dates = DateReader()
    for number in range(1000):
        assert dates.read(f"the {number}. day of 2026 garbled") is None

    assert dates.read("2026-03-04T12:00:00Z") == NOON
    assert dates.read("4 de marzo de 2026") is None


@pytest.mark.parametrize(
    ("moment", "believed"),
    [
        (NOON, True),
        (datetime(1990, 1, 1, tzinfo=UTC), True),
        (datetime(1989, 12, 31, tzinfo=UTC), False),
        (datetime(1970, 1, 1, tzinfo=UTC), False),
        (NOON + timedelta(days=2), True),
        (NOON + timedelta(days=2, seconds=1), False),
        (datetime(2099, 1, 1, tzinfo=UTC), False),
        (None, False),
    ],
)
def test_dates_are_believed_from_1990_to_two_days_ahead(moment: datetime | None, believed: bool):
    assert believable(moment, NOON) == (moment if believed else None)
