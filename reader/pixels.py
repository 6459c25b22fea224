"""A picture as it is drawn, handed from the process that reads it to the screen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pixels:
    """`rgb` has three bytes for each pixel, line by line from the top left."""

    width: int
    height: int
    rgb: bytes

    def at(self, column: int, line: int) -> tuple[int, int, int]:
        """The colour of a pixel."""
        start = 3 * (line * self.width + column)
        red, green, blue = self.rgb[start : start + 3]
        return red, green, blue
