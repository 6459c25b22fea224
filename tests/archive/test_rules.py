"""Rules: tried, applied to the archive, and what they do with an article as it comes in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import Archive
from archive.errors import NotFound
from archive.models import Feed, Mark
from archive.rule_models import Rule, SavedSearch
from tests.archive.making import FEED, START, clock, make_article


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    opened = Archive.open(tmp_path, now=clock)
    opened.add_feed(Feed(FEED, title="The Weekly", folder="Land/Farms"))
    return opened


def first_mark(archive: Archive, text: str, **fields: object) -> Mark:
    return archive.rules.first_mark(make_article(1, text=text, **fields), Mark())


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        ("footballs", True),
        ('"footballs"', False),
        ("foot ball", True),
        ("folder:land football", True),
        ("outlet:weekly football", True),
        ("feed:f1 -football", False),
        ("title:harvest near(football rules, 3)", True),
        ("is:unread age:<2d words:<10", True),
        ("is:hidden", False),
        ("url:weekly.example/1", True),
    ],
)
def test_a_rule_acts_on_new_articles_that_its_query_would_find(
    archive: Archive, query: str, matches: bool
) -> None:
    archive.rules.put(Rule("sports", query, tags=("play",), star=True))
    text = "Who knows the rules of football?"

    wanted = Mark(starred=True, tags=("play",)) if matches else Mark()
    assert first_mark(archive, text) == wanted
    archive.save([make_article(1, text=text)])
    assert bool(archive.list(query)) == matches


def test_rules_act_in_their_order_and_see_what_those_before_did(archive: Archive) -> None:
    archive.rules.put(Rule("play", "football", tags=("play",)))
    archive.rules.put(Rule("hide play", "tag:play", mute=True))
    archive.rules.put(Rule("later", "football", star=True))

    assert first_mark(archive, "football") == Mark(tags=("play",), hidden_by="hide play")


@pytest.mark.parametrize(
    "off", [{"on": False}, {"ends_at": START}, {"ends_at": datetime(2020, 1, 1, tzinfo=UTC)}]
)
def test_a_rule_that_is_off_or_has_ended_does_nothing(
    archive: Archive, off: dict[str, object]
) -> None:
    archive.rules.put(Rule("sports", "football", mute=True, **off))  # type: ignore[arg-type]

    assert first_mark(archive, "football") == Mark()
    archive.rules.put(Rule("sports", "football", mute=True, ends_at=START + timedelta(days=1)))
    assert first_mark(archive, "football").hidden_by == "sports"


def test_a_trial_changes_nothing_and_leaves_out_what_is_so_already(archive: Archive) -> None:
    old = START - timedelta(days=40)
    archive.save(
        [
            make_article(1, text="football"),
            make_article(2, text="football"),
            make_article(3, text="football", archived_at=old),
        ],
        [None, Mark(starred=True), None],
    )
    rule = Rule("sports", "football", star=True)

    assert [row.article_id for row in archive.rules.trial(rule)] == ["261122a1"]
    assert len(archive.rules.trial(rule, days=60)) == 2
    assert archive.count("is:starred") == 1


def test_what_a_mute_hides_stays_and_comes_back_by_undo(archive: Archive) -> None:
    archive.save([make_article(number, text="football") for number in (1, 2)])
    archive.save([make_article(3)])
    rule = Rule("sports", "football", mute=True)
    archive.rules.put(rule)

    assert archive.rules.apply(rule) == 2
    assert [row.article_id for row in archive.list()] == ["261122a3"]
    assert archive.list("football") == []
    assert [row.hidden for row in archive.list("football is:hidden")] == [True, True]
    assert archive.totals() == (1, 1, 0)
    assert archive.feeds()[0].unread_count == 1
    assert archive.mark_of("261122a1").hidden_by == "sports"
    archive.rebuild()
    assert archive.count() == 1
    assert archive.verify() == []

    undone = archive.undo()
    assert undone is not None
    assert (undone.label, undone.article_count) == ("rule sports", 2)
    assert archive.count() == 3


def test_rules_survive_and_are_replaced_by_name(archive: Archive) -> None:
    ends = datetime(2027, 1, 1, tzinfo=UTC)
    archive.rules.put(Rule("Sports", "football", ("a", "b"), True, True, True, True, ends))
    archive.rules.put(Rule("other", "tennis", read=True))
    archive.rules.put(Rule("sports", "rugby", read=True))
    archive.rules.switch("other", on=False)
    archive.close()

    with Archive.open(archive.path, now=clock) as again:
        wanted = (Rule("sports", "rugby", read=True), Rule("other", "tennis", read=True, on=False))
        assert again.rules.all() == wanted
        assert [status.feed.title for status in again.feeds()] == ["The Weekly"]
        again.rules.remove("SPORTS")
        assert [rule.name for rule in again.rules.all()] == ["other"]
        with pytest.raises(NotFound, match="no rule has that name"):
            again.rules.find("sports")


def test_saved_searches_count_what_is_unread(archive: Archive) -> None:
    archive.save([make_article(number, text="football") for number in (1, 2, 3)])
    archive.searches.put(SavedSearch("play", "footballs"))
    archive.searches.put(SavedSearch("all read", "is:read"))
    archive.tag("261122a1", add=["x"])
    archive.mark("261122a2", archive_read := Rule("", "", read=True).change)

    assert archive_read.read
    assert [(c.search.name, c.unread_count) for c in archive.searches.counts()] == [
        ("play", 2),
        ("all read", 0),
    ]
    archive.searches.remove("play")
    assert [each.name for each in archive.searches.all()] == ["all read"]
