"""What a terminal would show: characters and styles by cell, of what Textual writes and no more."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from rich.cells import cell_len

_TOKEN = re.compile(
    r"\x1b\[(?P<numbers>[0-9;:?<>=!$ ]*)(?P<command>[@-~])"
    r"|\x1b[\]P_^][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()#][A-Z0-9]|\x1b[=>78DEHMNOZc]"
    r"|(?P<text>[^\x00-\x1f\x7f]+)|(?P<control>[\x00-\x1a\x1c-\x1f\x7f])"
)
_BACKGROUND = re.compile(r"48;2;\d+;\d+;\d+|48;5;\d+")


@dataclass(frozen=True)
class Box:
    """A part of the screen: rows and columns from 0 on, the ends not included."""

    top: int
    bottom: int
    left: int
    right: int


class Screen:
    """The cells of a terminal, brought up to date by `feed`."""

    def __init__(self, columns: int, rows: int) -> None:
        self._characters = [[" "] * columns for _ in range(rows)]
        self._styles = [[""] * columns for _ in range(rows)]
        self._columns, self._rows = columns, rows
        self._row = self._column = 0
        self._style = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""

    def feed(self, data: bytes) -> None:
        """Take in what a program wrote; sequences may be cut anywhere."""
        text = self._rest + self._decoder.decode(data)
        place = 0
        while match := _TOKEN.match(text, place):
            place = match.end()
            if match["text"]:
                self._write(match["text"])
            elif match["command"]:
                self._obey(match["numbers"], match["command"])
            elif match["control"]:
                self._control(match["control"])
        self._rest = text[place:]

    def line(self, row: int) -> str:
        """The characters of a row; a wide one is followed by nothing."""
        return "".join(self._characters[row])

    def cells(self, box: Box) -> list[tuple[list[str], list[str]]]:
        """Characters and styles of a part of the screen, to be compared."""
        columns = slice(box.left, box.right)
        return [
            (self._characters[row][columns], self._styles[row][columns])
            for row in range(box.top, box.bottom)
        ]

    def odd_row(self, box: Box) -> int | None:
        """The one row of the box whose background, at its left, is not that of most: the cursor."""
        grounds = {
            row: match[0] if (match := _BACKGROUND.search(self._styles[row][box.left])) else ""
            for row in range(box.top, box.bottom)
        }
        usual = Counter(grounds.values()).most_common(1)[0][0]
        odd = [row for row, ground in grounds.items() if ground != usual]
        return odd[0] if len(odd) == 1 else None

    def _write(self, text: str) -> None:
        width = cell_len(text)
        cells = list(text) if width == len(text) else _spread_out(text)
        start, end = self._column, min(self._column + width, self._columns)
        cells = cells[: max(0, end - start)]
        self._characters[self._row][start:end] = cells
        self._styles[self._row][start:end] = [self._style] * len(cells)
        self._column = end

    def _obey(self, numbers: str, command: str) -> None:
        if command == "m":
            keeps = self._style and numbers not in ("", "0")
            self._style = f"{self._style};{numbers}" if keeps else numbers.removeprefix("0")
        elif command == "H":
            row, _, column = numbers.partition(";")
            self._row = min(int(row or 1), self._rows) - 1
            self._column = min(int(column or 1), self._columns) - 1
        elif command == "J" and numbers == "2":
            self._characters = [[" "] * self._columns for _ in range(self._rows)]
            self._styles = [[""] * self._columns for _ in range(self._rows)]

    def _control(self, control: str) -> None:
        if control == "\r":
            self._column = 0
        elif control == "\n":
            self._row = min(self._row + 1, self._rows - 1)


def _spread_out(text: str) -> list[str]:
    """One entry a cell: a wide character is followed by an empty one."""
    cells: list[str] = []
    for character in text:
        width = cell_len(character)
        if width == 0 and cells:
            cells[-1] += character
        elif width:
            cells += [character] + [""] * (width - 1)
    return cells
