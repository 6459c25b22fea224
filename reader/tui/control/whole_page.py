"""The page behind an article as it was fetched: read in a lane of its own, shown over all panes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from archive.models import Article, Summary
from reader.tui.ages import moment
from reader.tui.control.waiting import give_up

if TYPE_CHECKING:
    from reader.outcomes import WholePage
    from reader.tui.control.desk import Desk

WAITING = "Reading the page …"


def show_page(desk: Desk) -> None:
    """Show the raw page of the article in use, or say why there is none."""
    row = desk.current
    if row is None:
        return
    desk.status(WAITING)
    read = partial(desk.library.texts.whole_page, row.article_id)
    shown = partial(_shown, desk, row)
    desk.background.ask("page", read, shown, failed=partial(give_up, desk), latest=True)


def _shown(desk: Desk, row: Summary, page: WholePage | None) -> None:
    desk.status("")
    if page is None or not page.text:
        from reader.outcomes import NO_WORDS, NOT_KEPT

        desk.say(NO_WORDS if page else NOT_KEPT)
        return
    now = desk.widgets.text.now
    fetched = f"fetched {moment(page.fetched_at, now())}"
    if desk.screen.is_current:  # not over what was opened meanwhile
        from reader.tui.screens.whole_page import WholePageScreen

        desk.screen.app.push_screen(WholePageScreen(_as_article(page, row), fetched, now))


def _as_article(page: WholePage, row: Summary) -> Article:
    """The page in the shape that the reading pane draws; its address comes first."""
    return Article(
        url=page.url,
        title=page.title or row.title,
        text=page.text,
        archived_at=page.fetched_at,
        notes=(page.url,),
    )
