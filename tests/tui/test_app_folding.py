"""Stories in the list of articles: one row each, opened in place, marked as wholes."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.models import Article, MarkChange, Origin, Summary
from reader.config import Settings
from reader.library import Library
from reader.tui.control.folding import NOTHING_FOLDED
from tests.tui.conftest import FEEDS
from tests.tui.driving import Driver, running

COUNT = 60
LETTERS = "abcdefghiklmnoprstuvz"


def note(number: int, text: str = "") -> Article:
    """An article that has nothing in common with any other; 0 is the newest."""
    chance = random.Random(number)
    feed, at = FEEDS[number % 3], datetime.now(UTC) - timedelta(minutes=10 * number + 20)
    words = " ".join("".join(chance.sample(LETTERS, 7)) for _ in range(30))
    return Article(
        url=f"{feed.feed_url.removesuffix('/rss')}/{number}",
        title=f"Note {number:02}",
        text=text or words,
        archived_at=at,
        published_at=at,
        origins=(Origin(feed.feed_url, f"note-{number}"),),
        feed_title=feed.title,
        language="en",
        word_count=30,
    )


def rows_of(library: Library, numbers: Sequence[int]) -> list[Summary]:
    known = {row.title: row for row in library.list("title:note", limit=2000)}
    return [known[f"Note {number:02}"] for number in numbers]


def one_story(library: Library, *numbers: int) -> None:
    """Says that these notes tell one story."""
    first, *others = rows_of(library, numbers)
    for each in others:
        library.stories.merge(first.article_id, each.article_id)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Archive.open(tmp_path / "notes") as archive:
        for feed in FEEDS:
            archive.add_feed(feed)
        archive.save([note(number) for number in range(COUNT)])
        archive.stories.group()
    return tmp_path / "notes"


@pytest.fixture
def notes(folder: Path) -> Iterator[Library]:
    """Sixty unread notes, of which 3, 5, 8 and 40 are one story."""
    with Library.open(folder, Settings()) as library:
        one_story(library, 3, 5, 8, 40)
        yield library


def line_of(driver: Driver, title: str) -> int:
    """The line of the screen with a title; -1 for none."""
    return next((place for place, line in enumerate(driver.lines()) if title in line), -1)


async def test_a_story_is_one_row_that_says_who_tells_it(notes: Library) -> None:
    notes.mark([rows_of(notes, [8])[0].article_id], MarkChange(read=True))
    async with running(notes, (200, 30)) as driver:
        await driver.press("Enter")

        row = driver.lines()[line_of(driver, "Note 03")]
        assert "▸Note 03" in row
        assert "3 outlets ●3" in row
        assert line_of(driver, "Note 05") == -1
        assert "59 in 57 rows" in driver.text()
        assert driver.desk.active_list.total == 57


async def test_a_story_opens_below_its_row_and_folds_again(notes: Library) -> None:
    async with running(notes, (200, 30)) as driver:
        await driver.press("Enter", "j", "j", "j")
        assert "za Open story" in driver.lines()[-1]
        await driver.press("za")
        assert "za Fold" in driver.lines()[-1]
        at = line_of(driver, "▾Note 03")
        titles = [driver.lines()[at + below].split("Note ")[1][:2] for below in (1, 2, 3, 4)]
        assert titles == ["05", "08", "40", "04"]
        assert "The Harbour" in driver.lines()[at]
        assert driver.desk.active_list.cursor == 3

        await driver.press("j", "j", "za")
        assert driver.desk.active_list.current.title == "Note 03"
        assert line_of(driver, "▸Note 03") == at
        assert line_of(driver, "Note 08") == -1

        await driver.press("j", "za")
        assert NOTHING_FOLDED in driver.notices()


async def test_all_stories_open_and_fold_under_a_cursor_that_stays(notes: Library) -> None:
    one_story(notes, 10, 41, 42)
    one_story(notes, 30, 50)
    async with running(notes, (140, 24)) as driver:
        await driver.press("Enter", *"j" * 20)
        before = driver.desk.active_list.current.title, line_of(driver, "Note 25")
        await driver.press("zR")
        assert driver.desk.active_list.total == 60
        assert driver.desk.active_list.current.title == before[0]
        assert line_of(driver, "Note 25") == before[1]
        titles = [row.title for row in driver.desk.active_list.loaded]
        assert titles[titles.index("Note 10") :][:3] == ["Note 10", "Note 41", "Note 42"]

        await driver.press("zM")
        assert driver.desk.active_list.total == 54
        assert (driver.desk.active_list.current.title, line_of(driver, "Note 25")) == before


async def test_each_article_has_a_row_where_a_person_wants_that(notes: Library) -> None:
    async with running(notes, (200, 30), Settings(fold_stories=False)) as driver:
        await driver.press("Enter")
        assert driver.desk.active_list.total == 60
        assert "▸" not in driver.lines()[line_of(driver, "Note 03")]
        await driver.press("zi")
        assert driver.desk.active_list.total == 57
        await driver.press("zi")
        assert driver.desk.active_list.total == 60


async def test_reading_a_row_marks_it_alone_and_the_story_only_when_asked(notes: Library) -> None:
    async with running(notes, (200, 30)) as driver:
        await driver.press("Enter", "j", "j", "j", "Enter")
        assert await driver.until(lambda: notes.totals().unread_count == 59)
        assert await driver.until(lambda: "3 outlets ●3" in driver.text())
        await driver.press("gN")
        assert await driver.until(lambda: notes.totals().unread_count == 56)
        assert await driver.until(lambda: "  56 · 4 read" in driver.text())
        await driver.press("u")

        assert await driver.until(lambda: notes.totals().unread_count == 59)


async def test_an_article_is_marked_with_its_near_copies(folder: Path, tmp_path: Path) -> None:
    text = note(7).text
    with Archive.open(folder) as archive:
        archive.save([note(100, text), note(101, text)])
        archive.stories.group()
    with Library.open(folder, Settings()) as library:
        async with running(library, (200, 30)) as driver:
            await driver.press("Enter", *"j" * 7, "N")
            read = {row.title for row in library.list("is:read")}
            assert read == {"Note 07", "Note 100", "Note 101"}
            await driver.press("u")

            assert await driver.until(lambda: not library.count("is:read"))


async def test_what_comes_on_top_of_a_story_moves_neither_cursor_nor_view(
    notes: Library, folder: Path
) -> None:
    async with running(notes, (140, 24)) as driver:
        await driver.press("Enter", "j", "j", "j")
        at = line_of(driver, "Note 03")
        arrived = Article(
            url="https://post.example.org/new", title="Note 99", text="Something else entirely.",
            archived_at=datetime.now(UTC), origins=(Origin(FEEDS[0].feed_url, "new"),),
        )  # fmt: skip
        with Archive.open(folder) as archive:
            archive.save([arrived])
            archive.stories.group()
        one_story(notes, 3, 99)
        driver.desk.archive_changed()
        await driver.settle()

        articles = driver.desk.active_list
        assert articles.current.title == "Note 03"
        assert articles.loaded[0].title == "Note 99"
        assert articles.loaded[0].fold.folded_count == 3
        assert line_of(driver, "Note 03") == at
        await driver.press("gg", "za")
        titles = [row.title for row in articles.loaded[:6]]
        assert titles == ["Note 99", "Note 05", "Note 08", "Note 40", "Note 00", "Note 01"]


async def test_what_is_read_in_an_open_story_stays_there(notes: Library) -> None:
    async with running(notes, (140, 24)) as driver:
        await driver.press("Enter", "j", "j", "j", "za", "j", "N")
        driver.desk.archive_changed()
        await driver.settle()

        articles = driver.desk.active_list
        assert articles.current.title == "Note 05"
        assert articles.current.read
        titles = [row.title for row in articles.loaded[3:7]]
        assert titles == ["Note 03", "Note 05", "Note 08", "Note 40"]


async def test_selecting_and_marking_the_list_reach_what_is_folded(notes: Library) -> None:
    async with running(notes, (140, 24)) as driver:
        await driver.press("Enter", "V")
        assert "60 of 60 selected" in driver.text()
        await driver.press("m", "Escape", "A")

        assert await driver.until(lambda: notes.totals().starred_count == 60)
        assert await driver.until(lambda: not notes.totals().unread_count)


async def test_what_was_selected_stays_so_when_the_list_would_find_others(notes: Library) -> None:
    one_story(notes, 3, 5)
    async with running(notes, (140, 24)) as driver:
        await driver.press("Enter", "V", "N")
        assert await driver.until(lambda: not notes.totals().unread_count)

        await driver.press("m")

        assert await driver.until(lambda: notes.totals().starred_count > COUNT // 2)


async def test_the_next_unread_row_is_found_beyond_what_is_loaded(
    notes: Library, folder: Path
) -> None:
    with Archive.open(folder) as archive:
        archive.save([note(number) for number in range(200, 700)])
        archive.stories.group()
        archive.mark("title:note", MarkChange(read=True))
    one_story(notes, 600, 601, 602)
    notes.mark([row.article_id for row in rows_of(notes, [600, 601, 602])], MarkChange(read=False))
    async with running(notes, (140, 24)) as driver:
        await driver.press("k", "Enter", "n")

        assert await driver.until(lambda: driver.desk.active_list.current is not None)
        assert await driver.until(lambda: driver.desk.active_list.current.title == "Note 600")
        await driver.press("n")
        assert "No unread article below." in driver.notices()


async def test_rows_far_down_are_the_same_as_by_walking_there(notes: Library, folder: Path) -> None:
    with Archive.open(folder) as archive:
        archive.save([note(number) for number in range(200, 1500)])
        archive.stories.group()
    for first in range(210, 1400, 60):
        one_story(notes, first, first + 1, first + 30)
    async with running(notes, (140, 24)) as driver:
        await driver.press("Enter", "G")
        assert await driver.until(lambda: driver.desk.active_list.current is not None)
        assert driver.desk.active_list.current.title == "Note 1499"
        assert driver.desk.active_list.total == 1360 - 3 - 2 * 20
        await driver.press("zR", "gg")
        assert await driver.until(lambda: "Note 00" in driver.text())
        for _ in range(70):
            await driver.press("C-f")
        assert await driver.until(lambda: driver.desk.active_list.total == 1360)
        titles = [row.title for row in driver.desk.active_list.loaded]
        at = titles.index("Note 810")
        assert titles[at : at + 3] == ["Note 810", "Note 811", "Note 840"]
        assert len(set(titles)) == len(titles) == 1360


@pytest.mark.parametrize(("columns", "words"), [(48, " ×3 ●4"), (200, "3 outlets ●4")])
async def test_a_story_says_so_at_every_width(notes: Library, columns: int, words: str) -> None:
    async with running(notes, (columns, 24)) as driver:
        await driver.press("Enter")

        row = driver.lines()[line_of(driver, "▸Note 03")]
        assert words in row
        assert re.search(r"●4  +\S+", row)  # the age stands apart


async def test_a_row_says_how_much_of_an_unread_article_is_new(folder: Path) -> None:
    told = (
        "The Orvel dam in the Tarn valley breached on Wednesday and flooded Lesk and Marwen."
        " Engineer Ilka Brandt had warned of cracks in the spillway in January."
    )
    again = (
        "Water of the Orvel dam in the Tarn valley, which breached on Wednesday, flooded Marwen."
        " Cracks in the spillway were what engineer Ilka Brandt had warned of in January."
    )
    more = " Governor Piet Solheim closed the Kessel bridge. The railway to Quorn stands still."
    with Archive.open(folder) as archive:
        archive.save([note(100, told), note(101, again + more)])
        archive.stories.group()
    with Library.open(folder, Settings()) as library:
        one_story(library, 100, 101)
        async with running(library, (200, 30)) as driver:
            await driver.press("Enter", "G", "za", "G")
            assert await driver.until(lambda: "Note 101" in driver.text())
            assert "% new" not in driver.text()
            await driver.press("k", "N")
            assert driver.desk.active_list.current.title == "Note 100"

            assert await driver.until(
                lambda: "50 % new" in driver.lines()[line_of(driver, "Note 101")]
            )
            driver.desk.archive_changed()
            await driver.settle()
            assert "50 % new" in driver.lines()[line_of(driver, "Note 101")]
            await driver.press("j", "N")
            assert await driver.until(lambda: "% new" not in driver.text())


async def test_results_of_a_search_fold_like_other_lists(notes: Library) -> None:
    async with running(notes, (200, 40)) as driver:
        await driver.press("/")
        await driver.type("title:note")
        results = driver.desk.widgets.results
        assert await driver.until(lambda: results.total == 25 - 2)
        assert "3 outlets ●4" in driver.lines()[line_of(driver, "▸Note 03")]
        assert "60 · newest first" in driver.text()
        await driver.press("Tab", "G")
        assert await driver.until(lambda: results.total == COUNT - 3)

        await driver.press("gg", "j", "j", "j", "za")
        assert await driver.until(lambda: results.total == COUNT)
        shown = [row.title for row in results.loaded[3:8]]
        assert shown == ["Note 03", "Note 05", "Note 08", "Note 40", "Note 04"]
        await driver.press("j", "N")
        assert results.current.title == "Note 05"
        assert await driver.until(lambda: results.current.read)
        await driver.press("za")
        assert await driver.until(
            lambda: "3 outlets ●3" in driver.lines()[line_of(driver, "▸Note 03")]
        )
        await driver.press("za", "j")
        assert results.current.read

        await driver.press("zi")
        assert await driver.until(lambda: [row.title for row in results.loaded[3:5]] != shown[:2])
        assert results.total == COUNT
        await driver.press("zM")
        assert await driver.until(lambda: results.total == COUNT - 3)
        await driver.press("zR")
        assert await driver.until(lambda: results.total == COUNT)
        assert [row.title for row in results.loaded[3:5]] == shown[:2]


async def test_counts_of_results_that_were_replaced_are_not_shown(notes: Library) -> None:
    async with running(notes, (200, 40)) as driver:
        await driver.press("/")
        await driver.type("title:note")
        results, finding = driver.desk.widgets.results, driver.desk.finding
        assert await driver.until(lambda: results.total == 25 - 2)
        await driver.press("Tab", "j", "j", "j")
        marked = [results.current.article_id]
        driver.desk.folding.show(by_story=False)  # its answer comes before the one of the counts
        finding.folds.count_stories_of(marked)
        await driver.settle()

        assert results.total == 25
        assert "▸Note 03" not in driver.text()
        await driver.press("N")
        assert await driver.until(lambda: results.row_of(marked[0]).read)
        await driver.press("za")
        assert results.total == 25


async def test_a_story_is_folded_into_its_best_match(notes: Library) -> None:
    async with running(notes, (200, 40)) as driver:
        await driver.press("/")
        await driver.type("title:40 OR title:note")
        results = driver.desk.widgets.results
        await driver.press("Tab", "S")
        assert await driver.until(lambda: "most relevant" in driver.text())
        assert await driver.until(lambda: results.loaded[0].title == "Note 40")

        assert results.loaded[0].fold is not None


async def test_all_results_are_selected_with_those_that_lie_folded(notes: Library) -> None:
    asked = ("Note 03", "Note 05", "Note 06", "Note 40")
    async with running(notes, (200, 40)) as driver:
        await driver.press("/")
        await driver.type(" OR ".join(f'title:"{title}"' for title in asked))
        results = driver.desk.widgets.results
        assert await driver.until(lambda: results.total == 2)
        await driver.press("Tab")
        await driver.press("V", "N")

        def unread() -> set[str]:
            return {row.title for row in notes.list("title:note is:unread", limit=100)}

        assert await driver.until(lambda: len(unread()) == COUNT - len(asked))
        assert unread().isdisjoint(asked)
