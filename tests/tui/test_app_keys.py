"""Every key of the registry, pressed in the app on a real archive; and the registry itself."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.events import Key
from textual.widgets import Input

from archive.models import Feed
from reader.config import Keys, Settings
from reader.library import Library
from reader.outcomes import NOT_KEPT
from reader.replacing import NOT_KEPT as NOTHING_KEPT
from reader.tui.actions import BY_ID, PANES, REGISTRY, Action
from reader.tui.control.claims import NOTHING
from reader.tui.control.commands import COMMANDS
from reader.tui.control.keying import give_keys
from reader.tui.control.moving import MOVES
from reader.tui.control.novelty import ALL_NEW, ALL_TOLD
from reader.tui.control.offers import RULES
from reader.tui.control.pictures import NO_PICTURES
from reader.tui.control.revisions import UNCHANGED
from reader.tui.control.starting import DEMO
from reader.tui.key_tables import readme_table
from reader.tui.keymap import KeyClash, Keymap, bindings, keymap_of
from reader.tui.keys import Sequence, presses_of
from reader.tui.presets import PRESETS
from reader.tui.screens.health import HealthScreen
from reader.tui.screens.help import HelpScreen
from reader.tui.screens.highlights import HighlightsScreen
from reader.tui.screens.links import LinksScreen
from reader.tui.screens.notices import NoticesScreen
from reader.tui.screens.palette import PaletteScreen
from reader.tui.screens.pick import PickScreen
from reader.tui.screens.starters import StartersScreen
from reader.tui.screens.statistics import StatisticsScreen
from reader.tui.screens.whole_page import WholePageScreen
from tests.servers import NewsSite, opml
from tests.tui.driving import Driver, running, textual_key

Value = Callable[[Driver], object]
Holds = Callable[[object, object], bool]


@dataclass(frozen=True)
class Case:
    """How an action is seen to work: keys before, what to look at, and how it must have changed."""

    value: Value
    holds: Holds
    before: tuple[str, ...] = ()
    then: tuple[str, ...] = ()


class Counted:
    """A function of Textual's, and how often it was called."""

    def __init__(self, function: Callable[..., object]) -> None:
        self._function = function
        self.count = 0

    def __call__(self, *arguments: object, **named: object) -> object:
        self.count += 1
        return self._function(*arguments, **named)


def pane(driver: Driver) -> object:
    return driver.desk.panes.current


def cursor(driver: Driver) -> object:
    return driver.desk.active_list.cursor


def place(driver: Driver) -> object:
    return driver.desk.widgets.text.scroll_offset.y


def first_mark(driver: Driver) -> object:
    newest = driver.library.list(limit=1)[0]
    return newest.read, newest.starred, newest.tags


def unread(driver: Driver) -> object:
    return driver.library.totals().unread_count


def rows(driver: Driver) -> object:
    return driver.desk.active_list.total


def selected(driver: Driver) -> object:
    return len(driver.desk.active_list.selected)


def feed_names(driver: Driver) -> object:
    return [(status.feed.name, status.feed.folder) for status in driver.library.feeds()]


def articles(driver: Driver) -> object:
    return driver.library.totals().article_count


def article_read(driver: Driver) -> object:
    summary = driver.desk.reading.summary
    return summary.title if summary and driver.desk.reading.opened else ""


def highlights(driver: Driver) -> object:
    newest = driver.library.list(limit=1)[0]
    return len(driver.library.mark_of(newest.article_id).highlights)


def becomes(wanted: object) -> Holds:
    return lambda before, now: before != wanted and now == wanted


def grows(before: object, now: object) -> bool:
    return now > before


def shrinks(before: object, now: object) -> bool:
    return now < before


def changes(before: object, now: object) -> bool:
    return now != before


def whole_updates(driver: Driver) -> object:
    """How often the whole screen was written, as Textual's compositor does, since asked first."""
    compositor = driver.app.screen._compositor
    if not isinstance(compositor.render_full_update, Counted):
        compositor.render_full_update = Counted(compositor.render_full_update)
    return compositor.render_full_update.count


