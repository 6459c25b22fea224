"""tags on the command line."""

from pathlib import Path
from random import Random

import pytest

from archive.archive import Archive
from tests.archive.making import clock, make_article
from tests.archive.subjects import are_about, fill_with_subjects, text_about
from tests.cli.conftest import Run


@pytest.mark.usefixtures("articles")
def test_tags_are_listed_renamed_with_those_below_merged_and_removed(run: Run) -> None:
    assert run("tag", "beam", "+sea/deep", "+wood").code == 0

    assert run("tags", "--json").json == [
        {"tag": "sea", "article_count": 1, "unread_count": 1, "colour": None},
        {"tag": "sea/deep", "article_count": 1, "unread_count": 0, "colour": None},
        {"tag": "wood", "article_count": 1, "unread_count": 0, "colour": None},
    ]
    assert run("tags", "rename", "sea", "water").out == "2 articles changed\n"
    assert run("tags", "merge", "wood", "water").out == "1 article changed\n"
    assert run("tags").out.split() == ["water", "2", "water/deep", "1"]
    assert run("tags", "remove", "water").out == "2 articles changed\n"
    assert run("tags", "remove", "nothing").code == 1
    assert run("tags", "rename", "water").code == 2
    assert run("undo").out == "2 articles changed back: remove tag water\n"


@pytest.mark.usefixtures("articles")
def test_slashes_that_part_no_names_are_left_out_so_that_every_tag_can_be_asked_for(
    run: Run,
) -> None:
    assert run("tag", "beam", "+/far//deep/", "+wood/").code == 0
    assert run("tags").out.split() == [
        "far/deep", "1", "sea", "1", "wood", "1",
    ]  # fmt: skip
    assert run("list", "tag:far").code == 0
    assert run("tag", "beam", "-/far//deep").out == "1 article changed\n"
    assert run("tag", "beam", "+/").out == "0 articles changed\n"


@pytest.mark.usefixtures("articles")
def test_a_tag_has_a_colour_that_those_below_it_and_its_new_name_have_too(run: Run) -> None:
    run("tag", "beam", "+sea/deep", "+wood")

    assert run("tags", "colour", "sea", "Blue").out == "The tag sea is blue.\n"
    assert run("tags", "colour", "wood", "green").code == 0
    assert colours(run) == {"sea": "blue", "sea/deep": "blue", "wood": "green"}
    assert run("tags").out.split() == [
        "sea", "1", "blue", "sea/deep", "1", "blue", "wood", "1", "green",
    ]  # fmt: skip
    assert run("tags", "colour", "sea/deep", "pink").code == 0
    assert run("tags", "rename", "sea", "water").code == 0
    assert colours(run) == {"water": "blue", "water/deep": "pink", "wood": "green"}
    assert run("undo").out == "2 articles changed back: rename tag sea to water\n"
    assert colours(run) == {"sea": "blue", "sea/deep": "pink", "wood": "green"}
    assert run("undo").out == "Taken back: colour tag sea/deep pink\n"
    assert run("tags", "colour", "wood", "none").out == "The tag wood has no colour of its own.\n"
    assert colours(run) == {"sea": "blue", "sea/deep": "blue", "wood": None}
    assert "is no colour of tags. Give red, orange" in run("tags", "colour", "sea", "sandy").err
    assert run("tags", "colour", "sea").code == 2


def colours(run: Run) -> dict[str, str | None]:
    return {row["tag"]: row["colour"] for row in run("tags", "--json").json}


def test_tags_are_suggested_with_the_words_that_speak_for_them(run: Run, archive: Path) -> None:
    with Archive.open(archive, now=clock) as opened:
        fill_with_subjects(opened)
        text = text_about("sea", Random(1))
        (sea,) = opened.save([make_article(1000, text=text)])
        (street,) = opened.save([make_article(1001, text="The council met in the street.")])

    (found,) = run("tag", sea.article_id, "--suggest", "--json").json
    assert set(found) == {"tag", "because"}
    assert found["tag"] == "sea"
    assert are_about("sea", found["because"])
    said = f"sea  because: {', '.join(found['because'])}\n"
    assert run("tag", "--suggest", f"{sea.article_id}#1").out == said
    assert run("show", sea.article_id, "--format", "json").json["tags"] == []
    none = run("tag", street.article_id, "--suggest")
    assert (none.code, none.out) == (1, "")
    assert none.err.startswith("Nothing to suggest: ")
    assert run("tag", street.article_id, "--suggest", "--json").json == []


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize(
    ("words", "code"), [(["ferry"], 2), (["990101a9"], 1), (["261122a1", "+x"], 2)]
)
def test_tags_are_suggested_for_one_article_alone(run: Run, words: list[str], code: int) -> None:
    result = run("tag", *words, "--suggest")

    assert (result.code, result.out) == (code, "")
    assert result.err.startswith("newsreader: ")
