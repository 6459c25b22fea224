"""The search pane and the tags pane, on a real archive."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.archive import Archive
from archive.models import Article
from reader.library import Library
from reader.tui.screens.prompts import Confirm, LinePrompt
from tests.tui.driving import Driver, running
from tests.tui.screen_text import style_of


def found(driver: Driver) -> list[str]:
    return [row.title for row in driver.desk.widgets.results.loaded]


async def test_results_come_while_one_types(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("/", "l", "i", "g", "h")

        assert len(found(driver)) == 6
        assert {title.rpartition(" ")[2] for title in found(driver)} == {"lighthouse"}
        assert "6 · newest first" in driver.lines()[0]


async def test_a_result_shows_its_match_emphasised(stocked: Library) -> None:
    async with running(stocked, (160, 48)) as driver:
        await driver.press("/")
        await driver.type("paragraph")

        segment = style_of(driver.desk.widgets.results, "Paragraph")
        assert segment.style is not None
        assert segment.style.bold


async def test_enter_opens_the_result_and_back_returns_to_all_of_them(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("/")
        await driver.type("market")
        await driver.press("Down", "Enter")
        opened = driver.desk.reading.summary.title
        results = found(driver)
        await driver.press("q")

        assert (driver.desk.panes.current, found(driver)) == ("search", results)
        assert driver.desk.current.title == opened == results[1]


async def test_a_result_names_the_section_of_its_match_and_opens_there(stocked: Library) -> None:
    async with running(stocked, (160, 48)) as driver:
        await driver.press("/")
        await driver.type("is not rest")
        lines = driver.lines()
        await driver.press("Enter")
        text = driver.desk.widgets.text
        section = text.article.sections[1]

        assert any("What is not: " in line for line in lines)
        assert text.finish().hit_lines[text.painter.current_hit] >= text.finish().line_of(
            section.start
        )


async def test_a_result_opens_at_its_first_hit_and_n_goes_to_the_next(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("/")
        await driver.type('"paragraph 9"')
        await driver.press("Enter")
        assert any("Paragraph 9" in line for line in driver.lines())
        await driver.press("gg", "n")

        assert any("Paragraph 9" in line for line in driver.lines())


@pytest.mark.parametrize("size", [(80, 24), (160, 40)])
async def test_a_match_comes_before_the_place_where_reading_stopped_which_is_kept(
    stocked: Library, size: tuple[int, int]
) -> None:
    async with running(stocked, size) as driver:
        text = driver.desk.widgets.text
        await driver.press("Enter", "Enter", "Space")
        place = text.position
        assert place > 0
        await driver.press("h", "/")
        await driver.type('"report 0"')
        await driver.press("Enter")

        assert text.painter.current_hit == 0
        assert text.position < place
        await driver.press("h", "Escape", "Enter")
        assert driver.desk.panes.middle == "articles"
        assert text.position == place
        assert stocked.mark_of(text.article_id).position == place


async def test_a_preview_of_a_result_is_at_its_match(stocked: Library) -> None:
    async with running(stocked, (160, 40)) as driver:
        text = driver.desk.widgets.text
        await driver.press("Enter", "Enter", "G")
        place = text.position
        await driver.press("h", "j", "/")
        await driver.type('ferry "report 0"')
        await driver.press("Tab")
        assert await driver.until(lambda: text.position < place)

        assert text.painter.current_hit == 0
        assert stocked.mark_of(text.article_id).position == place


async def test_a_search_stays_until_it_is_closed(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "/")
        await driver.type("harvest")
        await driver.press("Tab", "Tab", "S-Tab", "S-Tab", "Tab")
        assert (driver.desk.panes.current, len(found(driver))) == ("search", 6)
        await driver.press("q")

        assert driver.desk.panes.current == "articles"
        assert "Unread" in driver.lines()[0]


async def test_escape_closes_the_search_from_its_line(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("/")
        await driver.type("harvest")
        await driver.press("Escape")

        assert driver.desk.panes.middle == "articles"


async def test_what_a_query_could_not_mean_is_said(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("/")
        await driver.type("ferry after:soon ")

        assert "after:soon is searched as words: after: takes a day" in driver.text()


@pytest.mark.parametrize(
    ("typed", "remark"),
    [
        ("after:someday", "after: takes a day such as 2026-03-01"),
        ("after:2026-13-45", "after: takes a day such as 2026-03-01"),
        ("is:new", "is: takes read, unread, starred"),
        ("color:red", "color:red is searched as words: color: is no field. Fields are title,"),
    ],
)
async def test_what_the_last_word_could_not_mean_is_said_once_typing_rests(
    stocked: Library, monkeypatch: pytest.MonkeyPatch, typed: str, remark: str
) -> None:
    monkeypatch.setattr("reader.tui.control.finding.REST", 0.01)
    async with running(stocked, (160, 40)) as driver:
        hint = driver.desk.widgets.search_hint
        await driver.press("/")
        await driver.type(typed)

        assert await driver.until(lambda: remark in hint.text)
        await driver.type(" x")
        assert await driver.until(lambda: remark in hint.text)


async def test_nothing_is_said_of_a_word_under_way_but_enter_says_it(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("/")
        await driver.type("after:2026-13-45")
        assert driver.desk.widgets.search_hint.text == ""
        await driver.press("Enter")

        assert driver.desk.panes.current == "text"
        assert "after: takes a day" in driver.notices()[0]


async def test_a_search_without_a_match_says_so_and_what_to_try(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("/")
        assert "Type to search all articles." in driver.text()
        await driver.type("ferry zeppelin")

        assert "Nothing found." in driver.text()
        assert "try fewer" in driver.text()


async def test_marks_made_on_results_show_in_the_list_too(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("/")
        await driver.type("ferry 0")
        await driver.press("Tab", "m", "q")

        assert driver.desk.widgets.articles.loaded[0].starred


async def test_more_results_come_at_the_end_of_the_first_ones(archive_folder, settings) -> None:
    from tests.tui.test_app_reading import with_number

    with Archive.open(archive_folder) as archive:
        template = archive.get(archive.list(limit=1)[0].article_id)
        archive.save([with_number(template, number) for number in range(120)])
    with Library.open(archive_folder, settings) as library:
        async with running(library) as driver:
            await driver.press("/")
            await driver.type("later")
            assert "25 of 120" in driver.lines()[0]
            await driver.press("Tab", "G")
            chosen = driver.desk.current.title

            assert await driver.until(lambda: len(found(driver)) == 75)
            assert driver.desk.current.title == chosen
            await driver.press("G")
            assert await driver.until(lambda: len(found(driver)) == 120)


async def test_the_tags_pane_lists_all_tags_with_counts(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("t")

        rows = [(row.label, row.count) for row in driver.desk.widgets.tags.rows]
        assert rows == [("boats", 2), ("coast", 2)]


async def test_enter_on_a_tag_lists_its_articles(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("t", "j", "Enter")

        assert "# coast" in driver.lines()[0]
        assert [row.title for row in driver.desk.active_list.loaded] == [
            "Report 0 on the ferry",
            "Report 4 on the market",
        ]


async def test_a_tag_is_renamed_and_the_list_of_it_follows(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("t", "Enter", "h", "e")
        await driver.erase(len("boats"))
        await driver.type("ships")
        await driver.press("Enter")

        assert [count.tag for count in stocked.tags()] == ["coast", "ships"]
        assert driver.desk.listing.view.name == "ships"
        assert driver.desk.active_list.total == 2
        await driver.press("u")
        assert [count.tag for count in stocked.tags()] == ["boats", "coast"]


async def test_removing_a_tag_asks_first(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("t", "d")
        assert isinstance(driver.app.screen, Confirm)
        assert "2 articles" in driver.text()
        await driver.press("n")
        assert len(stocked.tags()) == 2
        await driver.press("d", "y")

        assert [count.tag for count in stocked.tags()] == ["coast"]


async def test_tab_completes_a_tag_from_those_that_exist(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "j", "+", "b")
        assert "boats" in driver.text()
        await driver.press("Tab")
        await driver.type(", co")
        await driver.press("Tab", "Enter")

        assert driver.desk.current.tags == ("boats", "coast")


async def test_the_title_of_a_prompt_is_cut_with_an_ellipsis(stocked: Library) -> None:
    async with running(stocked, (24, 20)) as driver:
        await driver.press("Enter", "+")
        title = next(line for line in driver.lines() if "Tag “" in line)

        assert title.endswith("…")


async def test_one_letter_of_completion_more_than_once_goes_round(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "j", "+", "Tab", "Tab")
        prompt = driver.app.screen
        assert isinstance(prompt, LinePrompt)

        assert prompt.query_one("#prompt-line").value == "coast"


async def test_an_article_without_tags_says_that_there_is_none_to_take_off(
    stocked: Library,
) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "j", "-")

        assert driver.notices() == ["No tag to take off here."]


async def test_tags_on_a_selection_reach_all_of_it(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "v", "v", "v", "+")
        assert "3 selected articles" in driver.text()
        await driver.type("trio")
        await driver.press("Enter")

        assert stocked.count("tag:trio") == 3


async def test_a_section_is_tagged_shown_and_the_tag_taken_off(stocked: Library) -> None:
    async with running(stocked, (160, 48)) as driver:
        await driver.press("l", "j", "Enter", "g+", "j", "Enter")
        await driver.type("claws")
        await driver.press("Enter")
        (row,) = stocked.list("tag:claws")
        sections = [each.heading for each in row.section_tags]
        await driver.press("gO")
        in_outline = await driver.until(lambda: "What is not #claws" in driver.text())
        await driver.press("Escape", "gg")
        top = driver.text()
        await driver.press("-", "Enter")

        assert sections == ["What is not"]
        assert in_outline
        assert "claws · What is not" in top
        assert stocked.count("tag:claws") == 0


async def test_a_text_without_sections_has_none_to_tag(library: Library) -> None:
    at = datetime(2026, 3, 4, tzinfo=UTC)
    library._archive.save([Article("https://a.example/", "The boat", "It came.", at)])
    async with running(library) as driver:
        await driver.press("l", "Enter", "g+")

        assert driver.notices() == ["This text has no sections."]


async def test_space_at_the_end_of_a_result_reads_the_next_unread_one(stocked: Library) -> None:
    async with running(stocked, (80, 60)) as driver:
        await driver.press("/")
        await driver.type("library")
        await driver.press("Tab")
        unread = [row.title for row in driver.desk.widgets.results.loaded if not row.read]
        assert 2 <= len(unread) < len(found(driver))
        await driver.press("Enter", "G")
        for title in unread[unread[0] == driver.desk.reading.summary.title :]:
            await driver.press("G", "Space")
            assert driver.desk.reading.summary.title == title
        await driver.press("G", "Space")
        assert driver.desk.reading.summary.title == unread[-1]
        assert "No unread result below." in driver.notices()


async def test_hits_that_begin_again_are_said_to(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("/")
        await driver.type("ferry")
        await driver.press("Enter")
        footer = driver.desk.widgets.footer
        await driver.press("n")
        assert not footer.status
        await driver.press("p", "p")
        assert footer.status == "the last again"
        await driver.press("n")
        assert footer.status == "the first again"