IN_LIST = ("Enter",)
IN_TEXT = ("Enter", "Enter")
ON_FEED = ("G",)
CASES: dict[str, Case] = {
    "down": Case(cursor, becomes(1), IN_LIST),
    "up": Case(cursor, becomes(1), (*IN_LIST, "j", "j")),
    "top": Case(cursor, becomes(0), (*IN_LIST, "G")),
    "bottom": Case(cursor, becomes(31), IN_LIST),
    "half_down": Case(cursor, lambda _, now: 5 <= now <= 15, IN_LIST),
    "half_up": Case(cursor, lambda _, now: 15 <= now <= 26, (*IN_LIST, "G")),
    "page_down": Case(cursor, lambda _, now: 15 < now < 31, IN_LIST),
    "page_up": Case(cursor, lambda _, now: 0 < now < 15, (*IN_LIST, "G")),
    "open": Case(pane, becomes("articles")),
    "back": Case(pane, becomes("feeds"), IN_LIST),
    "close": Case(pane, becomes("feeds"), IN_LIST),
    "leave": Case(selected, becomes(0), (*IN_LIST, "v", "v")),
    "next_pane": Case(pane, becomes("articles")),
    "previous_pane": Case(pane, becomes("text")),
    "jump": Case(pane, becomes("articles"), (), ("2",)),
    "read_on": Case(pane, becomes("text"), IN_LIST),
    "next": Case(cursor, becomes(1), IN_LIST),
    "previous": Case(cursor, shrinks, (*IN_LIST, "G")),
    "random_unread": Case(article_read, changes, IN_TEXT),
    "next_article": Case(article_read, becomes("Report 1 on the bridge"), IN_TEXT),
    "previous_article": Case(
        article_read, becomes("Report 0 on the ferry"), (*IN_LIST, "j", "Enter")
    ),
    "next_section": Case(place, grows, IN_TEXT),
    "previous_section": Case(place, shrinks, (*IN_TEXT, "G")),
    "follow": Case(
        lambda driver: driver.desk.widgets.text.letters_drawn, becomes(True), (*IN_TEXT, "G")
    ),
    "find": Case(
        lambda driver: driver.desk.in_text.place,
        becomes("hit 1 of 12"),
        IN_TEXT,
        (*"paragraph", "Enter"),
    ),
    "links": Case(lambda driver: type(driver.app.screen), becomes(LinksScreen), IN_TEXT),
    "open_link": Case(
        lambda driver: browsed(driver) or any("no link" in each for each in driver.notices()),
        lambda _, now: bool(now),
        (*IN_TEXT, "1"),
    ),
    "story": Case(lambda driver: type(driver.app.screen), becomes(PickScreen), IN_LIST),
    "claims": Case(lambda driver: NOTHING in driver.notices(), becomes(True), IN_LIST),
    "timeline": Case(lambda driver: type(driver.app.screen), becomes(PickScreen), IN_LIST),
    "news": Case(lambda driver: ALL_TOLD in driver.notices(), becomes(True), IN_LIST),
    "fold_story": Case(rows, grows, ("A STORY", *IN_LIST)),
    "fold_stories": Case(rows, shrinks, ("A STORY", *IN_LIST, "za")),
    "unfold_stories": Case(rows, grows, ("A STORY", *IN_LIST)),
    "stories": Case(rows, grows, ("A STORY", *IN_LIST)),
    "read_story": Case(unread, lambda before, now: now < before - 1, ("A STORY", *IN_LIST)),
    "next_new": Case(lambda driver: ALL_NEW in driver.notices(), becomes(True), IN_TEXT),
    "go_back": Case(place, becomes(0), (*IN_TEXT, "gO", "G", "Enter")),
    "outline": Case(lambda driver: type(driver.app.screen), becomes(PickScreen), IN_TEXT),
    "revisions": Case(lambda driver: UNCHANGED in driver.notices(), becomes(True), IN_LIST),
    "extract": Case(lambda driver: NOTHING_KEPT in driver.notices(), becomes(True), IN_LIST),
    "browse": Case(
        lambda driver: browsed(driver),  # noqa: PLW0108 - defined below
        becomes("https://post.example.org/ferry/0"),
        IN_LIST,
    ),
    "pictures": Case(lambda driver: NO_PICTURES in driver.notices(), becomes(True), IN_LIST),
    "page": Case(lambda driver: NOT_KEPT in driver.notices(), becomes(True), IN_LIST),
    "copy": Case(
        lambda driver: driver.app.clipboard, becomes("https://post.example.org/ferry/0"), IN_LIST
    ),
    "copy_article": Case(
        lambda driver: driver.app.clipboard.startswith("# Report 0 on the ferry"),
        becomes(True),
        IN_LIST,
    ),
    "save": Case(
        lambda driver: (driver.library.path / "kept.txt").exists(),
        becomes(True),
        IN_LIST,
        ("FILE", "Enter"),
    ),
    "highlight": Case(highlights, becomes(1), IN_TEXT, ("Enter",)),
    "highlight_paragraph": Case(highlights, becomes(1), IN_TEXT, ("Enter",)),
    "highlights": Case(
        lambda driver: type(driver.app.screen),
        becomes(HighlightsScreen),
        (*IN_TEXT, "v", "Enter"),
    ),
    "next_highlight": Case(place, grows, (*IN_TEXT, "G", "v", "Enter", "gg")),
    "previous_highlight": Case(place, shrinks, (*IN_TEXT, "v", "Enter", "G")),
    "pipe": Case(
        lambda driver: driver.app.screen.__class__,
        becomes(WholePageScreen),
        IN_LIST,
        (*"head -n 1", "Enter"),
    ),
    "zen": Case(lambda driver: driver.desk.widgets.footer.display, becomes(False), IN_TEXT),
    "set_place": Case(
        lambda driver: driver.desk.widgets.footer.status, becomes("Place a is set"), IN_LIST, ("a",)
    ),
    "go_to_place": Case(cursor, becomes(2), (*IN_LIST, "j", "j", "M", "a", "gg"), ("a",)),
    "note": Case(
        lambda driver: driver.library.mark_of(driver.library.list(limit=1)[0].article_id).note,
        becomes("hm"),
        IN_LIST,
        (*"hm", "C-s"),
    ),
    "note_in_editor": Case(
        lambda driver: "No editor can have this terminal" in driver.text(), becomes(True), IN_LIST
    ),
    "toggle_read": Case(first_mark, lambda _, now: now[0], IN_LIST),
    "read_all": Case(unread, becomes(0), IN_LIST),
    "read_everything": Case(unread, becomes(0), (), ("y",)),
    "star": Case(first_mark, lambda _, now: now[1], IN_LIST),
    "hide": Case(lambda driver: driver.library.totals().article_count, becomes(47), IN_LIST),
    "save_search": Case(
        lambda driver: [(each.name, each.query) for each in driver.library.searches.all()],
        becomes([("ferry", "ferry")]),
        ("/", *"ferry", "Tab"),
        ("Enter",),
    ),
    "rules": Case(lambda driver: "No rules yet" in driver.text(), becomes(True)),
    "tag": Case(first_mark, lambda _, now: "seaside" in now[2], IN_LIST, (*"seaside", "Enter")),
    "tag_section": Case(
        lambda driver: [row.section_tags[0].tag for row in driver.library.list("tag:claws")],
        becomes(["claws"]),
        IN_TEXT,
        ("Enter", *"claws", "Enter"),
    ),
    "untag": Case(first_mark, lambda _, now: now[2] == ("coast",), IN_LIST, (*"boats", "Enter")),
    "select": Case(selected, becomes(1), IN_LIST),
    "select_all": Case(selected, becomes(32), IN_LIST),
    "undo": Case(first_mark, lambda before, now: before[1] and not now[1], (*IN_LIST, "m")),
    "search": Case(
        lambda driver: driver.app.focused is driver.desk.widgets.search_line, becomes(True)
    ),
    "sort": Case(
        lambda driver: driver.desk.finding.note.endswith("relevant"),
        becomes(True),
        ("/", *"ferry", "Tab"),
    ),
    "only_unread": Case(
        lambda driver: driver.desk.listing.filter, becomes("is:unread"), (*ON_FEED, *IN_LIST)
    ),
    "sort_by": Case(
        lambda driver: driver.desk.widgets.feeds.order, becomes("unread"), (), ("j", "Enter")
    ),
    "filter": Case(
        lambda driver: driver.desk.active_list.total, becomes(4), IN_LIST, (*"ferry", "Enter")
    ),
    "unfilter": Case(
        lambda driver: driver.desk.active_list.total,
        becomes(32),
        (*IN_LIST, "f", *"ferry", "Enter"),
    ),
    "tags": Case(pane, becomes("tags")),
    "add_feed": Case(lambda driver: len(driver.library.feeds()), becomes(4), (), ("ADDRESS",)),
    "import_file": Case(
        lambda driver: len(driver.library.feeds()), becomes(5), (), ("OPML", "Enter")
    ),
    "pick": Case(lambda driver: type(driver.app.screen), becomes(StartersScreen)),
    "demo": Case(lambda driver: driver.app.return_value, becomes(DEMO), ("NO FEED",)),
    "refresh": Case(articles, grows, ("ONE FEED", "G")),
    "refresh_all": Case(articles, grows, ("ONE FEED",)),
    "fold": Case(lambda driver: len(driver.desk.widgets.feeds.rows), shrinks, ("j", "j", "j")),
    "edit": Case(
        feed_names,
        lambda _, now: ("Plain Letters!", "") in now,
        ON_FEED,
        ("!", "Enter"),
    ),
    "colour": Case(
        lambda driver: [each.colour for each in driver.library.tagging.colours()],
        becomes(["red"]),
        ("t",),
        (*"red", "Enter"),
    ),
    "feed_settings": Case(
        feed_names, lambda _, now: ("Plain Letters!", "") in now, ON_FEED, ("!", "Enter")
    ),
    "move_feed": Case(
        feed_names, lambda _, now: ("Plain Letters", "Post") in now, ON_FEED, (*"Post", "Enter")
    ),
    "remove": Case(feed_names, lambda before, now: len(now) == len(before) - 1, ON_FEED, ("y",)),
    "health": Case(lambda driver: type(driver.app.screen), becomes(HealthScreen)),
    "statistics": Case(lambda driver: type(driver.app.screen), becomes(StatisticsScreen)),
    "notices": Case(lambda driver: type(driver.app.screen), becomes(NoticesScreen)),
    "command_line": Case(cursor, becomes(11), IN_LIST, (*"12", "Enter")),
    "palette": Case(lambda driver: type(driver.app.screen), becomes(PaletteScreen)),
    "help": Case(lambda driver: type(driver.app.screen), becomes(HelpScreen)),
    "redraw": Case(whole_updates, grows),
    "suspend": Case(lambda driver: "no shell to go to" in driver.text(), becomes(True)),
    "quit": Case(lambda driver: driver.app.is_running, becomes(False)),
}
KEYS = [("", action.id, key) for action in REGISTRY for key in action.keys]
KEYS += [
    (preset, name, key)
    for preset, chosen in PRESETS.items()
    for name, keys in chosen.items()
    for key in keys
    if key not in BY_ID[name].keys
]
"""Every key of the registry, and every other one that a preset gives its actions."""


