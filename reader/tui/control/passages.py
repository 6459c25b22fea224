"""Passages of the text: one is chosen by keys, then highlighted, copied, or let go of.

And the highlights of the article: gone through, listed, taken off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from archive.characters import clean_line, clean_text
from archive.highlights import Highlight, place_of
from reader.passages import Slice, Unit, met_by, unit_at, units_of, widened
from reader.tui.control.copying import copy
from reader.tui.keys import Sequence, presses_of

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk
    from reader.tui.screens.highlights import Choice

NOTHING_TO_MARK = "There is no text to mark."
NO_HIGHLIGHTS = "No passage of this article is highlighted. {highlight} marks one."
NO_KEY = "A passage is being chosen: {help} shows the keys for it, Escape leaves."
LOST = "These words are not in the text any more."

Act = Callable[[int], None]
"""What a key does so many times, or once where counting makes no sense."""


class Passages:
    """The choice of a passage, from `choose` until a key ends it; and the highlights."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._unit: Unit = "sentence"
        self._first = self._last = 0
        self._sequence: Sequence[Act] = Sequence()
        self.choosing = False
        """Whether keys choose a passage."""

    def choose(self, unit: Unit) -> None:
        """Choose the first passage in sight; keys go on from there."""
        self._unit = unit
        units = self._units
        if not units:
            self._desk.say(NOTHING_TO_MARK)
            return
        self.choosing = True
        self._first = self._last = unit_at(units, self._desk.widgets.text.position)
        self._show()
        self._desk.title_changed()

    @property
    def digits(self) -> str:
        """The count that was typed for the next key; empty without one."""
        return self._sequence.digits

    def press(self, name: str) -> bool:
        """Take a key of the choice; False when none is made, and the key is for others."""
        if not self.choosing:
            return False
        if not self._units:  # the text was taken away meanwhile
            self.leave()
            return False
        act = self._sequence.press(name, self._acts())
        if act is not None:
            act(self._sequence.take_count() or 1)
        elif not self._sequence.pending and not self._sequence.digits:
            self._desk.say(self._desk.keymap.with_keys(NO_KEY))
        self._desk.title_changed()
        return True

    def leave(self) -> None:
        """Choose nothing."""
        if self.choosing:
            self.choosing = False
            self._sequence = Sequence()
            self._desk.widgets.text.choose(None)
            self._desk.title_changed()

    def step(self, step: int) -> None:
        """Bring the next highlight (1), or the one before (-1), to the top."""
        text = self._desk.widgets.text
        layout = text.finish()
        lines = [layout.words_line_of(start) for start, _ in text.highlights] if layout else []
        if not text.go_beyond(lines, step):
            self._desk.say(f"No highlight {'below' if step > 0 else 'above'}.")

    def list_all(self) -> None:
        """Show the highlights of the article, to go to one, copy it or take it off."""
        highlights, text = self._desk.reading.highlights, self._desk.widgets.text.source
        if not highlights:
            self._desk.say(self._desk.keymap.with_keys(NO_HIGHLIGHTS))
            return
        rows = [(clean_line(each.exact), place_of(text, each) is None) for each in highlights]
        from reader.tui.screens.highlights import HighlightsScreen

        self._desk.open(HighlightsScreen(rows), self._chosen)

    def _chosen(self, choice: Choice | None) -> None:
        if choice is None:
            return
        act, number = choice
        highlight = self._desk.reading.highlights[number]
        if act == "copy":
            copy(self._desk, clean_text(highlight.exact), "the passage")
        elif act == "remove":
            self._change((), (highlight,))
        else:
            self._go_to(highlight)

    def _go_to(self, highlight: Highlight) -> None:
        place = place_of(self._desk.widgets.text.source, highlight)
        layout = self._desk.widgets.text.finish()
        if place is None or layout is None:
            self._desk.say(LOST)
        else:
            self._desk.widgets.text.go_to_line(max(0, layout.words_line_of(place[0]) - 1))

    # The choice

    def _acts(self) -> Mapping[tuple[str, ...], Act]:
        """What keys do while a passage is chosen, with the count before them."""
        help_action = self._desk.keymap.by_id["help"]
        helps = {
            presses_of(key): lambda _: self._desk.run(help_action, None) for key in help_action.keys
        }
        own: Mapping[tuple[str, ...], Act] = {
            ("j",): self._move,
            ("Down",): self._move,
            ("k",): lambda count: self._move(-count),
            ("Up",): lambda count: self._move(-count),
            ("J",): self._extend,
            ("K",): lambda count: self._extend(-count),
            ("V",): lambda _: self._turn_unit(),
            ("v",): lambda _: self._keep(),
            ("Enter",): lambda _: self._keep(),
            ("y",): lambda _: self._copy(),
            ("d",): lambda _: self._take_off(),
            ("q",): lambda _: self.leave(),
            ("Escape",): lambda _: self.leave(),
        }
        return {**helps, **own}

    @property
    def _units(self) -> tuple[Slice, ...]:
        """The units that are drawn: a heading that repeats the title is not."""
        text = self._desk.widgets.text
        return tuple(
            each for each in units_of(text.source, self._unit) if each[0] >= text.drawn_from
        )

    @property
    def _place(self) -> Slice:
        units = self._units
        most = len(units) - 1  # fewer than before, where another text came meanwhile
        return units[min(self._first, most)][0], units[min(self._last, most)][1]

    def _show(self) -> None:
        self._desk.widgets.text.choose(self._place)

    def _move(self, step: int) -> None:
        """So many units beyond the passage, or by a negative step before it, in its place."""
        at = (self._last if step > 0 else self._first) + step
        self._first = self._last = min(max(0, at), len(self._units) - 1)
        self._show()

    def _extend(self, step: int) -> None:
        """So many units more at the end, or by a negative step less."""
        self._last = min(max(self._first, self._last + step), len(self._units) - 1)
        self._show()

    def _turn_unit(self) -> None:
        """Whole paragraphs in place of sentences, or the other way."""
        start, end = self._place
        self._unit = "paragraph" if self._unit == "sentence" else "sentence"
        units = self._units
        self._first, self._last = unit_at(units, start), unit_at(units, end - 1)
        self._show()

    def _keep(self) -> None:
        """Highlight the passage; one that it meets becomes part of it."""
        text, known = self._desk.widgets.text.source, self._desk.reading.highlights
        fresh, met = widened(text, known, self._place)
        self.leave()
        if fresh is not None:
            self._change((fresh,), met)

    def _copy(self) -> None:
        passage = self._desk.widgets.text.source[slice(*self._place)]
        self.leave()
        copy(self._desk, passage, "the passage")

    def _take_off(self) -> None:
        text, known = self._desk.widgets.text.source, self._desk.reading.highlights
        if met := met_by(text, known, self._place):
            self.leave()
            self._change((), tuple(met))
        else:
            self._desk.say("Nothing here is highlighted.")

    def _change(self, added: tuple[Highlight, ...], removed: tuple[Highlight, ...]) -> None:
        row = self._desk.reading.summary
        if row is not None:
            self._desk.marking.highlight(row, added, removed)
