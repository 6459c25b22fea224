"""tags on the command line."""

import pytest

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
    assert run("tags", "rename", "wood", "water").out == "1 article changed\n"
    assert run("tags").out.split() == ["water", "2", "water/deep", "1"]
    assert run("tags", "remove", "water").out == "2 articles changed\n"
    assert run("tags", "remove", "nothing").code == 1
    assert run("tags", "rename", "water").code == 2
    assert run("undo").out == "2 articles changed back: remove tag water\n"


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
