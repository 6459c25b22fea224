"""`s`: the article as a file of the reader's own, by the name that is typed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from archive.characters import clean_line
from archive.models import Summary
from reader.article_files import ENDINGS, Saved, check_path, file_name, save_article
from reader.errors import ReaderError
from reader.tui.ages import moment
from reader.tui.path_completion import expanded, paths_in
from reader.tui.screen_text import screen_text
from reader.tui.screens.prompts import Confirm, LinePrompt

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

Found = tuple[Path, bool]
"""The path that a name means, and whether something is there."""


class Saving:
    """The prompt for a name; the folder of the last one is offered again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._folder = "~/"

    def ask(self) -> None:
        """Ask for the name, and offer one made of the title."""
        row = self._desk.current
        if row is None:
            return
        prompt = LinePrompt(
            "Save the article as a file",
            hint="Ending in .md Markdown, .html a page, .txt as on the screen.  Tab completes, "
            "Enter saves, Escape leaves.",
            value=self._folder + file_name(row.title),
            submit=partial(self._entered, row),
            typed=self._complete,
        )
        self._desk.open(prompt)

    def save(self, name: str) -> None:
        """Save the article in use under a name that is typed already."""
        if (row := self._desk.current) is not None:
            look = partial(_look, name)
            self._desk.background.ask(
                "outside", look, partial(self._save, row), failed=self._desk.warn
            )

    def _complete(self, prompt: LinePrompt, text: str) -> None:
        def offer(paths: Sequence[str]) -> None:
            if prompt.is_current:
                prompt.candidates = paths

        paths = partial(paths_in, text, ENDINGS)
        self._desk.background.ask("outside", paths, offer, latest=True)

    def _entered(self, row: Summary, prompt: LinePrompt, name: str) -> None:
        if not name.strip():
            prompt.leave()
            return
        self._desk.background.ask(
            "outside",
            partial(_look, name),
            partial(self._looked, row, prompt, name),
            failed=partial(self._refused, prompt),
        )

    def _looked(self, row: Summary, prompt: LinePrompt, name: str, found: Found) -> None:
        prompt.leave()
        folder, slash, _ = name.strip().rpartition("/")
        self._folder = folder + slash
        self._save(row, found)

    def _refused(self, prompt: LinePrompt, error: Exception) -> None:
        if prompt.is_current:
            prompt.refuse(str(error))
        else:
            self._desk.warn(error)

    def _save(self, row: Summary, found: Found) -> None:
        """Write the file; one that is there only when that is wanted."""
        path, is_there = found
        if not is_there:
            self._write(row, path)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._write(row, path)

        self._desk.open(Confirm("Replace the file that is there?", clean_line(str(path))), answered)

    def _write(self, row: Summary, path: Path) -> None:
        library, now = self._desk.library, self._desk.widgets.text.now

        def work() -> Path:
            article, mark = library.get(row.article_id), library.mark_of(row.article_id)
            at = article.published_at
            saved = Saved(article, mark, row.outlet, moment(at, now()) if at else "")
            try:
                save_article(path, saved, partial(screen_text, now=now()))
            except OSError as error:
                why = error.strerror or type(error).__name__
                raise ReaderError(str(path), why, "Save it elsewhere") from error
            return path

        # In the lane of writes: after the note or highlight that was made just before.
        self._desk.background.ask("write", work, self._saved, failed=self._desk.warn)

    def _saved(self, path: Path) -> None:
        self._desk.say(f"Saved as {path}")


def _look(name: str) -> Found:
    """Where an article would be saved; UsageProblem where it cannot be."""
    path = expanded(name.strip()).absolute()
    check_path(path)
    return path, path.exists()
