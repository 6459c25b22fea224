"""note: the reader's own words on an article."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("articles")


def first_id(run: Run) -> str:
    return str(run("list", "--json").json[0]["id"])


def test_a_note_is_kept_printed_found_replaced_and_taken_away(run: Run) -> None:
    article = first_id(run)
    assert run("note", article).code == 1

    assert run("note", article, "ask", "Ada").code == 0
    assert run("note", article).out == "ask Ada\n"
    assert [row["id"] for row in run("list", "has:note", "--json").json] == [article]

    run("note", article, "-later", "maybe")
    assert run("note", article).out == "-later maybe\n"
    assert run("note", article, "--remove").code == 0
    assert run("note", article).code == 1
    assert "noting" in run("undo").out
    assert run("note", article).out == "-later maybe\n"


def test_wrong_words_are_refused(run: Run) -> None:
    assert run("note", "261122a999").code == 1
    assert run("note", first_id(run), "x", "--remove").code == 2
    assert run("note", first_id(run), "").code == 2