def browsed(driver: Driver) -> str:
    """What the browser of the tests was started with."""
    note = driver.library.path / "browsed"
    return note.read_text().strip() if note.exists() else ""


@pytest.fixture
def settings(archive_folder: Path) -> Settings:
    """A browser that writes down what it is given."""
    script = archive_folder / "browser.py"
    script.write_text(
        "import pathlib, sys\n"
        f"pathlib.Path({str(archive_folder / 'browsed')!r}).write_text('\\n'.join(sys.argv[1:]))\n"
    )
    return Settings(browser=f"{sys.executable} {script}", connections=4)


@pytest.mark.parametrize(("preset", "name", "key"), KEYS)
async def test_a_key_does_what_the_registry_says(
    preset: str,
    name: str,
    key: str,
    stocked: Library,
    settings: Settings,
    request: pytest.FixtureRequest,
) -> None:
    case = CASES[name]
    outlet = None
    if "ADDRESS" in case.then or "ONE FEED" in case.before:
        outlet = request.getfixturevalue("outlet")
    if "ONE FEED" in case.before:
        leave_one_feed(stocked, outlet)
    if "NO FEED" in case.before:
        stocked = request.getfixturevalue("library")
    if "A STORY" in case.before:
        stocked.stories.group()
    async with running(stocked, settings=settings) as driver:
        await driver.press(*(step for step in case.before if not step.isupper() or len(step) < 5))
        before = case.value(driver)
        if preset:
            give_keys(driver.desk, keymap_of(Settings(keys=Keys(preset=preset))))
        await driver.press(key)
        for step in case.then:
            if step == "ADDRESS":
                await driver.type(outlet.rss_url)
                await driver.press("Enter")
            elif step == "OPML":
                await driver.type(subscription_list(stocked.path))
            elif step == "FILE":
                await driver.erase(80)
                await driver.type(str(stocked.path / "kept.txt"))
            else:
                await driver.press(step)

        assert await driver.until(lambda: case.holds(before, case.value(driver)), 30), (
            before,
            case.value(driver),
            driver.text(),
        )


