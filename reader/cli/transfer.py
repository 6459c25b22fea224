"""import, export: what goes in and out as files."""

from __future__ import annotations

import contextlib
import os
import secrets
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from archive.characters import clean_line
from reader.cli.session import open_library, stoppable_progress
from reader.cli.terminal import Terminal
from reader.errors import UsageProblem
from reader.library import Library


def import_file(arguments: Namespace, terminal: Terminal) -> int:
    """Takes in a file; bad lines are named on stderr, the rest is kept."""
    name = "standard input" if arguments.file == "-" else arguments.file
    with (
        open_library(arguments, terminal) as library,
        stoppable_progress(terminal, "Importing") as progress,
    ):
        report = library.import_file(arguments.file, progress)
    for problem in report.problems:
        terminal.error(f"{name}, {problem.rstrip('.')}.")
    counts = (
        (report.feed_count, "feeds added"),
        (report.article_count, "articles added"),
        (report.changed_count, "articles updated"),
    )
    said = [f"{count:,} {word}" for count, word in counts if count]
    terminal.line(", ".join(said) or "nothing new")
    return 1 if report.problems else 0


def export(arguments: Namespace, terminal: Terminal) -> int:
    """Writes the subscriptions as OPML, or the articles that match as JSON Lines."""
    query = " ".join(arguments.query)
    if arguments.format == "opml" and query:
        raise UsageProblem("opml", "has feeds, not articles", "Leave out the query")
    with open_library(arguments, terminal) as library:
        pieces = _pieces(library, arguments.format, query)
        if not arguments.output or arguments.output == "-":
            count = _written(pieces, terminal.data)
        else:
            with replaced_file(Path(arguments.output).expanduser()) as stream:
                count = _written(pieces, stream.write)
        if not count:
            terminal.note(f"Nothing matches {clean_line(query)}." if query else "No articles yet.")
        return 0 if count else 1


def _pieces(library: Library, form: str, query: str) -> Iterator[bytes]:
    if form == "opml":
        return iter([library.export_opml().encode("utf-8")])
    return library.export_jsonl(query)


def _written(pieces: Iterable[bytes], write: Callable[[bytes], object]) -> int:
    """How many pieces there were to write."""
    count = 0
    for piece in pieces:
        write(piece)
        count += 1
    return count


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
