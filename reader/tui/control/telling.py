"""The story of the article in use: who else tells it, in a list from which one is read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from archive.characters import clean_line
from archive.errors import NotFound
from archive.models import Summary
from archive.stories import MOST_ALONG
from archive.story_models import Member, Related, Story
from reader.tui.ages import age
from reader.tui.control.waiting import give_up
from reader.tui.screens.pick import LONGEST, PickScreen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from reader.library import Library
    from reader.tui.control.desk import Desk

WAITING = "Looking who else tells this …"
ALONE = "Nothing else in the archive tells this story."
Found = tuple[Story, dict[str, Summary]] | None
"""A story and the rows of its articles and of those near it; None without another article."""


def show_story(desk: Desk) -> None:
    """List who tells the story of the article in use; the one that is picked is read."""
    row = desk.current
    if row is None:
        return
    desk.status(WAITING)
    find = partial(_story_of, desk.library, row.article_id)
    listed = partial(_listed, desk, row.article_id)
    # Not the lane of texts: grouping what waits may take a second.
    desk.background.ask("page", find, listed, failed=partial(give_up, desk), latest=True)


def _story_of(library: Library, article_id: str) -> Found:
    library.stories.group(most=MOST_ALONG)
    try:
        story = library.stories.get(article_id)
    except NotFound:
        return None
    told = {each.article_id for each in _units(story)}
    rows = {row.article_id: row for row in library.summaries(sorted(told))}
    return (story, rows) if len(rows) > 1 else None


def _listed(desk: Desk, article_id: str, found: Found) -> None:
    desk.status("")
    if not desk.screen.is_current:  # not over what was opened meanwhile
        return
    if found is None:
        desk.say(ALONE)
        return
    story, rows = found
    units = [each for each in _units(story) if each.article_id in rows]
    now = desk.widgets.text.now()
    at = next(place for place, each in enumerate(units) if each.article_id == article_id)

    def picked(row: Summary | None) -> None:
        if row is not None:
            desk.reading.open(row)

    answers = [rows[each.article_id] for each in units]
    lines = [_row(each, rows, now) for each in units]
    desk.open(PickScreen(_title(story), lines, answers, at), picked)


def _units(story: Story) -> list[Member | Related]:
    return [*story.members, *story.related]


def _title(story: Story) -> str:
    count = story.outlet_count
    return f"{count} outlets tell this" if count > 1 else "Near this story"


def _row(each: Member | Related, rows: Mapping[str, Summary], now: datetime) -> Table:
    """Outlet, title, what it shares with the others, and its day; what is only near says so."""
    summary = rows[each.article_id]
    is_copy = isinstance(each, Member) and each.copy_of
    kind = "near" if isinstance(each, Related) else "copy" if is_copy else ""
    row = Table.grid(padding=(0, 1), expand=True)
    row.add_column(no_wrap=True, width=1)
    row.add_column(no_wrap=True, overflow="ellipsis", ratio=2)
    row.add_column(no_wrap=True, overflow="ellipsis", ratio=6)
    row.add_column(no_wrap=True, width=4)
    row.add_column(no_wrap=True, width=6, justify="right")
    row.add_row(
        Text("" if summary.read else "●"),
        Text(clean_line(each.outlet[:LONGEST]), "dim"),
        Text.assemble(
            clean_line(each.title[:LONGEST]), (f"  {clean_line(each.why[:LONGEST])}", "dim")
        ),
        Text(kind, "dim"),
        Text(age(each.at, now, with_day=True), "dim"),
    )
    return row
