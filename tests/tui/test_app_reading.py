"""Reading, marking and undoing in the app, on a real archive."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from archive.archive import Archive
from archive.models import Article, MarkChange
from reader.config import Settings
from reader.library import Library
from tests.tui.driving import Driver, running


def titles(driver: Driver) -> list[str]:
    return [row.title for row in driver.desk.active_list.loaded]


def newest_id(library: Library, at: int = 0) -> str:
    return library.list(limit=at + 1)[at].article_id


async def test_an_article_read_in_the_unread_list_stays_until_the_list_is_left(
    stocked: Library,
) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter")
        before = titles(driver)
        await driver.press("Enter", "q")

        assert (titles(driver), driver.desk.active_list.current.read) == (before, True)
        assert stocked.totals().unread_count == 31

        await driver.press("q", "j", "k", "Enter")
        assert titles(driver) == before[1:]


async def test_a_read_article_stays_also_when_the_archive_changes_meanwhile(
    stocked: Library,
) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "Enter", "q", "j", "j")
        before = titles(driver)
        driver.desk.archive_changed()
        await driver.settle()

        assert (titles(driver), driver.desk.active_list.cursor) == (before, 2)


async def test_the_text_of_an_article_is_shown_with_its_marks(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "Enter", "m")
        screen = driver.text()

        for words in ("Report 0 on the ferry", "The Harbour Post", "Ada Lund", "boats", "★"):
            assert words in screen
        assert "What is new about the ferry is told here" in screen


async def test_space_reads_to_the_end_and_then_the_next_unread_article(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "Space")
        first = driver.desk.reading.summary.title
        for _ in range(6):
            await driver.press("Space")
            if driver.desk.reading.summary.title != first:
                break

        assert (first, driver.desk.reading.summary.title) == (
            "Report 0 on the ferry",
            "Report 1 on the bridge",
        )
        assert stocked.totals().unread_count == 30


async def test_next_unread_finds_articles_that_are_not_loaded(
    archive_folder: Path, settings: Settings
) -> None:
    with Archive.open(archive_folder) as archive:
        template = archive.get(archive.list(limit=1)[0].article_id)
        many = [with_number(template, number) for number in range(450)]
        saved = archive.save(many)
        archive.mark([one.article_id for one in saved], MarkChange(read=True))
    with Library.open(archive_folder, settings) as library:
        async with running(library) as driver:
            await driver.press("j", "j", "Enter", "gg", "j", "j")
            await driver.press("n")
            assert await driver.until(lambda: driver.desk.current is not None)

            assert driver.desk.active_list.total == 498
            assert not driver.desk.current.read
            assert driver.desk.active_list.cursor > 200


def with_number(template: Article, number: int) -> Article:
    """Another article of the same feed, `number` minutes younger."""
    at = template.archived_at + timedelta(minutes=number)
    return replace(
        template,
        article_id="",
        url=f"https://new.example.org/{number}",
        title=f"Later {number}",
        origins=(replace(template.origins[0], entry_id=f"later-{number}"),),
        archived_at=at,
        published_at=at,
        sort_at=None,
    )


async def test_undo_says_what_was_undone(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "v", "v", "v", "m", "u")

        assert driver.notices() == ["Undone: starring (2 articles)."]
        assert stocked.totals().starred_count == 1


async def test_undo_shows_in_the_text_that_is_open(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "Enter", "m")
        assert "★" in driver.text()
        await driver.press("u")

        assert "★" not in driver.text()
        title = driver.desk.active_list.current.title
        assert driver.notices() == [f"Undone: starring (“{title}”)."]


async def test_marking_a_list_as_read_is_undone_as_one(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "A")
        assert stocked.totals().unread_count == 0
        await driver.press("u")

        assert stocked.totals().unread_count == 32
        assert driver.notices() == ["Undone: marking the list as read (32 articles)."]


async def test_a_list_narrower_than_a_feed_marks_only_itself_as_read(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "f")
        await driver.type("ferry")
        await driver.press("Enter", "A")

        assert stocked.totals().unread_count == 28
        assert stocked.count("ferry is:unread") == 0


async def test_the_whole_list_can_be_selected_and_tagged(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("j", "j", "Enter", "V", "+")
        await driver.type("all")
        await driver.press("Enter")

        assert stocked.count("tag:all") == 48


async def test_an_action_with_nothing_to_act_on_does_nothing(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("Enter", *"NAm+-vVoySfFnp]s[sxede", "Space")

        assert driver.app.screen is driver.app.main
        assert driver.app.is_running


async def test_a_mark_that_cannot_be_written_is_told_once_and_stays_shown(
    stocked: Library, archive_folder: Path
) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter")
        make_unwritable(archive_folder)
        await driver.press("m")

        assert len(driver.notices()) == 1
        assert driver.desk.active_list.current.starred
        assert driver.desk.unwritten.count == 1


def make_unwritable(folder: Path) -> None:
    """What no permission can do for root: a folder stands where the new file must go."""
    for marks in folder.glob("volumes/*/*.json"):
        (marks.parent / f".{marks.name}.{os.getpid()}.tmp").mkdir()


async def test_the_place_in_a_text_is_remembered_over_a_restart(
    archive_folder: Path, settings: Settings
) -> None:
    with Library.open(archive_folder, settings) as library:
        async with running(library) as driver:
            await driver.press("Enter", "Enter", "C-f", "C-f")
            top = driver.lines()[3]
            await driver.press("Q")
            await driver.until(lambda: not driver.app.is_running)
    with Library.open(archive_folder, settings) as library:
        async with running(library) as driver:
            await driver.press("j", "j", "Enter", "Enter")

            assert driver.lines()[3] == top


async def test_what_another_process_writes_appears_without_moving_the_cursor(
    stocked: Library, archive_folder: Path
) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "j", "j")
        chosen = driver.desk.current.title
        with Archive.open(archive_folder) as other:
            template = other.get(newest_id(stocked))
            other.save([with_number(template, 30)])

        assert await driver.until(lambda: driver.desk.active_list.total == 33)
        await driver.settle()
        assert driver.desk.current.title == chosen
        assert titles(driver)[0] == "Later 30"
        assert "33" in driver.lines()[1]


async def test_an_article_that_is_read_elsewhere_shows_so_here(
    stocked: Library, archive_folder: Path
) -> None:
    async with running(stocked) as driver:
        await driver.press("j", "j", "Enter")
        with Archive.open(archive_folder) as other:
            other.mark([newest_id(stocked)], MarkChange(starred=True))

        assert await driver.until(lambda: driver.desk.active_list.current.starred)


async def test_opening_in_a_browser_without_one_says_what_to_do(stocked: Library) -> None:
    settings = Settings(browser="/nowhere/browser")
    async with running(stocked, settings=settings) as driver:
        await driver.press("Enter", "o")
        assert await driver.until(lambda: bool(driver.notices()))

        assert driver.notices() == [
            "/nowhere/browser: No such file or directory. Check the setting browser."
        ]


async def test_an_article_opens_where_it_was_left_before_a_restart(
    archive_folder: Path, settings: Settings
) -> None:
    with Library.open(archive_folder, settings) as library:
        async with running(library) as driver:
            await driver.press("Enter", "Enter", "Space", "Space")
            top = driver.desk.widgets.text.position
            await driver.press("Q")
    with Library.open(archive_folder, settings) as library:
        async with running(library) as driver:
            await driver.press("j", "j", "Enter", "Enter")

            assert driver.desk.reading.summary.title == "Report 0 on the ferry"
            assert driver.desk.widgets.text.position == top
            assert top > 0


async def test_what_a_key_does_to_a_text_whose_head_is_out_of_sight_is_said(
    stocked: Library,
) -> None:
    async with running(stocked) as driver:
        footer = driver.desk.widgets.footer
        await driver.press("Enter", "Enter", "G", "m")
        assert footer.status == "Starred"
        await driver.press("+")
        await driver.type("quay")
        await driver.press("Enter")
        assert footer.status == "Tagged quay"
        await driver.press("N")
        assert "Marked as unread" in driver.lines()[-1]

        await driver.press("Z", "m")
        assert "Star taken off" in driver.notices()
