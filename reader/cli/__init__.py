"""The command line: `newsreader COMMAND`, a front end of the Library.

This module is the entry point and the outermost seam: whatever happens becomes an exit code and
at most one line on stderr.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from archive.errors import AmbiguousName, ArchiveError, ArchiveUnusable
from reader.cli.session import INTERRUPTED
from reader.cli.terminal import Terminal
from reader.errors import ImportProblem, ReaderError, UsageProblem

DONE, PARTLY, WRONG_USAGE, NO_ARCHIVE = 0, 1, 2, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code (0, 1, 2, 3 or 130)."""
    terminal = Terminal.of_process()
    try:
        code = _run(sys.argv[1:] if argv is None else argv, terminal)
        terminal.flush()
    except BrokenPipeError:
        # Whoever read the output has enough. The interpreter flushes once more when it ends.
        _to_null_device(sys.stdout)
        return DONE
    except KeyboardInterrupt:
        terminal.error("stopped: what was done so far is kept.")
        return INTERRUPTED
    except (ArchiveError, ReaderError) as error:
        terminal.error(str(error))
        return exit_code(error)
    except OSError as error:
        _log_crash(error)
        _to_null_device(sys.stdout)
        what = error.filename or "standard output"
        terminal.error(f"{what}: {error.strerror or error}. Check the disk and permissions.")
        return PARTLY
    except Exception as error:  # noqa: BLE001 - the seam that design.md names: no traceback is shown
        log = _log_crash(error)
        reason = f"{type(error).__name__}: {error}".rstrip(".")
        terminal.error(f"an error in newsreader itself: {reason}. Details are in {log}.")
        return PARTLY
    return code


def exit_code(error: ArchiveError | ReaderError) -> int:
    """The exit code that tells a script what kind of failure it was."""
    if isinstance(error, ArchiveUnusable):
        return NO_ARCHIVE
    if isinstance(error, UsageProblem | ImportProblem | AmbiguousName):
        return WRONG_USAGE
    return PARTLY


def _run(argv: Sequence[str], terminal: Terminal) -> int:
    from reader.cli.parser import parse

    try:
        arguments = parse(argv)
    except SystemExit as end:  # argparse has printed the help or the version
        return end.code if isinstance(end.code, int) else DONE
    return arguments.act(arguments, terminal)  # type: ignore[no-any-return]


def _log_crash(error: Exception) -> str:
    """Writes the error with its traceback to the log file, and returns its path."""
    import logging

    from reader import log

    path = log.set_up()
    logging.getLogger("reader.cli").error("The command failed", exc_info=error)
    return str(path)


def _to_null_device(stream: object) -> None:
    """Sends what a stream still holds nowhere, so that no later flush can fail."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # type: ignore[attr-defined]
    except (OSError, AttributeError, ValueError):
        return
