"""extract: the open article's text taken out of its page again, said before it replaces."""

from __future__ import annotations

from dataclasses import replace

from archive.models import Article
from reader.errors import UsageProblem
from reader.methods import METHODS
from reader.plain.console import held_interrupts
from reader.plain.desk import Desk, Reading
from reader.plain.pictures import with_pictures
from reader.plain.reading import open_article
from reader.plain.stopping import place_of
from reader.plain.text import spoken
from reader.plain.typed import number_of
from reader.plain.wording import counted
from reader.replacing import NOT_KEPT, SAME, differences, dropped_words

INDENT = "   "


def extract(desk: Desk, words: str) -> None:
    """Says the ways; takes one of them, or puts a line back that was left out."""
    reading = open_article(desk)
    act, _, rest = words.casefold().partition(" ")
    if not act:
        _list(desk, reading.article)
    elif act == "put":
        _put_back(desk, reading, rest.strip())
    else:
        _extract(desk, reading, act)


def _list(desk: Desk, article: Article) -> None:
    if article.page is None:
        desk.console.line(NOT_KEPT)
    else:
        for method, words in METHODS.items():
            desk.console.say(f"extract {method}: {words}.", INDENT)
    if article.removed:
        desk.console.line(f"{counted(len(article.removed), 'line')} left out; extract put N:")
    for number, each in enumerate(article.removed, start=1):
        desk.console.say(f"{number}. {dropped_words(each)}", INDENT)


def _extract(desk: Desk, reading: Reading, word: str) -> None:
    method = next((each for each in METHODS if each == word), None)
    if method is None:
        raise UsageProblem(word, "is no way to extract", f"Give one of {', '.join(METHODS)}")
    if reading.article.page is None:
        desk.console.line(NOT_KEPT)
        return
    fresh = desk.library.texts.again(reading.article.article_id, method)
    if fresh.text == reading.article.text:
        desk.console.line(SAME)
        return
    for line in differences(reading.article, fresh):
        desk.console.say(line, INDENT)
    if not desk.console.agrees("Replace the text by this one? yes or no:"):
        desk.console.line("The text stays as it was.")
        return
    with held_interrupts():
        stored = desk.library.texts.replace(fresh)
    _stored(desk, reading, stored)


def _put_back(desk: Desk, reading: Reading, words: str) -> None:
    with held_interrupts():
        stored = desk.library.texts.put_back(reading.article.article_id, [number_of(words)])
    _stored(desk, reading, stored)


def _stored(desk: Desk, reading: Reading, article: Article) -> None:
    """The open article has another text; reading goes on where it was."""
    text = with_pictures(spoken(article.text), article)
    fresh = replace(reading, article=article, text=text, sought="", found=-1)
    at = place_of(fresh, reading.position)
    desk.reading = replace(fresh, first=at, end=at)
    size = counted(article.word_count, "word")
    desk.console.line(f"The text has {size} now. more reads on.")
