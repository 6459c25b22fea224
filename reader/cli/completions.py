"""completions: a script by which a shell completes the commands, from the same registry."""

from __future__ import annotations

from argparse import Namespace

import shtab

from reader.cli.options import Parser
from reader.cli.parser import COMMANDS, declare, top_parser
from reader.cli.shell_options import SHELLS
from reader.cli.terminal import Terminal

_COMPLETED = {"FILE": shtab.FILE, "PATH": shtab.FILE, "DIR": shtab.DIRECTORY}


def completions(arguments: Namespace, terminal: Terminal) -> int:
    """Prints the script."""
    script = shtab.complete(whole_parser(), shell=arguments.shell)
    terminal.data(f"{script.rstrip()}\n".encode())
    return 0


def whole_parser() -> Parser:
    """One parser of all commands, in the form that shtab reads; it parses nothing."""
    whole = top_parser()
    _complete_values(whole)
    commands = whole.add_subparsers()
    for command in COMMANDS.values():
        parser = commands.add_parser(command.name, help=command.summary)
        declare(command, parser)
        _complete_values(parser)
    return whole


def _complete_values(parser: Parser) -> None:
    """Say of each option and word what its value may be, as its help shows it."""
    for action in parser.actions:
        shown = action.metavar if isinstance(action.metavar, str) else ""
        if shown in _COMPLETED:
            setattr(action, "complete", _COMPLETED[shown])  # noqa: B010 - shtab's own attribute
        elif shown == "SHELL":
            action.choices = SHELLS
        elif "/" in shown and shown.islower():
            action.choices = shown.split("/")
