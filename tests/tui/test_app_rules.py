"""Rules, hidden articles and saved searches in the app; tags as a tree."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from archive.rule_models import Rule, SavedSearch
from reader.library import Library
from reader.tui.screens.form import Form
from reader.tui.screens.rules import RulesScreen
from tests.tui.driving import running


@pytest.fixture(autouse=True)
def _counted_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.tui.control.saved.TOGETHER", 0.01)


async def test_rules_are_listed_and_switched(stocked: Library) -> None:
    stocked.rules.put(Rule("boats", "ferry", tags=("sea",), star=True))
    stocked.rules.put(Rule("[/dull]", "market", mute=True, on=False))
    async with running(stocked, (100, 30)) as driver:
        await driver.press("w")
        assert await driver.until(lambda: isinstance(driver.app.screen, RulesScreen))
        assert await driver.until(lambda: "[/dull]" in driver.text())
        assert "on    boats" in driver.text()
        assert "+sea, star" in driver.text()
        page = driver.app.screen.query_one(".page").region
        assert (page.x, page.y) == ((100 - page.width) // 2, (30 - page.height) // 2)
        await driver.press("j", "Enter")

        assert await driver.until(lambda: stocked.rules.find("[/dull]").on)
        assert await driver.until(lambda: "on    [/dull]" in driver.text())
        await driver.press("Enter", "q")
        assert await driver.until(lambda: not stocked.rules.find("[/dull]").on)


async def test_a_rule_says_what_stands_first(stocked: Library) -> None:
    stocked.rules.put(Rule("boats", "ferry", star=True))
    async with running(stocked, (80, 24)) as driver:
        await driver.press("w")
        assert await driver.until(lambda: "on    boats" in driver.text())
        await driver.press("e")
        assert await driver.until(lambda: "Rule boats" in driver.text())
        await driver.press("Up", "Up")
        await driver.type("middle")
        await driver.press("Enter")
        assert await driver.until(lambda: "middle is no place" in driver.text())
        await driver.press("C-a", "C-k")
        await driver.type("First")
        await driver.press("Enter")

        assert await driver.until(lambda: "star, put first" in driver.text())
        assert stocked.rules.find("boats").priority == 1


async def test_a_rule_is_written_tried_applied_undone_and_removed(stocked: Library) -> None:
    ferries = stocked.count("ferry")
    assert ferries
    async with running(stocked, (100, 30)) as driver:
        await driver.press("/")
        await driver.type("ferry")
        await driver.press("Enter", "w")
        assert await driver.until(lambda: "No rules yet" in driver.text())
        await driver.press("a")
        assert await driver.until(lambda: "A new rule" in driver.text())
        assert driver.app.screen.query_one("#prompt").region.bottom == 30
        await driver.type("boats")
        await driver.press("Enter")
        assert await driver.until(lambda: "rule boats: does nothing." in driver.text())
        await driver.press("Tab", "Tab")
        await driver.type("sea, +sky")
        await driver.press("Enter")
        assert await driver.until(lambda: "on    boats" in driver.text())
        assert stocked.rules.find("boats") == Rule("boats", "ferry", tags=("sea", "sky"))

        await driver.press("t")
        assert await driver.until(lambda: "of the last 30 days" in driver.text())
        await driver.press("A", "y")
        assert await driver.until(lambda: stocked.count("tag:sea tag:sky") == ferries)
        assert await driver.until(lambda: f"{ferries} article" in driver.text())

        await driver.press("e", "Up", "C-a", "C-k")
        await driver.type("2026-02-30")
        await driver.press("Enter")
        assert await driver.until(lambda: "2026-02-30 is no day" in driver.text())
        await driver.press("C-a", "C-k")
        await driver.type("2020-12-31")
        await driver.press("Enter")
        assert await driver.until(lambda: "ended boats" in driver.text())

        await driver.press("d", "y")
        assert await driver.until(lambda: "No rules yet" in driver.text())
        await driver.press("u")
        assert await driver.until(lambda: "Undone: remove rule boats." in driver.text())
        assert await driver.until(lambda: "ended boats" in driver.text())
        await driver.press("u")
        assert await driver.until(lambda: "on    boats" in driver.text())
        assert "Undone: change rule boats." in driver.text()
        await driver.press("q", "u")
        assert await driver.until(lambda: stocked.count("tag:sea") == 0)


async def test_a_hidden_article_leaves_the_list_says_so_and_comes_back(stocked: Library) -> None:
    async with running(stocked, (160, 40)) as driver:
        await driver.press("Enter")
        title = driver.desk.current.title
        await driver.press("D")
        assert await driver.until(lambda: driver.desk.current.title != title)
        await driver.press("/")
        await driver.type("is:hidden")

        assert await driver.until(lambda: driver.desk.widgets.results.total == 1)
        await driver.press("Enter")
        assert await driver.until(lambda: "Hidden by you." in driver.text())
        await driver.press("D")
        assert await driver.until(lambda: stocked.count("is:hidden") == 0)
        await driver.press("u")
        assert await driver.until(lambda: stocked.count("is:hidden") == 1)


async def test_saved_searches_stand_with_the_feeds_and_count_what_is_unread(
    stocked: Library,
) -> None:
    stocked.searches.put(SavedSearch("by the sea", "lighthouse"))
    unread = stocked.count("lighthouse is:unread")
    async with running(stocked, (120, 40)) as driver:
        rows = driver.desk.widgets.feeds

        def shown() -> list[tuple[str, int | None]]:
            return [(row.label, row.count) for row in rows.rows if row.mark == "/"]

        assert await driver.until(lambda: shown() == [("by the sea", unread)])
        rows.move_to(rows.index_of("search by the sea"))
        await driver.press("Enter")
        assert await driver.until(lambda: driver.desk.listing.view.name == "by the sea")
        assert driver.desk.widgets.articles.total == stocked.count("lighthouse")
        stocked.mark("lighthouse", Rule("", "", read=True).change)
        driver.desk.archive_changed()
        assert await driver.until(lambda: shown() == [("by the sea", None)])
        await driver.press("h", "d", "y")
        assert await driver.until(lambda: shown() == [])
        assert stocked.searches.all() == ()
        await driver.press("u")
        assert await driver.until(lambda: shown() == [("by the sea", None)])
        assert "Undone: remove saved search by the sea." in driver.notices()


async def test_tags_are_a_tree_with_counts(stocked: Library) -> None:
    first, second = stocked.list(limit=2)
    stocked.tag([first.article_id], add=["ai/chips/asml", "Ai", "ai2", "aj//x"])
    stocked.tag([second.article_id], add=["ai/Chips/tsmc"])
    async with running(stocked, (120, 40)) as driver:
        await driver.press("t")
        tags = driver.desk.widgets.tags
        assert await driver.until(lambda: len(tags.rows) > 5)

        shown = [
            (row.label, row.depth, row.count) for row in tags.rows if row.key[:2] in "Ai ai aj"
        ]
        assert shown == [
            ("Ai", 0, 1),
            ("chips", 1, None),
            ("asml", 2, 1),
            ("tsmc", 2, 1),
            ("ai2", 0, 1),
            ("aj", 0, None),
            ("x", 1, 1),
        ]
        tags.move_to(tags.index_of("ai/chips"))
        await driver.press("Enter")
        assert await driver.until(lambda: driver.desk.widgets.articles.total == 2)


async def test_what_is_typed_ahead_goes_to_the_form_that_opens_over_the_rules(
    stocked: Library,
) -> None:
    stocked.rules.put(Rule("boats", "ferry", star=True))
    async with running(stocked, (100, 30)) as driver:
        await driver.press("w")
        assert await driver.until(lambda: "on    boats" in driver.text())
        await driver.press_at_once("a", *"jet decks")
        assert await driver.until(lambda: isinstance(driver.app.screen, Form))

        assert driver.app.screen.query(Input).first().value == "jet decks"
        assert stocked.rules.find("boats").on


async def test_a_leaving_key_pressed_ahead_leaves_one_dialog_and_no_more(stocked: Library) -> None:
    stocked.rules.put(Rule("boats", "ferry", star=True))
    async with running(stocked, (100, 30)) as driver:
        await driver.press("w")
        assert await driver.until(lambda: "on    boats" in driver.text())
        await driver.press_at_once("q", "q", "q")

        assert driver.app.screen is driver.app.main
