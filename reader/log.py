"""The log file: what went wrong in detail, out of the way of the screen and of scripts."""

from __future__ import annotations

import contextlib
import logging
import sys
from pathlib import Path

from reader.paths import log_path, make_private

# One old file is kept beside the present one, so a log takes 4 MiB at most.
SIZE_MAX = 2 * 1024 * 1024


def set_up(path: Path | None = None, *, verbose: bool = False) -> Path:
    """Sends the program's log to its file (and to stderr when `verbose`); returns the file.

    A folder that cannot be written to is no reason not to read news: then nothing is logged.
    """
    file = path or log_path()
    root = logging.getLogger()
    for handler in root.handlers[:]:
        root.removeHandler(handler)
        if isinstance(handler, logging.FileHandler):
            handler.close()
    root.addHandler(_file_handler(file))
    root.setLevel(logging.INFO if verbose else logging.WARNING)
    if verbose:
        screen = logging.StreamHandler(sys.stderr)
        screen.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
        root.addHandler(screen)
    # A write that fails (disk full) must not print a traceback on the screen.
    logging.raiseExceptions = False
    return file


def _file_handler(file: Path) -> logging.Handler:
    with contextlib.suppress(OSError):
        if file.stat().st_size > SIZE_MAX:
            file.replace(file.with_suffix(".old.log"))
    try:
        make_private(file.parent)
        file.touch(mode=0o600)
        handler = logging.FileHandler(file, encoding="utf-8", errors="replace", delay=True)
    except OSError:
        return logging.NullHandler()
    handler.setFormatter(
        logging.Formatter("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s")
    )
    return handler
