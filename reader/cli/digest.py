"""digest: what the last days' stories tell, for an e-reader, a mail or a browser."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import starmap

from archive.characters import clean_line
from archive.models import Article, Summary
from archive.story_models import Story
from reader.cli.epub import book
from reader.cli.hints import note_hints
from reader.cli.session import open_library, stoppable_progress
from reader.cli.terminal import Terminal
from reader.cli.transfer import destination
from reader.cli.wording import counted, day, minute
from reader.digest import Digest, Told, digest
from reader.errors import UsageProblem
from reader.html import article_page, is_safe

_CODE_OR_HEADING = re.compile(
    r"^[ \t]*+(?P<fence>`{3,}(?=[^`\n]*$)|~{3,}+).*?(?:^[ \t]*+(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|^(?P<marks>#{1,6})(?=\s)",
    re.MULTILINE | re.DOTALL,
)
"""Fenced code up to its end, or the sign of a heading outside of it."""
_SPECIAL = re.compile(r"([\\\[\]*_`<>#|~])")


def write_digest(arguments: Namespace, terminal: Terminal) -> int:
    """Writes the digest of what matches and came since."""
    query = " ".join(arguments.query)
    is_book = arguments.format == "epub"
    if is_book and terminal.out_is_terminal and not arguments.output:
        raise UsageProblem("epub", "is no text for a terminal", "Give a file with -o PATH")
    with open_library(arguments, terminal) as library:
        note_hints(query, terminal)
        with stoppable_progress(terminal, "Grouping stories") as progress:
            library.stories.group(progress)
        found = digest(library, query, arguments.since)
    if not (found.told or found.singles):
        terminal.note(f"Nothing is dated in the last {arguments.since}.")
        return 1
    now = datetime.now().astimezone()
    title = f"Digest, {day(now)}"
    chapters = list(_chapters(found))
    with destination(arguments.output, terminal) as write:
        if is_book:
            write(book(title, now, chapters))
            return 0
        text = "\n\n".join(f"## {_plain(name)}\n\n{body}" for name, body in chapters)
        if arguments.format == "html":
            page = Article(url="", title=title, text=text, archived_at=now)
            write(article_page(page, "", minute(page.published_at)).encode())
        else:
            write(f"# {title}\n\n{text}\n".encode())
    return 0


def _chapters(found: Digest) -> Iterator[tuple[str, str]]:
    """Title and Markdown of each story, then of the articles of no story."""
    for told in found.told:
        yield clean_line(told.story.title), "\n\n".join(_parts(told))
    if found.others:
        yield "More stories", "\n".join(starmap(_listed_story, found.others))
    if found.singles:
        yield "Told by one outlet", "\n".join(map(_listed, found.singles))


def _parts(told: Told) -> Iterator[str]:
    story = told.story
    yield f"*{_plain(story.why)}*"
    yield _CODE_OR_HEADING.sub(_below, told.text)
    if told.added:
        yield "### What others add"
        for added in told.added:
            sentences = " ".join(map(_plain, added.sentences))
            yield f"**{_plain(added.member.outlet)}**: {sentences}"
    yield "### Articles"
    yield "\n".join(map(_listed, told.articles))


def _below(found: re.Match[str]) -> str:
    """The sign of a heading in a text, two levels further down; code as it is."""
    return "#" * min(6, len(found["marks"]) + 2) if found["marks"] else found[0]


def _listed_story(story: Story, first: Summary) -> str:
    """A story as a line of a list: its first article, and how many outlets tell it."""
    return f"{_listed(first)}; {counted(story.outlet_count, 'outlet')}"


def _listed(row: Summary) -> str:
    """An article as a line of a list: title with its address, outlet and time."""
    title = _plain(row.title)
    address = row.url if is_safe(row.url) and not re.search(r"[\s<>]", row.url) else ""
    named = f"[{title}](<{address}>)" if address else title
    facts: Sequence[str] = (_plain(row.outlet), minute(row.published_at or row.archived_at))
    return f"- {named}, {', '.join(filter(None, facts))}"


def _plain(text: str) -> str:
    """A foreign text on one line, as text and not as Markdown."""
    return _SPECIAL.sub(r"\\\1", clean_line(text))
