"""Feeds of very many entries, or of very large ones: capped with a notice, in little memory."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bench.processes import peak_bytes
from reader.pipeline.workers import Workers

URL = "http://a.example/feed"
MOST_BYTES = 400_000_000


def rss(count: int, words: str) -> str:
    items = "".join(
        f"<item><title>Entry {n}</title><link>http://a.example/{n}</link><guid>{n}</guid>"
        f"<pubDate>{n % 28 + 1:02} Mar 2026 11:{n % 60:02}:00 GMT</pubDate>"
        f"<description>{words}</description></item>"
        for n in range(count)
    )
    return f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'


def atom(count: int, words: str) -> str:
    entries = "".join(
        f"<entry><title>Entry {n}</title><id>{n}</id><summary>{words}</summary></entry>"
        for n in range(count)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>{entries}</feed>'


def json_feed(count: int, words: str) -> str:
    items = ",".join(f'{{"id": "{n}", "content_text": "{words}"}}' for n in range(count))
    return f'{{"title": "T", "items": [{items}]}}'


@pytest.mark.parametrize(
    ("form", "count", "words"),
    [
        (rss, 100_000, "a few words"),
        (atom, 100_000, "a few words"),
        (json_feed, 100_000, "a few words"),
        (rss, 2_000, "word " * 1_400),
        (rss, 2_000, "&lt;p&gt;word&lt;/p&gt; " * 300),
    ],
    ids=["rss", "atom", "json", "large entries", "escaped html"],
)
def test_a_feed_of_very_many_entries_is_cut_to_the_newest_thousand(
    form: Callable[[int, str], str], count: int, words: str
):
    body = form(count, words).encode()
    with Workers(count=1, deadline=300, feed_cpu_seconds=60) as workers:
        workers.run("parse_feed", form(1, words).encode(), "", URL)
        (pid,) = workers.pids
        feed = workers.run("parse_feed", body, "", URL)
        peak = peak_bytes(pid)

    assert len(feed.entries) == 1000
    assert f"Of {count:,} entries only the newest 1,000 were read." in feed.notes
    assert peak < MOST_BYTES
