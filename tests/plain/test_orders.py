"""Lists narrowed by a further query and put in another order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.models import Article, Feed, Origin
from tests.archive.making import FEED, START, make_article
from tests.archive.test_kept_counts import LONG
from tests.plain.conftest import Plain


@pytest.fixture
def rare(folder: Path) -> Article:
    """An archive of 25 articles of one feed that came now, and an older one of another."""
    feed = Feed("https://quiet.example/rss", title="Quiet Quarterly")
    now = datetime.now(UTC)
    article = replace(
        make_article(title="A quiet harvest", text="It came in late.", feed_title=feed.title),
        url="https://quiet.example/1",
        archived_at=now - timedelta(hours=1),
        origins=(Origin(feed.feed_url, "1"),),
    )
    with Archive.open(folder) as archive:
        archive.add_feed(Feed(FEED, title="Field Weekly"))
        archive.add_feed(feed)
        archive.save([replace(make_article(number), archived_at=now) for number in range(1, 26)])
        return archive.save([article])[0]


def test_rare_voices_come_first(plain: Plain, rare: Article) -> None:
    result = plain("list", "sort rare", "next", "sort DATE")

    assert "All articles: 26, rare voices first. Here 1 to 10." in result.lines
    first = result.lines.index("All articles: 26, rare voices first. Here 1 to 10.") + 1
    assert result.lines[first].startswith("1. A quiet harvest. Quiet Quarterly,")
    assert "All articles: 26, rare voices first. Here 11 to 20." in result.lines
    assert "All articles: 26, newest first. Here 1 to 10." in result.lines


def test_the_oldest_come_first_on_demand(plain: Plain, rare: Article) -> None:
    newest, oldest = plain("list", "next 40"), plain("list", "sort oldest", "next 40")
    titles = [line.partition(". ")[2] for line in newest.lines if line[:1].isdigit()]
    turned = [line.partition(". ")[2] for line in oldest.lines if line[:1].isdigit()][10:]

    assert "All articles: 26, oldest first. Here 1 to 10." in oldest.lines
    assert turned == titles[::-1]


def test_by_relevance_the_match_is_shown(plain: Plain, rare: Article) -> None:
    result = plain("list late OR early", "sort relevance")

    assert "Articles that match late OR early: 26, best match first. Here 1 to 10." in result.lines
    assert any(line.startswith("   Text: ") for line in result.lines)


def test_a_filter_narrows_the_list_in_its_order(plain: Plain, rare: Article) -> None:
    result = plain(
        "search late OR early", "filter title:7 OR title:quiet", "filter -quiet", "where"
    )

    found = "Found for late OR early, of those title:7 OR title:quiet"
    assert f"{found}: 2, best match first. Here 1 to 2." in result.lines
    assert f"{found}, of those -quiet: 1, best match first. Here 1." in result.lines
    assert result.lines[-1].endswith(
        "Its query: ((late OR early) (title:7 OR title:quiet)) (-quiet)."
    )


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("sort", "sort: needs one of date, relevance, rare, oldest. For example: sort rare."),
        ("sort size", "sort: needs one of date, relevance, rare, oldest. For example: sort rare."),
        ("filter", "filter: needs a query. For example: filter is:unread."),
    ],
)
def test_what_cannot_be_done_says_why(plain: Plain, rare: Article, command: str, said: str) -> None:
    assert plain("list", command).err == f"newsreader: {said}\n"


def test_there_must_be_a_list(plain: Plain, rare: Article) -> None:
    assert plain("filter x", "sort rare").err.count("the list: there is none yet") == 2


def test_a_folded_list_in_another_order_says_that_more_match(plain: Plain, folder: Path) -> None:
    with Archive.open(folder, now=lambda: START) as archive:
        archive.save(
            [
                make_article(number, text=f"{LONG if number < 8 else ''} Field {number} is dry.")
                for number in range(600)
            ]
        )
        archive.stories.group()

    result = plain("fold", "list", "sort oldest", "next 1000")

    assert result.lines[-1] == "More match; more words find fewer. A number reads that article."
    assert "All articles: 500, oldest first" not in result.out


def test_a_list_that_just_fits_another_order_is_all(plain: Plain, folder: Path) -> None:
    with Archive.open(folder, now=lambda: START) as archive:
        archive.save([make_article(number) for number in range(500)])

    result = plain("list", "sort oldest", "next 1000")

    assert result.lines[-1] == "That is all. A number reads that article."
