"""highlights: the passages that the reader marked, and what exports and imports make of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive import Archive, MarkChange
from archive.highlights import Highlight, highlight_of
from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("articles")


@pytest.fixture
def marked(articles: dict[str, str], archive: Path) -> tuple[str, str]:
    """The id of an article with two passages marked, one of which its text lost, and the other."""
    article_id = articles["ferry"]
    with Archive.open(archive) as opened:
        text = opened.get(article_id).text
        kept = highlight_of(text, 0, min(30, len(text)))
        assert kept is not None
        lost = Highlight("These words\nstand nowhere.", "And then: ", " No more.", 4000)
        opened.mark(article_id, MarkChange(add_highlights=(kept, lost)))
    return article_id, kept.exact


def test_passages_are_printed_as_markdown_with_their_article(
    run: Run, marked: tuple[str, str]
) -> None:
    article_id, words = marked
    (row,) = run("list", "has:highlight", "--json").json
    everything = run("highlights")

    assert row["id"] == article_id
    assert everything.code == 0
    lines = everything.out.split("\n")
    assert lines[0] == f"## {row['title']}"
    assert row["url"] in lines
    assert f"> {words.splitlines()[0]}" in lines
    assert "> These words\n> stand nowhere." in everything.out
    assert run("highlights", article_id).out == everything.out
    assert run("highlights", "nosuchword").code == 1


def test_json_says_where_a_passage_stands_now(run: Run, marked: tuple[str, str]) -> None:
    article_id, words = marked

    ((kept, lost),) = [row["highlights"] for row in run("highlights", "--json").json]
    text = run("show", article_id, "--format", "json").json["text"]

    assert text[kept["start"] : kept["end"]] == kept["exact"] == words
    assert (lost["start"], lost["end"], lost["exact"]) == (
        None,
        None,
        "These words\nstand nowhere.",
    )


def test_without_any_it_says_how_and_an_unknown_id_is_an_error(run: Run) -> None:
    none = run("highlights")

    assert (none.code, none.out) == (1, "")
    assert "v marks" in none.err
    assert run("highlights", "--json").out.strip() == "[]"
    assert run("highlights", "261122a999").code == 1


@pytest.mark.usefixtures("marked")
def test_an_export_takes_them_along_and_an_import_brings_them_back(
    run: Run, tmp_path: Path
) -> None:
    file, before = tmp_path / "all.jsonl", run("highlights", "--json").json
    assert run("export", "--format", "jsonl", "-o", str(file)).code == 0

    other = ("--archive", str(tmp_path / "other"))
    assert run(*other, "import", str(file)).code == 0
    assert run(*other, "import", str(file)).code == 0

    there = run(*other, "highlights", "--json").json
    assert [row["highlights"] for row in there] == [row["highlights"] for row in before]
