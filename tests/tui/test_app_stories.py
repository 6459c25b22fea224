"""Stories in the app: who else tells what is being read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import Static

from archive.archive import Archive
from archive.models import Article, MarkChange, Origin
from archive.revisions import revise
from archive.story_models import Claim, Statement
from reader.library import Library
from reader.tui.control.claims import NOTHING
from reader.tui.control.novelty import ALL_NEW, NO_MORE, NOTHING_READ
from reader.tui.control.telling import ALONE, NEAR
from reader.tui.screens.claims import ClaimsScreen
from reader.tui.screens.pick import PickScreen
from reader.tui.screens.whole_page import WholePageScreen
from tests.tui.conftest import FEEDS
from tests.tui.driving import Driver, running

TOLD = (
    (
        "Dam at Lake Orvel breaches after a week of rain",
        (
            "The Orvel dam in the Tarn valley breached on Wednesday and sent water through Lesk and"
            " Marwen. Engineer Ilka Brandt, who had warned of cracks in January, said the spillway"
            " gates were stuck. About 2,300 people were taken to schools in Tarn. Governor Piet"
            " Solheim promised an inquiry."
        ),
    ),
    (
        "2,300 flee as Orvel dam [gives] way",
        (
            "More than two thousand people left Lesk and Marwen as the dam at Lake Orvel gave way."
            " Ilka Brandt, an engineer who wrote a report on its cracks in January, told this paper"
            " that the gates of the spillway no longer moved. Governor Piet Solheim saw the Tarn"
            " valley at noon."
        ),
    ),
)


def told(number: int) -> Article:
    title, text = TOLD[number]
    feed = FEEDS[number]
    at = datetime.now(UTC) - timedelta(minutes=10 - number)
    return Article(
        url=f"{feed.feed_url.removesuffix('/rss')}/dam",
        title=title,
        text=text,
        archived_at=at,
        published_at=at,
        origins=(Origin(feed.feed_url, "dam"),),
        feed_title=feed.title,
        language="en",
        word_count=len(text.split()),
    )


def save(folder: Path, *articles: Article) -> None:
    with Archive.open(folder) as archive:
        archive.save(articles)


async def test_who_else_tells_it_is_listed_and_read(stocked: Library, archive_folder: Path) -> None:
    save(archive_folder, told(0), told(1))
    stocked.stories.group()
    async with running(stocked, (100, 30)) as driver:
        await driver.press("Enter", "Enter")
        assert await driver.until(lambda: "no longer moved" in driver.text())
        await driver.press("gs")
        assert await driver.until(lambda: isinstance(driver.app.screen, PickScreen))
        assert "2 outlets tell this" in driver.text()
        assert "2,300 flee as Orvel dam [gives] way" in driver.text()
        await driver.press("k", "Enter")

        assert await driver.until(lambda: "promised an inquiry" in driver.text())
        assert stocked.count("orvel is:read") == 2


async def test_the_story_tells_what_is_new_and_keeps_apart_what_is_near(
    stocked: Library, archive_folder: Path
) -> None:
    later = (
        "The inquiry into the Orvel dam heard engineer Ilka Brandt. Judge Mara Quist asked who had"
        " read her report of January. Governor Piet Solheim is heard in May."
    )
    at = datetime.now(UTC) - timedelta(days=30)
    inquiry = replace(
        told(0), url="https://inland.example.org/inquiry", title="Inquiry into the Orvel dam",
        text=later, published_at=at, origins=(Origin(FEEDS[2].feed_url, "inquiry"),),
    )  # fmt: skip
    source = replace(told(1), source_url="https://agency.example.org/orvel")
    save(archive_folder, replace(told(0), notes=("A machine wrote it, as it says.",)), source)
    save(archive_folder, inquiry)
    stocked.stories.group()
    stocked.mark("orvel flee", MarkChange(read=True))
    async with running(stocked, (140, 30)) as driver:
        await driver.press("Enter", "gs")
        assert await driver.until(lambda: isinstance(driver.app.screen, PickScreen))
        lines = driver.lines()
        heading = next(place for place, line in enumerate(lines) if NEAR in line)
        assert "original: agency.example.org" in driver.text()
        breach = next(line for line in lines[:heading] if "machine, " in line)
        assert "Dam at Lake Orvel breaches" in breach
        assert "% new" in breach
        assert "Inquiry into the Orvel dam" in lines[heading + 1]
        await driver.press("G", "Enter")

        assert await driver.until(lambda: "Judge Mara Quist asked" in driver.text())


async def test_what_nobody_else_tells_says_so(stocked: Library, archive_folder: Path) -> None:
    save(archive_folder, told(0))
    stocked.stories.group()
    async with running(stocked, (100, 30)) as driver:
        await driver.press("Enter", "Enter")
        assert await driver.until(lambda: "promised an inquiry" in driver.text())
        await driver.press("gs")

        assert await driver.until(lambda: ALONE in driver.text())


def colours(driver: Driver, words: str) -> set[str]:
    """The colours in which a line with these words is drawn where they stand."""
    found = set()
    for strip in driver.app.screen._compositor.render_strips():
        at = "".join(segment.text for segment in strip).find(words)
        if at >= 0:
            part = strip.crop(at, at + len(words))
            found |= {str(segment.style.color.triplet) for segment in part if segment.style}
    return found


async def story_of_two(library: Library, folder: Path, *, read: bool) -> None:
    """Two articles on one dam, the later one read or not."""
    save(folder, told(0), told(1))
    library.stories.group()
    if read:
        library.mark("orvel flee", MarkChange(read=True))


async def test_what_was_read_elsewhere_is_dimmed_and_jumped_over(
    stocked: Library, archive_folder: Path
) -> None:
    await story_of_two(stocked, archive_folder, read=True)
    async with running(stocked, (100, 30)) as driver:
        await driver.press("Enter", "Enter")
        assert await driver.until(lambda: "promised an inquiry" in driver.text())
        assert await driver.until(lambda: bool(driver.desk.widgets.text.told))

        dimmed, bright = colours(driver, "Engineer Ilka Brandt"), colours(driver, "schools in Tarn")
        assert len(dimmed | bright) == 2
        await driver.press("]n", "]n")
        assert NO_MORE in driver.notices()


async def test_without_a_read_member_nothing_is_dimmed(
    stocked: Library, archive_folder: Path
) -> None:
    await story_of_two(stocked, archive_folder, read=False)
    async with running(stocked, (100, 30)) as driver:
        await driver.press("Enter", "Enter")
        assert await driver.until(lambda: "no longer moved" in driver.text())
        await driver.press("]n")

        assert driver.desk.widgets.text.told == ()
        assert ALL_NEW in driver.notices()


async def test_what_is_new_in_a_story_is_listed(stocked: Library, archive_folder: Path) -> None:
    await story_of_two(stocked, archive_folder, read=True)
    async with running(stocked, (100, 30)) as driver:
        await driver.press("Enter", "gn")
        assert await driver.until(lambda: isinstance(driver.app.screen, WholePageScreen))

        shown = " ".join(driver.text().split())
        assert "About 2,300 people were taken to schools in Tarn." in shown
        assert "spillway gates were stuck" not in shown
        assert "% new" in shown


async def test_nothing_read_is_said(stocked: Library, archive_folder: Path) -> None:
    await story_of_two(stocked, archive_folder, read=False)
    async with running(stocked, (100, 30)) as driver:
        await driver.press("Enter", "gn")

        assert await driver.until(lambda: NOTHING_READ in driver.notices())


async def test_what_outlets_state_is_a_table_from_which_a_sentence_is_read(
    stocked: Library, archive_folder: Path
) -> None:
    await story_of_two(stocked, archive_folder, read=False)
    async with running(stocked, (100, 40)) as driver:
        await driver.press("Enter", "gc")
        assert await driver.until(lambda: isinstance(driver.app.screen, ClaimsScreen))
        lines = driver.lines()
        head = next(line for line in lines if FEEDS[0].title in line and FEEDS[1].title in line)
        said = next(line for line in lines if "Ilka Brandt said" in line)
        assert head.index(FEEDS[0].title) == said.index("warned of cracks")
        assert head.index(FEEDS[1].title) == said.index("told this paper")
        assert "≠" not in said
        assert "< > outlets" not in driver.text()

        await driver.press("Enter")
        assert await driver.until(lambda: isinstance(driver.app.screen, PickScreen))
        await driver.press("G", "Enter")
        assert await driver.until(lambda: "no longer moved" in driver.text())


async def test_of_copies_whose_original_is_of_another_story_the_first_is_in_the_table(
    stocked: Library, archive_folder: Path
) -> None:
    first = told(0)
    copies = [
        replace(
            told(number),
            url=f"https://copies.example/{number}",
            title=f"{first.title}, part {number}",
            text=f"{first.text} Printed again.",
            origins=(Origin(FEEDS[number].feed_url, "copy"),),
        )
        for number in (0, 1)
    ]
    save(archive_folder, replace(first, published_at=first.archived_at - timedelta(minutes=5)))
    save(archive_folder, *copies)
    stocked.stories.group()
    one, other = stocked.list("is:copy orvel")
    assert one.copy_of == other.copy_of
    stocked.stories.split([str(one.copy_of)])
    async with running(stocked, (100, 40)) as driver:
        await driver.press("Enter", "gc")
        assert await driver.until(lambda: isinstance(driver.app.screen, ClaimsScreen))

        assert "What 1 outlet states" in driver.text()
        assert "promised an inquiry" in driver.text()


@pytest.mark.parametrize("size", [(200, 60), (120, 40), (80, 24), (40, 12)])
async def test_the_table_is_as_large_as_what_it_has_with_its_keys_in_sight(
    stocked: Library, archive_folder: Path, size: tuple[int, int]
) -> None:
    await story_of_two(stocked, archive_folder, read=False)
    async with running(stocked, size) as driver:
        await driver.press("Enter", "gc")
        assert await driver.until(lambda: isinstance(driver.app.screen, ClaimsScreen))
        screen = driver.app.screen
        page, rows = screen.query_one("#claims").region, screen.query_one("#claims-list").region

        assert page.height <= max(size[1] // 2, 22)
        assert 0 < rows.height <= len(screen._claims)
        assert "Enter goes to a sentence" in driver.text()


async def test_the_table_keeps_its_size_from_one_claim_to_another(
    stocked: Library, archive_folder: Path
) -> None:
    await story_of_two(stocked, archive_folder, read=False)
    async with running(stocked, (120, 40)) as driver:
        await driver.press("Enter", "gc")
        assert await driver.until(lambda: isinstance(driver.app.screen, ClaimsScreen))
        sizes = []
        for _ in range(3):
            sizes.append(driver.app.screen.query_one("#claims").region)
            await driver.press("j")

        assert len(set(sizes)) == 1


async def test_the_columns_stand_below_their_outlets_where_the_table_scrolls(
    stocked: Library,
) -> None:
    claims = [
        Claim(f"thing {at}", "quantity", {name: (Statement(f"{name} says", "It does.", "a1"),)})
        for at in range(40)
        for name in ("Left", "Right")
    ]
    async with running(stocked, (80, 24)) as driver:
        await driver.app.push_screen(ClaimsScreen(claims, ["Left", "Right"]))
        assert await driver.until(lambda: "Right says" in driver.text())
        lines = driver.lines()
        head = next(line for line in lines if "Left  " in line and "Right" in line)

        for name in ("Left", "Right"):
            row = next(line for line in lines if f"{name} says" in line)
            assert row.index(f"{name} says") == head.index(name)


async def test_a_story_without_claims_says_so(stocked: Library, archive_folder: Path) -> None:
    async with running(stocked, (100, 30)) as driver:
        await driver.press("Enter", "j", "gc")

        assert await driver.until(lambda: NOTHING in driver.notices())


async def test_of_a_claim_stated_very_often_some_sentences_are_shown(stocked: Library) -> None:
    cells = {
        f"Outlet {at}": tuple(Statement(f"{each}", f"Said {each}.", "a1") for each in range(20))
        for at in range(100)
    }
    async with running(stocked, (100, 30)) as driver:
        await driver.app.push_screen(ClaimsScreen([Claim("dead", "quantity", cells)], list(cells)))
        below = driver.app.screen.query_one("#claims-sentences", Static)
        assert await driver.until(lambda: bool(str(below.content)))

        lines = str(below.content).splitlines()
        assert lines[:2] == ["Outlet 0  Said 0.", "Outlet 0  Said 1."]
        assert lines[-1] == f"and {2000 - len(lines) + 1:,} more: Enter lists them"
        assert lines[-1] in driver.text()


async def test_outlets_that_have_no_room_are_turned_to(
    stocked: Library, archive_folder: Path
) -> None:
    await story_of_two(stocked, archive_folder, read=False)
    async with running(stocked, (48, 24)) as driver:
        await driver.press("Enter", "gc")
        assert await driver.until(lambda: isinstance(driver.app.screen, ClaimsScreen))
        assert "About 2,300" in driver.text()
        assert "< > outlets" in driver.text()
        await driver.press(">")
        assert "More than two" in driver.text()
        assert "About 2,300 " not in driver.lines()[5]
        await driver.press("<")
        assert "About 2,300" in driver.text()
        await driver.press("q")
        assert not isinstance(driver.app.screen, ClaimsScreen)


async def test_the_timeline_shows_an_edited_figure_and_opens_its_article(
    stocked: Library, archive_folder: Path
) -> None:
    save(archive_folder, told(0), told(1))
    with Archive.open(archive_folder) as archive:
        (row,) = archive.list("orvel breaches")
        article = archive.get(row.article_id)
        edited = article.text.replace("2,300", "2,500")
        archive.save([revise(article, article.title, edited, datetime.now(UTC))])
    stocked.stories.group()
    async with running(stocked, (100, 30)) as driver:
        await driver.press("Enter", "gt")
        assert await driver.until(lambda: isinstance(driver.app.screen, PickScreen))
        assert "changed: 2,300 → 2,500" in driver.text()
        await driver.pilot.resize_terminal(50, 30)
        await driver.settle()
        dated = [at for at, line in enumerate(driver.lines()) if re.search(r"\d\d:\d\d", line)]
        first, further = driver.lines()[dated[0]], driver.lines()[dated[0] + 1]
        words = re.search(r"\d\d:\d\d +(?=\S)", first)
        assert words
        assert further.rstrip()
        assert not further[: words.end()].strip("│▕▏ ")  # its words stand under those above
        await driver.pilot.resize_terminal(100, 30)
        await driver.press("G", "Enter")

        assert await driver.until(lambda: "About 2,500 people" in driver.text())
