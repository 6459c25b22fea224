"""Tags on sections of an article: put on, found, exported, taken off, and kept over a new text."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.models import Article, Mark, MarkChange, Section
from archive.section_tags import SectionTag
from reader.pipeline.split import split
from tests.cli.conftest import Run

TEXT = "All that came in.\n\n## Herring\n\nForty tons came.\n\n## Crabs\n\nNobody counted."
LINE = {"url": "https://harbour.example/week", "title": "The week", "text": TEXT, "tags": ["sea"]}


def sections_of(text: str) -> list[dict[str, object]]:
    return [{"heading": one.heading, "level": one.level, "start": one.start} for one in split(text)]


@pytest.fixture
def week(run: Run, tmp_path: Path) -> str:
    """The id of an article with two sections."""
    return imported(run, tmp_path / "week.jsonl", TEXT)


def imported(run: Run, file: Path, text: str) -> str:
    file.write_text(json.dumps(LINE | {"text": text, "sections": sections_of(text)}))
    run("import", str(file))
    (row,) = run("list", "week", "--json").json
    return str(row["id"])


def tagged(run: Run, query: str) -> list[object]:
    return [row.get("section_tags") for row in run("list", query, "--json").json]


def test_a_tag_on_a_section_is_found_and_says_which_section(run: Run, week: str) -> None:
    assert run("tag", f"{week}#2", "+claws").out == "1 article changed\n"

    (row,) = run("list", "tag:claws", "--json").json
    assert row["section_tags"] == [{"tag": "claws", "number": 2, "heading": "Crabs"}]
    assert row["tags"] == ["sea"]
    assert "#claws (#2)" in run("list", "tag:claws").out
    shown = run("show", week, "--format", "json").json["sections"]
    assert [one.get("tags") for one in shown] == [None, ["claws"]]
    assert "#claws (#2)" in run("show", week).out


def test_several_sections_are_tagged_at_once_and_taken_back_at_once(run: Run, week: str) -> None:
    run("tag", f"{week}#1", f"{week}#2", "+fish", "+Fish")
    assert len(tagged(run, "tag:fish")[0]) == 2
    run("tag", f"{week}#1", "-FISH")
    assert tagged(run, "tag:fish") == [[{"tag": "fish", "number": 2, "heading": "Crabs"}]]

    run("undo")
    assert len(tagged(run, "tag:fish")[0]) == 2
    run("undo")

    assert tagged(run, "tag:fish") == []
    assert tagged(run, "tag:sea") == [None]


def test_a_tag_that_is_taken_off_an_article_goes_from_its_sections(run: Run, week: str) -> None:
    run("tag", f"{week}#2", "+claws")

    assert run("tag", "tag:claws", "-claws").out == "1 article changed\n"
    assert run("list", "tag:claws").code == 1


def test_tags_as_wholes_count_rename_and_remove_those_of_sections(run: Run, week: str) -> None:
    run("tag", f"{week}#2", "+claws/hard")

    assert [row["tag"] for row in run("tags", "--json").json] == ["claws/hard", "sea"]
    run("tags", "rename", "claws", "shells")
    assert tagged(run, "tag:shells")[0][0]["tag"] == "shells/hard"
    run("tags", "remove", "shells/hard")
    assert run("list", "tag:shells").code == 1


def test_section_tags_go_along_with_an_export(run: Run, week: str, tmp_path: Path) -> None:
    run("tag", f"{week}#2", "+claws")
    file = tmp_path / "out.jsonl"
    run("export", "--format", "jsonl", "-o", str(file))
    other = str(tmp_path / "other")

    assert run("--archive", other, "import", str(file)).code == 0
    (row,) = run("--archive", other, "list", "tag:claws", "--json").json
    assert row["section_tags"] == [{"tag": "claws", "number": 2, "heading": "Crabs"}]
    again = run("--archive", other, "export", "--format", "jsonl").out
    assert again == file.read_text(encoding="utf-8")


def test_a_tag_stays_at_its_section_when_a_new_text_moves_it(
    run: Run, week: str, tmp_path: Path
) -> None:
    run("tag", f"{week}#2", "+claws")
    text = TEXT.replace("## Herring", "## Eels\n\nTwo.\n\n## Herring")
    imported(run, tmp_path / "new.jsonl", text)

    shown = run("show", week, "--format", "json").json["sections"]
    assert [one.get("tags") for one in shown] == [None, None, ["claws"]]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["{week}#9", "+x"], 1, "no such section. It has 2."),
        (["{week}#x", "+x"], 1, "no such section. It has 2."),
        (["{week}#1", "261122a1#1", "+x"], 2, "sections of several articles"),
        (["261122a1#1", "+x"], 1, "no article has that id"),
    ],
)
def test_what_names_no_section_is_said(
    run: Run, week: str, words: list[str], code: int, said: str
) -> None:
    result = run("tag", *(word.format(week=week) for word in words))

    assert (result.code, said in result.err) == (code, True)
    assert tagged(run, "tag:x") == []


def test_an_index_that_is_built_anew_has_them_and_they_hold_an_article_back(
    run: Run, week: str, tmp_path: Path
) -> None:
    run("tag", f"{week}#2", "+claws")
    run("tag", week, "-sea")
    run("mark", week, "--read")
    settings = tmp_path / "config.toml"
    settings.write_text("[retention]\nkeep_days = 1\n")
    run("rebuild")

    assert len(tagged(run, "tag:claws")) == 1
    run("--config", str(settings), "compact", "--yes")
    assert len(tagged(run, "tag:claws")) == 1
    assert run("verify").code == 0


def test_marks_of_an_archive_without_section_tags_are_read_as_ever(tmp_path: Path) -> None:
    text = "## Crabs\n\nNobody counted."
    article = Article("https://a.example/", "Crabs", text, datetime(2026, 3, 4, tzinfo=UTC))
    with Archive.open(tmp_path) as archive:
        (saved,) = archive.save([replace(article, sections=(Section(1, "Crabs", 2, 0),))])
        archive.tag(saved.article_id, add=["sea"])
    marks = next((tmp_path / "volumes").glob("*/*.marks.json"))
    assert "section_tags" not in marks.read_text()
    with Archive.open(tmp_path) as archive:
        assert archive.mark_of(saved.article_id) == Mark(tags=("sea",))
        tag = SectionTag(1, "claws", "Crabs")
        archive.mark(saved.article_id, MarkChange(add_section_tags=(tag,)))

        assert archive.mark_of(saved.article_id) == Mark(tags=("sea",), section_tags=(tag,))


def test_a_colour_of_a_sections_tag_goes_along(run: Run, week: str) -> None:
    run("tag", f"{week}#2", "+claws")
    assert run("tags", "colour", "claws", "red").code == 0

    (line,) = map(json.loads, run("export", "--format", "jsonl").out.splitlines())

    assert line["tag_colours"] == [{"tag": "claws", "colour": "red"}]


def test_sections_are_tagged_alone(run: Run, week: str) -> None:
    refused = run("tag", f"{week}#1", week, "+both")

    assert refused.code == 2
    assert "section" in refused.err
    assert tagged(run, "tag:both") == []
