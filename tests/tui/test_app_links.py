"""Links of the article being read: letters on those in sight, and the list of all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.archive import Archive
from reader.config import Keys, Settings
from reader.library import Library
from reader.tui.control.keying import give_keys
from reader.tui.control.links import ALPHABET, letters_for
from reader.tui.keymap import keymap_of
from reader.tui.screens.links import LinksScreen
from tests.tui.driving import Driver, running

FILLER = "\n\n".join(f"Paragraph {number} has no link." for number in range(30))
TEXT = f"""See the [harbour plan](https://harbour.example/plan), the
[新闻 page](https://news.example/zh), [bold] [/oops] or [write](mailto:desk@post.example).
Not [this](javascript:alert(1)) and not [that](file:///etc/passwd).

{FILLER}

At last the [tide table](https://tides.example/table?[b]x[/b])."""
TIDES = "https://tides.example/table?%5Bb%5Dx%5B/b%5D"


@pytest.fixture
def settings(archive_folder: Path) -> Settings:
    """A browser that writes down what it is given."""
    script = archive_folder / "browser.py"
    script.write_text(
        "import pathlib, sys\n"
        f"pathlib.Path({str(archive_folder / 'browsed')!r}).write_text('\\n'.join(sys.argv[1:]))\n"
    )
    return Settings(browser=f"{sys.executable} {script}", connections=4)


@pytest.fixture
def linked(archive_folder: Path, settings: Settings) -> Iterator[Library]:
    """A library whose newest article has links."""
    with Archive.open(archive_folder) as archive:
        newest = archive.list(limit=1)[0]
        archive.save([replace(archive.get(newest.article_id), text=TEXT)])
    with Library.open(archive_folder, settings) as library:
        yield library


def browsed(driver: Driver) -> str:
    note = driver.library.path / "browsed"
    return note.read_text().strip() if note.exists() else ""


async def in_text(driver: Driver) -> None:
    await driver.press("Enter", "Enter")


async def test_a_letter_on_a_link_opens_it(linked: Library, settings: Settings) -> None:
    async with running(linked, settings=settings) as driver:
        await in_text(driver)
        assert "the harbour plan" in driver.text()
        await driver.press(";")
        screen = driver.text()

        assert "the aarbour plan" in screen
        assert "write" not in screen
        assert "a-z Letters of a link" in driver.lines()[-1]

        await driver.press("a")
        assert await driver.until(lambda: browsed(driver) == "https://harbour.example/plan")
        assert "the harbour plan" in driver.text()


async def test_a_letter_over_a_wide_character_keeps_the_line_in_its_cells(
    linked: Library, settings: Settings
) -> None:
    async with running(linked, settings=settings) as driver:
        await in_text(driver)
        await driver.press(";")

        assert "s 闻 page" in driver.text()
        await driver.press("s")
        assert await driver.until(lambda: browsed(driver) == "https://news.example/zh")


async def test_mail_is_handed_on_and_other_schemes_never(
    linked: Library, settings: Settings
) -> None:
    async with running(linked, settings=settings) as driver:
        await in_text(driver)
        await driver.press(";")
        links = driver.desk.links

        assert sorted(links._addresses.values()) == [
            "https://harbour.example/plan",
            "https://news.example/zh",
            "mailto:desk@post.example",
        ]
        await driver.press("d")
        assert await driver.until(lambda: browsed(driver) == "mailto:desk@post.example")


@pytest.mark.parametrize("key", ["Escape", "Z"])
async def test_letters_are_left_by_escape_and_by_what_is_no_letter_of_a_link(
    linked: Library, settings: Settings, key: str
) -> None:
    async with running(linked, settings=settings) as driver:
        await in_text(driver)
        await driver.press(";", key)

        assert "the harbour plan" in driver.text()
        assert driver.desk.panes.current == "text"
        await driver.press("m")
        assert linked.list(limit=1)[0].starred
        assert browsed(driver) == ""


async def test_letters_go_when_the_focus_leaves_the_text(
    linked: Library, settings: Settings
) -> None:
    async with running(linked, (130, 30), settings) as driver:
        await in_text(driver)
        await driver.press(";")
        assert driver.desk.links.following
        await driver.pilot.click("#articles")
        await driver.settle()

        assert not driver.desk.links.following


async def test_without_a_link_in_sight_a_word_says_where_they_are(
    linked: Library, settings: Settings
) -> None:
    async with running(linked, settings=settings) as driver:
        await in_text(driver)
        await driver.press("Space", ";")

        assert driver.notices()[-1].startswith("No link in sight. U lists")


async def test_the_list_has_every_link_that_may_be_opened(
    linked: Library, settings: Settings
) -> None:
    async with running(linked, (120, 30), settings=settings) as driver:
        await in_text(driver)
        await driver.press("U")
        screen = driver.text()

        assert isinstance(driver.app.screen, LinksScreen)
        assert "5 links" in screen
        assert "1 harbour plan" in screen
        assert "https://harbour.example/plan" in screen
        assert TIDES[:30] in screen
        assert "javascript" not in screen.partition("5 links")[2].partition("Enter opens")[0]

        await driver.press("4", "Enter")
        assert await driver.until(lambda: browsed(driver) == TIDES)
        assert driver.app.screen is driver.app.main


async def test_a_link_of_the_list_is_copied(linked: Library, settings: Settings) -> None:
    async with running(linked, settings=settings) as driver:
        await in_text(driver)
        await driver.press("U", "j", "y")

        assert driver.app.clipboard == "https://news.example/zh"
        assert browsed(driver) == ""


@pytest.mark.parametrize("label", ["{}", "https://{}", "www.{}/"])
async def test_an_address_that_is_its_own_text_stands_once_and_is_cut_in_its_middle(
    archive_folder: Path, settings: Settings, label: str
) -> None:
    address = "harbour.example/plans/" + "a-long-way-to-the-harbour-" * 4 + "page-7"
    with Archive.open(archive_folder) as archive:
        newest = archive.get(archive.list(limit=1)[0].article_id)
        text = f"See [{label.format(address)}](https://{address})."
        archive.save([replace(newest, text=text)])
    with Library.open(archive_folder, settings) as library:
        async with running(library) as driver:
            await driver.press("Enter", "Enter", "U")
            row = next(line for line in driver.lines() if line.startswith("│ 1 "))

            assert row.count("plans/") == 1
            assert "https://harbour.example/plans/a" in row
            assert "…" in row
            assert row.rstrip("│ ").endswith("harbour-page-7")


@pytest.mark.parametrize("key", ["q", "Escape", "U"])
async def test_the_list_is_left(linked: Library, settings: Settings, key: str) -> None:
    async with running(linked, settings=settings) as driver:
        await in_text(driver)
        await driver.press("U", key)

        assert driver.app.screen is driver.app.main


@pytest.mark.parametrize("count", [1, 26, 27, 700])
def test_no_name_of_a_link_begins_another(count: int) -> None:
    names = letters_for(count)

    assert len(set(names)) == count
    assert len({len(name) for name in names}) == 1
    assert set("".join(names)) <= set(ALPHABET)


async def test_the_keys_are_seen_under_a_list_longer_than_the_screen(
    archive_folder: Path, settings: Settings
) -> None:
    with Archive.open(archive_folder) as archive:
        newest = archive.list(limit=1)[0]
        text = "\n\n".join(f"[link {n}](https://many.example/{n})" for n in range(60))
        archive.save([replace(archive.get(newest.article_id), text=text)])
    with Library.open(archive_folder, settings) as library:
        async with running(library) as driver:
            await in_text(driver)
            await driver.press("U", "4", "2")

            assert "61 links" in driver.text()
            assert "y copies" in driver.text()
            assert "42 link 41" in driver.text()
            await driver.press("y")
            assert driver.app.clipboard == "https://many.example/41"


async def test_a_number_before_its_key_opens_the_link_that_the_list_gives_it(
    linked: Library, settings: Settings
) -> None:
    async with running(linked, settings=settings) as driver:
        await in_text(driver)
        numbered = [url for _, url in driver.desk.links._listed()]
        await driver.press("2", "#")
        assert await driver.until(lambda: browsed(driver) == numbered[1])
        await driver.press("9", "#")
        assert any(
            each.startswith(f"There is no link 9: the links are 1 to {len(numbered)}.")
            for each in driver.notices()
        )
        await driver.press("#")
        assert isinstance(driver.app.screen, LinksScreen)


async def test_where_digits_are_keys_each_opens_its_link_and_counts_nothing(
    linked: Library, settings: Settings
) -> None:
    keyed = replace(settings, keys=Keys(preset="newsboat"))
    async with running(linked, settings=keyed) as driver:
        await driver.press("Enter", "2", "j")
        assert driver.desk.active_list.cursor == 2
        await driver.press("2", "k", "Enter")
        numbered = [url for _, url in driver.desk.links._listed()]
        await driver.press("3")
        assert await driver.until(lambda: browsed(driver) == numbered[2])


async def test_where_digits_are_keys_the_text_has_the_numbers_of_its_links(
    linked: Library, settings: Settings, archive_folder: Path
) -> None:
    keyed = replace(settings, keys=Keys(preset="newsboat"))
    async with running(linked, (100, 30), settings=keyed) as driver:
        await in_text(driver)
        page = " ".join(driver.text().split())
        assert "harbour plan[1], the 新闻 page[2]" in page
        assert "write[3]" in page
        await driver.press("End")
        assert "tide table[4]" in driver.text()
        numbered = driver.desk.links._listed()
        assert [words for words, _ in numbered][:4] == [
            "harbour plan",
            "新闻 page",
            "write",
            "tide table",
        ]


async def test_numbers_of_links_come_and_go_with_the_keys(
    linked: Library, settings: Settings
) -> None:
    async with running(linked, (100, 30), settings=settings) as driver:
        await in_text(driver)
        assert "plan[1]" not in driver.text()
        give_keys(driver.desk, keymap_of(Settings(keys=Keys(preset="newsboat"))))
        await driver.settle()
        assert "plan[1]" in driver.text()
        give_keys(driver.desk, keymap_of(Settings()))
        await driver.settle()
        assert "plan[1]" not in driver.text()
