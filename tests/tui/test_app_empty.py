"""An empty pane says why it is empty and which key helps, at every width."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from archive.feed_models import FetchState
from archive.models import Feed, MarkChange
from archive.opening import utc_now
from reader.library import Library
from reader.tui.actions import BY_ID, Pane
from reader.tui.cells import cell_len
from reader.tui.empty_lines import lay_empty
from reader.tui.keymap import Keymap
from tests.tui.conftest import FEEDS, article
from tests.tui.driving import Driver, running
from tests.tui.screen_text import screen_lines

GONE = Feed("https://gone.example.org/rss", title="Gone Gazette")
LOST = Feed("https://lost.example.org/rss", title="Lost Letters")
SIZES = ((40, 20), (80, 24), (160, 40))


def add(library: Library, feed: Feed, **state: object) -> None:
    """Subscribe to a feed, and note how its last refresh went unless there was none."""
    library._archive.add_feed(feed)
    if state:
        past = FetchState(feed.feed_url, refreshed_at=utc_now() - timedelta(hours=1))
        library._archive.save_fetch_states([replace(past, **state)])


def said(driver: Driver) -> str:
    """What the list of articles says, as one line."""
    return " ".join(driver.desk.widgets.articles.empty_text.split())


def read(driver: Driver, pane: Pane = "articles") -> str:
    """All words that a pane shows, as one line."""
    widgets = driver.desk.widgets
    found = {"search": widgets.results}
    widget = found.get(pane) or getattr(widgets, pane)
    return " ".join(" ".join(screen_lines(widget)).split())


async def go_to(driver: Driver, label: str) -> None:
    """Put the cursor of the feeds on a row, and go to its list."""
    feeds = driver.desk.widgets.feeds
    await driver.press("gg")
    index = next(at for at, row in enumerate(feeds.rows) if row.label == label)
    feeds.move_to(index)
    await driver.settle()
    await driver.press("Enter")


@pytest.mark.parametrize("size", SIZES)
async def test_a_feed_with_an_error_says_it_and_which_key_tries_again(
    library: Library, size: tuple[int, int]
) -> None:
    error = "https://gone.example.org/rss answered 404 Not Found; it may have moved elsewhere"
    add(library, GONE, error=error)
    async with running(library, size) as driver:
        await go_to(driver, "Gone Gazette")
        shown = read(driver)

        assert "No articles yet." in shown
        assert "This feed could not be read: https://gone.example.org/rss answered 404" in shown
        assert "it may have moved elsewhere" in shown
        assert f"{BY_ID['refresh'].keys[0]} tries again." in shown


async def test_a_feed_that_was_never_refreshed_says_so(library: Library) -> None:
    add(library, GONE)
    async with running(library) as driver:
        await go_to(driver, "Gone Gazette")

        assert "This feed has not been refreshed so far." in read(driver)
        assert "r refreshes this feed." in read(driver)


async def test_a_feed_that_brought_nothing_says_so(library: Library) -> None:
    add(library, GONE, http_status=200)
    async with running(library) as driver:
        await go_to(driver, "Gone Gazette")

        assert "This feed has brought none so far." in read(driver)


async def test_a_folder_says_how_many_of_its_feeds_failed(library: Library) -> None:
    add(library, replace(GONE, folder="Far"), error="answered 410 Gone")
    add(library, replace(LOST, folder="Far"), http_status=200)
    async with running(library) as driver:
        await go_to(driver, "Far")
        assert "1 of 2 feeds could not be read." in read(driver)
        assert "Gone Gazette: answered 410 Gone" in read(driver)
        await driver.press("q")
        await go_to(driver, "All articles")

        assert "1 of 2 feeds could not be read." in read(driver)


async def test_a_folder_without_articles_is_refreshed_by_its_own_key(library: Library) -> None:
    add(library, replace(GONE, folder="Far"))
    async with running(library) as driver:
        await go_to(driver, "Far")

        assert "r refreshes its feeds." in read(driver)


async def test_while_a_refresh_runs_the_list_says_that_articles_are_coming(
    library: Library,
) -> None:
    add(library, GONE)
    async with running(library) as driver:
        driver.desk.refreshing.running = True
        driver.desk.title_changed()
        assert said(driver).startswith("No articles yet. The feeds are being read")
        driver.desk.refreshing.running = False
        driver.desk.title_changed()

        assert said(driver).endswith("R refreshes all feeds.")


async def test_where_all_is_read_it_says_so_and_what_looks_for_more(stocked: Library) -> None:
    stocked.mark("is:unread", MarkChange(read=True))
    async with running(stocked) as driver:
        assert "Everything is read." in read(driver)
        assert "R refreshes all feeds." in read(driver)


async def test_without_feeds_the_key_that_subscribes_is_named(library: Library) -> None:
    library._archive.save([replace(article(0), origins=())])
    library.mark("is:unread", MarkChange(read=True))
    async with running(library) as driver:
        assert "Everything is read. a subscribes to a feed." in said(driver)


async def test_without_a_star_the_key_that_stars_is_named(stocked: Library) -> None:
    stocked.mark("is:starred", MarkChange(starred=False))
    async with running(stocked) as driver:
        await go_to(driver, "Starred")

        assert "Nothing is starred." in read(driver)
        assert "m stars an article." in read(driver)


@pytest.mark.parametrize("size", SIZES)
async def test_a_filter_without_a_match_is_named_with_the_keys_that_change_it(
    stocked: Library, size: tuple[int, int]
) -> None:
    async with running(stocked, size) as driver:
        await driver.press("Enter", "f")
        await driver.type("zeppelin [b]x[/b]")
        await driver.press("Enter")
        shown = read(driver)

        assert "Nothing in Unread matches zeppelin [b]x[/b]" in shown
        assert "f changes the filter, F clears it." in shown


async def test_a_tag_that_was_taken_off_everywhere_says_so(stocked: Library) -> None:
    async with running(stocked) as driver:
        await driver.press("t", "Enter")
        assert driver.desk.listing.view.kind == "tag"
        name = driver.desk.listing.view.name
        stocked.tagging.remove(name)
        driver.desk.listing.reload()
        await driver.settle()

        assert f"No article has the tag {name}." in read(driver)
        assert "+ tags an article, t shows all tags." in read(driver)


@pytest.mark.parametrize("size", SIZES)
async def test_a_search_shows_what_can_be_typed_in_straight_columns(
    stocked: Library, size: tuple[int, int]
) -> None:
    async with running(stocked, size) as driver:
        await driver.press("/")
        typed = ("word word", '"a phrase"', "one OR other", "-word ", "begin*")
        edges = {line.index(each) for each in typed for line in driver.lines() if each in line}

        assert len(edges) == 1
        assert "words that begin so" in read(driver, "search")
        assert "after:monday age:<2d" in read(driver, "search")


@pytest.mark.parametrize(
    ("query", "remedy"),
    [("zeppelin", "Try another word"), ("ferry zeppelin", "All words must match: try fewer")],
)
async def test_a_search_without_a_hit_says_what_to_try_and_how_to_leave(
    stocked: Library, query: str, remedy: str
) -> None:
    async with running(stocked, (40, 20)) as driver:
        await driver.press("/")
        await driver.type(query)

        assert f"Nothing found. {remedy}" in read(driver, "search")
        assert "Escape closes the search." in read(driver, "search")


@pytest.mark.parametrize("size", [(40, 20), (80, 24)])
async def test_the_text_pane_without_an_article_says_how_to_open_one(
    stocked: Library, size: tuple[int, int]
) -> None:
    async with running(stocked, size) as driver:
        await driver.press("S-Tab")
        assert driver.desk.panes.current == "text"
        assert "No article is open. h goes to the list; Enter there opens one." in read(
            driver, "text"
        )
        await driver.press("h", "Enter")

        assert "No article is open." not in read(driver, "text")


async def test_the_text_pane_of_an_empty_list_leads_back_to_it(library: Library) -> None:
    async with running(library, (40, 20)) as driver:
        await driver.press("S-Tab")

        assert "No text: the list of articles is empty. h goes to the list." in read(driver, "text")


async def test_an_article_without_text_names_the_key_of_its_page(library: Library) -> None:
    library._archive.add_feed(FEEDS[0])
    library._archive.save([replace(article(0), text="", sections=())])
    async with running(library, (40, 20)) as driver:
        await driver.press("Enter", "Enter")

        assert "There is no text of this article, only what stands above." in read(driver, "text")
        assert "o opens its page." in read(driver, "text")


async def test_an_article_without_a_link_says_so(library: Library) -> None:
    library._archive.add_feed(FEEDS[0])
    library._archive.save([replace(article(0), url="urn:report:0")])
    async with running(library) as driver:
        await driver.press("Enter", "Enter", "U")
        assert driver.notices() == ["This article has no links, nor an address of its own."]
        await driver.press(";")
        assert driver.notices() == ["No link in sight."]


async def test_the_tags_pane_without_tags_names_the_key_that_tags(library: Library) -> None:
    async with running(library, (40, 20)) as driver:
        await driver.press("t")

        assert "No tags yet. + tags an article." in read(driver, "tags")


async def test_the_feeds_pane_without_feeds_names_two_ways_beside_all_four(
    library: Library,
) -> None:
    async with running(library, (80, 24)) as driver:
        assert "No feeds yet. a adds one. P picks from a list." in read(driver, "feeds")
        assert "T try the demo, without a network" in read(driver)


async def test_the_feeds_pane_names_all_four_ways_where_it_is_alone(library: Library) -> None:
    async with running(library, (80, 24)) as driver:
        await driver.pilot.resize_terminal(40, 20)
        await driver.settle()
        shown = read(driver, "feeds")

        assert "No feeds yet. Four ways to begin:" in shown
        for way in ("a subscribe to a site", "I take in", "P pick from", "T try the demo"):
            assert way in shown
        assert "…" not in shown


async def test_what_is_on_its_way_is_not_called_empty(stocked: Library) -> None:
    async with running(stocked, (160, 40)) as driver:
        driver.desk.widgets.articles.load((), 0)
        driver.desk.title_changed()

        assert said(driver) == ""


@pytest.mark.parametrize("width", [1, 2, 7, 24, 38, 158])
def test_words_of_an_empty_pane_fit_any_width(width: int) -> None:
    words = "No articles yet.\n\na  one 日本語\nbc  another\n\nhttps://example.org/" + "x" * 90

    assert max(cell_len(line) for line in lay_empty(words, width)) <= max(width, 2)


def test_lines_of_a_list_share_their_left_edge_and_sentences_wrap() -> None:
    lines = lay_empty("One two three four.\n\na  first\nbb  second", 10)

    assert lines == ["One two", "three", "four.", "", "a  first  ", "bb  second"]


def test_a_key_that_is_not_in_the_registry_is_refused() -> None:
    assert Keymap().with_keys("{star} stars, {tag} tags.") == "m stars, + tags."
    with pytest.raises(KeyError):
        Keymap().with_keys("{stars} stars.")
