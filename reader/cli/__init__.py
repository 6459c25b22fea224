"""The command line: `newsreader COMMAND`, a front end of the Library.

This module is the entry point and the outermost seam: whatever happens becomes an exit code and
at most one line on stderr.
"""

from __future__ import annotations

import contextlib
import gc
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
    # What starting makes is no garbage; looking for some costs a listing a tenth of its CPU.
    gc.disable()
    terminal = Terminal.of_process()
    try:
        return _guarded(sys.argv[1:] if argv is None else argv, terminal)
    finally:
        gc.enable()
        _settle(terminal)


def _guarded(argv: Sequence[str], terminal: Terminal) -> int:
    """Runs one command; what goes wrong becomes a line on stderr and an exit code."""
    try:
        code = _run(argv, terminal)
        terminal.flush()
    except BrokenPipeError:
        return DONE  # whoever read the output has enough
    except KeyboardInterrupt:
        terminal.error("stopped: what was done so far is kept.")
        return INTERRUPTED
    except (ArchiveError, ReaderError) as error:
        terminal.error(str(error))
        return exit_code(error)
    except OSError as error:
        _log_crash(error)
        what = error.filename or "standard output"
        terminal.error(f"{what}: {error.strerror or error}. Check the disk and permissions.")
        return PARTLY
    except Exception as error:  # noqa: BLE001 - the seam that design.md names: no traceback is shown
        log = _log_crash(error)
        reason = f"{type(error).__name__}: {error}".rstrip(".")
        terminal.error(
            f"an error in newsreader itself: {reason}. What was done is kept: try again. "
            f"Details are in {log}."
        )
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


def _settle(terminal: Terminal) -> None:
    """Leaves nothing in stdout that the interpreter's own last flush could fail on."""
    try:
        terminal.flush()
    except OSError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), terminal.out.fileno())