def subscription_list(folder: Path) -> str:
    """The path of a file with two feeds."""
    file = folder / "feeds.opml"
    file.write_text(opml("https://one.example/rss", "https://two.example/rss"))
    return str(file)


def leave_one_feed(library: Library, outlet: NewsSite) -> None:
    for status in library.feeds():
        library.unsubscribe(status.feed.feed_id)
    library._archive.add_feed(Feed(outlet.rss_url, title=outlet.name))


def test_every_action_of_the_registry_is_driven_by_a_test() -> None:
    assert set(CASES) == {action.id for action in REGISTRY}


def test_every_action_has_a_command_and_every_command_an_action() -> None:
    assert {*COMMANDS, *MOVES} == set(BY_ID)
    assert not set(COMMANDS) & set(MOVES)
    assert set(RULES) <= set(BY_ID)


@pytest.mark.parametrize("pane_name", PANES)
def test_the_footer_offers_only_what_its_pane_can_do(pane_name: str) -> None:
    offered = Keymap().footer_actions(pane_name)

    assert [action.id for action in offered if pane_name not in action.panes] == []


def test_two_actions_on_one_key_in_one_pane_are_refused() -> None:
    twice = [
        Action("one", ("x",), "One", "One.", "Move", ("text",)),
        Action("two", ("x",), "Two", "Two.", "Move", ("text",)),
    ]

    with pytest.raises(KeyClash, match="'x' of two meets 'x' of one"):
        bindings("text", twice)


