"""An article's text taken out of its page again: what would change is shown before it replaces."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from archive.models import Article
from reader.tui.control.waiting import give_up
from reader.tui.screens.pick import PickScreen, line
from reader.tui.screens.prompts import Confirm

if TYPE_CHECKING:
    from reader.methods import Method
    from reader.tui.control.desk import Desk

WAITING = "Extracting …"


def extract_again(desk: Desk) -> None:
    """Ask how the text of the article in use is to be found, or which dropped line comes back."""
    row = desk.current
    if row is not None:
        read = partial(desk.library.get, row.article_id)
        desk.background.ask("page", read, partial(_ask, desk), failed=desk.warn, latest=True)


def _ask(desk: Desk, article: Article) -> None:
    from reader.methods import METHODS
    from reader.replacing import NOT_KEPT, dropped_words

    if article.page is None and not article.removed:
        desk.say(NOT_KEPT)
        return
    if not desk.screen.is_current:
        return
    methods: Sequence[Method] = tuple(METHODS) if article.page is not None else ()
    lines = [f"Extract again: {METHODS[method]}" for method in methods]
    lines += [f"Put back: {dropped_words(each)}" for each in article.removed]

    def picked(place: int | None) -> None:
        if place is None:
            return
        if place < len(methods):
            _extract(desk, article, methods[place])
        else:
            number = place - len(methods) + 1
            put_back = partial(desk.library.texts.put_back, article.article_id, [number])
            desk.background.ask("write", put_back, partial(_stored, desk), failed=desk.warn)

    places = range(len(lines))
    desk.open(PickScreen("The text of this article", [*map(line, lines)], places), picked)


def _extract(desk: Desk, known: Article, method: Method) -> None:
    desk.status(WAITING)
    read = partial(desk.library.texts.again, known.article_id, method)
    shown = partial(_offer, desk, known)
    desk.background.ask("page", read, shown, failed=partial(give_up, desk), latest=True)


def _offer(desk: Desk, known: Article, fresh: Article) -> None:
    from reader.replacing import SAME, differences

    desk.status("")
    if fresh.text == known.text:
        desk.say(SAME)
        return

    def answered(yes: bool | None) -> None:
        if yes:
            replace = partial(desk.library.texts.replace, fresh)
            desk.background.ask("write", replace, partial(_stored, desk), failed=desk.warn)

    if desk.screen.is_current:
        desk.open(
            Confirm("Replace the text by this one?", "\n".join(differences(known, fresh))), answered
        )


def _stored(desk: Desk, article: Article) -> None:
    desk.say(f"The text has {article.word_count:,} words now.")
    desk.archive_changed()
