"""Texts taken out of their pages again: shown before they replace, put back, by rules, all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import Archive
from tests.cli.conftest import Run
from tests.servers import NewsSite, Server, Story

TEXT = (
    "The harbour master said that the boat was full, that nobody had to stay behind, and that "
    "the next one leaves at noon as it always did."
)
SECOND = TEXT.replace("boat", "ferry").replace("noon", "dusk")
BODY = f"<p>{TEXT}</p><p class=shop>Our own shop sells {{}} ferry mugs and more.</p><p>{SECOND}</p>"


def story(name: str, mugs: str = "some", end: str = "No comments yet") -> Story:
    body = f"{BODY.format(mugs)}<p>{end}</p>"
    return Story(name, f"The {name}", body, datetime(2026, 3, 4, tzinfo=UTC))


@pytest.fixture
def outlet() -> Iterator[NewsSite]:
    with Server() as server:
        yield NewsSite(server).publish(story("ferry"))


@pytest.fixture
def article(run: Run, outlet: NewsSite) -> str:
    assert run("add", outlet.rss_url).code == 0
    assert run("refresh").code == 0
    return str(run("list", "--json").json[0]["id"])


def shown(run: Run, article: str) -> dict[str, object]:
    return dict(run("show", article, "--format", "json").json)


def test_what_was_dropped_is_listed_with_why(run: Run, article: str):
    result = run("extract", article)

    assert result.code == 0
    assert result.lines[0] == "The text is the same."
    assert "  2  No comments yet  (comments)" in result.lines
    assert shown(run, article)["removed_why"] == ["repeats the title", "comments"]


def test_another_method_is_shown_before_it_replaces(run: Run, article: str):
    before = shown(run, article)["text"]
    seen = run("extract", article, "--method", "whole")

    assert "+ Copyright. All rights reserved. Terms" in seen.out
    assert "--replace" in seen.err
    assert shown(run, article)["text"] == before

    assert run("extract", article, "--method", "whole", "--replace").code == 0
    after = shown(run, article)
    assert "All rights reserved" in str(after["text"])
    assert [each["text"] for each in after["revisions"]] == [before, after["text"]]  # type: ignore[attr-defined]


def test_a_line_put_back_stays_in_this_and_in_later_texts(run: Run, article: str, outlet: NewsSite):
    assert run("extract", article, "--put-back", "2").code == 0
    text = str(shown(run, article)["text"])
    assert text.endswith("No comments yet")
    assert run("rebuild", "--text").code == 0
    assert shown(run, article)["text"] == text

    outlet.publish(story("bridge"))
    run("refresh")
    later = run("list", "--json").json
    assert all(str(shown(run, row["id"])["text"]).endswith("No comments yet") for row in later)


@pytest.mark.parametrize(
    "words",
    [("--put-back", "9"), ("--put-back", "1", "--replace"), ("--put-back", "0"), ("--method", "x")],
)
def test_wrong_words_change_nothing(run: Run, article: str, words: tuple[str, ...]):
    before = shown(run, article)
    result = run("extract", article, *words)

    assert result.code == 2
    assert len(result.err.splitlines()) == 1
    assert shown(run, article) == before


def test_a_text_without_a_page_says_so(run: Run, articles: dict[str, str]):
    result = run("extract", articles["ferry"])

    assert result.code == 1
    assert "no raw page" in result.err


def test_a_rule_holds_for_the_pages_of_its_host(run: Run, article: str, outlet: NewsSite):
    host = outlet.rss_url.split("/")[2]
    assert "ferry mugs" in str(shown(run, article)["text"])
    set_rule = run("extraction", outlet.rss_url, "drop=.shop")
    assert set_rule.out == f"{host} text=- drop=.shop\n"
    assert run("extraction", "--json").json == [{"host": host, "text": "", "drop": ".shop"}]

    assert run("rebuild", "--text").lines[0] == "1 page extracted, 1 text changed"
    assert "ferry mugs" not in str(shown(run, article)["text"])
    outlet.publish(story("bridge", mugs="many"))
    run("refresh")
    rows = run("list", "--json").json
    assert not any("ferry mugs" in str(shown(run, row["id"])["text"]) for row in rows)

    run("extraction", host, "drop=", "text=.shop")
    assert run("extract", article, "--replace").code == 0
    assert shown(run, article)["text"] == "Our own shop sells some ferry mugs and more."


def test_a_rule_that_fits_no_page_is_said_and_the_text_is_read_as_usual(
    run: Run, article: str, outlet: NewsSite
):
    run("extraction", outlet.rss_url, "text=.nowhere")
    run("extract", article, "--replace")
    after = shown(run, article)

    assert TEXT in str(after["text"])
    assert any("rule" in note for note in after["notes"])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "words",
    [("a.example", "text=]["), ("a.example", "color=red"), ("a b", "text=p"), ("", "text=p")],
)
def test_what_is_no_rule_is_refused(run: Run, words: tuple[str, ...]):
    result = run("extraction", *words)

    assert result.code == 2
    assert run("extraction", "--json").json == []


def test_texts_are_made_anew_once_and_no_second_time(
    run: Run, article: str, archive: Path, outlet: NewsSite
):
    with Archive.open(archive) as opened:
        known = opened.get(article)
        opened.save([replace(known, text=f"{known.text}\n\nMenu", sections=())])
    assert run("rebuild", "--text").lines == [
        "1 page extracted, 1 text changed",
        "1 article indexed",
    ]
    after = shown(run, article)
    assert "Menu" not in str(after["text"])
    assert run("rebuild", "--text").lines[0] == "1 page extracted, 0 texts changed"
    assert shown(run, article) == after
