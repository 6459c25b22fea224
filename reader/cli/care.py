"""verify, rebuild: whether the archive is sound, and its index anew."""

from __future__ import annotations

from argparse import Namespace

from archive.characters import clean_line
from reader.cli.session import open_library, stoppable_progress, tell
from reader.cli.terminal import Terminal
from reader.cli.wording import counted
from reader.fields import problem_fields
from reader.library import Library

DAMAGE = ("damaged", "missing", "lost", "rebuilt")
"""Kinds of problems that opening repairs and `verify` has to name."""


def verify(arguments: Namespace, terminal: Terminal) -> int:
    """Names all damage, what opening has just repaired included; exit 0 when there is none."""
    with (
        open_library(
            arguments, terminal, announce=lambda problem: problem.kind not in DAMAGE
        ) as library,
        stoppable_progress(terminal, "Verifying") as progress,
    ):
        problems = [problem for problem in library.recovered if problem.kind in DAMAGE]
        problems += library.verify(progress)
        count = library.count()
    if arguments.json:
        terminal.json_list(map(problem_fields, problems))
    else:
        for problem in problems:
            terminal.line(f"{problem.path}: {clean_line(problem.detail)}")
        if not problems:
            terminal.line(f"All is sound: {counted(count, 'article')}.")
    return 1 if problems else 0


def rebuild(arguments: Namespace, terminal: Terminal) -> int:
    """Builds the index anew from the volumes; with --text the texts from their pages before.

    With --stories only the stories, from the articles.
    """
    if arguments.stories:
        return _regroup(arguments, terminal)
    with open_library(arguments, terminal) as library:
        if arguments.text:
            _rebuild_texts(library, terminal)
        with stoppable_progress(terminal, "Building the index") as progress:
            known = len(library.recovered)
            count = library.rebuild(progress)
        tell(terminal, library.recovered[known:])
    terminal.line(f"{counted(count, 'article')} indexed")
    return 0


def _rebuild_texts(library: Library, terminal: Terminal) -> None:
    with stoppable_progress(terminal, "Extracting") as progress:
        done = library.texts.rebuild(progress)
    failed = f", {done.failed_count} could not be read" if done.failed_count else ""
    pages = counted(done.page_count, "page")
    terminal.line(f"{pages} extracted, {counted(done.changed_count, 'text')} changed{failed}")


def _regroup(arguments: Namespace, terminal: Terminal) -> int:
    with (
        open_library(arguments, terminal) as library,
        stoppable_progress(terminal, "Grouping stories") as progress,
    ):
        count = library.stories.regroup(progress)
    terminal.line(f"{counted(count, 'article')} grouped")
    return 0
