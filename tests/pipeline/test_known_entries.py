"""Known entries are cut out of a document unparsed, and nobody can tell by the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from reader.library import Library
from reader.pipeline.parse import ParsedFeed, parse_feed
from reader.pipeline.traces import Traces
from tests.servers import BRIDGE, FERRY, NewsSite, Story

URL = "http://feed.example/feed.xml"
HEAD = '<rss version="2.0"><channel><title>T</title><language>{language}</language>'


def item(number: int, guid: str | None = None, link: str | None = None, words: str = "") -> str:
    guid = f"<guid>g{number}</guid>" if guid is None else guid and f"<guid>{guid}</guid>"
    link = f"http://a.example/{number}" if link is None else link
    return (
        f"<item><title>Number {number}{words}</title><link>{link}</link>{guid}"
        f"<description>About {number}</description></item>"
    )


def rss(items: Sequence[str], language: str = "en") -> bytes:
    return (HEAD.format(language=language) + "".join(items) + "</channel></rss>").encode()


def assert_same_as_whole(document: bytes, known: Traces) -> ParsedFeed:
    """Parses both ways: what is new is equal, and what is known is among the whole."""
    part, whole = parse_feed(document, "", URL, known), parse_feed(document, "", URL)
    by_id = {entry.entry_id: entry for entry in whole.entries}

    assert [by_id.get(entry.entry_id) for entry in part.entries] == list(part.entries)
    assert len(part.entries) + part.known_count == len(whole.entries)
    assert (part.title, part.site_url, part.notes) == (whole.title, whole.site_url, whole.notes)
    assert sorted(part.traces.ids.items()) == sorted(whole.traces.ids.items())
    return part


def test_only_what_is_new_is_parsed_again():
    first = parse_feed(rss([item(1), item(2), item(3)]), "", URL)
    part = assert_same_as_whole(rss([item(4), item(1), item(2), item(3)]), first.traces)

    assert [entry.title for entry in part.entries] == ["Number 4"]
    assert part.known_count == 3


def test_an_entry_that_changed_in_a_letter_is_parsed_again():
    first = parse_feed(rss([item(1), item(2)]), "", URL)
    part = assert_same_as_whole(rss([item(1), item(2, words="!")]), first.traces)

    assert [entry.title for entry in part.entries] == ["Number 2!"]


def test_what_entries_inherit_from_their_feed_makes_all_of_them_new():
    first = parse_feed(rss([item(1), item(2)]), "", URL)
    part = assert_same_as_whole(rss([item(1), item(2)], language="de"), first.traces)

    assert [entry.language for entry in part.entries] == ["de", "de"]


def test_a_base_around_the_entries_makes_all_of_them_new():
    def document(base: str) -> bytes:
        return (
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{base}"><title>T</title>'
            '<entry><id>1</id><title>x</title><link href="p"/></entry></feed>'
        ).encode()

    first = parse_feed(document("http://b.example/"), "", URL)
    part = assert_same_as_whole(document("http://c.example/"), first.traces)

    assert [entry.url for entry in part.entries] == ["http://c.example/p"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([item(1, "same"), item(2, "same")], [item(3, "same"), item(1, "same"), item(2, "same")]),
        ([item(1, "same")], [item(2, "same"), item(1, "same")]),
        ([item(1, "", "http://a.example/")], [item(2, "", "http://a.example/"),
                                              item(1, "", "http://a.example/")]),
        ([item(1, ""), item(2, "")], [item(3, ""), item(1, ""), item(2, "")]),
        ([item(1), item(2)], [item(1), item(1), item(2)]),
        ([item(1), item(2)], [item(2), item(1)]),
        ([item(1), item(2)], []),
        ([item(1, "", "")], [item(2, "", ""), item(1, "", "")]),
    ],
)  # fmt: skip
def test_ids_that_depend_on_other_entries_are_those_of_the_whole(
    before: list[str], after: list[str]
):
    first = parse_feed(rss(before), "", URL)

    assert_same_as_whole(rss(after), first.traces)


@pytest.mark.parametrize(
    "document",
    [
        rss([item(1)]).replace(b"</rss>", b""),
        rss([item(1)]).replace(b"About", b"caf&eacute;"),
        b'<!DOCTYPE rss [<!ENTITY e "x">]>' + rss([item(1)]),
        rss([item(1)]).replace(b"<title>Number", b"<a:b/><title>Number"),
    ],
)
def test_a_document_that_cannot_be_cut_is_read_whole(document: bytes):
    first = parse_feed(document, "", URL)
    again = parse_feed(document, "", URL, first.traces)

    assert again.entries == first.entries
    assert [entry.title for entry in again.entries] == ["Number 1"]


@pytest.mark.parametrize("text", ["", "no base64", "AAAA", "AAAAAAAAAAA=", "é"])
def test_kept_traces_that_are_damaged_are_no_traces(text: str):
    assert Traces.from_text(text) == Traces()


def test_traces_are_kept_in_sixteen_letters_an_entry():
    traces = parse_feed(rss([item(1), item(2)]), "", URL).traces
    text = traces.as_text()

    assert len(text) == 8 + 2 * 16
    assert Traces.from_text(text) == traces


def test_a_refresh_counts_known_entries_as_unchanged(library: Library, outlet: NewsSite):
    feed = library.subscribe(outlet.rss_url)
    list(library.refresh())
    later = Story(
        "lamp",
        "The harbour lamp is lit by hand again",
        FERRY.body,
        FERRY.published + timedelta(days=1),
    )
    outlet.publish(later)
    (outcome,) = library.refresh([feed.feed_url])

    assert (outcome.new_count, outcome.changed_count, outcome.unchanged_count) == (1, 0, 3)
    outlet.publish(replace(BRIDGE, summary="Another sentence about the beam."))
    (outcome,) = library.refresh([feed.feed_url])
    assert (outcome.changed_count, outcome.unchanged_count) == (0, 4)
    assert library.count() == 4
