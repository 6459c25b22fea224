"""stories, story: what several outlets tell, and what the reader decides of it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence

from archive.characters import clean_line
from archive.story_models import Member, Novelty, Related, Story
from archive.story_names import unit_name
from reader.cli.claims import NOTHING, claim_lines, timeline_lines
from reader.cli.hints import note_hints
from reader.cli.session import open_library, stoppable_progress
from reader.cli.table import Cell, Column, Row, table
from reader.cli.terminal import Terminal
from reader.cli.wording import counted, day, minute
from reader.errors import UsageProblem
from reader.library import Library
from reader.provenance import Provenance, provenance
from reader.story_fields import story_fields, whole_story_fields
from reader.timeline import timeline

_COLUMNS = (
    Column(limit=18),
    Column(limit=17, from_width=50),
    Column(limit=18, from_width=70),
    Column(flexible=True),
)


def stories(arguments: Namespace, terminal: Terminal) -> int:
    """Lists the stories of which an article matches, the latest first."""
    query = " ".join(arguments.query)
    with open_library(arguments, terminal) as library:
        note_hints(query, terminal)
        _group(library, terminal)
        found = library.stories.list(query, limit=arguments.limit)
    if arguments.json:
        return 0 if terminal.json_list(map(story_fields, found)) else 1
    if not found:
        terminal.note(f"No story matches {clean_line(query)}." if query else "No stories yet.")
        return 1
    terminal.lines(table(_COLUMNS, map(_story_row, found), terminal))
    return 0


def story(arguments: Namespace, terminal: Terminal) -> int:
    """Shows a story, after it was split, merged or kept apart if that is asked for."""
    acts = [arguments.split, bool(arguments.merge), bool(arguments.apart)]
    if sum(acts) > 1:
        raise UsageProblem(
            "story", "takes one change at a time", "Give --split, --merge or --apart"
        )
    with open_library(arguments, terminal) as library:
        _group(library, terminal)
        shown = _changed(library, arguments)
        wanted = arguments.json, arguments.claims, arguments.timeline
        claims = library.stories.claims(shown) if wanted[0] or wanted[1] else []
        events = (
            timeline(shown, library.get, library.stories.aliases) if wanted[0] or wanted[2] else []
        )
        novelties = library.stories.novelties(shown)
        origin = provenance(shown, library.get)
    if arguments.json:
        terminal.json(whole_story_fields(shown, claims, novelties, events, origin))
        return 0
    terminal.line(terminal.style(clean_line(shown.title), "bold"))
    terminal.line(f"{shown.story_id}  {_told(shown)}")
    terminal.line(terminal.style(clean_line(shown.why), "dim"))
    for url, cited_by in origin.cited.items():
        terminal.line(clean_line(f"Original: {url} (cited by {', '.join(cited_by)})"))
    if arguments.claims or arguments.timeline:
        terminal.line()
        terminal.lines(claim_lines(shown, claims, terminal))
        terminal.lines(timeline_lines(events, terminal))
        if arguments.claims and not claims:
            terminal.note(NOTHING)
        return 0
    terminal.lines(table(_COLUMNS, _member_rows(shown, novelties, origin), terminal))
    if shown.related:
        terminal.line("Related:")
        terminal.lines(table(_COLUMNS, map(_related_row, shown.related), terminal))
    return 0


def _changed(library: Library, arguments: Namespace) -> Story:
    if arguments.split:
        return library.stories.split([arguments.story])
    if arguments.merge:
        return library.stories.merge(arguments.story, arguments.merge)
    if arguments.apart:
        return library.stories.keep_apart(arguments.story, arguments.apart)
    return library.stories.get(arguments.story)


def _group(library: Library, terminal: Terminal) -> None:
    """Groups what is left over from an index that was built anew, or a run cut short."""
    with stoppable_progress(terminal, "Grouping stories") as progress:
        library.stories.group(progress)


def _told(story: Story) -> str:
    copies = len(story.members) - story.article_count
    told = f"{counted(story.article_count, 'article')} of {counted(story.outlet_count, 'outlet')}"
    return f"{told}, {copies} near {'copy' if copies == 1 else 'copies'}" if copies else told


def _story_row(story: Story) -> Row:
    return (
        Cell(story.story_id, ("accent",)),
        Cell(minute(story.latest_at), ("dim",)),
        Cell(_told(story), ("dim",)),
        Cell(f"{story.title}  ({story.why})"),
    )


def _member_rows(story: Story, novelties: Sequence[Novelty], origin: Provenance) -> Iterator[Row]:
    """A row for each member; of an unread one that others told before, how much of it is new."""
    new = {unit_name(each.article_id, each.section): each.new_percent for each in novelties}
    for member in story.members:
        share = None if member.read else new.get(unit_name(member.article_id, member.section))
        by_machine = "by a machine" if member.article_id in origin.by_machine else ""
        notes = [member.why, by_machine, "" if share is None else f"{share} % new"]
        yield _member_row(member, "; ".join(filter(None, notes)))


def _member_row(member: Member, note: str) -> Row:
    return (
        Cell(unit_name(member.article_id, member.section), ("accent",)),
        Cell(minute(member.at), ("dim",)),
        Cell(member.outlet, ("dim",)),
        Cell(f"{member.title}  ({note})" if note else member.title),
    )


def _related_row(related: Related) -> Row:
    return (
        Cell(unit_name(related.article_id, related.section), ("accent",)),
        Cell(day(related.at), ("dim",)),
        Cell(related.outlet, ("dim",)),
        Cell(f"{related.title}  ({related.why})" if related.why else related.title),
    )
