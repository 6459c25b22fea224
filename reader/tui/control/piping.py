"""`|`: the article as Markdown to a command, and what it prints over the panes."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from archive.characters import clean_line, clean_text
from archive.models import Article, Summary
from reader.pipe import SECONDS, Piped, article_input, pipe
from reader.tui.ages import local_now
from reader.tui.control.waiting import give_up
from reader.tui.screens.prompts import LinePrompt

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk


class Piping:
    """The prompt for a command, with those typed before."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._history: list[str] = []

    def ask(self) -> None:
        """Ask for the command."""
        row = self._desk.current
        if row is None:
            return
        prompt = LinePrompt(
            "Pipe the article to a command",
            hint="It gets title, address and text as Markdown.  Up: earlier ones, Escape leaves.",
            history=self._history,
        )
        self._desk.open(prompt, partial(self._typed, row))

    def run(self, command: str) -> None:
        """Pipe the article in use to a command."""
        if (row := self._desk.current) is not None:
            self._typed(row, command)

    def _typed(self, row: Summary, command: str | None) -> None:
        if not command or not command.strip():
            return
        self._history[:] = [*(each for each in self._history if each != command), command]
        library = self._desk.library

        def work() -> Piped:
            return pipe(command, *article_input(library.get(row.article_id)))

        self._desk.status(f"Running {clean_line(command)} …")
        shown = partial(self._shown, command)
        self._desk.background.ask("pipe", work, shown, failed=partial(give_up, self._desk))

    def _shown(self, command: str, piped: Piped) -> None:
        self._desk.status("")
        name, text = clean_line(command), clean_text(piped.text).strip()
        how = "done" if piped.code == 0 else f"ended with {piped.code}"
        if piped.code is None:
            how = f"took over {SECONDS:.0f} seconds and was ended"
        if not text or not self._desk.screen.is_current:  # not over what was opened meanwhile
            self._desk.say(
                f"{name}: {how}.", severity="information" if piped.code == 0 else "warning"
            )
            return
        now = local_now()
        fence = "`" * max(3, _longest_run(text) + 1)
        page = Article(url="", title=name, text=f"{fence}\n{text}\n{fence}", archived_at=now)
        from reader.tui.screens.whole_page import WholePageScreen

        self._desk.screen.app.push_screen(WholePageScreen(page, how, local_now, "What it prints"))


def _longest_run(text: str) -> int:
    """The length of the longest row of backticks."""
    return max(map(len, re.findall("`+", text)), default=0)
