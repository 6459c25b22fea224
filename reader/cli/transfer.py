"""import, export: what goes in and out as files."""

from __future__ import annotations

import contextlib
import os
import secrets
from argparse import Namespace
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from archive.characters import clean_line
from archive.stories import MOST_ALONG, MOST_TOGETHER
from reader.addresses import is_local
from reader.cli.hints import note_hints
from reader.cli.session import open_library, stoppable_progress
from reader.cli.terminal import Terminal
from reader.cli.wording import counted
from reader.errors import UsageProblem
from reader.library import Library

if TYPE_CHECKING:
    from reader.imports import ImportReport

PROBLEMS_SHOWN = 10
"""Bad lines that are named one by one; who asks for more says --verbose."""


def import_file(arguments: Namespace, terminal: Terminal) -> int:
    """Takes in a file; the first bad lines are named on stderr, the rest is kept."""
    name = "standard input" if arguments.file == "-" else arguments.file
    with open_library(arguments, terminal, logged=True) as library:
        if arguments.file == "-":
            # A read that waits for a person must end at the first Ctrl+C.
            report = library.import_file(arguments.file)
        else:
            with stoppable_progress(terminal, "Importing") as progress:
                report = library.import_file(arguments.file, progress)
        _tell(report, name, terminal, all_problems=arguments.verbose)
        _group(library, report, terminal)
    return 1 if report.problems else 0


def _tell(report: ImportReport, name: str, terminal: Terminal, *, all_problems: bool) -> None:
    shown = len(report.problems) if all_problems else PROBLEMS_SHOWN
    for problem in report.problems[:shown]:
        terminal.error(f"{name}, {problem.rstrip('.')}.")
    if more := len(report.problems[shown:]):
        terminal.error(f"{name}: {counted(more, 'more problem')}. --verbose names them all.")
    counts = (
        (report.feed_count, "feed", "added"),
        (report.known_count, "feed", "known already"),
        (report.article_count, "article", "added"),
        (report.changed_count, "article", "updated"),
    )
    said = [f"{counted(count, noun)} {done}" for count, noun, done in counts if count]
    terminal.line(", ".join(said) or "nothing new")


def _group(library: Library, report: ImportReport, terminal: Terminal) -> None:
    """Groups what came into stories, unless that would take as long as the import."""
    if report.article_count <= MOST_ALONG:
        return  # it was done along with the import
    if library.stories.waiting() > MOST_TOGETHER:
        terminal.note("Stories wait to be grouped: newsreader stories does it.")
        return
    with stoppable_progress(terminal, "Grouping stories") as progress:
        library.stories.group(progress)


def export(arguments: Namespace, terminal: Terminal) -> int:
    """Writes the subscriptions as OPML, or the articles that match as JSON Lines."""
    query = " ".join(arguments.query)
    if arguments.format == "opml" and query:
        raise UsageProblem("opml", "has feeds, not articles", "Leave out the query")
    with open_library(arguments, terminal) as library:
        note_hints(query, terminal)
        skipped: list[str] = []
        pieces = _pieces(library, arguments.format, query, skipped)
        first = next(pieces, None)
        if first is None:
            # A file that exists already is left alone.
            terminal.note(f"Nothing matches {clean_line(query)}." if query else "No articles yet.")
            return 1
        with destination(arguments.output, terminal) as write:
            for piece in chain((first,), pieces):
                write(piece)
        for problem in skipped:
            terminal.error(problem)
        if arguments.format == "opml":
            _note_local_feeds(library, terminal)
    return 1 if skipped else 0


def _note_local_feeds(library: Library, terminal: Terminal) -> None:
    """Says how many feeds a list for other programs does not have."""
    if count := sum(is_local(status.feed.feed_url) for status in library.feeds()):
        is_one = count == 1
        what = "is a file or command" if is_one else "are files or commands"
        left = "is" if is_one else "are"
        terminal.note(f"{counted(count, 'feed')} {what} of this machine and {left} left out.")


def _pieces(library: Library, form: str, query: str, skipped: list[str]) -> Iterator[bytes]:
    if form == "opml":
        return iter([library.export_opml().encode("utf-8")])
    return library.export_jsonl(query, skipped)


@contextlib.contextmanager
def destination(output: str | None, terminal: Terminal) -> Iterator[Callable[[bytes], object]]:
    """What takes the bytes: stdout, or a file that appears when it is whole."""
    if not output or output == "-":
        yield terminal.data
        return
    with replaced_file(Path(output).expanduser()) as stream:
        yield stream.write


@contextlib.contextmanager
def replaced_file(path: Path) -> Iterator[BinaryIO]:
    """A stream whose content becomes the file when all went well, and not before.

    What was there stays until then, and for good after an error. A device or pipe is written to
    directly. Raises UsageProblem when the path cannot be written.
    """
    with contextlib.ExitStack() as stack:
        target = path.resolve()
        try:
            if target.exists() and not target.is_file() and not target.is_dir():
                yield stack.enter_context(target.open("wb"))
                return
            if target.is_dir():
                raise IsADirectoryError(21, "it is a folder")
            temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
            stream = stack.enter_context(temporary.open("xb"))
        except OSError as error:
            reason = error.strerror or str(error)
            raise UsageProblem(
                str(path), f"cannot be written ({reason})", "Choose another path"
            ) from error
        try:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
