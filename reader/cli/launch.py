"""The app or the line-by-line session, launched when no command is named."""

from __future__ import annotations

import gc
import io
import os
import sys
from argparse import Namespace
from dataclasses import replace

from reader.cli.session import check_keys, config_file, open_library, settings_of
from reader.cli.terminal import Terminal
from reader.errors import UsageProblem

DEMO_GREETING = "The demo: three sample outlets on this machine. Nothing is kept. Q leaves it."


def check_terminal(terminal: Terminal, instead: str) -> None:
    """Raises UsageProblem where no app can be shown; `instead` is a command that needs none."""
    if os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver"):
        return  # newsreader serve shows it in a browser
    if not (terminal.out_is_terminal and sys.stdin is not None and sys.stdin.isatty()):
        raise UsageProblem("the app", "needs a terminal", f"Use a command, for example {instead}")


SWITCH_SECONDS = 0.0005
"""For how long a thread of the app computes while another waits for the interpreter."""


def be_prompt() -> None:
    """Let Textual, loaded after this, take and answer keys at once.

    From the terminal to the picture a key passes three threads. While others compute, as a refresh
    and a load do, each waits for the interpreter, at Python's default for up to 5 ms.

    At Textual's default of 60 frames a second a key waits up to 17 ms for its picture, two frames
    when it comes late: p95 35 ms against 16 ms at 240. TEXTUAL_FPS, as for a slow link, is obeyed.
    """
    os.environ.setdefault("TEXTUAL_FPS", "240")
    sys.setswitchinterval(SWITCH_SECONDS)


def launch(arguments: Namespace, terminal: Terminal) -> int:
    """Runs the app on the archive until it is left; the demo comes and goes in its place."""
    check_terminal(terminal, "newsreader list")
    with open_library(arguments, terminal, logged=True) as library:
        gc.disable()  # until the app's first picture is painted
        be_prompt()
        from reader.settings_watch import SettingsWatch
        from reader.tui.app import run
        from reader.tui.control.starting import DEMO

        settings = settings_of(arguments)
        watch = SettingsWatch(config_file(arguments), check_keys)
        while run(library, settings, watch=watch) == DEMO:
            from reader.demo.run import demo_library

            terminal.note("Preparing the demo ...")
            with demo_library(settings) as samples:
                run(samples, settings, greeting=DEMO_GREETING, watch=watch)
    return 0


def launch_plain(arguments: Namespace, terminal: Terminal) -> int:
    """Runs a line-by-line session on the archive until it is left or its input ends."""
    from reader.browser import browse
    from reader.plain.console import Console
    from reader.plain.session import run

    source = sys.stdin if sys.stdin is not None else io.StringIO()
    if isinstance(source, io.TextIOWrapper):
        source.reconfigure(errors="replace")
    # Lines only follow each other: no progress is drawn over itself.
    still = replace(terminal, err_is_terminal=False)
    with open_library(arguments, still, logged=True) as library:
        console = Console(
            source,
            terminal.out,
            terminal.error,
            is_interactive=terminal.out_is_terminal and source.isatty(),
            width=terminal.width if terminal.out_is_terminal else None,
        )
        command = library.settings.browser
        run(library, console, lambda url: browse(url, command))
    return 0
