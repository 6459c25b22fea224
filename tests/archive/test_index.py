from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.index import FileStamp, Index
from archive.models import Article, Feed, Mark, Origin, TagCount
from archive.query import parse

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
ALPHA = "https://alpha.example/feed"
BETA = "https://beta.example/feed"
UNMARKED = Mark()


def article(
    number: int, text: str = "some words", *, feed: str = ALPHA, **fields: object
) -> Article:
    """An article whose id ends in its number, a minute older than the one before it."""
    made = Article(
        url=f"https://alpha.example/{number}",
        title=f"Title {number}",
        text=text,
        archived_at=NOON - timedelta(minutes=number),
        sort_at=NOON - timedelta(minutes=number),
        article_id=f"260301a{number}",
        origins=(Origin(feed, f"entry {number}", f"hash {number}"),),
        feed_title="A feed",
    )
    return replace(made, **fields)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index.sqlite"


@pytest.fixture
def index(path: Path) -> Iterator[Index]:
    opened = Index(path)
    yield opened
    opened.close()


def put(index: Index, *articles: Article, mark: Mark = UNMARKED) -> None:
    index.put_articles([(each, mark) for each in articles])


def found(index: Index, query: str) -> list[str]:
    return [each.article_id.removeprefix("260301a") for each in index.list(parse(query))]


def test_a_summary_has_what_lists_show(index: Index) -> None:
    mark = Mark(read=True, starred=True, tags=("AI/Chips", "to read"))
    whole = article(
        1,
        author="Ada Lovelace",
        published_at=NOON,
        changed_at=NOON + timedelta(days=1),
        gone_at=NOON + timedelta(days=2),
        language="en-GB",
        word_count=7,
        text_from="feed",
        site_name="The Alpha",
    )
    put(index, whole, mark=mark)

    summary = index.list()[0]

    assert index.summaries(["260301a1", "unknown"]) == [summary]
    assert summary.outlet == "The Alpha"
    assert (summary.read, summary.starred, summary.tags) == (True, True, mark.tags)
    for name in (
        *("article_id", "title", "url", "feed_url", "author", "published_at", "archived_at"),
        *("sort_at", "language", "word_count", "text_from", "changed_at", "gone_at"),
    ):
        assert getattr(whole, name) == getattr(summary, name), name


def test_lists_are_newest_first_and_pages_join_without_gap(index: Index) -> None:
    put(index, *(article(number) for number in range(20)))
    everything = index.list()

    older = index.list(before=everything[7].row_id, limit=5)
    newer = index.list(after=everything[12].row_id, limit=5)

    assert everything == sorted(everything, key=lambda each: each.sort_at, reverse=True)
    assert everything[8:13] == older
    assert everything[7:12] == newer
    assert everything[10:13] == index.list(offset=10, limit=3)
    assert index.position(parse(""), everything[12].row_id) == 12


def test_articles_of_one_instant_all_have_a_place(index: Index) -> None:
    put(index, *(article(number, sort_at=NOON) for number in range(3_000)))
    put(index, *(article(number, sort_at=NOON) for number in range(3_000, 3_010)))

    rows = [each.row_id for each in index.list(limit=4_000)]

    assert len(set(rows)) == 3_010
    assert max(rows) - min(rows) == 3_009


def test_dates_select_by_the_exact_instant_though_rows_have_moved_up(index: Index) -> None:
    midnight = datetime(2026, 3, 2, tzinfo=UTC)
    just_before = midnight - timedelta(microseconds=1)
    put(index, *(article(number, sort_at=just_before) for number in range(50)))
    put(index, article(50, sort_at=midnight))

    assert index.count(parse("before:2026-03-02")) == 50
    assert index.count(parse("some before:2026-03-02")) == 50
    assert found(index, "after:2026-03-02") == ["50"]
    assert found(index, "-before:2026-03-02") == ["50"]


def test_dates_before_1970_are_rows_like_any(index: Index) -> None:
    put(index, article(1, sort_at=datetime(1912, 4, 15, tzinfo=UTC)), article(2))

    assert found(index, "") == ["2", "1"]
    assert found(index, "some before:1950") == ["1"]


