"""The form for the settings of a feed."""

from __future__ import annotations

import pytest

from archive.feed_models import FeedSettings
from archive.models import Feed
from reader.credentials import CredentialStore, Secrets
from reader.library import Library
from reader.tui.screens.feed_form import FeedForm
from tests.tui.driving import Driver, running


async def open_form(driver: Driver) -> None:
    await driver.press("j", "j", "j", "E")
    assert isinstance(driver.app.screen, FeedForm)


async def replace_by(driver: Driver, old: str, new: str) -> None:
    await driver.erase(len(old))
    await driver.type(new)


def add(library: Library) -> None:
    library._archive.add_feed(
        Feed("http://127.0.0.1:9/feed", title="Harbour [b]Post", tags=("sea",))
    )


async def test_what_is_typed_there_is_set(library: Library) -> None:
    add(library)
    async with running(library) as driver:
        await open_form(driver)
        assert "Settings of Harbour [b]Post" in driver.text()
        assert "Empty: the feed's own title." in driver.text()

        await replace_by(driver, "Harbour [b]Post", "Post")
        await driver.press("Tab")
        await driver.type("Coast/North")
        await driver.press("Down")
        await driver.type(", wind")
        await driver.press("Down")
        await replace_by(driver, "auto", "45")
        await driver.press("Down")
        await replace_by(driver, "on", "off")
        await driver.press("Down")
        await replace_by(driver, "off", "on")
        await driver.press("Down")
        assert "What the program calls itself there" in driver.text()
        await driver.type("Reader/1 (mine)")
        await driver.press("Enter")

        (status,) = library.feeds()
        assert status.feed.user_title == "Post"
        assert (status.feed.folder, status.feed.tags) == ("Coast/North", ("sea", "wind"))
        assert status.feed.settings == FeedSettings(
            interval_minutes=45, pages=False, muted=True, user_agent="Reader/1 (mine)"
        )
        assert "North" in driver.text()


async def test_keys_that_come_all_at_once_go_to_the_lines_that_they_are_typed_for(
    library: Library,
) -> None:
    add(library)
    async with running(library) as driver:
        await driver.press("j", "j", "j")
        await driver.press_at_once("E", *" one", "Tab", *"Coast", "Down", *", wind", "S-Tab", "!")
        await driver.press_at_once("Tab", *"!", "Up", "Up", *"?", "Enter")

        (status,) = library.feeds()
        feed = status.feed
        assert (feed.user_title, feed.folder, feed.tags) == (
            "Harbour [b]Post one?",
            "Coast!",
            ("sea", "wind!"),
        )


async def test_what_cannot_be_set_is_told_and_can_be_mended(library: Library) -> None:
    add(library)
    async with running(library) as driver:
        await open_form(driver)
        await driver.press("Up", "Up")
        await replace_by(driver, "off", "loud")
        await driver.press("Enter")
        assert "mute=loud: is neither on nor off." in driver.text()

        await replace_by(driver, "loud", "on")
        await driver.press("Enter")
        assert library.feeds()[0].feed.settings == FeedSettings(muted=True)


async def test_a_form_that_is_left_sets_nothing(library: Library) -> None:
    add(library)
    async with running(library) as driver:
        before = library.feeds()
        await open_form(driver)
        await driver.type("x")
        await driver.press("Escape")
        await driver.press("E", "Enter")

        assert library.feeds() == before


async def test_only_a_feed_has_settings(library: Library) -> None:
    add(library)
    async with running(library) as driver:
        await driver.press("E")

        assert not isinstance(driver.app.screen, FeedForm)


@pytest.mark.parametrize("size", [(80, 24), (160, 48), (44, 20)])
async def test_the_form_says_how_secrets_are_set_and_shows_none(
    library: Library, size: tuple[int, int]
) -> None:
    add(library)
    secrets = Secrets("me:hush-hush", "sid=hush-hush", (("X-Key", "hush-hush"),))
    CredentialStore().put("http://127.0.0.1:9/feed", secrets)
    async with running(library, size) as driver:
        await driver.press(*([] if size[0] > 60 else ["h", "h"]), "j", "j", "j", "E")

        assert "Secrets   in a shell: newsreader set f1" in driver.text()
        assert "hush" not in driver.text()
        await driver.press("Up")
        assert "calls itself" in driver.text()
        await driver.press("Enter")
        assert CredentialStore().of("http://127.0.0.1:9/feed") == secrets
