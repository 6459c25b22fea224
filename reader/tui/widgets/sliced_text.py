"""A document of which slices are drawn in their own way: told before, highlighted, chosen.

And letters over its links. All slices are offsets in the document's text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reader.tui.widgets.illustrated_text import IllustratedText

Slice = tuple[int, int]


class SlicedText(IllustratedText):
    """What is drawn over a text, and bringing a slice of it into sight."""

    @property
    def source(self) -> str:
        """The document's text, which slices are of; empty without one."""
        return self._document.text if self._document else ""

    @property
    def drawn_from(self) -> int:
        """Where what is drawn of the text begins: a heading that repeats the title is left out."""
        return self._document.blocks[0].start if self._document and self._document.blocks else 0

    @property
    def told(self) -> Sequence[Slice]:
        """The slices of the text that are dimmed, in order."""
        return self.painter.slices.get("told", ())

    def dim(self, told: Sequence[Slice]) -> None:
        """Dim slices of the text that the reader was told before, given in order and apart."""
        self._draw_slices("told", told)

    @property
    def highlights(self) -> Sequence[Slice]:
        """The slices that are drawn as highlights."""
        return self.painter.slices.get("highlight", ())

    def highlight(self, places: Sequence[Slice]) -> None:
        """Draw slices as highlights, with a bar beside their lines; given in order."""
        self._draw_slices("highlight", merged(places))

    def choose(self, place: Slice | None) -> None:
        """Draw a slice as the one that is chosen, and bring it into sight; None for none."""
        self._draw_slices("chosen", () if place is None else (place,))
        if place is not None:
            self.bring_into_sight(place)

    def bring_into_sight(self, place: Slice) -> None:
        """Scroll as little as is needed to show a slice; of a long one its beginning."""
        layout, top = self.layout_shown, self.scroll_offset.y
        if layout is None:
            return
        first, last = map(layout.words_line_of, (place[0], max(place[0], place[1] - 1)))
        if first < top:
            self.go_to_line(max(0, first - 1))
        elif last >= top + self.height_shown:
            self.go_to_line(min(first, last + 2 - self.height_shown))

    def go_beyond(self, lines: Sequence[int], step: int = 1) -> bool:
        """Bring the first of ascending lines below the top to it, or with -1 the last above it.

        False if there is none.
        """
        top = self.scroll_offset.y
        beyond = [line for line in lines if (line > top if step > 0 else line < top)]
        return bool(beyond) and self.go_to_line(beyond[0] if step > 0 else beyond[-1])

    @property
    def letters_drawn(self) -> bool:
        """Whether letters are drawn over links."""
        return bool(self.painter.letters)

    def draw_letters(self, letters: Mapping[tuple[int, int], str]) -> None:
        """Draw letters over links in sight; none take them away. A new layout does as well."""
        self.painter.letters = letters
        self.painter.forget()
        self.refresh()

    def _draw_slices(self, style: str, slices: Sequence[Slice]) -> None:
        if tuple(slices) != tuple(self.painter.slices.get(style, ())):
            self.painter.slices[style] = slices
            self.painter.forget()
            self.refresh()


def merged(slices: Sequence[Slice]) -> list[Slice]:
    """Slices in order, those that overlap or touch as one."""
    found: list[Slice] = []
    for start, end in slices:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
