"""Parsing a feed of fifty entries: all of them new, one of them, none; beside bare feedparser."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator, Sequence
from time import process_time

import feedparser

from bench.measure import Figure
from bench.workspace import Workspace
from reader.pipeline.parse import parse_feed

ENTRIES, PARAGRAPHS, WORDS = 50, 6, 80
ROUNDS = 20
URL = "http://a.example/feed"
# The best of the rounds, in milliseconds of computing.
KNOWN_LIMIT = 10


def parsing_figures(_: Workspace) -> Iterator[Figure]:
    """Each the best of some rounds, in this process."""
    before, after = document(range(1, ENTRIES + 1)), document(range(ENTRIES))
    known = parse_feed(before, "", URL).traces
    bare = best(lambda: feedparser.parse(io.BytesIO(after)))
    whole = best(lambda: parse_feed(after, "", URL))
    yield figure("all new", whole, f"bare feedparser: {bare:.1f} ms", whole <= 1.3 * bare)
    for name, body in (("one new", after), ("none new, another date", before + b"<!-- -->")):
        spent = best(lambda body=body: parse_feed(body, "", URL, known))
        yield figure(name, spent, f"at most {KNOWN_LIMIT} ms", spent <= KNOWN_LIMIT)


def figure(name: str, spent: float, limit: str, within: bool) -> Figure:
    """The time for a feed."""
    return Figure(f"{ENTRIES} entries, {name}", f"{spent:.1f} ms", limit, within)


def best(act: Callable[[], object]) -> float:
    """The least time of the rounds, in milliseconds of this process's computing."""
    times = []
    for _ in range(ROUNDS):
        started = process_time()
        act()
        times.append(process_time() - started)
    return min(times) * 1000


def document(numbers: Sequence[int]) -> bytes:
    """A feed of these entries, each 3 kB of escaped HTML."""
    items = "".join(map(item, numbers))
    return f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode()


def item(number: int) -> str:
    """The same entry for the same number."""
    words = random.Random(number)
    text = "".join(
        f"&lt;p&gt;{' '.join(f'word{words.randrange(999)}' for _ in range(WORDS))}&lt;/p&gt;"
        for _ in range(PARAGRAPHS)
    )
    return (
        f"<item><title>News {number}</title><link>http://a.example/{number}</link>"
        f"<guid>{number}</guid><pubDate>Wed, 04 Mar 2026 11:10:{number % 60:02} GMT</pubDate>"
        f"<description>{text}</description></item>"
    )
