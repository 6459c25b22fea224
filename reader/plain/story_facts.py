"""claims, timeline: what the outlets of the open article's story state, and what came when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from archive.characters import clean_line
from archive.story_models import Claim, Story
from reader.errors import UsageProblem
from reader.plain.desk import Desk
from reader.plain.reading import read_article
from reader.plain.stories import ALONE, story_in_use
from reader.plain.typed import number_of
from reader.plain.wording import counted, minute, sentence
from reader.timeline import timeline

NO_CLAIMS = "No number, person or quote was found in this story."
INDENT = "   "

Item = TypeVar("Item")


def claims(desk: Desk, words: str) -> None:
    """Lists what outlets state, what differs said first; or says the sentences of one."""
    if words:
        _say_sentences(desk, _numbered(desk.claims, words, "claims"))
        return
    found = _told_by_several(desk)
    desk.claims = list(desk.library.stories.claims(found)) if found else []
    desk.shown = "claims"
    if not desk.claims:
        desk.console.line(NO_CLAIMS if found else ALONE)
        return
    desk.numbered = "claims"
    for number, claim in enumerate(desk.claims, start=1):
        desk.console.say(f"{number}. {_spoken(claim)}", INDENT)
    desk.console.line("A number says the sentences.")


def events(desk: Desk, words: str) -> None:
    """Lists what became known when; or reads the article of one."""
    if words:
        read_article(desk, _numbered(desk.events, words, "timeline"))
        return
    found = _told_by_several(desk)
    told = timeline(found, desk.library.get) if found else []
    desk.events = [each.article_id for each in told]
    desk.shown = "timeline"
    if not told:
        desk.console.line(ALONE)
        return
    desk.numbered = "events"
    for number, each in enumerate(told, start=1):
        outlet, what = clean_line(each.outlet), sentence(clean_line(each.what))
        desk.console.say(f"{number}. {minute(each.at)}, {outlet}: {what}", INDENT)
    desk.console.line("A number reads that article.")


def _told_by_several(desk: Desk) -> Story | None:
    """The story of the open article; None where nothing else tells it."""
    found = story_in_use(desk)
    return found if found and len(found.members) > 1 else None


def _spoken(claim: Claim) -> str:
    what = "A quote" if claim.kind == "quote" else clean_line(claim.what)
    state = ", outlets differ" if claim.differs else ", one outlet" if len(claim.cells) == 1 else ""
    cells = (
        f"{clean_line(outlet)}: {', '.join(clean_line(each.value) for each in statements)}"
        for outlet, statements in claim.cells.items()
    )
    return sentence(f"{what}{state}. {'; '.join(cells)}")


def _say_sentences(desk: Desk, claim: Claim) -> None:
    for line in _sentences(claim):
        desk.console.say(line, INDENT)
    desk.console.line("An id reads that article.")


def _sentences(claim: Claim) -> Iterator[str]:
    for outlet, statements in claim.cells.items():
        for each in statements:
            words = sentence(clean_line(each.sentence))
            yield f"{clean_line(outlet)}, {each.article_id}: {words}"


def _numbered(items: Sequence[Item], words: str, command: str) -> Item:
    """What had this number when `command` listed all; raises UsageProblem."""
    number = number_of(words)
    if not 1 <= number <= len(items):
        size = counted(len(items), "row")
        raise UsageProblem(words, f"the list has {size}", f"Type {command} to hear them")
    return items[number - 1]
