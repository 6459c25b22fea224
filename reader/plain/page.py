"""page: all words of the page behind the open article, as it was fetched."""

from __future__ import annotations

from archive.characters import clean_line
from reader.outcomes import NO_WORDS, NOT_KEPT
from reader.plain.desk import Desk
from reader.plain.reading import open_article, page_end, say_block
from reader.plain.text import spoken
from reader.plain.wording import UNTITLED, minute, sentence


def page(desk: Desk, _words: str) -> None:
    """Says where the page is from, and its beginning."""
    found = desk.library.texts.whole_page(open_article(desk).article.article_id)
    desk.page = ()
    desk.shown = "page"
    if found is None or not found.text:
        desk.console.line(NO_WORDS if found else NOT_KEPT)
        return
    desk.page = spoken(found.text).blocks
    desk.console.say(clean_line(found.title) or UNTITLED)
    desk.console.say(sentence(f"The page as it was fetched {minute(found.fetched_at)}"))
    desk.console.line(clean_line(found.url))
    page_on(desk)


def page_on(desk: Desk) -> None:
    """Says what comes next of the page."""
    end = page_end(desk.page, 0)
    for at, block in enumerate(desk.page[:end]):
        if not block.follows or not at:
            desk.console.line()
        say_block(desk, block)
    desk.page = desk.page[end:]
    desk.console.line()
    rest = "Enter reads on, more goes on with the article."
    desk.console.say(rest if desk.page else "The page ends here; more goes on with the article.")
