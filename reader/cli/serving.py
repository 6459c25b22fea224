"""serve: the app in a browser on this machine."""

from __future__ import annotations

import shlex
import sys
from argparse import Namespace
from pathlib import Path

from reader.cli.session import INTERRUPTED, open_library
from reader.cli.terminal import Terminal
from reader.errors import UsageProblem


def serve(arguments: Namespace, terminal: Terminal) -> int:
    """Prints the address to open, and serves until it is interrupted."""
    try:
        from reader.serve.server import TokenServer
    except ModuleNotFoundError:
        why = "needs the extra serve, which is not installed"
        raise UsageProblem("serve", why, "Install it: pip install 'newsreader[serve]'") from None
    with open_library(arguments, terminal):
        pass  # what is wrong with settings or archive is said here, and not in a tab

    def say(address: str) -> None:
        terminal.line(address)
        terminal.flush()
        terminal.note("Open this address in a browser here; Ctrl+C ends it.")

    try:
        server = TokenServer(_command(arguments), arguments.port, say)
    except OSError as error:
        raise UsageProblem(
            f"port {arguments.port}", error.strerror or str(error), "Choose another with --port"
        ) from error
    server.run()
    return INTERRUPTED


def _command(arguments: Namespace) -> str:
    """The line that starts the app of a tab, on the same archive and settings."""
    words = [sys.executable, "-m", "reader"]
    for name in ("archive", "config"):
        if value := getattr(arguments, name):
            words += [f"--{name}", str(Path(value).expanduser().absolute())]
    return f"exec {shlex.join(words)}"
