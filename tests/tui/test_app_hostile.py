"""Foreign text is text: in every pane, prompt, notice and title, whatever it is made of."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.feed_models import FetchState
from reader.config import Settings
from reader.library import Library
from tests.tui.driving import Driver, running

NASTY = {
    "markup": "[bold]Qwen[/bold] [/foo] [Qwen] [link=x]y",
    "click": "[@click=app.quit]press me[/]",
    "escapes": "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b2J \x07 \r\n next",
    "bidi": "left \u202eright\u202c \u2067over\u2069 \u200f",
    "hidden": "a\u200bb\u2060c\ufeffd\u2028e \U000e0041\U000e0042",
    "emoji": "👩‍👩‍👧‍👦 🇪🇸 ❤️ 👍🏽 ①",
    "stacked": "Z" + "\u0301" * 40 + "algo",
    "wide": "新一代开源模型在数学竞赛中超过人类选手 한국어 日本語",
    "long": "word " * 2000,
    "unbroken": "w" * 10_000,
    "brackets": "]]]][[[[ \\[ $text {x} %s",
    "quotes": "\"'`<b>&amp;</b>",
}
HARMFUL = {"Cc", "Cf", "Cs", "Zl", "Zp"}


GROUPS = {
    "orders": ("escapes", "markup", "click"),
    "unseen": ("hidden", "bidi", "stacked"),
    "cells": ("emoji", "wide", "unbroken"),
    "signs": ("brackets", "quotes", "long"),
}


@pytest.fixture(params=GROUPS)
def words(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """Three nasty texts, one for each feed of the archive."""
    return tuple(NASTY[name] for name in GROUPS[request.param])


@pytest.fixture
def infested(archive_folder: Path, settings: Settings, words: tuple[str, ...]) -> Iterator[Library]:
    """Every foreign word of the archive is a nasty one."""
    with Archive.open(archive_folder) as archive:
        for word, status in zip(words, archive.feeds(), strict=True):
            folder = word[:60].replace("/", "|")
            archive.update_feed(replace(status.feed, title=word, folder=folder))
        archive.save_fetch_states(
            FetchState(status.feed.feed_url, error=status.feed.title) for status in archive.feeds()
        )
        rows = archive.list(limit=100)
        archive.save(
            [
                replace(
                    archive.get(row.article_id),
                    title=word,
                    author=word,
                    site_name=word,
                    notes=(word,),
                    text=f"{word}\n\n## {word}\n\n{word}",
                    url=f"https://example.org/{row.row_id}?{word}",
                )
                for word, row in zip(words * 16, rows, strict=True)
            ]
        )
        for word, row in zip(words, rows, strict=False):
            archive.tag([row.article_id], add=[word[:200]])
    with Library.open(archive_folder, settings) as library:
        yield library


def assert_harmless(driver: Driver) -> None:
    """The app runs, its lines fit, and nothing on screen can act on a terminal."""
    assert driver.app.is_running
    text = driver.text().replace("\n", "")
    allowed = {"\u200d", "\u200c", "\ufe0f"}
    bad = {char for char in text if unicodedata.category(char) in HARMFUL} - allowed
    assert bad == set()


async def test_no_pane_prompt_or_notice_takes_foreign_text_for_anything_else(
    infested: Library, words: tuple[str, ...]
) -> None:
    two_panes = NASTY["click"] in words or NASTY["wide"] in words
    async with running(infested, (80, 24) if two_panes else (160, 48)) as driver:
        assert_harmless(driver)
        # Feeds from below: rename, folder, unsubscribe, copy.
        await driver.press("G")
        for _ in range(3):
            for keys in (("e",), ("Escape", "M"), ("Escape", "d"), ("n", "y", "k", "k")):
                await driver.press(*keys)
                assert_harmless(driver)
        await driver.press("gg", "Enter")
        # Articles: copy, tag, untag, star and undo; then the next.
        for _ in range(3):
            for keys in (("y", "+", "Tab"), ("Escape", "-"), ("Escape", "m", "u"), ("Enter",)):
                await driver.press(*keys)
                assert_harmless(driver)
            await driver.press("q", "j")
        for keys in (("f",), ("Escape", "q", "t", "e"), ("Escape", "d"), ("n", "Enter")):
            await driver.press(*keys)
            assert_harmless(driver)
        for keys in (("/",), ("r",), ("e",), ("Enter",), ("?",)):
            await driver.press(*keys)
            assert_harmless(driver)


async def test_passages_saving_jumping_and_notices_take_foreign_text_for_nothing_else(
    infested: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    async with running(infested, (80, 24)) as driver:
        await driver.press("Enter", "Enter")
        for keys in (("v",), ("J", "V"), ("Enter",), ("gh",), ("y",), ("v", "y"), ("Y",), ("gm",)):
            await driver.press(*keys)
            assert_harmless(driver)
        for keys in (("q", ","), ("Escape", "E"), ("Escape", "s"), ("Enter",)):
            await driver.press(*keys)
            assert_harmless(driver)

    kept = [name for name in os.listdir(tmp_path) if name.endswith(".md")]  # noqa: PTH208
    assert len(kept) == 1
    assert all(unicodedata.category(letter) not in HARMFUL for letter in kept[0])


@pytest.mark.parametrize("name", ["markup", "click", "wide", "emoji", "brackets", "quotes"])
async def test_a_title_is_shown_as_it_is(
    archive_folder: Path, settings: Settings, name: str
) -> None:
    title = NASTY[name]
    with Archive.open(archive_folder) as archive:
        newest = archive.get(archive.list(limit=1)[0].article_id)
        archive.save([replace(newest, title=title)])
    with Library.open(archive_folder, settings) as library:
        async with running(library, (160, 48)) as driver:
            await driver.press("Enter", "Enter")
            assert title in driver.text()
            await driver.press("+")

            assert f"Tag “{title}”" in driver.text()


async def test_a_query_or_tag_that_a_person_types_is_shown_as_it_is(stocked: Library) -> None:
    async with running(stocked, (160, 48)) as driver:
        await driver.press("Enter", "f")
        await driver.type("[red]x[/red]")
        await driver.press("Enter")
        assert "[red]x[/red]" in driver.lines()[0]
        await driver.press("F", "+")
        await driver.type("[b]tag[/b]")
        await driver.press("Enter", "t")

        assert "# [b]tag[" in driver.text()


async def test_a_click_on_a_title_with_an_action_in_it_does_not_act(
    archive_folder: Path, settings: Settings
) -> None:
    with Archive.open(archive_folder) as archive:
        newest = archive.get(archive.list(limit=1)[0].article_id)
        archive.save([replace(newest, title="[@click=app.quit]press me[/]")])
    with Library.open(archive_folder, settings) as library:
        async with running(library, (160, 48)) as driver:
            await driver.press("Enter", "Enter")
            for selector, y in (("#text", 1), ("#articles", 0)):
                for x in (5, 15, 25):
                    await driver.pilot.click(selector, offset=(x, y))
            await driver.settle()

            assert driver.app.is_running
