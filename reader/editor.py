"""A text in the reader's own editor (`$VISUAL`, else `$EDITOR`): a file that is read back after."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from archive.characters import clean_text

USUAL = "vi"
"""The editor where none is named: POSIX has it."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What an editor left; `problem` says how it failed, and is empty where it did not."""

    text: str
    problem: str = ""


def edited(text: str, environment: Mapping[str, str]) -> Edited:
    """The text as the editor left it, also one that failed; the given one where it left none.

    Blocks, and the editor has the terminal meanwhile.
    """
    line = environment.get("VISUAL") or environment.get("EDITOR") or USUAL
    try:
        command = shlex.split(line) or [USUAL]
    except ValueError as error:
        return Edited(text, f"$EDITOR is no command: {error}.")
    handle, name = tempfile.mkstemp(prefix="newsreader-", suffix=".md")
    file = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as stream:
            stream.write(text)
        problem = _run([*command, name])
        return Edited(clean_text(file.read_text(encoding="utf-8", errors="replace")), problem)
    except OSError as error:
        return Edited(text, f"The editor's file is lost: {error.strerror}.")
    finally:
        with suppress(OSError):
            file.unlink()


def _run(command: list[str]) -> str:
    """Run the editor to its end; what went wrong."""
    try:
        code = subprocess.run(command, check=False).returncode  # noqa: S603 - the reader's own words
    except OSError as error:
        return f"{command[0]} cannot be started: {error.strerror}. Set $EDITOR to another."
    return f"{command[0]} ended with {code}." if code else ""
