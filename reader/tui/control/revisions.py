"""How the text in use changed since it first came: what went, what came, figures called out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from archive.models import Article
from reader.tui.ages import moment

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

UNCHANGED = "This text has not changed since it came."
LABEL = "What changed"


def show_revisions(desk: Desk) -> None:
    """Show each change of the article in use, the latest first."""
    row = desk.current
    if row is not None:
        read = partial(desk.library.get, row.article_id)
        desk.background.ask("page", read, partial(_show, desk), failed=desk.warn, latest=True)


def _show(desk: Desk, article: Article) -> None:
    from reader.difference import as_markdown, steps

    if not article.revisions:
        desk.say(UNCHANGED)
        return
    now = desk.widgets.text.now
    parts = [f"## {moment(at, now())}\n\n{as_markdown(found)}" for at, _, found in steps(article)]
    count = len(parts)
    note = f"{count} change{'s' if count > 1 else ''}"
    shown = replace(article, text="\n\n".join(parts), sections=(), notes=())
    if desk.screen.is_current:
        from reader.tui.screens.whole_page import WholePageScreen

        desk.screen.app.push_screen(WholePageScreen(shown, note, now, LABEL))