def test_a_new_text_is_found_and_the_old_one_is_not(index: Index) -> None:
    put(index, article(1, "first draft"), article(2))
    put(index, article(1, "second thoughts"), mark=Mark(starred=True))

    assert found(index, "draft") == []
    assert found(index, "thoughts") == ["1"]
    assert found(index, "") == ["1", "2"]
    assert index.count(parse("title")) == 2
    assert index.totals() == (2, 2, 1)
    assert index.check() == []


def test_an_article_put_again_unchanged_keeps_its_row(index: Index) -> None:
    put(index, article(1))
    before = index.list()
    put(index, article(1, word_count=9))

    assert before[0].row_id == index.list()[0].row_id
    assert index.list()[0].word_count == 9


def test_removed_articles_are_in_no_list_count_or_look_up(index: Index) -> None:
    put(index, article(1), article(2), mark=Mark(tags=("x",)))
    index.remove_articles(["260301a1", "unknown"])

    assert found(index, "words") == ["2"]
    assert index.count(parse("words")) == 1
    assert index.totals() == (1, 1, 0)
    assert index.tags() == [TagCount("x", 1, 1)]
    assert index.find_origins([(ALPHA, "entry 1")]) == {}
    assert index.find_urls(["alpha.example/1"]) == {}
    assert index.check() == []


def test_the_row_of_a_removed_article_is_not_given_to_another(index: Index) -> None:
    put(index, article(1, "secret"))
    index.remove_articles(["260301a1"])
    put(index, article(1, "harmless"))

    assert found(index, "secret") == []


def test_a_page_in_two_feeds_is_one_article_of_both(index: Index) -> None:
    both = (Origin(ALPHA, "e1"), Origin(BETA, "e9"))
    put(index, article(1, origins=both), article(2, feed=BETA))

    assert found(index, f"feed:{ALPHA}") == ["1"]
    assert found(index, f"feed:{BETA}") == ["1", "2"]
    assert index.feed_counts() == {ALPHA: (1, 1), BETA: (2, 2)}
    assert index.find_origins([(BETA, "e9"), (BETA, "e8")]) == {(BETA, "e9"): "260301a1"}
    assert index.totals() == (2, 2, 0)


def test_an_article_that_a_second_feed_brings_too_is_found_in_both(index: Index) -> None:
    put(index, article(1))
    put(index, article(1, origins=(Origin(ALPHA, "entry 1"), Origin(BETA, "e9"))))

    assert found(index, f"some feed:{BETA}") == ["1"]
    assert found(index, f"some feed:{ALPHA}") == ["1"]


def test_a_page_saved_by_hand_is_of_no_feed(index: Index) -> None:
    put(index, article(1, origins=()))

    assert index.list()[0].feed_url == ""
    assert index.feed_counts() == {}


def test_known_entries_are_those_of_the_feed(index: Index) -> None:
    put(index, article(1), article(2, feed=BETA), article(3))

    expected = {"entry 1": ("260301a1", "hash 1"), "entry 3": ("260301a3", "hash 3")}

    assert expected == index.known_entries(ALPHA)
    assert index.known_entries("https://gamma.example/feed") == {}


def test_an_address_finds_the_article_first_archived(index: Index) -> None:
    put(index, article(1, canonical_url="https://www.alpha.example/c?utm_source=x"))
    put(index, article(2, url="https://alpha.example/c"))

    assert index.find_urls(["alpha.example/1", "alpha.example/c", "alpha.example/none"]) == {
        "alpha.example/1": ["260301a1"],
        "alpha.example/c": ["260301a2", "260301a1"],
    }


