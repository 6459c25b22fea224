"""The first start without feeds: a file of another reader, well-known feeds, the demo."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.config import Settings
from reader.demo.run import demo_library
from reader.errors import FeedUnusable
from reader.library import Library
from reader.starter_feeds import STARTER_FEEDS, StarterFeed
from reader.tui.control.starting import DEMO
from reader.tui.path_completion import paths_in
from reader.tui.screens.prompts import Confirm, LinePrompt
from reader.tui.screens.starters import StartersScreen
from tests.servers import NewsSite, opml, raw
from tests.tui.driving import Driver, running


@pytest.fixture
def starters(outlet: NewsSite, monkeypatch: pytest.MonkeyPatch) -> tuple[StarterFeed, ...]:
    """A list to pick from: one feed that answers, one whose address leads nowhere."""
    feeds = (
        StarterFeed("Coast", "The Harbour Post", outlet.rss_url),
        StarterFeed("Lost", "Gone Gazette", outlet.server.url("/gone.xml")),
    )
    monkeypatch.setattr("reader.tui.control.starting.STARTER_FEEDS", feeds)
    return feeds


def refreshed(driver: Driver) -> bool:
    return not driver.desk.refreshing.running


async def test_a_file_of_another_reader_is_imported_and_a_refresh_offered(
    library: Library, outlet: NewsSite, tmp_path: Path
) -> None:
    file = tmp_path / "feeds.opml"
    lines = opml(outlet.rss_url).splitlines()
    broken = '<outline type="rss" xmlUrl="gopher://[b]old[/b]" text="Old"/>'
    file.write_text("\n".join(lines).replace("</body>", f"{broken}\n</body>"))
    async with running(library) as driver:
        await driver.press("I")
        await driver.type(str(file))
        await driver.press("Enter")
        assert await driver.until(lambda: isinstance(driver.app.screen, Confirm))
        screen = driver.text()

        assert "1 feed added. Refresh all feeds now?" in screen
        assert "Not taken, line" in screen
        await driver.press("y")
        assert await driver.until(lambda: driver.desk.active_list.total == 3, 40)
        assert await driver.until(lambda: refreshed(driver))


async def test_a_file_that_is_no_list_of_feeds_is_told_in_the_prompt(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "photo.png"
    file.write_bytes(b"\x89PNG\r\n\0")
    async with running(library) as driver:
        await driver.press("I")
        await driver.type(str(file))
        await driver.press("Enter")
        prompt = driver.app.screen

        assert isinstance(prompt, LinePrompt)
        assert await driver.until(lambda: prompt.query_one("#prompt-hint").has_class("-refused"))


async def test_tab_completes_a_path_and_goes_into_folders(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "notes.txt").touch()
    (folder / "zeta.opml").touch()
    async with running(library) as driver:
        await driver.press("I")
        await driver.type(f"{tmp_path}/exp")
        prompt = driver.app.screen
        assert await driver.until(lambda: prompt.candidates == (f"{folder}/",))
        await driver.press("Tab")
        assert await driver.until(lambda: len(prompt.candidates) == 2)
        await driver.press("Tab")

        assert prompt.query_one("#prompt-line").value == f"{folder}/zeta.opml"


async def test_tab_first_completes_what_all_paths_share_and_then_goes_round(
    library: Library, tmp_path: Path
) -> None:
    for name in ("feeds-home.opml", "feeds-work.opml", "feeds-old/"):
        (tmp_path / name).mkdir() if name.endswith("/") else (tmp_path / name).touch()
    async with running(library) as driver:
        await driver.press("I")
        await driver.type(f"{tmp_path}/f")
        prompt = driver.app.screen
        assert await driver.until(lambda: len(prompt.candidates) == 3)
        seen = []
        for _ in range(5):
            await driver.press("Tab")
            seen.append(prompt.query_one("#prompt-line").value.removeprefix(f"{tmp_path}/"))

        names = ["feeds-home.opml", "feeds-work.opml", "feeds-old/"]
        assert seen == ["feeds-", *names, names[0]]


NOT_OPML = "x: is neither OPML nor JSON Lines. Give OPML (feeds) or JSON Lines (articles)."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("root:x:0:0\ndaemon:x:1:1\nbin:x:2:2\n" * 9, NOT_OPML),
        ("<opml><body></opml>", "Nothing new in this file. Not taken: line 1: is broken XML."),
        ("<opml><body/></opml>", "Nothing new in this file. Escape leaves."),
        ('{"a": 1}\n{"b": 2}', "Not taken: line 1: has no url, and 1 more."),
    ],
)
async def test_a_file_that_brings_nothing_is_told_in_one_line_and_the_prompt_stays(
    library: Library, tmp_path: Path, content: str, said: str
) -> None:
    (tmp_path / "x").write_text(content)
    async with running(library) as driver:
        await driver.press("I")
        await driver.type(f"{tmp_path}/x")
        await driver.press("Enter")
        prompt = driver.app.screen
        hint = prompt.query_one("#prompt-hint")
        assert await driver.until(lambda: hint.has_class("-refused"))
        await driver.settle()

        assert driver.app.screen is prompt
        assert said in " ".join(driver.text().split())
        assert hint.size.height == 1
        assert prompt.query_one("#prompt-line").has_focus


def test_paths_are_spelled_as_they_were_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "feeds.opml").touch()
    (tmp_path / ".hidden").touch()

    assert paths_in("~/", (".opml",)) == ("~/feeds.opml",)
    assert paths_in("~/.h", (".opml",)) == ("~/.hidden",)
    assert paths_in("~nobody-here/", (".opml",)) == ()
    assert paths_in(f"{tmp_path}/missing/", (".opml",)) == ()


async def test_well_known_feeds_are_picked_and_one_that_fails_says_so(
    library: Library, starters: tuple[StarterFeed, ...]
) -> None:
    async with running(library) as driver:
        await driver.press("P")
        assert "not checked by us" in driver.text()
        await driver.press("Enter")
        assert await driver.until(lambda: "subscribed" in driver.text(), 40)
        await driver.press("j", "Enter")
        assert await driver.until(lambda: "failed" in driver.text(), 40)
        screen = driver.text()

        assert "404" in screen
        assert "the address may have changed" in " ".join(screen.replace("│", " ").split())
        assert [(each.feed.feed_url, each.feed.folder) for each in library.feeds()] == [
            (starters[0].feed_url, "Coast")
        ]
        await driver.press("q")
        assert await driver.until(lambda: driver.desk.active_list.total == 3, 40)
        assert await driver.until(lambda: refreshed(driver))


async def test_what_is_subscribed_to_already_is_marked_and_not_asked_for_again(
    library: Library, starters: tuple[StarterFeed, ...], outlet: NewsSite
) -> None:
    library.subscribe(outlet.rss_url)
    asked = len(outlet.server.paths())
    async with running(library, (100, 30)) as driver:
        await driver.press("P")
        assert "subscribed" in driver.text()
        await driver.press("Enter")

        assert len(outlet.server.paths()) == asked
        await driver.press("Escape")
        assert driver.app.screen is driver.app.main


async def test_a_failure_after_the_list_was_left_is_told(
    library: Library, starters: tuple[StarterFeed, ...], outlet: NewsSite
) -> None:
    async with running(library) as driver:
        outlet.server.put_raw("/gone.xml", 1.0, raw(b"", status="404 Not Found"))
        await driver.press("P", "j", "Enter", "q")

        assert await driver.until(lambda: any("404" in words for words in driver.notices()), 40)
        assert not isinstance(driver.app.screen, StartersScreen)


async def test_the_demo_takes_the_apps_place_only_where_nothing_is_kept(
    library: Library, stocked: Library
) -> None:
    async with running(stocked) as driver:
        await driver.press("T")
        assert driver.app.is_running
        assert "newsreader demo starts it at any time." in driver.notices()[0]
    async with running(library) as driver:
        await driver.press("T")
        await driver.until(lambda: not driver.app.is_running)

        assert driver.app.return_value == DEMO


@pytest.mark.parametrize("size", [(80, 24), (44, 20), (40, 14)])
async def test_a_feed_that_failed_stays_in_sight_with_its_whole_name(
    library: Library, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    def refuse(*_: object) -> None:
        raise FeedUnusable("https://feed.example/rss", "answered 404 Not Found " * 8, "Look again")

    monkeypatch.setattr(library, "subscribe", refuse)
    async with running(library, size) as driver:
        await driver.press("P", *["j"] * 12)
        rows = driver.app.screen.query_one("#starters-list")
        while rows.scroll_offset.y + rows.size.height - 1 > rows.highlighted:
            await driver.press("j")
        name = driver.app.screen._feeds[rows.highlighted_option.id].name
        await driver.press("Enter")
        assert await driver.until(lambda: "404" in driver.text())
        await driver.settle()

        assert any(f" {name} " in line and "failed" in line for line in driver.lines())
        cut = [feed.name for feed in STARTER_FEEDS if f"{feed.name[:8]}…" in driver.text()]
        assert cut == []


async def test_addresses_of_well_known_feeds_come_with_the_room(library: Library) -> None:
    async with running(library, (44, 20)) as driver:
        await driver.press("P")
        assert "feeds.bbci.co.uk" not in driver.text()
        await driver.pilot.resize_terminal(100, 30)
        await driver.settle()

        assert "feeds.bbci.co.uk" in driver.text()


def test_the_list_of_well_known_feeds_is_sound() -> None:
    addresses = [feed.feed_url for feed in STARTER_FEEDS]
    topics = [feed.topic for feed in STARTER_FEEDS]

    assert all(address.startswith("https://") for address in addresses)
    assert len(set(addresses)) == len(addresses)
    assert topics == sorted(topics, key=topics.index)
    assert all(feed.name and feed.topic for feed in STARTER_FEEDS)


async def test_the_demo_says_at_its_end_that_nothing_is_kept(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("q")
        assert "Quit newsreader?" in driver.text()
        assert "Everything done is kept; Q quits without asking." in driver.text()
    stocked.is_kept = False
    async with running(stocked) as driver:
        await driver.press("q")
        assert "Leave the demo?" in driver.text()
        assert "Nothing of it is kept; Q quits without asking." in driver.text()
        await driver.press("n", "T")
        assert driver.notices() == ["This is the demo."]


def test_the_demos_library_is_not_kept(settings: Settings) -> None:
    with demo_library(settings) as library:
        assert not library.is_kept


async def test_a_narrow_terminal_says_what_to_do_as_well(library: Library) -> None:
    async with running(library, (40, 20)) as driver:
        screen = driver.text()

        assert "No feeds yet." in screen
        assert "T try the demo, without a network" in screen
        await driver.press("G")
        assert driver.desk.widgets.feeds.view.name == "All articles"


async def test_every_pane_says_why_it_is_empty(library: Library) -> None:
    async with running(library, (160, 40)) as driver:
        assert "No text: the list of articles is empty." in driver.text()
        assert "No feeds yet. Four ways to begin:" in driver.text()
        await driver.press("t")
        assert "No tags yet." in driver.text()
        await driver.press("q", "/")
        await driver.type("zebra")
        assert "No articles to search yet." in driver.text()
        assert "Escape closes the search." in driver.text()


async def test_the_way_out_is_seen_under_a_list_longer_than_the_screen(library: Library) -> None:
    async with running(library) as driver:
        await driver.press("P")

        assert "q leaves" in driver.text()
        assert "BBC News: World" in driver.text()


async def test_feeds_without_articles_are_not_called_read(
    library: Library, outlet: NewsSite
) -> None:
    library.subscribe(outlet.rss_url)
    async with running(library) as driver:
        assert "No articles yet." in driver.text()
        assert "R refreshes all feeds." in driver.text()
