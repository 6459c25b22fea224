"""Every screen over the panes: from its key until its words are there, and a key that moves in it.

What a screen is made of may have to be counted or compared first; then the app says so at once,
and the second figure is that of the words themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from archive.archive import Archive
from archive.highlights import highlight_of
from archive.models import Article, Feed, MarkChange, Origin, Section
from archive.rule_models import Rule
from bench.app import DOWN, ESCAPE, OPEN, REPEAT, REST, open_app
from bench.long_reads import long_reads
from bench.measure import Figure, at_most, p50_p95
from bench.programs import BARE_APP, BARE_SIGN
from bench.screen import Screen
from bench.terminal import ROWS, NeverPainted, Terminal
from bench.workspace import Workspace

AT_ONCE_MS, MOVE_MS = 100, 20
"""What is felt as at once (Card, Moran and Newell 1983), and a key of this app."""
OPENED, MOVED = 8, 25
MOVED_IN = frozenset({"help", "rules", "health"})
LONGEST_SECONDS = 20.0
_URL = "https://screens.example/feed.xml"
_RULES = 30
_TOLD = (
    "The Orvel dam breached on Wednesday. About 2,300 people left Lesk. Ilka Brandt said so.",
    "Some 2,500 people fled Lesk as the Orvel dam gave way. Ilka Brandt told of the cracks.",
)


@dataclass(frozen=True)
class Place:
    """A screen: the keys to it from the text of the newest article, and words that are on it.

    `is_made` says that its words must be counted or compared before they are there.
    """

    name: str
    keys: bytes
    sign: str
    is_made: bool = False


PLACES = (
    Place("help", b"?", "Keys in the pane"),
    Place("command palette", b"\x10", "What to do"),
    Place("rules", b"w", "Rules, in the order"),
    Place("notices", b"gm", "Notices"),
    Place("jump letters", b",", "1Feeds"),
    Place("links", b"U", " links"),
    Place("outline", b"gO", " sections"),
    Place("highlights", b"gh", " highlights"),
    Place("note", b"e", "Note on"),
    Place("save as", b"s", "Save the article as"),
    Place("command line", b":", "Run an action by"),
    Place("health", b"H", " fine", is_made=True),
    Place("statistics", b"gS", "Archived by month", is_made=True),
)
STORY_PLACES = (
    Place("story", b"gs", "2 outlets tell this", is_made=True),
    Place("claims", b"gc", "What 2 outlets state", is_made=True),
    Place("timeline", b"gt", "What became known", is_made=True),
)


def screen_figures(bench: Workspace) -> Iterator[Figure]:
    """Screens over the largest archive; those of a story over a small one, which is grouped."""
    with bench.archive(bench.largest) as folder:
        add_article(folder)
        yield from figures(folder, PLACES)
    folder = bench.folder / "told"
    add_story(folder)
    yield from figures(folder, STORY_PLACES)


def figures(folder: Path, places: tuple[Place, ...]) -> Iterator[Figure]:
    """Each screen opened and left again and again, then moved in."""
    with open_app(folder, watched=True) as terminal, Terminal(BARE_APP) as bare:
        bare.wait_for(BARE_SIGN)
        for key in (b"j", b"j", OPEN, OPEN):
            terminal.press(key, quiet=REST)
        for place in places:
            answers, words, bare_moves = opened(terminal, bare, place)
            beside = f"a bare app's cursor move in between {p50_p95(bare_moves)}"
            if place.is_made:
                yield at_most(f"{place.name}, key to an answer", answers, AT_ONCE_MS, beside)
                yield Figure(f"{place.name}, key to its words", p50_p95(words))
            else:
                yield at_most(f"{place.name}, key to its words", words, AT_ONCE_MS, beside)
            if place.name in MOVED_IN:
                moves = moved(terminal, place)
                yield at_most(f"{place.name}, a move in it", moves, MOVE_MS)


def opened(
    terminal: Terminal, bare: Terminal, place: Place
) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds from the last key to the first byte of an answer; and to the screen's words.

    And those of a bare app's cursor move between them, which are the machine's.
    """
    answers: list[float] = []
    words: list[float] = []
    moves: list[float] = []
    for _ in range(OPENED):
        begin(terminal, place)
        taken = terminal.press_until(
            place.keys[-1:], partial(shows, place.sign), quiet=REST, timeout=LONGEST_SECONDS
        )
        if taken >= LONGEST_SECONDS * 1000:
            raise NeverPainted(f"{place.sign!r} never came")
        words.append(taken)
        terminal.press(ESCAPE, quiet=REST)
        begin(terminal, place)
        answers.append(terminal.press(place.keys[-1:], quiet=REST).first)
        terminal.settle(REST)
        terminal.press(ESCAPE, quiet=REST)
        moves.append(bare.press(DOWN, quiet=REPEAT).last)
    return answers, words, moves


def moved(terminal: Terminal, place: Place) -> list[float]:
    """Milliseconds from a key that moves to the last byte it paints."""
    begin(terminal, place)
    terminal.press(place.keys[-1:], quiet=REST)
    paints = [terminal.press(DOWN, quiet=REPEAT) for _ in range(MOVED)]
    terminal.press(ESCAPE, quiet=REST)
    return [paint.last for paint in paints]


def begin(terminal: Terminal, place: Place) -> None:
    """Press all keys but the last, to which the app shows what may follow."""
    for at in range(len(place.keys) - 1):
        terminal.press(place.keys[at : at + 1], quiet=REST)


def shows(sign: str, screen: Screen) -> bool:
    """Whether the words are on the screen."""
    return any(sign in screen.line(row) for row in range(ROWS))


def add_article(folder: Path) -> None:
    """The newest article of an archive, with sections, links and highlights; and some rules."""
    with Archive.open(folder) as archive:
        archive.add_feed(Feed(_URL, title="Screens"))
        (long,) = long_reads(_URL, 5_000, 1)
        (saved,) = archive.save([replace(long, sections=sections_of(long.text))])
        marked = (highlight_of(saved.text, at, at + 200) for at in range(0, 20_000, 1_000))
        change = MarkChange(add_highlights=tuple(each for each in marked if each))
        archive.mark(saved.article_id, change)
        for number in range(_RULES):
            archive.rules.put(Rule(f"rule {number:02}", f"word{number}", tags=("tagged",)))


def sections_of(text: str) -> tuple[Section, ...]:
    """The headings of the text."""
    found = re.finditer(r"^(#+) (.*)$", text, re.MULTILINE)
    return tuple(
        Section(number, match[2], len(match[1]), match.start())
        for number, match in enumerate(found, start=1)
    )


def add_story(folder: Path) -> None:
    """A small archive of which the newest article is told by two outlets."""
    now = datetime.now(UTC)
    with Archive.open(folder) as archive:
        for number, text in enumerate(_TOLD):
            url = f"https://outlet{number}.example/rss"
            archive.add_feed(Feed(url, title=f"Outlet {number}"))
            told = Article(
                url=f"https://outlet{number}.example/dam",
                title="The Orvel dam gives way above Lesk",
                text=text,
                archived_at=now,
                published_at=now - timedelta(hours=number),
                origins=(Origin(url, "dam"),),
                feed_title=f"Outlet {number}",
                language="en",
                word_count=len(text.split()),
            )
            archive.save([told])
