"""Which of several feeds a person wants: asked on a terminal, else the first is taken."""

from __future__ import annotations

from collections.abc import Sequence

from archive.characters import clean_line
from archive.models import Feed
from reader.cli.terminal import Terminal
from reader.library import Library
from reader.outcomes import FeedChoice, FeedFound


def chosen(found: FeedFound, library: Library, terminal: Terminal) -> Feed | None:
    """The feed that the person takes of several, the first where nobody can be asked."""
    if not found.others:
        return found.feed
    first = FeedChoice(found.feed.feed_url, found.feed.title)
    choice = choice_of([first, *found.others], terminal, "add others by their address")
    if choice is None or choice == first:
        return found.feed if choice else None
    return library.subscriptions.find_offered(choice.url).feed


def choice_of(choices: Sequence[FeedChoice], terminal: Terminal, remedy: str) -> FeedChoice | None:
    """The feed that the person takes of several; None where that is none of them.

    Where nobody can be asked the others are named, with a `remedy` for who wanted one of those.
    """
    if len(choices) == 1:
        return choices[0]
    lines = [f"{clean_line(each.title)}  {each.url}".strip() for each in choices]
    if not terminal.can_ask:
        terminal.note(f"Took the first of {len(choices)} feeds there; {remedy}:")
        for line in lines[1:]:
            terminal.note(f"  {line}")
        return choices[0]
    terminal.note(f"There are {len(choices)} feeds:")
    for number, line in enumerate(lines, start=1):
        terminal.note(f"  {number}  {line}")
    number = terminal.pick("Which one?", len(choices))
    return choices[number - 1] if number else None
