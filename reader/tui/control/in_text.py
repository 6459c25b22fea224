"""Finding words in the article that is open: its hits are shown, gone through, and let go of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.query import Query, parse
from reader.tui.control.notices import TOLD
from reader.tui.render_inline import NO_HIT
from reader.tui.screens.prompts import LinePrompt

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

HINT = 'Words, or "a phrase". Enter goes to the first from here on, Escape leaves.'
NOT_THERE = "These words are not in this text."


class InText:
    """The words that are looked for; none once they are let go of or another article is shown."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._query: Query | None = None
        self._article_id = ""
        self._words = ""

    @property
    def active(self) -> bool:
        """Whether the hits in the text pane are of these words."""
        reading = self._desk.reading
        same = self._article_id == self._desk.widgets.text.article_id
        return self._query is not None and same and reading.hits == self._query

    @property
    def place(self) -> str:
        """`hit 2 of 7`; empty while nothing is looked for."""
        text = self._desk.widgets.text
        return f"hit {text.painter.current_hit + 1} of {text.hit_count}" if self.active else ""

    def ask(self) -> None:
        """Ask for the words."""
        prompt = LinePrompt(
            "Find in this text",
            hint=HINT,
            value=self._words,
            selected=True,
            submit=self._entered,
        )
        self._desk.open(prompt)

    def step(self, step: int) -> None:
        """Go to the next hit (1), or to the one before (-1)."""
        step_hit(self._desk, step)

    def leave(self) -> bool:
        """Show the hits no longer, but those of a search that the article is of; False if none."""
        if not self.active:
            return False
        self._query = None
        in_search = self._desk.panes.middle == "search"
        self._desk.reading.show_hits(self._desk.finding.query if in_search else None)
        self._desk.widgets.text.went_to_hit = False  # who found a place reads on from there
        self._desk.title_changed()
        return True

    def _entered(self, prompt: LinePrompt, words: str) -> None:
        self._words = words.strip()
        if not self._words:
            self.leave()
            prompt.leave()
            return
        text, reading = self._desk.widgets.text, self._desk.reading
        before, start, query = reading.hits, text.position, parse(self._words)
        reading.show_hits(query)
        if not text.hit_count:
            reading.show_hits(before)
            if self.active:
                text.seek_hit(start)
            self._desk.title_changed()
            prompt.refuse(NOT_THERE)
            return
        self._query, self._article_id = query, text.article_id
        prompt.leave()
        text.seek_hit(start)
        self._desk.title_changed()


def step_hit(desk: Desk, step: int) -> bool:
    """Go to the next hit in the text, or to the one before; says it where that begins again.

    False when there is none.
    """
    text = desk.widgets.text
    before = text.painter.current_hit
    if not text.next_hit(step):
        return False
    after = text.painter.current_hit
    if before != NO_HIT and (after - before) * step <= 0:
        again = "the first again" if step > 0 else "the last again"
        desk.status("the only hit" if text.hit_count == 1 else again, TOLD)
    return True
