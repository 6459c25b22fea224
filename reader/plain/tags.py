"""tags: all of them with their counts, renamed and so merged, coloured, suggested, taken off."""

from __future__ import annotations

from archive.characters import clean_line
from archive.query import tag_query
from reader.errors import UsageProblem
from reader.plain.articles import INDENT, begin
from reader.plain.console import held_interrupts
from reader.plain.desk import Desk
from reader.plain.names import called, first_name, whole_name
from reader.plain.reading import open_article
from reader.plain.wording import counted
from reader.tagging import colour_named, coloured, suggested


def tags(desk: Desk, words: str) -> None:
    """Lists all tags, gives one another name or a colour, or takes one off every article."""
    act, rest = first_name(words)
    match act.casefold():
        case "":
            _list(desk)
        case "rename":
            _rename(desk, rest)
        case "colour":
            _colour(desk, rest)
        case "suggest":
            _suggest(desk, rest)
        case "remove":
            _remove(desk, rest)
        case _:
            remedy = "Type tags alone, tags rename TAG NEW, tags colour TAG COLOUR,"
            remedy += " tags suggest N or tags remove TAG"
            raise UsageProblem(f"tags {act}", "is not understood", remedy)


def tagged(desk: Desk, tag: str) -> None:
    """Lists the articles with a tag."""
    begin(desk, f"Articles tagged {tag}", tag_query(tag))


def _list(desk: Desk) -> None:
    found = desk.library.tags()
    desk.tags = [one.tag for one in found]
    desk.shown = desk.numbered = "tags"
    if not found:
        desk.console.say("No tags yet. tag 1 +name tags article 1 of the list.")
        return
    colours = desk.library.tagging.colours()
    desk.console.line(f"{counted(len(found), 'tag').capitalize()}.")
    for number, one in enumerate(found, start=1):
        counts = f"{counted(one.article_count, 'article')}, {one.unread_count:,} unread"
        counts += f", {colours.of(one.tag)}" if colours.of(one.tag) else ""
        desk.console.say(f"{number}. {clean_line(one.tag)}: {counts}.", INDENT)
    example = next((one for one in desk.tags if " " in one), desk.tags[0])
    desk.console.say(
        "A number lists the articles with that tag. So does the tag in a query, for example"
        f" list {clean_line(tag_query(example))}"
    )


def _rename(desk: Desk, words: str) -> None:
    """Gives a tag another name, with those below it; one that exists takes the articles in."""
    name, rest = first_name(words)
    new, over = first_name(rest)
    if not new or over:
        example = 'For example: tags rename chips ai/chips; "two words" stand in quotes'
        raise UsageProblem("tags rename", "needs a tag and its new name", example)
    old = called(desk.tags, name, "tags")
    with held_interrupts():
        changed = desk.library.tagging.rename(old, new)
    _say_changed(desk, old, changed, f"now tagged {clean_line(new)}")


def _colour(desk: Desk, words: str) -> None:
    name, rest = first_name(words)
    text, over = first_name(rest)
    if not text or over:
        example = "For example: tags colour chips blue, and none for no colour"
        raise UsageProblem("tags colour", "needs a tag and a colour", example)
    tag, colour = called(desk.tags, name, "tags"), colour_named(text)
    with held_interrupts():
        desk.library.tagging.colour(tag, colour)
    desk.console.say(f"{coloured(clean_line(tag), colour)} undo takes it back.")


def _suggest(desk: Desk, words: str) -> None:
    """Says which tags an article of the list, or the open one, may want, and why."""
    number = whole_name(words, "tags suggest") if words else ""
    if number and not (number.isascii() and number.isdecimal()):
        raise UsageProblem(f"tags suggest {number}", "is no number of the list", "Type list first")
    chosen = desk.row(int(number[:9])) if number else open_article(desk).article
    found = desk.library.tagging.suggest(chosen.article_id)
    for each in found:
        desk.console.say(f"{suggested(each)}.", INDENT)
    if not found:
        desk.console.say("No tag that other articles have shares enough words with this one.")


def _remove(desk: Desk, words: str) -> None:
    old = called(desk.tags, whole_name(words, "tags remove"), "tags")
    with held_interrupts():
        changed = desk.library.tagging.remove(old)
    _say_changed(desk, old, changed, f"now without tag {clean_line(old)}")


def _say_changed(desk: Desk, old: str, changed: int, done: str) -> None:
    if changed:
        count = counted(changed, "article").capitalize()
        desk.console.say(f"{count} {done}. undo takes it back.")
    else:
        desk.console.say(f"Nothing to change: no article has the tag {clean_line(old)}.")
