"""The raw page of an article, its text taken out of it again, and the article as a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.models import Article, Dropped, MarkChange
from tests.archive.making import START
from tests.plain.conftest import Plain

SENTENCE = "The night ferry between the islands sails at nine with ninety berths and a new crew. "
PAGE = f"""<html><head><title>Ferry \x1b]0;owned\x07page</title></head><body>
<nav><a href="/">All the news of the harbour</a></nav>
<article><h1>The night ferry</h1>{"".join(f"<p>{SENTENCE * 3}Day {n}.</p>" for n in range(9))}
</article><footer><p>Imprint of the Harbour Post</p></footer></body></html>"""


@pytest.fixture
def kept(folder: Path, ferry: Article) -> Article:
    """The ferry's article with its raw page, and a line that was left out of its text."""
    with Archive.open(folder) as archive:
        headers = {"content-type": "text/html; charset=utf-8"}
        url = "https://harbour.example/ferry"
        ref = archive.pages.append(url, 200, headers, PAGE.encode(), START)
        dropped = (Dropped("Wind and tide", "repeated by the outlet", len(ferry.text)),)
        (stored,) = archive.save([replace(ferry, page=ref, removed=dropped)])
    return stored


def test_the_page_is_read_as_it_was_in_parts(plain: Plain, kept: Article) -> None:
    result = plain("list", "1", "page", "", "", "")

    assert result.err == ""
    assert "Ferry ]0;ownedpage" in result.lines
    assert "https://harbour.example/ferry" in result.lines
    assert "Enter reads on, more goes on with the article." in result.lines
    assert "All the news of the harbour" in result.out
    assert "Day 8." in result.out
    assert "Imprint of the Harbour Post" in result.out
    assert result.out.count("Day 3.") == 1
    assert "The page ends here; more goes on with the article." in result.lines
    assert not set("\x1b\x07") & set(result.out)


def test_without_a_page_it_is_said(plain: Plain, ferry: Article) -> None:
    result = plain("list", "1", "page", "extract", "extract more")

    assert "No raw page of this article was kept." in result.lines
    assert result.out.count("there is nothing to take its text from.") == 2


def test_another_text_is_said_before_it_replaces(plain: Plain, folder: Path, kept: Article) -> None:
    refused = plain("list", "1", "extract usual", "no")
    assert "The text stays as it was." in refused.lines
    with Archive.open(folder) as archive:
        assert archive.get(kept.article_id).text == kept.text

    result = plain("list", "1", "extract usual", "yes", "more")

    assert any("the present text is kept." in line for line in result.lines)
    assert any(line.startswith("The text has ") for line in result.lines)
    assert "Day 1." in result.out[result.out.index("The text has ") :]
    with Archive.open(folder) as archive:
        fresh = archive.get(kept.article_id)
    assert "Day 8." in fresh.text
    assert [each.text for each in fresh.revisions] == [kept.text]


def test_a_line_that_was_left_out_is_put_back(plain: Plain, folder: Path, kept: Article) -> None:
    result = plain("list", "1", "extract", "extract put 1", "extract put 1")

    assert "1. Wind and tide (repeated by the outlet)" in result.lines
    assert "no line of that number was dropped" in result.err
    with Archive.open(folder) as archive:
        assert "Wind and tide" in archive.get(kept.article_id).text


def test_a_strange_way_names_those_that_there_are(plain: Plain, kept: Article) -> None:
    result = plain("list", "1", "extract all")
    assert "all: is no way to extract. Give one of usual, more, less, whole." in result.err


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ferry.md", "# The night ferry"),
        ("ferry.html", "<h2>Fares</h2>"),
        ("ferry.txt", "Heading: Fares\n"),
    ],
)
def test_the_article_is_saved_with_its_note(
    plain: Plain, folder: Path, ferry: Article, tmp_path: Path, name: str, words: str
) -> None:
    with Archive.open(folder) as archive:
        archive.mark([ferry.article_id], MarkChange(note="Ask Ada."))
    file = tmp_path / name

    result = plain("list", "1", f"save {file}")

    assert f"Saved as {file}" in result.lines
    content = file.read_text(encoding="utf-8")
    assert words in content
    assert "Ask Ada." in content
    assert "ninety" in content


def test_a_file_that_is_there_is_replaced_when_that_is_wanted(
    plain: Plain, ferry: Article, tmp_path: Path
) -> None:
    file = tmp_path / "ferry.md"
    file.write_text("mine")

    assert "Not saved." in plain("list", "1", f"save {file}", "no").lines
    assert file.read_text() == "mine"

    assert f"Saved as {file}" in plain("list", "1", f"save {file}", "yes").lines
    assert "ninety" in file.read_text()


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "For example: save ~/The night ferry.md"),
        ("ferry.pdf", "End it in .md, .html, .txt"),
        ("/nowhere/ferry.md", "there is no such folder"),
    ],
)
def test_what_is_no_file_is_refused(plain: Plain, ferry: Article, typed: str, problem: str) -> None:
    assert problem in plain("list", "1", f"save {typed}").err
