from __future__ import annotations

from datetime import UTC, datetime

from archive.models import Article, Origin
from reader.pipeline.decide import Decisions, decide
from reader.pipeline.parse import Entry

FEED, OTHER = "http://a.example/feed", "http://b.example/feed"
KNOWN_URL = "http://a.example/known"


def entry(entry_id: str, entry_hash: str = "h", url: str = "", title: str = "t") -> Entry:
    return Entry(entry_id=entry_id, entry_hash=entry_hash, url=url, title=title)


def archived_by(feed_url: str, title: str = "t"):
    """Finds one article, of that feed and title, at the known address."""
    article = Article(
        KNOWN_URL, title, "text", datetime(2026, 3, 4, tzinfo=UTC), "260304a1",
        origins=(Origin(feed_url, "e", "h", KNOWN_URL),),
    )  # fmt: skip
    return lambda url: [article] if url == KNOWN_URL else []


def test_entries_are_told_apart_by_id_hash_and_address():
    known = {"same": ("260304a2", "h"), "other": ("260304a3", "old")}
    same, other = entry("same"), entry("other", "new")
    fresh, adopted = entry("fresh"), entry("x", url=KNOWN_URL, title="another title")

    decisions = decide(FEED, known, [same, other, fresh, adopted], archived_by(OTHER))

    assert decisions == Decisions(
        new=(fresh,),
        changed=((other, "260304a3"),),
        unchanged=(same,),
        adopted=((adopted, "260304a1"),),
    )


def test_a_known_entry_is_not_adopted_whatever_its_address():
    moved = entry("same", url=KNOWN_URL)

    decisions = decide(FEED, {"same": ("260304a2", "h")}, [moved], archived_by(OTHER))

    assert decisions.unchanged == (moved,)


def test_an_entry_with_a_new_id_and_the_same_title_is_the_article_of_its_feed():
    renamed = entry("new id", url=KNOWN_URL, title="The Title")

    assert decide(FEED, {}, [renamed], archived_by(FEED, "the  title")).adopted == (
        (renamed, "260304a1"),
    )


def test_another_entry_of_the_feed_at_the_same_address_is_new():
    second = entry("second", url=KNOWN_URL, title="another")

    assert decide(FEED, {}, [second], archived_by(FEED)).new == (second,)


def test_an_entry_without_an_address_is_new():
    assert decide(FEED, {}, [entry("x")], archived_by(OTHER)).new == (entry("x"),)
