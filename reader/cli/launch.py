"""The app, launched when no command is named."""

from __future__ import annotations

import sys
from argparse import Namespace

from reader.cli.session import open_library, settings_of
from reader.cli.terminal import Terminal
from reader.errors import UsageProblem


def check_terminal(terminal: Terminal, instead: str) -> None:
    """Raises UsageProblem where no app can be shown; `instead` is a command that needs none."""
    if not (terminal.out_is_terminal and sys.stdin is not None and sys.stdin.isatty()):
        raise UsageProblem("the app", "needs a terminal", f"Use a command, for example {instead}")


def launch(arguments: Namespace, terminal: Terminal) -> int:
    """Runs the app on the archive until it is left."""
    check_terminal(terminal, "newsreader list")
    with open_library(arguments, terminal, logged=True) as library:
        from reader.tui.app import run

        run(library, settings_of(arguments))
    return 0
