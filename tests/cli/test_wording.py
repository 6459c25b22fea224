"""Instants, spans and counts in words."""

from datetime import UTC, datetime

import pytest

from reader.cli.wording import counted, day, minute, span


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "now"),
        (59, "now"),
        (60, "1m"),
        (3599, "59m"),
        (3600, "1h"),
        (86_399, "23h"),
        (86_400, "1d"),
        (13 * 86_400, "13d"),
        (14 * 86_400, "2w"),
        (70 * 86_400, "10w"),
    ],
)
def test_a_span_is_said_in_its_largest_unit(seconds: float, said: str) -> None:
    assert span(seconds) == said


def test_counts_agree_with_their_noun() -> None:
    assert [counted(n, "feed") for n in (0, 1, 1204)] == ["0 feeds", "1 feed", "1,204 feeds"]


@pytest.mark.parametrize("at", [datetime.min, datetime.max, datetime(2026, 3, 4, 11, 10)])
def test_no_instant_is_too_far_to_be_said(at: datetime) -> None:
    assert day(at.replace(tzinfo=UTC))
    assert minute(at.replace(tzinfo=UTC))
    assert minute(None) == ""