def test_marks_move_counts_lists_and_tags(index: Index) -> None:
    put(index, article(1), article(2), article(3, feed=BETA))
    index.put_marks(
        {
            "260301a1": Mark(read=True, tags=("AI",)),
            "260301a3": Mark(starred=True, tags=("ai", "x")),
            "unknown": Mark(read=True),
        }
    )

    assert index.feed_counts() == {ALPHA: (2, 1), BETA: (1, 1)}
    assert index.totals() == (3, 2, 1)
    assert index.tags() == [TagCount("AI", 2, 1), TagCount("x", 1, 1)]
    assert found(index, "is:unread") == ["2", "3"]
    assert found(index, f"feed:{ALPHA} is:unread") == ["2"]
    assert found(index, "tag:ai is:read") == ["1"]
    assert index.check() == []


def test_the_readers_title_of_a_feed_is_the_outlet(index: Index) -> None:
    put(index, article(1))
    index.set_feeds([Feed(ALPHA, "f1", "A feed", "My paper", folder="news/local")])

    assert index.list()[0].outlet == "My paper"
    for query in ('outlet:"my paper"', "outlet:feed", "feed:f1", "feed:PAP", "feed:local"):
        assert found(index, query) == ["1"], query


def test_articles_of_a_feed_unsubscribed_stay_under_its_address(index: Index) -> None:
    put(index, article(1))
    index.set_feeds([Feed(ALPHA, "f1", "A feed", "My paper")])
    index.set_feeds([])

    assert index.list()[0].feed_url == ALPHA
    assert index.list()[0].outlet == "A feed"
    assert found(index, f"feed:{ALPHA}") == ["1"]
    assert found(index, "feed:f1") == []


def test_relevance_puts_titles_first(index: Index) -> None:
    put(
        index,
        article(1, "a passing word on bridges among many others"),
        article(2, "about something else", title="Bridges"),
        article(3, "bridges bridges bridges"),
    )

    best = index.search(parse("bridges"))

    assert best[0].article_id == "260301a2"
    assert best[-1].article_id == "260301a1"
    assert len(best) == 3


def test_relevance_finds_an_old_title_beyond_the_newest_matches(index: Index) -> None:
    with index.bulk():
        put(index, *(article(number, "of bridges") for number in range(2_100)))
        put(index, article(9_000, "old", title="Bridges"))

    assert index.search(parse("bridges"), limit=1)[0].article_id == "260301a9000"


def test_a_query_without_words_comes_newest_first_by_relevance_too(index: Index) -> None:
    put(index, article(1), article(2), mark=Mark(tags=("x",)))

    assert index.search(parse("tag:x")) == index.list(parse("tag:x"))


def test_short_words_find_beginnings_of_titles_while_typing(index: Index) -> None:
    put(index, article(1, title="Qwen arrives"), article(2, "the q factor"), article(3, "queries"))

    def typed(text: str) -> list[str]:
        return [each.article_id[-1] for each in index.list(parse(text, typing=True))]

    assert typed("q") == ["1", "2"]
    assert typed("que") == []
    assert typed("quer") == ["3"]
    assert typed("factor q") == ["2"]
    assert index.count(parse("q", typing=True)) == 2
    assert index.article_ids(parse("q", typing=True)) == ["260301a1", "260301a2"]


def test_files_are_remembered_in_the_transaction_of_their_articles(index: Index) -> None:
    stamp = FileStamp(1, 2, 3, 4)
    index.put_articles(
        [(article(1), Mark())], {"volumes/2026/2026-03-01.json": stamp}, {"260301a1": "0f"}
    )
    index.put_marks({}, {"volumes/2026/2026-03-01.marks.json": stamp})
    index.forget_files(["volumes/2026/2026-03-01.marks.json"])

    assert {"volumes/2026/2026-03-01.json": stamp} == index.files()
    assert index.article_hashes("2026-03-01") == {1: "0f"}
    assert index.article_hashes("2026-03-02") == {}


def test_a_write_that_fails_leaves_nothing_behind(index: Index) -> None:
    good, broken = article(1), article(2, word_count=None)

    with pytest.raises(Exception, match="NOT NULL"):
        put(index, good, broken)

    assert index.totals() == (0, 0, 0)
    put(index, good)
    assert index.check() == []


