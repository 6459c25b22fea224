"""What a command talks to: data on stdout, everything else on stderr.

Text from outside is cleaned before it gets here (`archive.characters`); JSON goes out as UTF-8
bytes whatever the locale says.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TextIO

from archive.characters import clean_line
from reader.locales import shows_unicode

STYLES = {
    "bold": "1",
    "dim": "2",
    "italic": "3",
    "underline": "4",
    "accent": "36",
    "good": "32",
    "warn": "33",
    "bad": "31",
    "red": "31",
    "orange": "38;5;208",
    "yellow": "33",
    "green": "32",
    "cyan": "36",
    "blue": "34",
    "purple": "35",
    "pink": "38;5;211",
}
"""Looks as codes of ECMA-48; the colours of tags are the terminal's own where it has them."""
RESET = "\x1b[0m"


@dataclass(slots=True)
class Terminal:
    """The process's streams and what they can show.

    `width` is the terminal's in cells, None where stdout is no terminal and nothing need be cut.
    `colour` and `unicode` say whether escape codes and signs of our own beyond ASCII may be
    written; text and JSON are written as they are.
    """

    out: TextIO
    err: TextIO
    out_is_terminal: bool = False
    err_is_terminal: bool = False
    width: int | None = None
    colour: bool = False
    unicode: bool = True

    @classmethod
    def of_process(cls, environ: Mapping[str, str] = os.environ) -> Terminal:
        """The terminal of this process; a closed stream becomes the null device."""
        out = _prepared(sys.stdout)
        err = _prepared(sys.stderr)
        is_terminal = out.isatty()
        return cls(
            out,
            err,
            out_is_terminal=is_terminal,
            err_is_terminal=err.isatty(),
            width=_width(is_terminal, environ),
            colour=is_terminal and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb",
            # Python writes UTF-8 in a locale without it (PEP 538, 540); the terminal may not.
            unicode=(out.encoding or "").lower().replace("-", "") == "utf8"
            and shows_unicode(environ),
        )

    def keep_to_ascii(self) -> None:
        """From now on the program's own signs are ASCII, as the setting wants it."""
        self.unicode = False

    def style(self, text: str, *names: str) -> str:
        """The text in these styles, where the terminal shows any."""
        if not self.colour or not names or not text:
            return text
        codes = ";".join(STYLES[name] for name in names)
        return f"\x1b[{codes}m{text}{RESET}"

    def line(self, text: str = "") -> None:
        """Writes one line of data."""
        self.out.write(text + "\n")

    def lines(self, texts: Iterable[str]) -> int:
        """Writes lines as they come; returns how many there were."""
        count = 0
        for text in texts:
            self.line(text)
            count += 1
        return count

    def data(self, content: bytes) -> None:
        """Writes bytes as they are."""
        self.out.flush()
        self.out.buffer.write(content)

    def json(self, document: Any) -> None:
        """Writes one JSON document."""
        import orjson

        self.data(orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))

    def json_list(self, documents: Iterable[Mapping[str, Any]]) -> int:
        """Writes one JSON list, an object a line, as they come; returns how many there were."""
        import orjson

        count = 0
        for document in documents:
            self.data((b",\n" if count else b"[\n") + orjson.dumps(document))
            count += 1
        self.data(b"\n]\n" if count else b"[]\n")
        return count

    def note(self, text: str) -> None:
        """Writes a line for the person, not for scripts."""
        with contextlib.suppress(OSError):
            self.flush()  # where that fails, the command's own last flush says so
        self.err.write(text + "\n")
        self.err.flush()

    def error(self, text: str) -> None:
        """Writes a failure in the contract's form, as one line."""
        with contextlib.suppress(OSError):  # where nobody listens, the exit code still tells
            self.note(f"newsreader: {clean_line(text)}")

    def flush(self) -> None:
        """Hands on what was written."""
        self.out.flush()

    def ask(self, question: str) -> bool:
        """Whether the person says yes; only where `can_ask`."""
        self.err.write(f"{question} [y/N] ")
        self.err.flush()
        return sys.stdin.readline().strip().lower() in ("y", "yes")

    def pick(self, question: str, count: int) -> int:
        """The number from 1 to `count` that the person types, 1 for none, 0 for a refusal."""
        while True:
            self.err.write(f"{question} [1-{count}, Enter for 1, 0 for none] ")
            self.err.flush()
            line = sys.stdin.readline()
            answer = line.strip() or ("1" if line else "0")
            if answer.isascii() and answer.isdecimal() and int(answer[:9]) <= count:
                return int(answer)
            self.err.write(f"Type a number from 1 to {count}.\n")

    @property
    def can_ask(self) -> bool:
        """Whether somebody can be asked."""
        return self.err_is_terminal and sys.stdin is not None and sys.stdin.isatty()


def _width(is_terminal: bool, environ: Mapping[str, str]) -> int | None:
    """The terminal's cells, or those that `COLUMNS` fixes; None where neither is."""
    if not (is_terminal or environ.get("COLUMNS", "").isdecimal()):
        return None
    import shutil  # loads every compressor there is

    return max(20, shutil.get_terminal_size().columns)


def _prepared(stream: TextIO | None) -> TextIO:
    """The stream, writing `?` for what its encoding cannot say."""
    if stream is None:
        # The process was started with this stream closed.
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - lives as long as we
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="replace", line_buffering=False)
    return stream
