"""Counts of saved searches are brought up by what changed, and are those of counting anew.

`MODEL_EXAMPLES=500 make test ARGS=tests/archive/test_kept_counts.py` tries far more.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from archive import Archive, Article, Feed, Mark, MarkChange, Origin
from archive.index_connections import Connections
from archive.kept_counts import KeptCounts
from archive.query_tree import And, Is
from archive.retention import Retention
from archive.revisions import revise
from archive.rule_models import Rule, SavedSearch
from archive.searches import MOST_UNREAD
from tests.archive.making import START, make_article, make_articles, model_settings, python

QUERIES = (
    "", "(", "harvest", "harvests", "-harvest", "qwen 3.5", "deepseek", "title:report", "har*",
    '"rare harvest"', "near(harvest qwen, 5)", "收成", "junyang lin", "author:lin", "title:ha*",
    "is:starred OR tag:farm", "tag:farm", "-tag:farm harvest", "feed:weekly", "folder:fields",
    "folder:fields harvest", "-feed:gazette", "outlet:gazette", "outlet:gazette -harvest",
    "lang:es", "is:copy", "-is:copy harvest", "is:changed", "is:hidden", "is:hidden harvest",
    "has:note",
    "is:read", "words:>20", "url:field2", "source:origin.example", "age:<3d", "age:>3d harvest",
    "after:-7d", "before:monday", "on:2026-11", "on:yesterday OR is:starred", "-after:-2d",
    "harvest (is:starred OR age:<2d)", "(harvest OR has:note) -(age:>30d words:>5)",
)  # fmt: skip
"""Every kind of condition, and what there is of each kind of arm."""
WORDS = (
    "harvest", "harvests", "harvesting", "rare", "qwen", "qwen 3.5", "3.5", "deep seek", "deepseek",
    "收成", "Lin Junyang", "Junyang Lin", "林俊旸",
)  # fmt: skip
LONG = " ".join(f"{each}ly" for each in "abcdefghijklmnopqrstuvwxyz" for _ in range(2)) + " harvest"
"""Long enough to be copied."""
URLS = ("https://a.example/feed", "https://b.example/feed")
TITLES = ("The Weekly", "Gazette", "Something else")
TAGS = ("farm", "farm/old", "later")
FEW = 3
"""Up to so many are counted beside all, so that what is kept has to end somewhere."""
ALL = 10_000

words = st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)
places = st.integers(0, 99)


class CountsMachine(RuleBasedStateMachine):
    """An archive whose counts are looked at, and the same one opened by another program."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="newsreader-counts-"))
        self.at = START
        self.number = 0
        self.archive = Archive.open(self.folder, now=self.now)
        self.other = Archive.open(self.folder, now=self.now)
        self.connections = Connections(self.folder / "index.sqlite", read_only=False)
        self.kept_few = KeptCounts(self.connections)
        for query in QUERIES:
            self.archive.searches.put(SavedSearch(query or "all", query))
        for hours in (1, 20, 40, 60, 100, 24 * 10, 24 * 35):
            text = f"{WORDS[hours % len(WORDS)]} harvest and qwen"
            self.save(False, text, "", -hours, URLS[hours % 2], "es", hours == 100, hours % 3)

    def teardown(self) -> None:
        for each in (self.archive, self.other, self.connections):
            each.close()
        shutil.rmtree(self.folder)

    def now(self) -> datetime:
        return self.at

    def writer(self, foreign: bool) -> Archive:
        return self.other if foreign else self.archive

    def some(self, place: int) -> list[str]:
        found = sorted(
            row.article_id for row in self.archive.list("is:read OR is:unread OR is:hidden")
        )
        return found[place % len(found) :][:2] if found else []

    @rule(
        foreign=st.booleans(), text=words, title=words, hours=st.integers(-900, 100),
        url=st.sampled_from(URLS), of=st.sampled_from(("en", "es", None)), long=st.booleans(),
        kind=st.integers(0, 3),
    )  # fmt: skip
    def save(
        self, foreign: bool, text: str, title: str, hours: int, url: str, of: str | None,
        long: bool, kind: int,
    ) -> None:  # fmt: skip
        """As a refresh does: rules meet each article first."""
        self.number += 1
        article = make_article(
            self.number,
            title=f"Report {title}",
            text=f"{text} in field {self.number}. {LONG * long}",
            published_at=self.at + timedelta(hours=hours),
            archived_at=self.at,
            language=of,
            author="Lin Junyang" if kind == 1 else "",
            source_url="https://origin.example/1" if kind == 2 else None,
            origins=(Origin(url, f"entry-{self.number}", "h"),),
            url=f"https://site.example/field{self.number % 4}/{self.number}",
            word_count=30 if long else 5,
        )  # fmt: skip
        archive = self.writer(foreign)
        archive.save([article], [archive.rules.first_mark(article, Mark())])

    @precondition(lambda self: self.number)
    @rule(foreign=st.booleans(), place=places, text=words, same=st.booleans())
    def revise(self, foreign: bool, place: int, text: str, same: bool) -> None:
        archive = self.writer(foreign)
        for article_id in self.some(place):
            article = archive.get(article_id)
            new = revise(article, article.title, f"Now {text}", self.at)
            archive.save([replace(article, gone_at=self.at) if same else new])

    @precondition(lambda self: self.number)
    @rule(
        foreign=st.booleans(), place=places, read=st.none() | st.booleans(),
        starred=st.none() | st.booleans(), hidden=st.sampled_from((None, "", "by a rule")),
        note=st.sampled_from((None, "", "a note")),
    )  # fmt: skip
    def mark(
        self, foreign: bool, place: int, read: bool | None, starred: bool | None,
        hidden: str | None, note: str | None,
    ) -> None:  # fmt: skip
        change = MarkChange(read=read, starred=starred, hidden_by=hidden, note=note)
        self.writer(foreign).mark(self.some(place), change)

    @rule(foreign=st.booleans(), query=st.sampled_from(QUERIES), tag=st.sampled_from(TAGS))
    def tag_what_is_found(self, foreign: bool, query: str, tag: str) -> None:
        self.writer(foreign).tag(query, add=[tag])

    @rule(foreign=st.booleans())
    def undo(self, foreign: bool) -> None:
        self.writer(foreign).undo()

    @rule(foreign=st.booleans(), query=st.sampled_from(QUERIES[:12]), on=st.booleans())
    def change_a_rule(self, foreign: bool, query: str, on: bool) -> None:
        archive = self.writer(foreign)
        muting = Rule("mute", query, mute=True, on=on)
        archive.rules.put(muting)
        if on:
            archive.rules.apply(muting)

    @rule(foreign=st.booleans(), url=st.sampled_from(URLS), title=st.sampled_from(TITLES),
          folder=st.sampled_from(("", "Fields", "Fields/Far")))  # fmt: skip
    def call_a_feed(self, foreign: bool, url: str, title: str, folder: str) -> None:
        archive = self.writer(foreign)
        feed = archive.add_feed(Feed(url))
        archive.update_feed(replace(feed, user_title=title, folder=folder))

    @rule(foreign=st.booleans())
    def group(self, foreign: bool) -> None:
        self.writer(foreign).stories.group()

    @rule(
        foreign=st.booleans(), what=st.sampled_from(("rename", "name", "forget", "remove", "build"))
    )
    def change_much(self, foreign: bool, what: str) -> None:
        archive = self.writer(foreign)
        match what:
            case "rename":
                archive.tagging.rename("farm", "later")
            case "name" if archive.stories.names.all():
                archive.stories.names.remove("林俊旸")
            case "name":
                archive.stories.names.add(("Lin Junyang", "林俊旸"))
            case "forget":
                archive.stories.regroup()
            case "remove":
                care = archive.care()
                care.remove(care.plan_removal(Retention(3, unread=True)))
            case _:
                archive.rebuild()

    @rule(hours=st.sampled_from((1, 30, 24 * 3)))
    def time_passes(self, hours: int) -> None:
        self.at += timedelta(hours=hours)

    @rule(query=st.sampled_from(QUERIES[2:8]))
    def leave_a_search_out_for_a_while(self, query: str) -> None:
        if query in {each.name for each in self.archive.searches.all()}:
            self.archive.searches.remove(query)
            self.archive.searches.counts()
        self.archive.searches.put(SavedSearch(query, query))

    @invariant()
    def counts_are_those_of_counting_anew(self) -> None:
        expected = {
            query: sum(not row.read for row in self.archive.list(query, limit=ALL))
            for query in QUERIES
        }

        counts = self.archive.searches.counts()  # of those that no undo took back
        few = self.few()

        assert {each.search.query: each.unread_count for each in counts} == {
            each.query: expected[each.query] for each in self.archive.searches.all()
        }
        assert few == {query: min(FEW, count) for query, count in expected.items()}

    def few(self) -> dict[str, int]:
        trees = {query: self.archive.asking(query).tree for query in QUERIES}
        return {
            query: self.kept_few.count(query, And((tree, Is("unread"))), FEW)
            for query, tree in trees.items()
        }


