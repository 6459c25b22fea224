"""A number alone, an empty line, again: what they mean hangs on what was said last."""

from __future__ import annotations

from reader.errors import UsageProblem
from reader.plain.articles import feed, next_page, same_page
from reader.plain.changes import changes
from reader.plain.desk import Desk
from reader.plain.names import numbered_name
from reader.plain.reading import links, more, open_link, read_article, same_part
from reader.plain.rules import rules, trial
from reader.plain.searches import found_by, searches
from reader.plain.subscriptions import add_choice, list_feeds
from reader.plain.tags import tagged, tags


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
            tagged(desk, numbered_name(desk.tags, words, "tags"))
        case "searches":
            found_by(desk, numbered_name(desk.searches, words, "searches"))
        case "rules":
            trial(desk, numbered_name(desk.rules, words, "rules"))
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
            tags(desk, "")
        case "searches":
            searches(desk, "")
        case "rules":
            rules(desk, "")
        case "changes":
            changes(desk, "")
        case "links":
            links(desk, "")
        case _:
            same_page(desk)


def go_on(desk: Desk) -> None:
    """What an empty line does: goes on with the article or the list that was said last."""
    match desk.shown:
        case "article" | "changes" | "links":
            more(desk, "")
        case "list":
            next_page(desk, "")
        case "feeds" | "tags" | "searches" | "rules":
            desk.console.line("That was the whole list.")
        case _:
            if desk.console.is_interactive:
                desk.console.line("Type list for the articles, help for the commands.")
