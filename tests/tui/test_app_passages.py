"""Passages: chosen by keys, highlighted, found again, copied, listed and taken off."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from archive.models import MarkChange
from reader.library import Library
from reader.passages import unit_at, units_of
from reader.tui.control.copying import MOST_BYTES
from tests.tui.driving import Driver, running
from tests.tui.screen_text import full_lines, style_of

IN_TEXT = ("Enter", "Enter")
OPENING = "What is new about the ferry is told here, in report 0, in a few words."


def newest(library: Library) -> str:
    return library.list(limit=1)[0].article_id


def marked(library: Library) -> list[str]:
    """The words of the highlights of the newest article, as they are on disk."""
    return [each.exact for each in library.mark_of(newest(library)).highlights]


def footer(driver: Driver) -> str:
    return driver.lines()[-1]


async def test_a_sentence_is_highlighted_and_stays_so_after_a_restart(stocked: Library) -> None:
    async with running(stocked, (80, 30)) as driver:
        await driver.press(*IN_TEXT, "v")
        assert "Longer" in footer(driver)
        assert style_of(driver.desk.widgets.text, OPENING).style.reverse
        await driver.press("Enter")
        assert "Longer" not in footer(driver)

        assert marked(stocked) == [OPENING]

    async with running(stocked, (80, 30)) as driver:
        await driver.press("j", "j", *IN_TEXT)
        text = driver.desk.widgets.text
        style = style_of(text, OPENING).style
        assert style.bgcolor != style_of(text, "Paragraph 0").style.bgcolor
        (line,) = [line for line in full_lines(text) if "What is new" in line]
        assert line.lstrip().startswith("▎What is new")


async def test_keys_move_lengthen_shorten_and_turn_to_paragraphs(stocked: Library) -> None:
    async with running(stocked, (80, 40)) as driver:
        await driver.press(*IN_TEXT, "v", "j", "j", "k")
        assert driver.desk.widgets.text.painter.slices["chosen"]
        await driver.press("J", "J", "K", "v")

        heading, paragraph = "## What is known", "Paragraph 0 goes on about the ferry"
        (found,) = marked(stocked)
        assert found.startswith(f"{heading}\n\n{paragraph}")
        await driver.press("V", "j", "j", "j", "Enter")
        assert len(marked(stocked)) == 2
        assert marked(stocked)[1].startswith("Paragraph 1 ")


async def test_a_passage_that_meets_a_highlight_makes_it_longer_and_undo_takes_it_back(
    stocked: Library,
) -> None:
    async with running(stocked, (80, 40)) as driver:
        await driver.press(*IN_TEXT, "v", "Enter", "v", "J", "Enter")
        assert marked(stocked) == [f"{OPENING}\n\n## What is known"]
        await driver.press("u")
        assert marked(stocked) == [OPENING]
        assert len(driver.desk.widgets.text.highlights) == 1
        await driver.press("v", "d")
        assert marked(stocked) == []
        assert not driver.desk.widgets.text.highlights
        await driver.press("v", "d")
        assert "Nothing here is highlighted." in driver.notices()
        await driver.press("Escape", "j")
        assert driver.desk.panes.current == "text"


async def test_the_choice_follows_the_screen_and_keeps_itself_in_sight(stocked: Library) -> None:
    async with running(stocked, (60, 14)) as driver:
        await driver.press(*IN_TEXT, *["C-f"] * 2, "v")
        top = driver.desk.widgets.text.scroll_offset.y
        assert driver.desk.widgets.text.painter.slices["chosen"][0][0] > 100
        await driver.press(*["j"] * 12)
        assert driver.desk.widgets.text.scroll_offset.y > top
        await driver.press(*["k"] * 30, "Enter")

        assert marked(stocked) == [OPENING]
        assert driver.desk.widgets.text.scroll_offset.y < top


async def test_the_first_passage_below_a_long_header_is_brought_into_sight(
    stocked: Library,
) -> None:
    stocked.mark([newest(stocked)], MarkChange(note="Ask Ada about it. " * 12))
    async with running(stocked, (40, 12)) as driver:
        await driver.press(*IN_TEXT)
        assert "What is new" not in driver.text()
        await driver.press("v")
        assert "in a few words." in " ".join(driver.text().split())
        await driver.press("Enter", "Home", "]h")
        assert "▎What is new" in driver.text()
        await driver.press("Home", "g", "h", "Enter")
        assert "▎What is new" in driver.text()


async def test_counts_and_help_work_while_a_passage_is_chosen_and_other_keys_are_refused(
    stocked: Library,
) -> None:
    async with running(stocked, (120, 40)) as driver:
        await driver.press(*IN_TEXT, "v", "3")
        assert footer(driver).split()[:2] == ["3", "times"]
        await driver.press("j", "2", "J", "2", "K")
        text = driver.desk.widgets.text
        ((start, end),) = text.painter.slices["chosen"]
        assert text.source[start:end].startswith("Paragraph 1 goes on")
        await driver.press("1", "0", "k")
        ((start, end),) = text.painter.slices["chosen"]
        assert text.source[start:end] == OPENING

        await driver.press("?")
        shown = driver.text()
        assert shown.index("Choosing a passage") < shown.index("Make the passage longer")
        await driver.press("q")
        assert "Longer" in footer(driver)

        await driver.press("G")
        assert any("A passage is being chosen" in notice for notice in driver.notices())
        await driver.press("Enter")
        assert marked(stocked) == [OPENING]


async def test_a_highlight_is_found_again_when_the_outlet_changes_its_text(
    stocked: Library,
) -> None:
    async with running(stocked, (80, 30)) as driver:
        await driver.press(*IN_TEXT, "v", "Enter")
        article = stocked.get(newest(stocked))
        changed = "An editor's note comes first.\n\n" + article.text.replace("a few", "some")
        stocked.texts.replace(replace(article, text=changed))
        driver.desk.reading.reread()
        await driver.settle()

        text = driver.desk.widgets.text
        ((start, end),) = text.highlights
        assert changed[start:end] == OPENING.replace("a few", "some")
        assert "editor's note" in driver.text()


async def test_what_is_gone_from_the_text_is_listed_with_its_words_and_can_be_taken_off(
    stocked: Library,
) -> None:
    async with running(stocked, (80, 30)) as driver:
        await driver.press(*IN_TEXT, "v", "Enter", "v", "j", "j", "Enter")
        article = stocked.get(newest(stocked))
        stocked.texts.replace(replace(article, text=article.text.replace(OPENING, "")))
        driver.desk.reading.reread()
        await driver.press("g", "h")

        assert "2 highlights" in driver.text()
        assert "(not in the text any more) “What is new" in driver.text()
        await driver.press("Enter")
        assert "These words are not in the text any more." in driver.notices()
        await driver.press("g", "h", "d")
        assert len(marked(stocked)) == 1
        await driver.press("g", "h", "y")
        assert driver.app.clipboard.startswith("Paragraph 0")


async def test_a_passage_and_an_article_are_copied_as_they_are(stocked: Library) -> None:
    async with running(stocked, (80, 30)) as driver:
        await driver.press(*IN_TEXT, "v", "y")
        assert driver.app.clipboard == OPENING
        assert "Copied the passage" in driver.notices()
        assert marked(stocked) == []
        await driver.press("Y")
        assert driver.app.clipboard.startswith(
            f"# Report 0 on the ferry\n\nhttps://post.example.org/ferry/0\n\n{OPENING}"
        )


async def test_what_is_too_long_for_a_clipboard_is_said_and_not_cut(stocked: Library) -> None:
    article = stocked.get(newest(stocked))
    stocked.texts.replace(replace(article, text="long words " * (MOST_BYTES // 10)))
    async with running(stocked, (80, 30)) as driver:
        await driver.press(*IN_TEXT, "Y")

        assert driver.app.clipboard == ""
        assert any("s saves it as a file" in notice for notice in driver.notices())


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        (
            ".md",
            ("# Report 0 on the ferry\n\nhttps://post.example.org/ferry/0\n\nWhat is new",
             "## Note\n\nAsk Ada.", f"## Highlights\n\n> {OPENING}"),
        ),
        (
            ".html",
            ("<!doctype html>", "<blockquote>\n<p>What is new", "<h2>Note</h2>", "Harbour Post"),
        ),
        (".txt", ("✎ Ask Ada.", "\nWhat is known", "Report 0 on the ferry")),
    ],
)  # fmt: skip
async def test_an_article_is_saved_by_the_ending_of_its_name_with_note_and_highlights(
    ending: str, expected: tuple[str, ...], stocked: Library, tmp_path: Path
) -> None:
    stocked.mark([newest(stocked)], MarkChange(note="Ask Ada."))
    file = tmp_path / f"mine{ending}"
    async with running(stocked, (100, 30)) as driver:
        await driver.press(*IN_TEXT, "v", "Enter", ":")
        await driver.type(f"save {file}")
        await driver.press("Enter")
        assert await driver.until(file.exists)
        assert any("Saved as" in notice for notice in driver.notices())

    written = file.read_text(encoding="utf-8")
    for words in expected:
        assert (
            words.replace("    What", "What").replace("Plain Letters", "The Harbour Post")
            in written
        )


async def test_the_prompt_offers_a_name_and_never_replaces_a_file_unasked(
    stocked: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    file = tmp_path / "Report 0 on the ferry.md"
    async with running(stocked, (100, 30)) as driver:
        await driver.press("Enter", "s", "Enter")
        assert await driver.until(file.exists)
        file.write_text("my own")
        await driver.press("s", "Enter")
        assert "Replace the file that is there?" in driver.text()
        await driver.press("n")
        assert file.read_text() == "my own"
        await driver.press("s", "Enter", "y")
        assert await driver.until(lambda: file.read_text().startswith("# Report 0"))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("x.doc", "End it in .md, .html, .txt"),
        ("x", "ending says its form"),
        ("missing/x.md", "there is no such folder"),
        ("folder.md", "is a folder"),
    ],
)
async def test_a_name_that_cannot_be_is_refused_where_it_can_be_mended(
    name: str, why: str, stocked: Library, tmp_path: Path
) -> None:
    (tmp_path / "folder.md").mkdir()
    async with running(stocked, (100, 30)) as driver:
        await driver.press("Enter", "s")
        await driver.erase(60)
        await driver.type(f"{tmp_path}/{name}")
        await driver.press("Enter")

        assert why in " ".join(driver.text().split())
        await driver.press("Escape")

    assert sorted(os.listdir(tmp_path)) == ["folder.md", "stocked"]  # noqa: PTH208 - the names


def test_units_of_a_text_are_its_sentences_and_what_has_none() -> None:
    text = "# A heading\n\nOne. Two!\nThree goes on\nhere.\n\n    code()\n\n  \n\n- 第一。第二。"

    sentences = [text[slice(*each)] for each in units_of(text, "sentence")]
    paragraphs = [text[slice(*each)] for each in units_of(text, "paragraph")]

    assert sentences[0] == "# A heading"
    assert sentences[1:3] == ["One.", "Two!"]
    assert sentences[-2:] == ["第一。", "第二。"]
    assert paragraphs == [
        "# A heading",
        "One. Two!\nThree goes on\nhere.",
        "code()",
        "- 第一。第二。",
    ]
    assert unit_at(units_of(text, "paragraph"), text.index("Two")) == 1
    assert unit_at(units_of(text, "paragraph"), len(text)) == 3
    assert units_of(" \n\n ", "sentence") == ()
