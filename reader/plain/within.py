"""find: words in the open article, and reading on from the paragraph that has them."""

from __future__ import annotations

from archive.characters import clean_line
from archive.query import parse
from archive.snippets import find_hits
from reader.errors import UsageProblem
from reader.plain.desk import Desk, Reading
from reader.plain.reading import open_article, say_page
from reader.plain.wording import counted


def find(desk: Desk, words: str) -> None:
    """Reads on from the next paragraph with the words; without words, with those of before."""
    if desk.reading is None:
        remedy = "Type list and a number, or search to look in all articles"
        raise UsageProblem("find", "looks in the open article, and none is open", remedy)
    reading = open_article(desk)
    asked = words or reading.sought
    if not asked:
        why = "needs words to look for in the open article"
        raise UsageProblem("find", why, "For example: find night ferry")
    places = _places(reading, asked)
    if not places:
        desk.console.say(f"{clean_line(asked)}: not in this article. search looks in all.")
        return
    # The same words again lead on from the paragraph that they led to.
    start = reading.first + (asked == reading.sought and reading.first == reading.found)
    nth = next((nth for nth, at in enumerate(places) if at >= start), None)
    if nth is None:
        nth = 0
        desk.console.say("Not further on. From the beginning again:")
    reading.sought, reading.found = asked, places[nth]
    has = f"{counted(len(places), 'paragraph')} with it, number {nth + 1}"
    desk.console.say(f"{clean_line(asked)}: {has}, paragraph {places[nth] + 1}.")
    say_page(desk, reading, places[nth])


def _places(reading: Reading, words: str) -> list[int]:
    """The blocks that have the words, as the app finds them in a text."""
    query = parse(words)
    blocks = enumerate(reading.text.blocks)
    return [at for at, block in blocks if find_hits(" ".join(block.lines), query)]
