"""names: the spellings that are of one name, listed, told and forgotten."""

from __future__ import annotations

from argparse import Namespace

from reader.cli.session import open_library
from reader.cli.table import Cell, Column, table
from reader.cli.terminal import Terminal
from reader.errors import UsageProblem

EXAMPLE = 'For example: newsreader names add "Lin Junyang" "Justin Lin" 林俊旸'


def names(arguments: Namespace, terminal: Terminal) -> int:
    """Lists the names with several spellings, tells that some are of one, or forgets one."""
    with open_library(arguments, terminal) as library:
        known = library.stories.names
        match arguments.action, arguments.words:
            case "list", []:
                found = known.all()
            case "add", [_, _, *_] as spellings:
                if problem := known.problem_of(spellings):
                    raise UsageProblem("names add", problem, EXAMPLE)
                terminal.line(" = ".join(known.add(spellings)))
                terminal.note("Stories know it from now on; rebuild --stories groups all anew.")
                return 0
            case "remove", [spelling]:
                terminal.line(f"Forgotten: {' = '.join(known.remove(spelling))}")
                return 0
            case _:
                raise UsageProblem(f"names {arguments.action}", "takes other words", EXAMPLE)
    if arguments.json:
        terminal.json_list({"name": each[0], "spellings": list(each)} for each in found)
        return 0 if found else 1
    rows = ((Cell(each[0], ("accent",)), Cell(", ".join(each[1:]))) for each in found)
    if not terminal.lines(table((Column(), Column(flexible=True)), rows, terminal)):
        terminal.note("No names yet. names add NAME OTHER says that two spellings are one name.")
        return 1
    return 0
