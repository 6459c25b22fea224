"""mark, tag and undo: one article or all that match, and how many really changed."""

import json
import sys
from io import StringIO
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def many(run: Run, tmp_path: Path) -> int:
    """An archive of 101 articles."""
    rows = [{"url": f"https://a.example/{n}", "title": f"Number {n}"} for n in range(101)]
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert run("import", str(tmp_path / "many.jsonl")).code == 0
    return len(rows)


def test_an_article_is_marked_by_its_id(run: Run, articles: dict[str, str]) -> None:
    result = run("mark", articles["ferry"], "--read", "--star")

    assert (result.code, result.out) == (0, "1 article changed\n")
    (row,) = run("list", "ferry", "--json").json
    assert (row["read"], row["starred"]) == (True, True)


def test_a_sections_id_names_its_article(run: Run, articles: dict[str, str]) -> None:
    assert run("mark", f"{articles['ferry']}#2", "--read").out == "1 article changed\n"


def test_several_ids_are_several_articles(run: Run, articles: dict[str, str]) -> None:
    result = run("tag", articles["ferry"], articles["bridge"], "+north")

    assert result.out == "2 articles changed\n"


def test_what_is_so_already_does_not_count(run: Run, articles: dict[str, str]) -> None:
    result = run("mark", articles["bridge"], "--read")

    assert (result.code, result.out) == (0, "0 articles changed\n")


@pytest.mark.usefixtures("articles")
def test_all_that_match_a_query_are_tagged_and_untagged(run: Run) -> None:
    assert run("tag", "sails", "+north", "-sea").out == "1 article changed\n"
    (row,) = run("list", "ferry", "--json").json
    assert row["tags"] == ["north"]


def test_an_unknown_id_and_a_query_without_match_exit_1(run: Run, articles: dict[str, str]) -> None:
    unknown = run("mark", articles["ferry"][:-1] + "9999", "--read")
    nothing = run("mark", "zebra", "--read")

    assert unknown.code == 1
    assert unknown.err.startswith("newsreader: ")
    assert (nothing.code, nothing.out) == (1, "0 articles changed\n")


def test_undo_takes_the_last_change_back_and_then_there_is_none(
    run: Run, articles: dict[str, str]
) -> None:
    run("mark", articles["ferry"], "--star")

    undone = run("undo")

    assert undone.code == 0
    assert undone.out.startswith("1 article changed back")
    assert run("list", "is:starred", "ferry", "--json").json == []


def test_an_archive_without_changes_has_nothing_to_undo(run: Run) -> None:
    assert run("undo").code == 1


@pytest.mark.usefixtures("many")
def test_over_100_matches_need_yes_where_nobody_can_be_asked(run: Run) -> None:
    refused = run("mark", "number", "--read")

    assert (refused.code, refused.out) == (2, "")
    assert (
        refused.err
        == "newsreader: the query: matches 101 articles. Add --yes to change them all.\n"
    )
    assert run("list", "is:read", "--json").json == []
    assert run("mark", "number", "--read", "--yes").out == "101 articles changed\n"


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 1), ("", 1)])
def test_a_person_is_asked_first(
    run: Run, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    stdin = StringIO(answer)
    monkeypatch.setattr(stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdin", stdin)

    result = run("tag", "number", "+x", err_is_terminal=True)

    assert result.code == code
    assert "This changes 101 articles. Go on? [y/N]" in result.err
    assert len(run("list", "tag:x", "--json").json) == (0 if code else 101)


@pytest.mark.usefixtures("many")
def test_one_id_is_never_asked_about(run: Run) -> None:
    first = run("list", "--json").json[0]["id"]

    assert run("tag", first, "+x").code == 0
