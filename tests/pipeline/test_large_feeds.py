"""Feeds of very many entries, or of very large ones: capped with a notice, in little memory."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.models import Feed
from bench.processes import peak_bytes
from reader.config import Settings
from reader.library import Library
from reader.pipeline.parse import FeedParseError, parse_feed
from reader.pipeline.room import Room
from reader.pipeline.workers import Workers
from tests.servers import Server, wait_until

URL = "http://a.example/feed"
MOST_BYTES = 400_000_000
HTML = "&lt;p&gt;word&lt;/p&gt; "

Form = Callable[[int, str], str]


def rss(count: int, words: str = "words") -> str:
    items = "".join(
        f"<item><title>Entry {n}</title><link>http://a.example/{n}</link><guid>{n}</guid>"
        f"<pubDate>{n % 28 + 1:02} Mar 2026 11:{n % 60:02}:00 GMT</pubDate>"
        f"<description>{words}</description></item>"
        for n in range(count)
    )
    return f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'


def rdf(count: int, words: str = "words") -> str:
    items = "".join(
        f'<item rdf:about="{n}"><title>Entry {n}</title><link>http://a.example/{n}</link>'
        f"<description>{words}</description></item>"
        for n in range(count)
    )
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        f' xmlns="http://purl.org/rss/1.0/"><channel><title>T</title></channel>{items}</rdf:RDF>'
    )


def atom(count: int, words: str = "words") -> str:
    entries = "".join(
        f"<a:entry><a:title>Entry {n}</a:title><a:id>{n}</a:id><a:summary>{words}</a:summary>"
        "</a:entry>"
        for n in range(count)
    )
    return f'<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>T</a:title>{entries}</a:feed>'


def json_feed(count: int, words: str = "words") -> str:
    items = ", ".join(
        f'{{"id": "{n}", "title": "Entry {n}", "content_text": "{words}"}}' for n in range(count)
    )
    return f'{{"title": "T", "items": [{items}]}}'


@pytest.mark.parametrize(
    ("form", "count", "words"),
    [
        (rss, 100_000, "a few words"),
        (atom, 100_000, "a few words"),
        (json_feed, 100_000, "a few words"),
        (rss, 2_000, "word " * 2_800),
        (rss, 1_000, HTML * 1_300),
        (rss, 1_000, HTML * 1_300 + "😀"),
    ],
    ids=["rss", "atom", "json", "large entries", "escaped html", "an emoji"],
)
def test_a_feed_of_very_many_entries_is_cut_to_the_newest_thousand(
    form: Form, count: int, words: str
):
    body = form(count, words).encode()
    with Workers(count=1, deadline=300, feed_cpu_seconds=60) as workers:
        workers.run("parse_feed", form(1, words).encode(), "", URL)
        (pid,) = workers.pids
        feed = workers.run("parse_feed", body, "", URL)
        peak = peak_bytes(pid)

    assert len(feed.entries) == 1000
    note = f"Of {count:,} entries only the newest 1,000 were read."
    assert feed.notes == ((note,) if count > 1000 else ())
    assert peak < MOST_BYTES


def test_the_newest_are_kept_in_whatever_order_they_come():
    dated = [
        f"{day:02} Mar 2026 11:{minute:02}:00 GMT" for day in range(1, 29) for minute in range(50)
    ]
    document = '<rss version="2.0"><channel>' + "".join(
        f"<item><title>{date}</title><pubDate>{date}</pubDate></item>" for date in dated
    )
    feed = parse_feed(f"{document}</channel></rss>".encode(), "", URL)

    assert [entry.title for entry in feed.entries] == dated[-1000:]
    assert feed.notes == ("Of 1,400 entries only the newest 1,000 were read.",)


def test_what_only_looks_like_an_entry_is_none():
    """In comments, in CDATA sections, in an entry, and in names that begin the same."""
    inside = (
        "<!-- <item> --><description><![CDATA[</item><item>]]></description>"
        '<x:item xmlns:x="http://x.example/"><x:item/></x:item><items/><item-group/>'
    )
    document = rss(1200).replace("<description>words</description>", inside)
    feed = parse_feed(document.encode(), "", URL)

    assert len(feed.entries) == 1000
    assert feed.notes == ("Of 1,200 entries only the newest 1,000 were read.",)
    assert {entry.summary_html for entry in feed.entries} == {"</item><item>"}


def test_a_broken_feed_of_very_many_entries_is_cut_too():
    document = rss(1500).replace("Entry ", "Salt & ")
    feed = parse_feed(document.encode(), "", URL)

    assert len(feed.entries) == 1000
    assert [note.split()[0] for note in feed.notes] == ["The", "Of"]


@pytest.mark.parametrize("form", [rss, rdf, atom, json_feed])
def test_of_a_document_that_is_cut_the_whole_entries_are_read(form: Form):
    whole = form(10, "Käse und Brot")
    for end in range(whole.index("Entry 7"), whole.index("Entry 8"), 5):
        feed = parse_feed(whole.encode()[:end], "", URL, is_cut=True)

        assert feed.title == "T"
        assert [entry.title[:6] for entry in feed.entries] == ["Entry "] * len(feed.entries)
        assert 6 <= len(feed.entries) <= 8
        assert feed.notes == ()


@pytest.mark.parametrize("form", [rss, rdf, atom, json_feed])
def test_a_cut_document_of_very_many_entries_is_cut_to_the_newest_thousand(form: Form):
    document = form(1500).encode()[:-50]
    feed = parse_feed(document, "", URL, is_cut=True)

    assert len(feed.entries) == 1000
    assert feed.notes == ("Of 1,499 entries only the newest 1,000 were read.",)


@pytest.mark.parametrize(
    "document", [b"<rss><channel><item><title>Half", b'{"items": [{"id": "Ha', b"<<<<", b"{", b""]
)
def test_a_cut_document_without_a_whole_entry_is_no_feed(document: bytes):
    with pytest.raises(FeedParseError):
        parse_feed(document, "", URL, is_cut=True)


def test_a_feed_over_the_limit_is_taken_in_with_a_notice_that_stays(tmp_path: Path, server: Server):
    padding = f"<x>{'y' * 1_500_000}</x>"
    items = "".join(f"<item><title>Entry {n}</title>{padding}</item>" for n in range(30))
    url = server.put("/", f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>')
    notice = "It is larger than 32 MB; what stands behind that was left out."
    with Library.open(tmp_path / "archive", Settings()) as library:
        library._archive.add_feed(Feed(url))
        (first,) = library.refresh()
        (second,) = library.refresh()
        (health,) = library.subscriptions.health()

    assert (first.new_count, first.error, first.notes) == (21, "", (notice,))
    assert (second.http_status, second.notes) == (304, ())
    assert health.trouble == notice.rstrip(".")


def test_large_feeds_wait_for_room_and_small_ones_do_not():
    room, entered, leave = Room(100), [], threading.Event()

    def hold(size: int) -> None:
        with room.held(size):
            entered.append(size)
            leave.wait(30)

    with room.held(70) as held:
        threads = [threading.Thread(target=hold, args=(size,)) for size in (60, 20)]
        for thread in threads:
            thread.start()
        assert wait_until(lambda: entered == [20])
        held.shrink(15)
        assert wait_until(lambda: entered == [20, 60])
    leave.set()
    for thread in threads:
        thread.join()
    with room.held(1000):
        entered.append(1000)

    assert entered == [20, 60, 1000]