TestKeptCounts = CountsMachine.TestCase
TestKeptCounts.settings = model_settings(15, 20)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "news", now=lambda: START) as opened:
        opened.searches.put(SavedSearch("fields", "field"))
        yield opened


def unread(archive: Archive) -> int:
    """What is unread of the one saved search."""
    return archive.searches.counts()[0].unread_count


def put_many(archive: Archive, count: int) -> list[Article]:
    return archive.save(make_articles(count))


def test_another_program_changes_what_is_counted(archive: Archive) -> None:
    stored = put_many(archive, 3)
    assert unread(archive) == 3
    code = "import sys; from archive import Archive; a = Archive.open(sys.argv[1]); "

    for act, left in (
        ("a.mark([sys.argv[2]], __import__('archive').MarkChange(read=True))", 2),
        ("a.undo()", 3),
        ("a.rebuild()", 3),
    ):
        python(code + act, archive.path, stored[0].article_id).communicate()
        assert unread(archive) == left


def test_more_than_are_counted_can_be_read_one_by_one(archive: Archive) -> None:
    assert unread(archive) == 0
    stored = put_many(archive, int(MOST_UNREAD * 1.5))
    ids = [each.article_id for each in stored]
    assert unread(archive) == MOST_UNREAD

    archive.mark(ids[-300:], MarkChange(read=True))
    assert unread(archive) == MOST_UNREAD
    archive.mark(ids[-500:], MarkChange(read=True))
    assert unread(archive) == len(ids) - 500
    archive.mark(ids[:1], MarkChange(read=True))
    assert unread(archive) == len(ids) - 501
    archive.undo()
    archive.undo()
    assert unread(archive) == MOST_UNREAD


