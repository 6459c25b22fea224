"""Words found in the article that is open: gone through, counted, let go of."""

from __future__ import annotations

from reader.library import Library
from reader.tui.control.in_text import NOT_THERE
from tests.tui.driving import Driver, running
from tests.tui.screen_text import style_of

IN_TEXT = ("Enter", "Enter")


def edge(driver: Driver) -> str:
    return driver.desk.widgets.titles["text"].note


def is_emphasised(driver: Driver, words: str) -> bool:
    text = driver.desk.widgets.text
    plain = style_of(text, "long enough to").style
    return style_of(text, words).style.color != plain.color


async def find(driver: Driver, words: str) -> None:
    await driver.press("f")
    await driver.type(words)
    await driver.press("Enter")


async def test_hits_are_gone_through_from_where_one_is_and_counted(stocked: Library) -> None:
    async with running(stocked, (70, 20)) as driver:
        await driver.press(*IN_TEXT, "C-f")
        await find(driver, '"Paragraph 7"')
        assert edge(driver).startswith("hit 1 of 1 · 1 of ")
        assert "Paragraph 7" in driver.text()
        assert is_emphasised(driver, "Paragraph 7")
        assert not is_emphasised(driver, "goes on about")

        await find(driver, "paragraph")
        await driver.press("n", "n", "p")
        now = int(edge(driver).split()[1])
        assert edge(driver).startswith(f"hit {now} of 12 · ")
        assert now > 2
        assert "n Next hit" in driver.lines()[-1]
        assert driver.desk.reading.summary.title == "Report 0 on the ferry"


async def test_escape_lets_go_of_them_and_the_next_one_leaves_the_text(stocked: Library) -> None:
    async with running(stocked, (70, 20)) as driver:
        await driver.press(*IN_TEXT)
        await find(driver, "paragraph")
        await driver.press("n", "n", "n", "n", "Escape")
        top = driver.desk.widgets.text.scroll_offset.y
        assert top > 0
        assert "hit" not in edge(driver)
        assert driver.desk.panes.current == "text"
        await driver.press("n")
        assert driver.desk.reading.summary.title == "Report 1 on the bridge"
        await driver.press("p", "Escape")
        assert driver.desk.panes.current == "articles"

        assert driver.library.mark_of(driver.library.list(limit=1)[0].article_id).position > 0


async def test_words_that_are_not_there_are_said_where_they_can_be_mended(
    stocked: Library,
) -> None:
    async with running(stocked, (70, 20)) as driver:
        await driver.press(*IN_TEXT)
        await find(driver, "zeppelin [b]x[/b] \x1b")
        assert NOT_THERE in driver.text()
        await driver.erase(30)
        await driver.type("ferry")
        await driver.press("Enter")
        assert edge(driver).startswith("hit 1 of ")

        await driver.press("f")
        await driver.erase(10)
        await driver.type("airship")
        await driver.press("Enter", "Escape")
        assert edge(driver).startswith("hit 1 of ")

        await driver.press("f")
        await driver.erase(30)
        await driver.press("Enter")
        assert "hit" not in edge(driver)


async def test_in_a_search_the_hits_of_the_search_come_back(stocked: Library) -> None:
    async with running(stocked, (70, 20)) as driver:
        await driver.press("/")
        await driver.type("ferry")
        await driver.press("Enter", "Enter")
        await find(driver, '"Paragraph 3"')
        assert edge(driver).startswith("hit 1 of 1")
        await driver.press("Escape", "g", "g")

        assert "hit" not in edge(driver)
        assert is_emphasised(driver, "ferry")


async def test_a_search_that_is_read_again_leaves_what_was_found_in_the_text(
    stocked: Library,
) -> None:
    async with running(stocked, (70, 20)) as driver:
        await driver.press("/")
        await driver.type("ferry")
        await driver.press("Enter", "Enter")
        await find(driver, '"Paragraph 9"')
        top = driver.desk.widgets.text.scroll_offset.y
        driver.desk.archive_changed()
        await driver.settle()

        assert edge(driver).startswith("hit 1 of 1")
        assert driver.desk.widgets.text.scroll_offset.y == top > 0
        assert is_emphasised(driver, "Paragraph 9")


async def test_another_search_shows_its_own_hits_in_the_text(stocked: Library) -> None:
    async with running(stocked, (160, 30)) as driver:
        await driver.press("/")
        await driver.type("title:ferry")
        text = driver.desk.widgets.text
        await driver.press("Enter", "Enter")
        await find(driver, "known")
        assert edge(driver).startswith("hit 1 of 1")
        await driver.press("/")
        await driver.type("title:ferry paragraph")

        assert "hit" not in edge(driver)
        assert style_of(text, "Paragraph").style.color != style_of(text, "goes on").style.color


async def test_other_words_take_the_place_of_those_found_last(stocked: Library) -> None:
    async with running(stocked, (70, 20)) as driver:
        await driver.press(*IN_TEXT)
        await find(driver, '"Paragraph 7"')
        await find(driver, "known")
        assert edge(driver).startswith("hit 1 of 1 ")

        await driver.press("f", "End")
        await driver.type(' "Paragraph 8"')
        await driver.press("Enter")
        assert edge(driver).startswith("hit 1 of 2 ")


async def test_reading_on_leaves_the_text_at_its_end(stocked: Library) -> None:
    async with running(stocked, (70, 20)) as driver:
        await driver.press(*IN_TEXT)
        await find(driver, "paragraph")
        await driver.press("G", "Space")

        assert driver.desk.reading.summary.title == "Report 1 on the bridge"


async def test_another_article_is_not_looked_through(stocked: Library) -> None:
    async with running(stocked, (70, 20)) as driver:
        await driver.press(*IN_TEXT)
        await find(driver, "paragraph")
        await driver.press("J")
        assert "hit" not in edge(driver)
        await driver.press("K", "n")

        assert driver.desk.reading.summary.title == "Report 3 on the lighthouse"
