"""Every format of feed, as a document with a sibling file of what it means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.pipeline.parse import Entry, ParsedFeed, parse_feed

FOLDER = Path(__file__).parent / "feeds"
DOCUMENTS = sorted(path for path in FOLDER.iterdir() if ".expected" not in path.name)
URL = "http://feed.example/d/feed.xml"


def fields_of(feed: ParsedFeed) -> dict[str, object]:
    """What a feed says, in the words of the files of expected values; nothing is left out."""
    return {
        "title": feed.title,
        "site_url": feed.site_url,
        "notes": list(feed.notes),
        "entries": [entry_fields(entry) for entry in feed.entries],
    }


def entry_fields(entry: Entry) -> dict[str, object]:
    attached = entry.attached
    fields = {
        "id": entry.entry_id,
        "url": entry.url,
        "title": entry.title,
        "author": entry.author,
        "published_at": entry.published_at and entry.published_at.isoformat(),
        "updated_at": entry.updated_at and entry.updated_at.isoformat(),
        "summary": entry.summary_html,
        "content": entry.content_html,
        "language": entry.language,
        "categories": list(attached.categories),
        "enclosures": [[one.url, one.media_type, one.byte_count] for one in attached.enclosures],
        "image": attached.image_url,
        "comments": attached.comments_url,
        "location": attached.location,
    }
    return {name: value for name, value in fields.items() if value}


def expected_of(path: Path) -> object:
    return json.loads(path.with_suffix(".expected.json").read_text("utf-8"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_feed_is_what_its_document_means(path: Path):
    feed = parse_feed(path.read_bytes(), "", URL)

    assert fields_of(feed) == expected_of(path)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_entries_are_the_same_whichever_of_them_are_known(path: Path):
    body = path.read_bytes()
    whole = parse_feed(body, "", URL)
    for entry in whole.entries:
        known = whole.traces.only([entry.entry_id])
        part = parse_feed(body, "", URL, known)
        expected = tuple(one for one in whole.entries if not known.ids or one is not entry)

        assert part.entries == expected
        assert part.known_count == len(known.ids)
    assert parse_feed(body, "", URL, whole.traces).known_count == len(whole.traces.ids)
