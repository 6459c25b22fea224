"""The app, launched when no command is named."""

from __future__ import annotations

import sys
from argparse import Namespace

from reader.cli.session import open_library, settings_of
from reader.cli.terminal import Terminal
from reader.errors import UsageProblem


def launch(arguments: Namespace, terminal: Terminal) -> int:
    """Runs the app on the archive until it is left."""
    if not (terminal.out_is_terminal and sys.stdin is not None and sys.stdin.isatty()):
        raise UsageProblem(
            "the app", "needs a terminal", "Use a command, for example newsreader list"
        )
    with open_library(arguments, terminal, logged=True) as library:
        from reader.tui.app import run

        run(library, settings_of(arguments))
    return 0