def test_a_key_that_begins_the_sequence_of_another_is_refused() -> None:
    both = [
        Action("one", ("gg",), "One", "One.", "Move", ("text",)),
        Action("two", ("g",), "Two", "Two.", "Move", ("text",)),
    ]

    with pytest.raises(KeyClash):
        bindings("text", both)


def test_the_same_key_may_mean_different_things_in_different_panes() -> None:
    both = [
        Action("one", ("x",), "One", "One.", "Move", ("text",)),
        Action("two", ("x",), "Two", "Two.", "Move", ("feeds",)),
    ]

    assert bindings("feeds", both)["x",].id == "two"


def test_the_table_for_the_readme_has_every_key() -> None:
    keys = {key for action in REGISTRY for key in action.keys}

    assert set(re.findall(r"`([^`]+)`", readme_table())) == keys


def test_a_key_that_fits_nothing_ends_a_sequence_and_acts_by_itself() -> None:
    sequence: Sequence[Action] = Sequence()

    assert sequence.press("g", Keymap().bindings["text"]) is None
    assert sequence.pending == ("g",)
    found = sequence.press("j", Keymap().bindings["text"])
    assert found is not None
    assert (found.id, sequence.pending) == ("down", ())


def test_a_key_is_spelled_as_people_write_it() -> None:
    spelled = [presses_of(key) for key in ("gg", "]s", "C-d", "Enter", "PgDn", "G")]

    assert spelled == [("g", "g"), ("]", "s"), ("C-d",), ("Enter",), ("PgDn",), ("G",)]


