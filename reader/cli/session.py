"""What every command does around its work: settings, archive, log, and a safe way to stop."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import threading
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from archive.models import Problem
from reader.cli.progress import Bar
from reader.cli.terminal import Terminal
from reader.config import Keys, Settings, load_settings
from reader.paths import archive_path

if TYPE_CHECKING:
    from reader.library import Library

INTERRUPTED = 130
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Progress = Callable[[int, int], None]


def settings_of(arguments: Namespace) -> Settings:
    """The settings that the command line names; raises ConfigError."""
    settings = load_settings(config_file(arguments))
    check_keys(settings)
    return settings


def config_file(arguments: Namespace) -> Path | None:
    """The settings file that the command line names."""
    return Path(arguments.config).expanduser() if arguments.config else None


def check_keys(settings: Settings) -> None:
    """Raises ConfigError for keys that the app could not use; free where there are none."""
    if settings.keys != Keys():
        from reader.tui.keymap import keymap_of

        keymap_of(settings)


@contextlib.contextmanager
def open_library(
    arguments: Namespace,
    terminal: Terminal,
    *,
    logged: bool = False,
    announce: Callable[[Problem], bool] = lambda _: True,
) -> Iterator[Library]:
    """The library, opened; what opening repaired or lost is said on stderr if `announce`d.

    `logged` is for work with threads that writes to the log; a listing does without, to start at
    once.
    """
    from reader.library import Library

    if logged:
        from reader.memory import share_one_heap

        share_one_heap()
    if logged or arguments.verbose:
        from reader import log

        log.set_up(verbose=arguments.verbose)
    settings = settings_of(arguments)
    if settings.ascii:
        terminal.keep_to_ascii()
    with Bar(terminal, "Building the index") as bar:
        library = Library.open(archive_path(arguments.archive), settings, progress=bar.update)
    gc.freeze()  # what starting made stays: the first collection need not look at it
    gc.enable()  # main() holds it back while the program starts
    with library:
        tell(terminal, filter(announce, library.recovered))
        yield library


def tell(terminal: Terminal, problems: Iterable[Problem]) -> None:
    """Says what was repaired or lost, a line each."""
    for problem in problems:
        terminal.error(f"{problem.path}: {problem.detail.rstrip('.')}.")


@contextlib.contextmanager
def stoppable(terminal: Terminal) -> Iterator[threading.Event]:
    """An event that the first Ctrl+C sets; a second one ends the process where it is.

    Work that looks at it ends at its next safe point, with everything done so far kept. The
    archive bears being ended at any moment, so impatience costs only what was not yet saved.
    """
    stop = threading.Event()

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            os._exit(INTERRUPTED)
        stop.set()
        if terminal.err_is_terminal:
            # Not through the stream: the signal may have come while that was being written to.
            os.write(2, b"\r\x1b[KStopping; Ctrl+C again stops at once.\n")

    # cron, systemd and a closed terminal end a run as Ctrl+C does: what it has is kept.
    before = {number: signal.signal(number, interrupted) for number in ENDING}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def stoppable_progress(terminal: Terminal, label: str) -> Iterator[Progress]:
    """A progress bar whose every step is a safe point: Ctrl+C raises KeyboardInterrupt there."""
    with stoppable(terminal) as stop, Bar(terminal, label) as bar:

        def step(done: int, total: int) -> None:
            if stop.is_set():
                raise KeyboardInterrupt
            bar.update(done, total)

        yield step
