"""tags on the command line."""

import pytest

from tests.cli.conftest import Run


@pytest.mark.usefixtures("articles")
def test_tags_are_listed_renamed_with_those_below_merged_and_removed(run: Run) -> None:
    assert run("tag", "beam", "+sea/deep", "+wood").code == 0

    assert run("tags", "--json").json == [
        {"tag": "sea", "article_count": 1, "unread_count": 1},
        {"tag": "sea/deep", "article_count": 1, "unread_count": 0},
        {"tag": "wood", "article_count": 1, "unread_count": 0},
    ]
    assert run("tags", "rename", "sea", "water").out == "2 articles changed\n"
    assert run("tags", "rename", "wood", "water").out == "1 article changed\n"
    assert run("tags").out.split() == ["water", "2", "water/deep", "1"]
    assert run("tags", "remove", "water").out == "2 articles changed\n"
    assert run("tags", "remove", "nothing").code == 1
    assert run("tags", "rename", "water").code == 2
    assert run("undo").out == "2 articles changed back: remove tag water\n"