async def test_the_footer_shows_what_may_follow_a_first_key(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter", "Enter", "]")

        assert "]s Next section" in driver.lines()[-1]


async def test_words_typed_at_once_behind_the_key_that_finds_are_found_in_the_help(
    stocked: Library,
) -> None:
    async with running(stocked) as driver:
        await driver.press("?")
        await driver.press_at_once("/", *"quit")

        assert isinstance(driver.app.screen, HelpScreen)
        assert "Quit; everything done is kept." in driver.text()
        assert "Go one line down." not in driver.text()


async def test_help_names_every_key(stocked: Library) -> None:
    async with running(stocked, (100, 160)) as driver:
        await driver.press("?")
        page = driver.text()

        missing = [a.description for a in REGISTRY if a.description.split(",")[0] not in page]
        assert missing == []


@pytest.mark.parametrize("key", ["?", "q", "Escape"])
async def test_help_is_left_by_its_key(stocked: Library, key: str) -> None:
    async with running(stocked) as driver:
        await driver.press("?", "j", "C-d", "G", "g", key)

        assert driver.app.screen is driver.app.main


async def test_keys_typed_at_once_after_a_prompts_key_reach_its_line(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("Enter")
        await driver.type("+xyz")
        line = driver.app.screen.query_one(Input).value

        assert line == "xyz"


@pytest.mark.parametrize("turns", range(0, 16, 2))
async def test_keys_typed_while_a_prompt_opens_keep_their_order(
    stocked: Library, turns: int
) -> None:
    """`turns` is how often the event loop goes round between two keys."""
    async with running(stocked) as driver:
        await driver.press("Enter")
        for _ in range(6):
            for key in "+abcdefgh":
                driver.app.post_message(Key(textual_key(key), key))
                for _ in range(turns):
                    await asyncio.sleep(0)
            await driver.settle()
            assert driver.app.screen.query_one(Input).value == "abcdefgh"
            await driver.press("Escape")


async def test_several_keys_of_an_action_stand_below_one_another_where_it_is_narrow(
    stocked: Library,
) -> None:
    async with running(stocked, (40, 40)) as driver:
        await driver.press("?")
        lines = driver.lines()
        first = next(line for line in lines if "C-f" in line)
        second = next(line for line in lines if "PgDn" in line)

        assert lines.index(second) == lines.index(first) + 1
        assert second.index("PgDn") == first.index("C-f")


@pytest.mark.parametrize("opener", ["?", "a", "C-p"])
async def test_a_dialog_is_drawn_anew_too(stocked: Library, opener: str) -> None:
    async with running(stocked) as driver:
        await driver.press(opener)
        dialog, before = driver.app.screen, whole_updates(driver)
        await driver.press("C-l")

        assert driver.app.screen is dialog
        assert whole_updates(driver) > before
