"""A number alone, an empty line, again: what they mean hangs on what was said last."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reader.errors import UsageProblem
from reader.plain.articles import feed, next_page, same_page
from reader.plain.changes import changes
from reader.plain.desk import Desk, Numbered, Said
from reader.plain.highlights import highlights
from reader.plain.names import numbered_name
from reader.plain.outline import outline
from reader.plain.page import page, page_on
from reader.plain.reading import links, more, open_link, read_article, same_part
from reader.plain.rules import rules, trial
from reader.plain.searches import found_by, searches
from reader.plain.story_facts import claims, events
from reader.plain.subscriptions import add_choice, list_feeds
from reader.plain.tags import tagged, tags

Act = Callable[[Desk, str], None]


def choose(desk: Desk, words: str) -> None:
    """Does with a number what was said of it when things were numbered last."""
    if desk.numbered:
        _CHOSEN[desk.numbered](desk, words)
        return
    why = "there is no list yet" if desk.listing is None else "no list was said since"
    remedy = "Type list, unread, feeds or tags, then a number"
    raise UsageProblem(words or "a number", why, remedy)


def again(desk: Desk, _words: str) -> None:
    """Says once more what was said last."""
    if desk.shown in _SAID:
        _SAID[desk.shown](desk, "")
    elif desk.shown == "article":
        same_part(desk)
    else:
        same_page(desk)


def go_on(desk: Desk) -> None:
    """What an empty line does: goes on with the article or the list that was said last."""
    match desk.shown:
        case "article" | "changes" | "links" | "outline" | "highlights" | "claims" | "timeline":
            more(desk, "")
        case "list":
            next_page(desk, "")
        case "page" if desk.page:
            page_on(desk)
        case "page":
            more(desk, "")
        case "feeds" | "tags" | "searches" | "rules":
            desk.console.line("That was the whole list.")
        case _:
            if desk.console.is_interactive:
                desk.console.line("Type list for the articles, help for the commands.")


_CHOSEN: Mapping[Numbered, Act] = {
    "articles": read_article,
    "feeds": feed,
    "links": open_link,
    "tags": lambda desk, words: tagged(desk, numbered_name(desk.tags, words, "tags")),
    "searches": lambda desk, words: found_by(desk, numbered_name(desk.searches, words, "searches")),
    "rules": lambda desk, words: trial(desk, numbered_name(desk.rules, words, "rules")),
    "sections": outline,
    "highlights": highlights,
    "claims": claims,
    "events": events,
    "choices": add_choice,
}
"""What a number does, by what was numbered last."""

_SAID: Mapping[Said, Act] = {
    "feeds": list_feeds,
    "tags": tags,
    "searches": searches,
    "rules": rules,
    "changes": changes,
    "links": links,
    "outline": outline,
    "highlights": highlights,
    "claims": claims,
    "timeline": events,
    "page": page,
}
"""What says it again, by what was said last."""
