"""Pictures in the app: drawn in the text where they can be, told in words where not, and alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.segment import Segment

from reader.config import Settings
from reader.library import Library
from reader.tui.screens.pictures import PicturesScreen
from tests.illustrated import (
    ALT,
    BLUE,
    FIGURE,
    FIRST,
    RED,
    feed,
    illustrate,
    page,
    png,
)
from tests.illustrated import LEAD as LEAD_FIGURE
from tests.servers import Server
from tests.tui.driving import Driver, running

IMAGES = Settings(images=True, connections=4)
LEAD = "The tower at dusk"
GREEN = (20, 150, 60)


@pytest.fixture
def illustrated(tmp_path: Path) -> Iterator[Library]:
    """An article with a lead picture and one in its text; its server is gone."""
    with Library.open(tmp_path / "archive", IMAGES) as library:
        with Server() as server:
            illustrate(server)
            library.subscribe(feed(server))
            (outcome,) = library.refresh()
            assert outcome.new_count == 1
        yield library


def segments(driver: Driver) -> list[list[Segment]]:
    return [list(strip) for strip in driver.app.screen._compositor.render_strips()]


def colours(driver: Driver) -> set[tuple[int, int, int]]:
    """The colours of half cells on the screen."""
    return {
        tuple(colour.get_truecolor())
        for line in segments(driver)
        for text, style, _ in line
        if "▀" in text and style
        for colour in (style.color, style.bgcolor)
        if colour
    }


def half_cell_lines(driver: Driver) -> list[int]:
    return [at for at, line in enumerate(driver.lines()) if "▀" in line]


async def drawn(driver: Driver, count: int = 1) -> bool:
    """Whether so many pictures were drawn in the text pane in time."""
    pictures = driver.desk.widgets.text.painter.pictures
    found = await driver.until(lambda: len(pictures) >= count, 30)
    await driver.settle()
    return found


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_pictures_are_drawn_in_the_text_with_their_words_below(
    illustrated: Library, size: tuple[int, int]
) -> None:
    async with running(illustrated, size, IMAGES) as driver:
        await driver.press("Enter", "Enter")
        shown_at_once = driver.text()
        assert await drawn(driver)

        assert FIRST[:20] in shown_at_once
        assert colours(driver) == {RED, BLUE}
        assert LEAD in driver.text()
        assert len(half_cell_lines(driver)) < size[1] - 6  # beside them there is text


async def test_nothing_moves_when_pictures_come(illustrated: Library) -> None:
    async with running(illustrated, (80, 24), IMAGES) as driver:
        await driver.press("Enter", "Enter")
        before, height = driver.lines(), driver.desk.widgets.text.virtual_size.height
        assert await drawn(driver)
        now = driver.lines()
        told = [row for row, line in enumerate(before) if line.strip() and "▀" not in line]

        assert [before[row] for row in told] == [now[row] for row in told]
        assert any(FIRST[:30] in line for line in now)
        assert driver.desk.widgets.text.virtual_size.height == height


async def test_a_mark_leaves_the_view_within_a_picture(illustrated: Library) -> None:
    async with running(illustrated, (80, 24), IMAGES) as driver:
        await driver.press("Enter", "Enter")
        assert await drawn(driver)
        await driver.press("j", "j", "j", "j", "j", "j", "j", "j")
        before = driver.desk.widgets.text.scroll_offset.y
        await driver.press("m")

        assert before == 8
        assert driver.desk.widgets.text.scroll_offset.y == before


async def test_another_picture_in_the_place_of_one_is_drawn(tmp_path: Path) -> None:
    """It is as large as the one that stood there, in the article that stays open."""
    with Library.open(tmp_path / "archive", IMAGES) as library, Server() as server:
        illustrate(server)
        library.subscribe(feed(server))
        list(library.refresh())
        async with running(library, (80, 100), IMAGES) as driver:
            await driver.press("Enter", "Enter")
            assert await drawn(driver, 2)
            before = colours(driver)
            server.put("/filament.png", png(120, 240, GREEN, GREEN), "image/png")
            filament = '<figure><img src="/filament.png" alt="The filament"></figure>'
            server.put("/lamp", page(filament + FIGURE, LEAD_FIGURE))
            list(library.save_pages([server.url("/lamp")]))
            driver.desk.reading.reread()
            assert await drawn(driver, 3)

            assert "The filament" in driver.text()
            assert (before, colours(driver)) == ({RED, BLUE}, {RED, BLUE, GREEN})


async def test_hits_are_found_below_pictures(illustrated: Library) -> None:
    async with running(illustrated, (80, 24), IMAGES) as driver:
        await driver.press("/", *"kilograms", "Enter", "Enter")
        await driver.settle()
        lines = driver.lines()

        assert any("kilograms" in line for line in lines)


@pytest.mark.parametrize("why", ["ascii", "no colours", "off"])
async def test_where_pictures_cannot_be_their_words_are(
    illustrated: Library, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(images=True, ascii=why == "ascii")
    if why == "no colours":
        monkeypatch.setenv("NO_COLOR", "1")
    if why == "off":
        illustrated.settings = settings = Settings()
    async with running(illustrated, (80, 24), settings) as driver:
        await driver.press("Enter", "Enter")

        assert f"[image: {LEAD}]" in driver.text()
        assert f"[image: {ALT}]" in driver.text()
        assert "▀" not in driver.text()


async def test_pictures_are_shown_one_by_one(
    illustrated: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("reader.browser.browse", lambda url, _: opened.append(url) or "")
    async with running(illustrated, (80, 24), IMAGES) as driver:
        await driver.press("Enter", "gi")
        assert await driver.until(lambda: bool(colours(driver)), 30)
        first = driver.text()
        await driver.press("n", "n")
        assert await driver.until(lambda: ALT in driver.text())
        second = driver.text()
        await driver.press("o")
        await driver.until(lambda: bool(opened))
        await driver.press("q")

        assert "Picture 1 of 2" in first
        assert LEAD in first
        assert "Picture 2 of 2" in second
        assert "120 × 240" in second
        assert [url.rpartition("/")[2] for url in opened] == ["lens.png"]
        assert not isinstance(driver.app.screen, PicturesScreen)


async def test_the_picture_that_is_read_at_is_shown_first(illustrated: Library) -> None:
    async with running(illustrated, (80, 24), IMAGES) as driver:
        await driver.press("Enter", "Enter", "G", "gi")

        assert "Picture 2 of 2" in driver.text()


async def test_a_picture_whose_file_is_gone_costs_its_place_only(illustrated: Library) -> None:
    for file in (illustrated.path / "pages").rglob("*.warc.gz"):
        file.unlink()
    async with running(illustrated, (80, 24), IMAGES) as driver:
        await driver.press("Enter", "Enter")
        assert await drawn(driver)

        assert "This picture cannot be read." in driver.text()
        assert LEAD in driver.text()
        assert driver.notices() == []
        await driver.press("gi")
        assert await driver.until(lambda: "This picture cannot be read." in driver.text())


async def test_pictures_that_are_not_kept_are_shown_by_their_words(tmp_path: Path) -> None:
    with Library.open(tmp_path / "archive", Settings()) as library, Server() as server:
        illustrate(server)
        assert [each.error for each in library.save_pages([server.url("/lamp")])] == [""]
        async with running(library, (80, 24), Settings()) as driver:
            await driver.press("Enter", "gi")
            await driver.settle()

            assert "This picture is not kept." in driver.text()
            assert LEAD in driver.text()
            assert server.url("/tower.png") in driver.text()


async def test_a_text_without_pictures_loads_nothing_that_reads_them(tmp_path: Path) -> None:
    code = (
        "import sys, asyncio; from pathlib import Path; from reader.config import Settings;"
        "from reader.library import Library; from reader.tui.app import NewsreaderApp\n"
        "async def main():\n"
        " s = Settings(images=True)\n"
        " with Library.open(Path(sys.argv[1]), s) as library:\n"
        "  async with NewsreaderApp(library, s).run_test() as pilot: await pilot.pause()\n"
        "asyncio.run(main())\n"
        "print(*(name for name in ('PIL', 'textual_image') if name in sys.modules))"
    )
    import sys

    run = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, str(tmp_path / "a"), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await run.communicate()

    assert (run.returncode, out.split()) == (0, [])


async def test_the_first_refresh_tells_what_pictures_cost(tmp_path: Path) -> None:
    with Library.open(tmp_path / "archive", IMAGES) as library, Server() as server:
        illustrate(server)
        library.subscribe(feed(server))
        async with running(library, (80, 24), IMAGES) as driver:
            await driver.press("R")
            assert await driver.until(lambda: len(driver.notices()) > 0, 40)
            first = driver.notices()
            await driver.press("R")
            await driver.until(lambda: not driver.desk.refreshing.running, 40)

            assert [("images = true" in said, "2 pictures kept" in said) for said in first] == [
                (True, True)
            ]
            assert driver.notices() == first
