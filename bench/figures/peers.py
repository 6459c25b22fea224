"""newsboat beside ours on the same articles, in turn: start, search of all texts, memory.

What is not the same is said: at its start newsboat shows the list of feeds, ours also articles and
a text. newsboat looks through all texts for letters in a row and lists every article found; ours
looks words up in an index and lists the newest of them, counting all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from bench.app import BACK, ESCAPE, REST, SEARCH, open_app, panes
from bench.corpus import Corpus
from bench.figures.start import start
from bench.measure import Figure, against, in_turn
from bench.newsboat import Newsboat, newsboat_of, version
from bench.programs import FEEDS_SIGN, newsreader
from bench.terminal import NeverPainted, Terminal
from bench.workspace import Workspace

STARTS, SEARCHES = 5, 5
FOUND_SIGN = "Search results"
SHOWN = 2.5
"""Seconds for which our results are watched."""
LONGEST = 120.0
"""Seconds that newsboat may take."""


def peer_figures(bench: Workspace) -> Iterator[Figure]:
    """A few lines for each size; one where newsboat is not there."""
    name = version()
    if not name:
        yield Figure("newsboat", "", "is not on the PATH: skipped")
        return
    yield from as_it_comes(bench.sizes[0], name)
    for size in bench.sizes:
        yield from figures_of(bench, size, name)


def as_it_comes(size: int, name: str) -> Iterator[Figure]:
    """The start of a newsboat whose database has no statistics: once, at the smallest size."""
    boat = newsboat_of(size)
    boat.analyze(False)
    milliseconds = start(boat.command, FEEDS_SIGN, LONGEST)
    boat.analyze(True)
    words = f"{name} without statistics in its database {milliseconds:,.0f} ms, one start"
    yield Figure(f"start, {size:,} articles", "", words)


def figures_of(bench: Workspace, size: int, name: str) -> Iterator[Figure]:
    """Ours and newsboat, with statistics, on `size` articles."""
    boat = newsboat_of(size)
    boat.analyze(True)
    with bench.archive(size) as folder:
        ours, theirs = in_turn(
            STARTS,
            partial(start, newsreader(folder), FEEDS_SIGN),
            partial(start, boat.command, FEEDS_SIGN),
        )
        yield against(f"start, {size:,} articles", ours, f"{name}, with them,", theirs)
        with open_app(folder, watched=True) as app, opened(boat) as peer:
            yield memory_figure(f"memory, {size:,} articles", app, peer, name)
            yield from search_figures(app, peer, size, name)
            yield memory_figure("the same after these searches", app, peer, name)


def memory_figure(title: str, app: Terminal, peer: Terminal, name: str) -> Figure:
    """What each has now."""
    ours, theirs = app.resident_bytes / 1e6, peer.resident_bytes / 1e6
    return Figure(title, f"{ours:.0f} MB", f"{name} {theirs:.0f} MB")


def search_figures(app: Terminal, peer: Terminal, size: int, name: str) -> Iterator[Figure]:
    """From the last key of a search to its results, of common and of rare words."""
    probe = Corpus(size).probe
    for kind, texts in (("common", probe.common), ("rare", probe.rare)):
        # The longer ones: newsboat finds short ones inside of others too.
        words = sorted(texts, key=len)[-SEARCHES:]
        ours, theirs = in_turn(
            SEARCHES,
            partial(search_next, search_ours, app, iter(words)),
            partial(search_next, search_theirs, peer, iter(words)),
        )
        yield against(f"search of all texts for a {kind} word, {size:,}", ours, name, theirs)


def search_next(
    search: Callable[[Terminal, str], float], terminal: Terminal, words: Iterator[str]
) -> float:
    """Milliseconds of a search for the next word."""
    return search(terminal, next(words))


def opened(boat: Newsboat) -> Terminal:
    """newsboat with its list of feeds on the screen."""
    terminal = Terminal(boat.command)
    terminal.wait_for(FEEDS_SIGN, LONGEST)
    terminal.settle()
    return terminal


def search_ours(app: Terminal, word: str) -> float:
    """Milliseconds from the typed word to its results as they stay; includes the wait for keys."""
    app.press(SEARCH, quiet=REST)
    # The search line's cursor blinks, so that there is no silence to wait for.
    paint = app.press(word.encode(), quiet=SHOWN, timeout=SHOWN)
    middle, _ = panes(app.screen_before)
    results = replace(middle, top=middle.top + 1)
    found = app.last_change(paint, lambda screen: screen.cells(results))
    app.press(ESCAPE, quiet=REST)
    app.press(BACK, quiet=REST)
    if found is None:
        raise NeverPainted(f"a search for {word} showed nothing")
    return found


def search_theirs(peer: Terminal, word: str) -> float:
    """Milliseconds from Enter to the last byte of newsboat's results."""
    peer.press(b"/", quiet=REST)
    peer.press(word.encode(), quiet=REST)
    milliseconds = peer.press_and_wait(b"\r", FOUND_SIGN, LONGEST)
    peer.press(b"q", quiet=REST)
    return milliseconds
