"""What the outlets of the story in use state, side by side; a sentence is gone to in its text.

What compares them is loaded when it is asked for, so that the app starts sooner.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from archive.characters import clean_line
from archive.models import Summary
from reader.tui.ages import moment
from reader.tui.control.story_in_use import ask_story
from reader.tui.screens.pick import LONGEST, PickScreen, line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archive.story_models import Claim, Statement, Story
    from reader.library import Library
    from reader.timeline import Event
    from reader.tui.control.desk import Desk

    Rows = dict[str, Summary]
    Stated = tuple[list[Claim], list[str], Rows]
    """Claims, the outlets in order of publication, and the rows of the articles."""
    Told = tuple[list[Event], Rows]

WAITING = "Comparing what outlets state …"
NOTHING = "No number, person or quote was found in this story."
NO_STORY = "This article is of no story."


def show_claims(desk: Desk) -> None:
    """Show what outlets state of the story of the article in use."""
    ask_story(desk, WAITING, _stated, partial(_show, desk))


def _stated(library: Library, story: Story) -> Stated:
    from archive.story_texts import originals

    claims = list(library.stories.claims(story))
    outlets = list(dict.fromkeys(each.outlet for each in originals(story.members)))
    return claims, outlets, _rows(library, [each.article_id for each in story.members])


def _rows(library: Library, article_ids: Sequence[str]) -> Rows:
    found = library.summaries(sorted(set(article_ids)))
    return {each.article_id: each for each in found}


def _show(desk: Desk, found: Stated | None) -> None:
    claims, outlets, rows = found or ([], [], {})
    if not claims:
        desk.say(NO_STORY if found is None else NOTHING)
        return
    from reader.tui.screens.claims import ClaimsScreen

    def picked(claim: Claim | None) -> None:
        if claim is not None:
            _go_to_sentence(desk, claim, rows)

    desk.open(ClaimsScreen(claims, outlets), picked)


def _go_to_sentence(desk: Desk, claim: Claim, rows: Mapping[str, Summary]) -> None:
    """Read a sentence of a claim where it stands; asks which if there are several."""
    stated = [
        (outlet, each)
        for outlet, statements in claim.cells.items()
        for each in statements
        if each.article_id in rows
    ]

    def picked(statement: Statement | None) -> None:
        if statement is not None:
            desk.reading.open(rows[statement.article_id], statement.start)

    if len(stated) == 1:
        picked(stated[0][1])
    elif stated:
        lines = [
            Text.assemble((f"{clean_line(outlet[:LONGEST])}  ", "bold"), line(each.sentence))
            for outlet, each in stated
        ]
        answers = [each for _, each in stated]
        desk.open(PickScreen(claim.what, lines, answers), picked)


def show_timeline(desk: Desk) -> None:
    """Show what became known of the story of the article in use, when, and by whom."""
    ask_story(desk, WAITING, _told, partial(_show_timeline, desk))


def _told(library: Library, story: Story) -> Told:
    from reader.timeline import timeline

    rows = _rows(library, [each.article_id for each in story.members])
    return timeline(story, library.get, library.stories.aliases), rows


def _show_timeline(desk: Desk, found: Told | None) -> None:
    if found is None:
        desk.say(NO_STORY)
        return
    events, rows = found
    known = [each for each in events if each.article_id in rows]
    now = desk.widgets.text.now()

    def picked(event: Event | None) -> None:
        if event is not None:
            desk.reading.open(rows[event.article_id])

    dates = [moment(each.at, now) for each in known]
    cells = max(map(len, dates), default=0)
    lines = [_event(each, date, cells) for each, date in zip(known, dates, strict=True)]
    desk.open(PickScreen("What became known when", lines, known), picked)


def _event(event: Event, date: str, cells: int) -> Table:
    """A row of the timeline: its words have a column of their own, whose lines stand in line."""
    row = Table.grid(padding=(0, 2, 0, 0), expand=True)
    row.add_column(no_wrap=True, width=cells, style="dim")
    row.add_column(ratio=1)
    outlet = (f"{clean_line(event.outlet[:LONGEST])}  ", "bold")
    row.add_row(date, Text.assemble(outlet, clean_line(event.what[:LONGEST])))
    return row