def test_more_changes_than_are_noted_count_too(archive: Archive) -> None:
    stored = put_many(archive, 2)
    assert unread(archive) == 2
    archive.mark([stored[0].article_id], MarkChange(read=True))

    with sqlite3.connect(archive.path / "index.sqlite") as db:
        db.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 30000)"
            " INSERT INTO row_changes (row_id) SELECT i FROM n"
        )
        (left,) = db.execute("SELECT count(*) FROM row_changes").fetchone()
    db.close()

    assert left < 30_000
    assert unread(archive) == 1


@pytest.mark.parametrize("read_only", [True, None])
def test_an_index_without_a_log_is_counted_too(archive: Archive, read_only: bool | None) -> None:
    put_many(archive, 2)
    archive.close()
    with sqlite3.connect(archive.path / "index.sqlite") as db:
        for name in ("row_added", "row_removed", "row_changed", "row_moved"):
            db.execute(f"DROP TRIGGER {name}")
        db.execute("DROP TABLE row_changes")
        db.execute("DELETE FROM meta WHERE name = 'changes_epoch'")
    db.close()

    with Archive.open(archive.path, now=lambda: START, read_only=read_only) as again:
        assert unread(again) == 2
        if not again.read_only:
            again.mark("field", MarkChange(read=True))
        assert unread(again) == (2 if again.read_only else 0)
