"""highlights: passages of the open article, said with numbers, marked by their words, taken off."""

from __future__ import annotations

from archive.characters import clean_line
from archive.highlights import Highlight, place_of
from archive.models import MarkChange
from reader.errors import UsageProblem
from reader.passages import Slice, passage_with, widened
from reader.plain.console import held_interrupts
from reader.plain.desk import Desk, Reading
from reader.plain.marked import marked
from reader.plain.reading import open_article, read_from
from reader.plain.stopping import slice_of
from reader.plain.typed import number_of
from reader.plain.wording import counted

INDENT = "   "
NONE = "Nothing of this article is highlighted. highlights add WORDS marks the sentence with them."


def highlights(desk: Desk, words: str) -> None:
    """Says the passages; marks one, takes one off, or reads on from the one of a number."""
    reading = open_article(desk)
    act, _, rest = words.partition(" ")
    match act.casefold():
        case "":
            _list(desk, reading)
        case "add":
            _add(desk, reading, rest.strip())
        case "remove":
            _remove(desk, reading, rest.strip())
        case _:
            _read_from(desk, reading, words)


def _list(desk: Desk, reading: Reading) -> None:
    found = marked(desk, reading)
    desk.shown = "highlights"
    if not found:
        desk.console.say(NONE)
        return
    desk.numbered = "highlights"
    desk.console.line(f"{counted(len(found), 'passage').capitalize()}.")
    for number, each in enumerate(found, start=1):
        gone = "Not in the text any more: " if place_of(reading.source, each) is None else ""
        desk.console.say(f"{number}. {gone}{clean_line(each.exact)}", INDENT)
    desk.console.say("A number reads from there; highlights remove takes one of a number off.")


def _add(desk: Desk, reading: Reading, words: str) -> None:
    """Marks the paragraph of a number, or the sentence with these words."""
    fresh, met = widened(reading.source, marked(desk, reading), _place(reading, words))
    if fresh is None:
        desk.console.line("Nothing to change: so it is already.")
        return
    _change(desk, reading, MarkChange(add_highlights=(fresh,), remove_highlights=met))
    desk.console.say(f"Highlighted: {clean_line(fresh.exact)}", INDENT)


def _place(reading: Reading, words: str) -> Slice:
    """The passage that is meant; raises UsageProblem."""
    if not words:
        example = "For example: highlights add ninety berths"
        raise UsageProblem("highlights add", "needs words of the text", example)
    size = len(reading.text.blocks)
    if 1 <= (number := number_of(words)) <= size:
        return slice_of(reading, number - 1)
    place = passage_with(reading.source, words)
    if place is None:
        remedy = "Type words as they were read, first ... last for a longer passage"
        raise UsageProblem(words, "no sentence of the text has these words", remedy)
    return place


def _remove(desk: Desk, reading: Reading, words: str) -> None:
    highlight = _numbered(desk, reading, words)
    _change(desk, reading, MarkChange(remove_highlights=(highlight,)))
    desk.console.say(f"No longer highlighted: {clean_line(highlight.exact)}", INDENT)


def _read_from(desk: Desk, reading: Reading, words: str) -> None:
    place = place_of(reading.source, _numbered(desk, reading, words))
    if place is None:
        raise UsageProblem(words, "that passage is not in the text any more", "Type highlights")
    read_from(desk, reading, place[0])


def _numbered(desk: Desk, reading: Reading, words: str) -> Highlight:
    """The highlight of a number; raises UsageProblem."""
    found = marked(desk, reading)
    number = number_of(words)
    if not 1 <= number <= len(found):
        why = f"the article has {counted(len(found), 'highlight')}"
        remedy = "Type highlights to hear them" if found else "highlights add WORDS marks one"
        raise UsageProblem(words or "a number", why, remedy)
    return found[number - 1]


def _change(desk: Desk, reading: Reading, change: MarkChange) -> None:
    label = "highlighting" if change.add_highlights else "taking the highlight off"
    with held_interrupts():
        desk.library.mark([reading.article.article_id], change, label=label)