def test_bulk_keeps_what_it_committed_when_it_breaks_off(index: Index) -> None:
    def break_off() -> None:
        with index.bulk():
            put(index, *(article(number) for number in range(5_000)))
            put(index, *(article(number) for number in range(5_000, 5_100)))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()

    assert index.totals()[0] == 5_000
    assert index.check() == []


def test_lone_surrogates_and_nul_are_no_obstacle(index: Index) -> None:
    put(
        index,
        article(1, "te\ud800xt \0 nul", title="t\udfff", origins=(Origin(ALPHA, "e\ud800"),)),
        mark=Mark(tags=("a\ud800",)),
    )

    assert found(index, "text nul") == ["1"]
    assert index.find_origins([(ALPHA, "e\ud800")]) == {(ALPHA, "e\ud800"): "260301a1"}


def test_many_replaced_texts_ask_for_a_rebuild(index: Index) -> None:
    put(index, *(article(number) for number in range(600)))
    assert not index.needs_rebuild
    put(index, *(article(number, "other words") for number in range(600)))

    assert index.needs_rebuild
    index.clear()
    assert not index.needs_rebuild


def test_rare_voices_come_first_each_newest_first(index: Index) -> None:
    put(
        index,
        *(article(number, feed=ALPHA) for number in range(5)),
        *(article(number, feed=BETA) for number in (5, 6)),
        article(7, origins=()),
        article(8, "other things", feed=BETA),
        # Long ago it was not rare.
        *(article(45_000 + number, "other things", feed=BETA) for number in range(9)),
    )

    rows = index.list(parse("words"), limit=5, sort="rare")
    rest = index.list(parse("words"), limit=9, offset=5, sort="rare")

    assert [each.article_id[7:] for each in (*rows, *rest)] == list("75601234")
    assert [each.article_id[7:] for each in index.list(limit=3, sort="rare")] == list("756")


@pytest.mark.parametrize("query", ["words", "words OR cheese", "title:words OR words"])
def test_the_oldest_come_first_page_by_page(index: Index, query: str) -> None:
    put(index, *(article(number, feed=ALPHA) for number in range(9)))

    pages = [index.list(parse(query), limit=4, offset=at, sort="oldest") for at in (0, 4, 8)]

    assert [[each.article_id[7:] for each in page] for page in pages] == [
        list("8765"),
        list("4321"),
        list("0"),
    ]
    assert [each.article_id[7:] for each in index.list(limit=2, sort="oldest")] == list("87")


def test_what_is_raised_comes_before_rare_voices_and_what_is_lowered_last(index: Index) -> None:
    put(
        index,
        *(article(number, feed=ALPHA) for number in range(5)),
        *(article(number, feed=BETA) for number in (5, 6)),
        article(7, "words of cheese", feed=BETA),
        article(8, "words of cheese and wine", feed=ALPHA),
        article(9, "words of wine", feed=ALPHA),
    )
    raised = ((parse("wine").tree, 1), (parse("cheese").tree, -1), (parse("absent").tree, 5))
    lowered = replace(parse("words"), raised=raised)

    rows = index.list(lowered, limit=4, sort="rare")
    rest = index.list(lowered, limit=9, offset=4, sort="rare")

    assert [each.article_id[7:] for each in (*rows, *rest)] == list("9560123487")


def test_emptying_writes_little_of_what_was_there(index: Index, path: Path) -> None:
    words = " ".join(f"word{number}" for number in range(400))
    put(index, *(article(number, f"{words} {number}") for number in range(400)))
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint (truncate)")
    db.close()
    log = path.with_name(path.name + "-wal")
    before, full = log.stat().st_size, path.stat().st_size

    index.clear()

    assert log.stat().st_size - before < full / 2
    assert found(index, "word7") == []


def test_the_check_names_what_is_missing(index: Index, path: Path) -> None:
    put(index, article(1))
    with sqlite3.connect(path) as db:
        db.execute("DELETE FROM fts_docsize")
        db.execute("UPDATE totals SET unread_count = 7")
    db.close()

    problems = index.check()

    assert "1 articles are missing from the full text." in problems
    assert "The counts of all articles are wrong." in problems
