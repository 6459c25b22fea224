"""The man page as roff with the macros of man(7)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from reader.cli.parser import COMMANDS, PROGRAM, Command, command_parser, top_parser
from reader.tui.actions import REGISTRY
from reader.tui.key_tables import help_groups, preset_keys, where
from reader.tui.presets import PRESETS

_FILES = {
    "~/.config/newsreader/config.toml": "the settings; newsreader config prints those in effect",
    "~/.config/newsreader/themes/": "themes of your own",
    "~/.config/newsreader/credentials.json": "passwords of feeds, where there is no keyring",
    "~/.local/share/newsreader/": "the archive, unless --archive or NEWSREADER_ARCHIVE moves it",
    "~/.local/state/newsreader/": "places, hints that were seen, and the log",
}
_CODES = {
    "0": "done",
    "1": "done in part, or nothing found",
    "2": "wrong usage or configuration",
    "3": "the archive cannot be opened",
    "130": "stopped by Ctrl+C; what was done is kept",
}


def page() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield f'.TH {PROGRAM.upper()} 1 "" "{PROGRAM}" "User Commands"'
    yield from (".SH NAME", rf"{PROGRAM} \- reads news in the terminal and keeps what you read")
    yield from (".SH SYNOPSIS", f".B {PROGRAM}", r"[\fIoptions\fR] [\fICOMMAND\fR ...]")
    yield from (".SH DESCRIPTION", _escaped(top_parser().description or ""))
    yield ".SH OPTIONS"
    for action in top_parser().actions:
        yield from _option(action)
    yield ".SH COMMANDS"
    for command in COMMANDS.values():
        yield from _command(command)
    yield ".SH KEYS"
    yield r"Keys of the app. \fBnewsreader config\fR prints those in effect by their actions."
    for name, bound in help_groups():
        yield f".SS {name}"
        for each in bound:
            panes = f" In {where(each)}." if where(each) else ""
            yield ".TP"
            yield rf"\fB{_escaped(', '.join(each.keys))}\fR"
            yield _escaped(each.description + panes)
    yield from _presets()
    yield from (".SH FILES", *_definitions(_FILES))
    yield from (".SH EXIT STATUS", *_definitions(_CODES))


def _command(command: Command) -> Iterator[str]:
    actions = command_parser(command).actions
    general = {option for action in top_parser().actions for option in action.option_strings}
    own = [action for action in actions if not general & set(action.option_strings)]
    words = [_shown(action) for action in own if not action.option_strings]
    yield f".SS {' '.join((PROGRAM, command.name, *words))}"
    yield _escaped(f"{command.summary[0].upper()}{command.summary[1:]}.")
    for action in own:
        if action.option_strings or action.help:
            yield from _option(action)
    yield from (".PP", "Example:", ".PP", ".RS", rf"\fB{_escaped(command.example)}\fR", ".RE")


def _option(action: argparse.Action) -> Iterator[str]:
    names = ", ".join(action.option_strings)
    value = _shown(action) if action.nargs != 0 else ""
    bold = rf"\fB{_escaped(names)}\fR " if names else ""
    yield ".TP"
    yield (bold + (rf"\fI{_escaped(value)}\fR" if value else "")).strip()
    yield _escaped(action.help or "")


def _shown(action: argparse.Action) -> str:
    return str(action.metavar or action.dest.upper())


def _presets() -> Iterator[str]:
    """What each preset gives other keys."""
    for name in PRESETS:
        yield f".SS Preset {name}"
        for action in REGISTRY:
            if keys := ", ".join(preset_keys(name, action)):
                yield from (".TP", rf"\fB{_escaped(keys)}\fR", _escaped(action.description))


def _definitions(items: dict[str, str]) -> Iterator[str]:
    for term, says in items.items():
        yield from (".TP", rf"\fB{_escaped(term)}\fR", _escaped(says))


def _escaped(text: str) -> str:
    """The text so that roff reads it as text: no escapes, no requests, no typographic signs."""
    flat = " ".join(text.split())
    for sign, name in (("\\", r"\e"), ("-", r"\-"), ("'", r"\(aq"), ("`", r"\(ga"), ("^", r"\(ha")):
        flat = flat.replace(sign, name)
    return rf"\&{flat}" if flat.startswith(".") else flat
