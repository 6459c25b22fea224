"""Figures of an archive: by day and folder, by outlet, by month."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive import Archive
from archive.models import Article, Feed, MarkChange, Origin

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
COAST = Feed("https://a.example/rss", title="A", folder="Coast")
LOOSE = Feed("https://b.example/rss", title="B", user_title="Bee")


def article(feed: Feed, days: float, number: int) -> Article:
    at = NOW - timedelta(days=days)
    return Article(
        url=f"https://x.example/{number}",
        title=f"Report {number}",
        text="Words.",
        archived_at=at,
        published_at=at,
        origins=(Origin(feed.feed_url, str(number)),),
        feed_title=feed.title,
    )


def test_what_came_is_counted_by_day_folder_outlet_and_month(tmp_path: Path) -> None:
    with Archive.open(tmp_path, now=lambda: NOW) as archive:
        for feed in (COAST, LOOSE):
            archive.add_feed(feed)
        ages = [(COAST, 0.1), (COAST, 0.2), (LOOSE, 1.5), (COAST, 27.5), (COAST, 28.5), (LOOSE, 95)]
        saved = archive.save([article(feed, age, n) for n, (feed, age) in enumerate(ages)])
        ids = [one.article_id for one in saved]
        archive.mark([ids[0], ids[2], ids[5]], MarkChange(read=True))
        archive.mark([ids[1]], MarkChange(hidden_by="games"))

        found = archive.statistics(NOW)

    coast, loose = found.folders
    assert (coast.folder, coast.article_count, coast.read_count) == ("Coast", 2, 1)
    assert (coast.days[0], coast.days[-1]) == (1, 1)
    assert (loose.folder, loose.days[-2], loose.read_count) == ("", 1, 1)
    assert [(o.outlet, o.article_count, o.read_count) for o in found.outlets] == [
        ("A", 3, 1),
        ("Bee", 1, 1),
    ]
    assert (found.article_count, found.read_count) == (5, 3)
    months = {first.strftime("%Y-%m"): count for first, count in found.months}
    assert list(months) == [
        "2025-04", "2025-05", "2025-06", "2025-07", "2025-08", "2025-09", "2025-10", "2025-11",
        "2025-12", "2026-01", "2026-02", "2026-03",
    ]  # fmt: skip
    assert {month: n for month, n in months.items() if n} == {
        "2025-11": 1, "2026-02": 3, "2026-03": 1,
    }  # fmt: skip


def test_an_empty_archive_has_figures_of_nothing(tmp_path: Path) -> None:
    with Archive.open(tmp_path, now=lambda: NOW) as archive:
        found = archive.statistics(NOW)

    assert (found.folders, found.outlets, found.article_count) == ((), (), 0)
    assert sum(count for _, count in found.months) == 0
