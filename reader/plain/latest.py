"""A number alone, an empty line, again: what they mean hangs on what was said last."""

from __future__ import annotations

from reader.errors import UsageProblem
from reader.plain.articles import feed, list_tags, next_page, same_page, tagged
from reader.plain.desk import Desk
from reader.plain.reading import links, more, open_link, read_article, same_part
from reader.plain.subscriptions import add_choice, list_feeds
from reader.plain.wording import counted


def choose(desk: Desk, words: str) -> None:
    """Does with a number what was said of it when things were numbered last."""
    match desk.numbered:
        case "articles":
            read_article(desk, words)
        case "feeds":
            feed(desk, words)
        case "links":
            open_link(desk, words)
        case "tags":
            tagged(desk, _tag(desk, words))
        case "choices":
            add_choice(desk, words)
        case _:
            what = words or "a number"
            why = "there is no list yet" if desk.listing is None else "no list was said since"
            raise UsageProblem(what, why, "Type list, unread, feeds or tags, then a number")


def again(desk: Desk, _words: str) -> None:
    """Says once more what was said last."""
    match desk.shown:
        case "article":
            same_part(desk)
        case "feeds":
            list_feeds(desk, "")
        case "tags":
            list_tags(desk, "")
        case "links":
            links(desk, "")
        case _:
            same_page(desk)


def go_on(desk: Desk) -> None:
    """What an empty line does: goes on with the article or the list that was said last."""
    match desk.shown:
        case "article" | "links":
            more(desk, "")
        case "list":
            next_page(desk, "")
        case "feeds" | "tags":
            desk.console.line("That was the whole list.")
        case _:
            if desk.console.is_interactive:
                desk.console.line("Type list for the articles, help for the commands.")


def _tag(desk: Desk, words: str) -> str:
    number = int(words[:9]) if words.isascii() and words.isdecimal() else 0
    if not 1 <= number <= len(desk.tags):
        size = counted(len(desk.tags), "tag")
        raise UsageProblem(words or "a number", f"the list has {size}", "Type tags to hear them")
    return desk.tags[number - 1]
