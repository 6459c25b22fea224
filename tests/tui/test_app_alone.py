"""Reading alone and with one's own words: zen, measure, notes, commands, places."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from time import sleep

import pytest
from textual.widgets import TextArea

from archive.models import MarkChange
from reader.config import Settings
from reader.library import Library
from reader.pipe import pipe
from reader.tui.cells import cell_len
from reader.tui.places_file import PlacesFile
from tests.tui.driving import Driver, running


def note_of_first(driver: Driver) -> str:
    return driver.library.mark_of(driver.library.list(limit=1)[0].article_id).note


async def test_zen_shows_the_text_alone_in_the_middle(stocked: Library) -> None:
    async with running(stocked, (160, 48)) as driver:
        await driver.press("Enter", "Enter", "Z", "j", "j", "j")
        lines = driver.lines()

        body = [line for line in lines if line.strip() and "shows the panes" not in line]
        assert all(line.startswith(" " * 38) for line in body[:10])
        assert "? Help" not in lines[-1]
        assert driver.desk.panes.text_is_seen


@pytest.mark.parametrize("key", ["Z", "q", "h", "Escape"])
async def test_zen_is_left_for_the_panes_with_the_text_in_use(stocked: Library, key: str) -> None:
    async with running(stocked, (160, 48)) as driver:
        await driver.press("Enter", "Enter", "Z", key)

        assert driver.desk.panes.current == "text"
        assert "? Help" in driver.lines()[-1]
        assert driver.desk.widgets.parts["left"].display


async def test_zen_from_the_list_opens_the_article_and_n_goes_on_in_it(stocked: Library) -> None:
    async with running(stocked, (120, 40)) as driver:
        await driver.press("Enter", "Z", "n")

        assert driver.desk.panes.is_zen
        assert "Report 1 on the bridge" in driver.text()


async def test_no_line_of_text_is_longer_than_the_measure(stocked: Library) -> None:
    async with running(stocked, (160, 48), settings=Settings(measure=60)) as driver:
        await driver.press("Enter", "Enter", "Z")

        longest = max(cell_len(line.strip().rstrip("▁▂▃▄▅▆▇█ ")) for line in driver.lines()[:40])

        assert 50 < longest <= 60


async def test_a_note_is_written_shown_changed_and_undone(stocked: Library) -> None:
    async with running(stocked, (100, 40)) as driver:
        await driver.press("Enter", "Enter", "e")
        await driver.type("ask Ada")
        await driver.press("Enter")
        await driver.type("[b]twice")
        await driver.press("C-s")
        assert note_of_first(driver) == "ask Ada\n[b]twice"
        assert "✎ [b]twice" in driver.text()

        await driver.press("e")
        assert await driver.until(
            lambda: driver.app.screen.query_one(TextArea).text == "ask Ada\n[b]twice"
        )
        await driver.type("!")
        await driver.press("C-s")
        assert note_of_first(driver) == "ask Ada\n[b]twice!"
        assert "✎ [b]twice!" in driver.text()

        await driver.press("u")
        assert note_of_first(driver) == "ask Ada\n[b]twice"
        assert await driver.until(lambda: "twice!" not in driver.text())


async def test_escape_leaves_a_note_as_it_was(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "e")
        await driver.type("q and j")
        await driver.press("Escape")

        assert note_of_first(driver) == ""
        assert driver.app.screen is driver.app.main


async def test_an_article_is_piped_to_a_command_whose_output_is_shown(stocked: Library) -> None:
    async with running(stocked, (100, 30)) as driver:
        await driver.press("Enter", "|")
        await driver.type("head -n 1; printenv NEWSREADER_URL; printf '\\033[31m[red]x'")
        await driver.press("Enter")

        assert await driver.until(lambda: "What it prints" in driver.text())
        shown = driver.text()
        assert "# Report 0 on the ferry" in shown
        assert "https://post.example.org/ferry/0" in shown
        assert "[red]x" in shown
        assert "\x1b" not in shown


async def test_a_command_that_fails_in_silence_is_told(stocked: Library) -> None:
    async with running(stocked, (100, 30)) as driver:
        await driver.press("Enter", ":")
        await driver.type("pipe cat > /dev/null; exit 3")
        await driver.press("Enter")

        assert await driver.until(lambda: any("ended with 3" in say for say in driver.notices()))


def test_what_a_command_leaves_running_is_not_waited_for(tmp_path: Path) -> None:
    there = tmp_path / "there"

    found = pipe(f"echo done; (sleep 1; touch {there}; sleep 60) &", "text", {}, seconds=50)

    assert (found.text, found.code) == ("done\n", 0)
    for _ in range(200):
        if there.exists():
            break
        sleep(0.05)
    assert there.exists()


def test_a_command_that_ignores_its_end_is_left_behind() -> None:
    found = pipe("setsid sleep 30 & sleep 30", "text", {}, seconds=0.2)

    assert found.code is None


def test_a_command_is_ended_when_it_is_to_stop() -> None:
    stop = threading.Event()
    stop.set()

    assert pipe("sleep 60", "text", {}, stop=stop).code is None


def test_a_command_that_does_not_end_is_ended_with_all_it_started() -> None:
    found = pipe("sleep 60 & sleep 60", "text", {}, seconds=0.2)

    assert found.code is None


def test_a_command_that_reads_nothing_and_prints_much_is_no_hang() -> None:
    found = pipe("head -c 3000000 /dev/zero | tr '\\0' x", "y" * 1_000_000, {"T": "a\0b" * 100_000})

    assert (len(found.text), found.code) == (1_000_000, 0)


async def test_places_are_kept_over_restarts_with_list_filter_and_line(
    stocked: Library, tmp_path: Path
) -> None:
    file = PlacesFile(tmp_path / "state" / "places.json")
    async with running(stocked, (100, 30), places=file) as driver:
        await driver.press("j", "j", "Enter", "f", *"ferry", "Enter", "j", "Enter", "C-d", "C-d")
        top = driver.desk.widgets.text.position
        assert top > 0
        await driver.press("M", "b")

    async with running(stocked, (100, 30), places=file) as driver:
        await driver.press("'", "b")
        assert await driver.until(lambda: driver.desk.panes.current == "text")
        await driver.settle()

        assert driver.desk.listing.view.name == "All articles"
        assert driver.desk.listing.filter == "ferry"
        assert driver.desk.current.title == "Report 8 on the ferry"
        assert driver.desk.widgets.text.position == top


async def test_a_place_among_the_unread_is_there_when_its_article_was_read(
    stocked: Library,
) -> None:
    async with running(stocked, (100, 30)) as driver:
        await driver.press("Enter", "j", "M", "b", "N", "h", "j", "Enter", "'", "b")
        await driver.settle()

        assert driver.desk.listing.view.name == "Unread"
        assert driver.desk.panes.current == "articles"
        assert driver.desk.current.title == "Report 1 on the bridge"
        assert [row.title for row in driver.desk.loaded_rows() if row.read] == [
            "Report 1 on the bridge"
        ]


async def test_a_place_in_a_search_searches_again(stocked: Library) -> None:
    async with running(stocked, (100, 30)) as driver:
        await driver.press("/", *"orchard", "Tab", "M", "s", "Escape", "'", "s")

        assert driver.desk.panes.current == "search"
        assert await driver.until(lambda: driver.desk.finding.total == 6)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (("'", "z"), "No place z is set here."),
        (("M", "7"), "Places have letters: a to z, A to Z."),
    ],
)
async def test_a_place_that_is_none_is_said(
    stocked: Library, keys: tuple[str, ...], said: str
) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", *keys)

        assert driver.notices() == [said]


def test_a_strange_file_of_places_has_none(tmp_path: Path) -> None:
    file = tmp_path / "places.json"
    for content in ("[", "[]", '{"a": 3}', json.dumps({"a": {"archive": "x", "article_id": 1}})):
        file.write_text(content)

        assert PlacesFile(file).load() == {}


def test_notes_go_along_with_an_export(stocked: Library) -> None:
    newest = stocked.list(limit=1)[0].article_id
    stocked.mark([newest], MarkChange(note="kept"))

    lines = [json.loads(line) for line in b"".join(stocked.export_jsonl()).splitlines()]

    assert [line["note"] for line in lines if line.get("note")] == ["kept"]
