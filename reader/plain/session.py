"""The session: reads a line, does it, says what came of it, until quit or the input's end."""

from __future__ import annotations

from collections.abc import Callable

from archive.errors import ArchiveError
from reader.errors import ReaderError
from reader.library import Library
from reader.plain.commands import understood
from reader.plain.console import Console
from reader.plain.desk import Desk
from reader.plain.latest import go_on
from reader.plain.subscriptions import NO_FEEDS
from reader.plain.wording import counted

COMMENT = "#"


def run(library: Library, console: Console, browse: Callable[[str], str]) -> None:
    """Runs a session on an open library.

    `browse` opens an address in a browser and returns what to tell; raises ReaderError. An error
    of a command is one line, and the session goes on. Ctrl+C breaks off what is under way; where
    nobody is at the terminal it ends the session (KeyboardInterrupt).
    """
    desk = Desk(library, console, browse)
    if console.is_interactive:
        _greet(desk)
    while not desk.is_over:
        try:
            line = console.read()
            if line is None:
                break
            _do(desk, line)
        except (ArchiveError, ReaderError) as error:
            console.error(str(error))
        except KeyboardInterrupt:
            if not console.is_interactive:
                raise
            console.line()
            console.line("Stopped. quit leaves.")
    console.flush()


def _do(desk: Desk, line: str) -> None:
    """One line; an empty one goes on, a comment is passed over."""
    if not line:
        go_on(desk)
    elif not line.startswith(COMMENT):
        command, words = understood(line)
        command.act(desk, words)


def _greet(desk: Desk) -> None:
    totals = desk.library.totals()
    have = f"{counted(totals.article_count, 'article')}, {totals.unread_count:,} unread"
    desk.console.say(f"newsreader, line by line: {have}. help says the commands, quit leaves.")
    if not desk.library.feeds():
        desk.console.say(NO_FEEDS)
