"""searches: queries with a name, listed with what is unread, read, saved and removed."""

from __future__ import annotations

from archive.characters import clean_line
from archive.query import parse
from archive.rule_models import SavedSearch
from archive.searches import MOST_UNREAD, SearchCount
from reader.errors import UsageProblem
from reader.plain.articles import INDENT, begin
from reader.plain.console import held_interrupts
from reader.plain.desk import Desk
from reader.plain.names import called, first_name, whole_name
from reader.plain.wording import counted


def searches(desk: Desk, words: str) -> None:
    """Lists the saved searches, or what one of them finds; saves one, or removes one."""
    act, rest = first_name(words)
    match act.casefold():
        case "":
            _list(desk)
        case "add":
            _add(desk, rest)
        case "remove":
            _remove(desk, rest)
        case _:
            found_by(desk, called(desk.searches, whole_name(words, "searches"), "searches"))


def found_by(desk: Desk, name: str) -> None:
    """Lists the articles that a saved search finds."""
    search = desk.library.searches.find(name)
    begin(desk, f"Saved search {search.name}", search.query)


def _list(desk: Desk) -> None:
    found = desk.library.searches.counts()
    desk.searches = [one.search.name for one in found]
    desk.shown = desk.numbered = "searches"
    if not found:
        desk.console.say("No saved searches yet. searches add NAME saves the query of the list.")
        return
    desk.console.line(f"{counted(len(found), 'saved search', 'saved searches').capitalize()}.")
    for number, one in enumerate(found, start=1):
        name, query = clean_line(one.search.name), clean_line(one.search.query)
        desk.console.say(f"{number}. {name}: {_unread(one)} unread. It looks for {query}", INDENT)
    desk.console.say("A number lists the articles that it finds.")


def _unread(one: SearchCount) -> str:
    if one.unread_count >= MOST_UNREAD:
        return f"{MOST_UNREAD:,} or more"
    return f"{one.unread_count:,}"


def _add(desk: Desk, words: str) -> None:
    """Saves the query that is given; without one, that of the list."""
    name, query = first_name(words)
    if not name:
        example = "For example: searches add chips nvidia OR tsmc"
        raise UsageProblem("searches add", "needs a name", example)
    if not query:
        query = desk.listing.query or "" if desk.listing else ""
        if not query.strip():
            why = "needs a query, and that of the list is empty"
            raise UsageProblem("searches add", why, "Search first, or give the query behind NAME")
    for hint in parse(query).hints:
        desk.console.say(f"Note: {clean_line(hint)}")
    known = {each.name.casefold(): each for each in desk.library.searches.all()}
    before = known.get(name.casefold())
    with held_interrupts():
        desk.library.searches.put(SavedSearch(name, query))
    desk.console.say(f"Saved the search {clean_line(name)}. It looks for {clean_line(query)}")
    if before and before.query != query:
        desk.console.say(f"Before, it looked for {clean_line(before.query)}")


def _remove(desk: Desk, words: str) -> None:
    """Removes one, and says what it was, so that it can be saved again."""
    name = called(desk.searches, whole_name(words, "searches remove"), "searches")
    search = desk.library.searches.find(name)
    with held_interrupts():
        desk.library.searches.remove(name)
    done = f"Removed the saved search {clean_line(search.name)}."
    desk.console.say(f"{done} It looked for {clean_line(search.query)}")
