"""The story of the article in use: asked for in the background, shown where nothing covers it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from archive.errors import NotFound
from archive.stories import MOST_ALONG
from reader.tui.control.waiting import give_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.story_models import Story
    from reader.library import Library
    from reader.tui.control.desk import Desk

T = TypeVar("T")


def ask_story(
    desk: Desk,
    waiting: str,
    find: Callable[[Library, Story], T | None],
    show: Callable[[T | None], None],
) -> None:
    """Show what `find` makes of the story; None where it makes nothing, or there is no story.

    What waits is grouped before. The footer says `waiting` meanwhile.
    """
    row = desk.current
    if row is None:
        return
    desk.status(waiting)
    # Not the lane of texts: grouping what waits may take a second.
    desk.background.ask(
        "page",
        partial(_found, desk.library, row.article_id, find),
        partial(_shown, desk, show),
        failed=partial(give_up, desk),
        latest=True,
    )


def _found(
    library: Library, article_id: str, find: Callable[[Library, Story], T | None]
) -> T | None:
    library.stories.group(most=MOST_ALONG)
    try:
        story = library.stories.get(article_id)
    except NotFound:
        return None
    return find(library, story)


def _shown(desk: Desk, show: Callable[[T | None], None], found: T | None) -> None:
    desk.status("")
    if desk.screen.is_current:  # not over what was opened meanwhile
        show(found)
