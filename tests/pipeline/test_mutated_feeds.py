"""Feeds of every format, damaged in every way: entries that are clean, or a refusal in words."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reader.pipeline.parse import Entry, FeedParseError, ParsedFeed, parse_feed

FOLDER = Path(__file__).parent / "feeds"
DOCUMENTS = [path.read_bytes() for path in sorted(FOLDER.iterdir()) if ".expected" not in path.name]
URL = "http://feed.example/feed"
PIECES = [
    *(b"<", b">", b"&", b"\0", b"\xff", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?", b'"', b"'"),
    *(b"&#xd800;", b"&#27;", b"&#x202e;", b"&nbsp;", b"&undefined;", b"&amp;lt;", b"&#0;"),
    *(b"\x1b[31m", b"\xe2\x80\xae", b"\xc2\x9b", b"\xed\xa0\x80", b"\r", b"\xef\xbb\xbf"),
    *(b"<item>", b"</item>", b"<entry>", b"</entry>", b"<item/>", b"<guid>same</guid>"),
    *(b"<title>" * 30, b"<div>" * 60, b"<a:b>", b' xml:base="//["', b' xml:base="javascript:x"'),
    *(b"<link>http://[</link>", b"<pubDate>99 Foo 2026</pubDate>", b"<!DOCTYPE x>", b""),
    *(b'<!DOCTYPE x [<!ENTITY e "v">]>', b"\xc3", b"{", b"}", b"null", b"1e999", b"\\ud800"),
]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A document with pieces put in, taken out or doubled, or cut."""
    body = bytearray(draw(st.sampled_from(DOCUMENTS)))
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(body)))
        end = at + draw(st.integers(0, 40))
        act = draw(st.sampled_from(["put", "put", "flip", "double", "cut"]))
        if act == "put":
            body[at:end] = draw(st.sampled_from(PIECES))
        elif act == "flip" and at < len(body):
            body[at] ^= 1 << draw(st.integers(0, 7))
        elif act == "double":
            body[at:at] = body[at : at + 10 * (end - at)]
        elif act == "cut":
            del body[len(body) - draw(st.integers(0, 60)) :]
    return bytes(body)


def lines_of(entry: Entry) -> list[str]:
    attached = entry.attached
    files = [part for one in attached.enclosures for part in (one.url, one.media_type)]
    return [
        entry.entry_id, entry.url, entry.title, entry.author, entry.language,
        attached.image_url, attached.comments_url, *attached.categories, *files,
    ]  # fmt: skip


def assert_sound(feed: ParsedFeed) -> None:
    lines = [feed.title, feed.site_url]
    lines += [line for entry in feed.entries for line in lines_of(entry)]
    controls = {"Cc", "Zl", "Zp", "Cs"}

    assert [line for line in lines if any(unicodedata.category(c) in controls for c in line)] == []
    assert [line for line in lines if "\u202e" in line] == []
    assert len({entry.entry_id for entry in feed.entries}) == len(feed.entries)
    assert all(entry.entry_id and entry.entry_hash for entry in feed.entries)
    assert all(entry.url.startswith(("http://", "https://", "")) for entry in feed.entries)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged())
@example(
    '<CHANNEL HREF="\u202ehttp://b.example/"><ITEM HREF="/\u202e1"></ITEM></CHANNEL>'
    .encode()
)  # fmt: skip
def test_a_damaged_feed_is_clean_entries_or_a_refusal(body: bytes):
    try:
        feed = parse_feed(body, "", URL)
    except FeedParseError:
        return

    assert_sound(feed)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(DOCUMENTS), damaged())
def test_what_is_known_of_a_whole_feed_never_hides_what_is_new_in_a_damaged_one(
    whole: bytes, body: bytes
):
    known = parse_feed(whole, "", URL).traces
    try:
        alone = parse_feed(body, "", URL)
    except FeedParseError:
        with pytest.raises(FeedParseError):
            parse_feed(body, "", URL, known)
        return
    part = parse_feed(body, "", URL, known)

    assert part.notes == alone.notes
    assert len(part.entries) + part.known_count == len(alone.entries)
    assert set(part.entries) <= set(alone.entries)
    assert part.traces == alone.traces
