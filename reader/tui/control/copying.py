"""Copying to the clipboard of the terminal, by OSC 52: addresses, passages, whole articles.

https://invisible-island.net/xterm/ctlseqs/ctlseqs.html#h3-Operating-System-Commands
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from archive.characters import clean_text
from archive.models import Article
from reader.pipe import article_input

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

MOST_BYTES = 74_994
"""Bytes of a text that terminals take: hterm's osc52.sh sends no more than 100,000 in Base64."""


def copy(desk: Desk, text: str, what: str) -> None:
    """Copy a text; `what` says in a notice what it was."""
    cleaned = clean_text(text)
    if len(cleaned.encode()) > MOST_BYTES:
        size = f"{len(cleaned.encode()) // 1000:,} kB"
        desk.say(
            desk.keymap.with_keys(
                f"Too long for the terminal's clipboard ({size}); {{save}} saves it as a file."
            ),
            severity="warning",
        )
        return
    desk.screen.app.copy_to_clipboard(cleaned)
    desk.say(f"Copied {what}")


def copy_address(desk: Desk) -> None:
    """Copy the address of the feed at the cursor, or of the article in use."""
    status = desk.widgets.feeds.status
    in_feeds = desk.panes.current == "feeds"
    url = ""
    if in_feeds and status is not None:
        url = status.feed.feed_url
    elif not in_feeds and desk.current is not None:
        url = desk.current.url
    if url:
        copy(desk, url, url)


def copy_article(desk: Desk) -> None:
    """Copy the article in use as Markdown, with title and address."""
    row = desk.current
    if row is not None:
        read = partial(desk.library.get, row.article_id)
        desk.background.ask("page", read, partial(_copy, desk), failed=desk.warn, latest=True)


def _copy(desk: Desk, article: Article) -> None:
    copy(desk, article_input(article)[0], "the article as Markdown")
