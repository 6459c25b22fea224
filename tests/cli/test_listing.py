"""list and search: for scripts as JSON, for people as a table that fits."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.cells import cell_len
from tests.cli.conftest import FERRY, Run

Process = Callable[..., subprocess.CompletedProcess[bytes]]

LIST_FIELDS = {
    "id", "title", "url", "feed_url", "outlet", "author", "published_at", "archived_at", "language",
    "read", "starred", "tags", "word_count", "text_from", "story_id", "changed_at", "gone_at",
    "copy_of",
}  # fmt: skip


def test_the_fields_are_those_of_the_contract(run: Run, articles: dict[str, str]) -> None:
    (row,) = run("list", "ferry", "--json").json

    assert row.keys() == LIST_FIELDS
    assert row["id"] == articles["ferry"]
    assert row["archived_at"].endswith("Z")
    assert {key: row[key] for key in FERRY if key != "text"} == {
        key: value for key, value in FERRY.items() if key != "text"
    }
    assert (row["changed_at"], row["gone_at"], row["copy_of"]) == (None,) * 3
    assert row["story_id"] == f"s{articles['ferry']}"


@pytest.mark.usefixtures("articles")
def test_a_search_adds_a_snippet_that_shows_the_match(run: Run) -> None:
    (row,) = run("search", "crowns", "--json").json

    assert row.keys() == LIST_FIELDS | {"snippet", "section"}
    assert "forty crowns" in row["snippet"]


ROUNDUP = {
    "url": "https://harbour.example/week",
    "title": "The week at the harbour",
    "text": "All that came in.\n\n## Herring\n\nForty tons of [herring](https://a.example/crab)."
    "\n\n## Crabs\n\nNobody counted the crabs. A bridge was sold.",
}


@pytest.fixture
def roundup(run: Run, tmp_path: Path) -> str:
    """The id of an article with two sections."""
    sections = [
        {"heading": name, "level": 2, "start": str(ROUNDUP["text"]).index(f"## {name}")}
        for name in ("Herring", "Crabs")
    ]
    file = tmp_path / "roundup.jsonl"
    file.write_text(json.dumps(ROUNDUP | {"sections": sections}), encoding="utf-8")
    run("import", str(file))
    (row,) = run("list", "week", "--json").json
    return str(row["id"])


def test_a_search_names_the_section_of_the_match(run: Run, roundup: str) -> None:
    (row,) = run("search", "bridge", "--json").json
    (herring,) = run("search", "herring", "--json").json

    assert row["section"] == {"id": f"{roundup}#2", "heading": "Crabs"}
    assert herring["section"] == {"id": f"{roundup}#1", "heading": "Herring"}
    assert "    #2 Crabs" in run("search", "bridge").lines


@pytest.mark.parametrize("query", ["week", "came in"])
def test_a_match_in_no_section_names_none(run: Run, roundup: str, query: str) -> None:
    rows = run("search", *query.split(), "--json").json

    assert [(row["id"], row["section"]) for row in rows] == [(roundup, None)]


def test_newest_come_first_and_the_limit_holds(run: Run, articles: dict[str, str]) -> None:
    listed = [row["id"] for row in run("list", "--json").json]

    assert listed == [articles["ferry"], articles["bridge"], articles["paper"]]
    assert [row["id"] for row in run("list", "--limit", "2", "--json").json] == listed[:2]
    assert len(run("list", "beam", "OR", "ferry", "--sort", "relevance", "--json").json) == 2
    assert len(run("list", "beam", "OR", "ferry", "--sort", "rare", "--json").json) == 2
    turned = [row["id"] for row in run("list", "--sort", "oldest", "--json").json]
    assert turned == listed[::-1]
    assert run("list", "--sort", "oldest", "--limit", "1", "--json").json[0]["id"] == listed[-1]


def test_words_with_a_dash_exclude(run: Run, articles: dict[str, str]) -> None:
    listed = [row["id"] for row in run("list", "-ferry", "-評価", "--json").json]

    assert listed == [articles["bridge"]]


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize("command", ["list", "search"])
def test_no_match_prints_an_empty_list_and_exits_1(run: Run, command: str) -> None:
    as_json, as_text = run(command, "zebra", "--json"), run(command, "zebra")

    assert (as_json.code, as_json.out, as_json.err) == (1, "[]\n", "")
    assert (as_text.code, as_text.out, as_text.err) == (1, "", "Nothing matches zebra.\n")


def test_an_empty_archive_lists_nothing(run: Run) -> None:
    assert run("list", "--json").out == "[]\n"
    assert run("list").err == "No articles yet.\n"


def test_a_table_begins_with_ids_and_is_whole_in_a_pipe(run: Run, articles: dict[str, str]) -> None:
    lines = run("list").lines

    assert [line.split()[0] for line in lines] == list(articles.values())
    assert lines[0].endswith("Harbour Post  The night ferry sails again #sea")
    assert "\x1b" not in "".join(lines)


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_a_table_fits_the_terminal_whatever_the_script(
    run: Run, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    lines = run("list", columns=columns).lines

    assert len(lines) == 3
    assert all(cell_len(line) <= columns for line in lines)
    starts = {
        cell_len(line[: line.index(word)])
        for line, word in zip(lines, ("The", "An", "大"), strict=True)
    }
    assert len(starts) == 1, "the titles stand under each other"


@pytest.mark.usefixtures("articles")
def test_colours_are_for_terminals_without_no_color(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b[1m" in run("list", columns=80).out

    monkeypatch.setenv("NO_COLOR", "1")

    assert "\x1b" not in run("list", columns=80).out


@pytest.mark.usefixtures("articles")
def test_hits_are_emphasised_in_snippets(run: Run) -> None:
    assert "\x1b[1;36mcrowns\x1b[0m" in run("search", "crowns", columns=80).out


def test_a_terminal_gets_50_and_a_pipe_all(run: Run, tmp_path: Path) -> None:
    rows = [{"url": f"https://a.example/{n}", "title": f"Number {n}"} for n in range(60)]
    (tmp_path / "x.jsonl").write_text("\n".join(map(json.dumps, rows)))
    run("import", str(tmp_path / "x.jsonl"))

    assert len(run("list", columns=80).lines) == 50
    assert len(run("list").lines) == 60
    assert len(run("list", "--json", columns=80).json) == 60


def test_hostile_titles_are_shown_as_text(run: Run, tmp_path: Path) -> None:
    title = "[bold]x[/foo] \x1b]0;owned\x07 \u202eabc 👩‍👩‍👧 " + "z" * 10_000
    (tmp_path / "x.jsonl").write_text(json.dumps({"url": "https://a.example/", "title": title}))
    run("import", str(tmp_path / "x.jsonl"))

    shown = run("list", columns=80).out

    assert "[bold]x[/foo]" in shown
    assert not {"\x07", "\u202e", "\x1b]"} & set(shown)
    assert "\x1b]" not in shown


@pytest.mark.usefixtures("articles")
def test_what_an_encoding_cannot_say_is_replaced_and_json_is_utf_8(run: Run) -> None:
    assert "??????" in run("list", encoding="ascii").out
    assert run("list", "--json", encoding="ascii").code == 0


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize(
    ("argv", "code", "note"),
    [
        (
            ["list", "after:someday"],
            1,
            "after:someday is searched as words: after: takes a day",
        ),
        (["list", "ferry ("], 0, "A bracket is not closed."),
        (["list", "foo:bar"], 1, "foo:bar is searched as words: foo: is no field."),
        (["search", "before:2026-13-45"], 1, "before:2026-13-45 is searched as words: before:"),
        (["mark", "is:new", "--read"], 1, "is:new is searched as words: is: takes read, unread"),
        (["export", "ferry )", "--format", "jsonl"], 0, "A closing bracket without an opening"),
    ],
)
def test_what_was_not_understood_of_a_query_is_one_note(
    newsreader: Process, argv: list[str], code: int, note: str
) -> None:
    done = newsreader(*argv)
    notes = [line for line in done.stderr.decode().splitlines() if line.startswith("Note: ")]

    assert done.returncode == code
    assert b"Note" not in done.stdout
    assert len(notes) == 1
    assert notes[0].startswith(f"Note: {note}")


@pytest.mark.usefixtures("articles")
def test_notes_leave_json_alone(newsreader: Process) -> None:
    done = newsreader("list", "foo:bar", "--json")

    assert (done.returncode, done.stdout) == (1, b"[]\n")
    assert done.stderr.startswith(b"Note: foo:bar is searched as words: ")
