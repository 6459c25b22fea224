"""rule and searches on the command line; a real refresh obeys rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("articles")


def test_a_rule_is_added_listed_tried_applied_and_removed(
    run: Run, articles: dict[str, str]
) -> None:
    added = run("rule", "add", "boats", "ferry", "OR", "boats", "+sea/boats", "--mute")

    assert (added.code, added.out) == (0, "Added the rule boats: +sea/boats, hide.\n")
    assert run("rule", "list").out.split() == [
        "boats", "on", "+sea/boats,", "hide", "ferry", "OR", "boats",
    ]  # fmt: skip
    (listed,) = run("rule", "list", "--json").json
    assert listed == {
        "name": "boats", "query": "ferry OR boats", "tags": ["sea/boats"], "star": False,
        "read": False, "mute": True, "on": True, "ends_at": None, "notify": False, "run": None,
        "priority": 0,
    }  # fmt: skip
    tried = run("rule", "test", "boats", "--days", "36500", "--json")
    assert [row["id"] for row in tried.json] == [articles["ferry"]]
    assert run("rule", "apply", "boats").out == "1 article changed\n"
    assert "Hidden by the rule boats." in run("show", articles["ferry"]).out
    assert run("show", articles["ferry"], "--format", "json").json["hidden_by"] == "boats"
    assert len(run("list", "--json").json) == 2
    assert "1 article would match but is hidden: add is:hidden." in run("list", "ferry").err
    assert len(run("export", "--format", "jsonl").lines) == 3
    assert run("undo").out == "1 article changed back: rule boats\n"
    assert run("rule", "off", "boats").out == "The rule boats is off.\n"
    assert run("rule", "remove", "boats").code == 0
    assert run("rule", "list").code == 1
    assert run("undo").out == "Taken back: remove rule boats\n"
    assert run("undo").out == "Taken back: switch rule boats off\n"
    assert run("rule", "list", "--json").json == [listed]
    assert run("undo").out == "Taken back: add rule boats\n"


def test_rules_put_articles_first_and_last_where_rare_voices_come_first(run: Run) -> None:
    rows = run("list", "--sort", "rare", "--json").json
    by_rarity = [row["id"] for row in rows]

    added = run("rule", "add", "down", f'title:"{rows[0]["title"]}"', "--last")
    run("rule", "add", "up", f'title:"{rows[-1]["title"]}"', "--first")

    assert added.out == "Added the rule down: put last.\n"
    assert [each["priority"] for each in run("rule", "list", "--json").json] == [-1, 1]
    turned = [row["id"] for row in run("list", "--sort", "rare", "--json").json]
    assert (turned[0], turned[-1]) == (by_rarity[-1], by_rarity[0])
    assert [row["id"] for row in run("list", "--json").json] != turned
    run("rule", "off", "up")
    run("rule", "remove", "down")
    assert [row["id"] for row in run("list", "--sort", "rare", "--json").json] == by_rarity


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["add", "x", "ferry"], "rule x: does nothing."),
        (["add", "x"], "rule add: needs a name and a query"),
        (["add", "x", "ferry", "--mute", "--until", "soon"], "--until: soon is no day."),
        (["add", "x", "ferry", "--star", "--first", "--last"], "--first: contradicts --last."),
        (["test"], "rule test: needs a name."),
        (["sing", "x"], "sing"),
    ],
)
def test_what_a_rule_lacks_is_said(run: Run, words: list[str], why: str) -> None:
    result = run("rule", *words)

    assert result.code == 2
    assert why in result.err


def test_an_unknown_rule_is_not_found(run: Run) -> None:
    result = run("rule", "remove", "nobody")

    assert (result.code, result.out) == (1, "")
    assert "no rule has that name" in result.err


def test_rules_see_what_an_import_brings_without_marks(run: Run, tmp_path: Path) -> None:
    run("rule", "add", "quarry", "quarry", "+stone", "--star")
    lines = [
        {"url": "https://alpha.example/q", "title": "The quarry reopens"},
        {"url": "https://alpha.example/r", "title": "A quarry floods", "starred": False},
    ]
    file = tmp_path / "lines.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")

    assert run("import", str(file)).code == 0

    found = {row["title"]: (row["starred"], row["tags"]) for row in run("list", "--json").json}
    assert found["The quarry reopens"] == (True, ["stone"])
    assert found["A quarry floods"] == (False, [])


def test_an_article_is_hidden_by_hand_and_shown_again(run: Run, articles: dict[str, str]) -> None:
    assert run("mark", articles["ferry"], "--hide").out == "1 article changed\n"
    assert "Hidden by you." in run("show", articles["ferry"]).out
    assert [row["id"] for row in run("list", "is:hidden", "--json").json] == [articles["ferry"]]
    assert run("mark", "is:hidden", "--unhide").out == "1 article changed\n"
    assert len(run("list", "--json").json) == 3


def test_a_list_says_the_last_day_of_a_rule_as_it_was_given(run: Run) -> None:
    run("rule", "add", "boats", "ferry", "--mute", "--until", "2099-12-31")

    assert "to 2099-12-31" in run("rule", "list").out
    assert run("rule", "list", "--json").json[0]["ends_at"] == "2100-01-01T00:00:00Z"


def test_saved_searches_are_listed_with_what_is_unread(run: Run, articles: dict[str, str]) -> None:
    assert run("searches").code == 1
    assert run("searches", "add", "at sea", "ferry", "-beam").out == "Saved the search at sea.\n"
    assert run("searches", "--json").json == [
        {"name": "at sea", "query": "ferry -beam", "unread_count": 1}
    ]
    assert run("searches").out.split() == ["at", "sea", "1", "ferry", "-beam"]
    found = run("searches", "list", "At Sea", "--json")
    assert [row["id"] for row in found.json] == [articles["ferry"]]
    assert articles["ferry"] in run("searches", "list", "at sea").out
    assert "no saved search has that name" in run("searches", "list", "elsewhere").err
    assert run("searches", "remove", "at sea").code == 0
    assert run("searches", "add", "alone").code == 2
    run("searches", "add", "none", "zebra")
    nothing = run("searches", "list", "none")
    assert (nothing.code, nothing.err) == (1, "Nothing matches zebra.\n")
