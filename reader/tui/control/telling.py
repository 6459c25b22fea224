"""The story of the article in use: who else tells it, in a list from which one is read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text
from textual.visual import VisualType

from archive.characters import clean_line
from archive.models import Summary
from archive.story_models import Member, Related, Story
from archive.story_names import unit_name
from reader.tui.ages import age
from reader.tui.control.story_in_use import ask_story
from reader.tui.screens.pick import LONGEST, PickScreen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from reader.library import Library
    from reader.provenance import Provenance
    from reader.tui.control.desk import Desk

WAITING = "Looking who else tells this …"
NEAR = "Near it, and later"
ALONE = "Nothing else in the archive tells this story."

Answer = tuple[Summary, int | None]
"""An article's row, and where in it to begin; None for where reading stopped."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A story, the rows of its articles and of those near it, and what is known of its members.

    `new` has how many sentences in a hundred of a member are new, by article. `starts` has where
    those begin that are a section of an article, by the unit's name.
    """

    story: Story
    rows: Mapping[str, Summary]
    new: Mapping[str, int]
    provenance: Provenance
    starts: Mapping[str, int]

    @property
    def units(self) -> list[Member | Related]:
        """Members in order of publication, then what is near; without what is in no list."""
        every: list[Member | Related] = [*self.story.members, *self.story.related]
        return [each for each in every if each.article_id in self.rows]

    @property
    def label_cells(self) -> int:
        """The cells of the widest label, at least one."""
        return max(1, *(len(self.label(each)) for each in self.units))

    def label(self, unit: Member | Related) -> str:
        """That an article is a copy or by a machine; of an unread one how much is new."""
        if isinstance(unit, Related):
            return ""
        new = self.new.get(unit.article_id)
        is_unread = not self.rows[unit.article_id].read
        words = (
            "copy" if unit.copy_of else "",
            "machine" if unit.article_id in self.provenance.by_machine else "",
            f"{new} % new" if new is not None and is_unread and not unit.copy_of else "",
        )
        return ", ".join(filter(None, words))


def show_story(desk: Desk) -> None:
    """List who tells the story of the article in use; the one that is picked is read."""
    row = desk.current
    if row is None:
        return
    ask_story(desk, WAITING, _told_in, partial(_listed, desk, row.article_id))


def _told_in(library: Library, story: Story) -> _Told | None:
    """What there is to list of a story; None where nothing else is near."""
    from archive.story_units import section_span  # no part of a start
    from reader.provenance import provenance

    units: list[Member | Related] = [*story.members, *story.related]
    ids = {each.article_id for each in units}
    rows = {row.article_id: row for row in library.summaries(sorted(ids))}
    if len(rows) < 2:
        return None
    new = {each.article_id: each.new_percent for each in library.stories.novelties(story)}
    starts = {
        unit_name(each.article_id, each.section): section_span(
            library.get(each.article_id), each.section
        )[0]
        for each in units
        if each.section and each.article_id in rows
    }
    return _Told(story, rows, new, provenance(story, library.get), starts)


def _listed(desk: Desk, article_id: str, told: _Told | None) -> None:
    if told is None:
        desk.say(ALONE)
        return
    now = desk.widgets.text.now()
    lines: list[VisualType] = []
    answers: list[Answer | None] = []
    for each in told.units:
        if isinstance(each, Related) and None not in answers:
            lines.append(Text(NEAR, "dim"))
            answers.append(None)
        lines.append(_row(each, told, now))
        start = told.starts.get(unit_name(each.article_id, each.section))
        answers.append((told.rows[each.article_id], start))
    at = next(
        place
        for place, answer in enumerate(answers)
        if answer is not None and answer[0].article_id == article_id
    )

    def picked(answer: Answer | None) -> None:
        if answer is not None:
            desk.reading.open(*answer)

    desk.open(PickScreen(_title(told, now), lines, answers, at), picked)


def _title(told: _Told, now: datetime) -> str:
    """How many outlets tell it from when to when, and the original that they cite."""
    story = told.story
    count = story.outlet_count
    if count < 2:
        return "Near this story"
    first, latest = (age(at, now, with_day=True) for at in (story.first_at, story.latest_at))
    span = first if first == latest else f"{first} to {latest}"
    original = told.provenance.original
    return f"{count} outlets tell this, {span}" + (f"; original: {original}" if original else "")


def _row(each: Member | Related, told: _Told, now: datetime) -> Table:
    """Outlet, title, what it shares with the others, what it is, and its day."""
    summary = told.rows[each.article_id]
    row = Table.grid(padding=(0, 1), expand=True)
    row.add_column(no_wrap=True, width=1)
    row.add_column(no_wrap=True, overflow="ellipsis", ratio=2)
    row.add_column(no_wrap=True, overflow="ellipsis", ratio=6)
    row.add_column(no_wrap=True, width=told.label_cells, justify="right")
    row.add_column(no_wrap=True, width=6, justify="right")
    row.add_row(
        Text("" if summary.read else "●"),
        Text(clean_line(each.outlet[:LONGEST]), "dim"),
        Text.assemble(
            clean_line(each.title[:LONGEST]), (f"  {clean_line(each.why[:LONGEST])}", "dim")
        ),
        Text(told.label(each), "dim"),
        Text(age(each.at, now, with_day=True), "dim"),
    )
    return row
