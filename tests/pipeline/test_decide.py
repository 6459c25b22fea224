from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from archive.models import Article, Origin
from archive.removed import place_trace
from reader.pipeline.decide import MOST_IDS, Decisions, Known, decide
from reader.pipeline.parse import Entry

FEED, OTHER = "http://a.example/feed", "http://b.example/feed"
KNOWN_URL = "http://a.example/known"
DAY = datetime(2026, 3, 4, tzinfo=UTC)


def entry(entry_id: str, entry_hash: str = "h", url: str = "", title: str = "t") -> Entry:
    return Entry(entry_id=entry_id, entry_hash=entry_hash, url=url, title=title)


def archived(feed_url: str, title: str = "t", url: str = KNOWN_URL, number: int = 1) -> Article:
    return Article(
        url, title, "text", DAY, f"260304a{number}", origins=(Origin(feed_url, "e", "old", url),)
    )


def known(
    entries: dict[str, tuple[str, str]] | None = None,
    at_address: Sequence[Article] = (),
    titled: Sequence[Article] = (),
    present: Sequence[str] = (),
) -> Known:
    """What is known of a feed; `at_address` are the articles of the known address."""
    return Known(
        entries or {},
        lambda url: at_address if url == KNOWN_URL else (),
        lambda title: titled,
        lambda entry_id: entry_id in present,
    )


def test_entries_are_told_apart_by_id_hash_and_address():
    entries = {"same": ("260304a2", "h"), "other": ("260304a3", "old")}
    same, other = entry("same"), entry("other", "new")
    fresh, adopted = entry("fresh", "f"), entry("x", "x", url=KNOWN_URL, title="another title")

    decisions = decide(FEED, known(entries, [archived(OTHER)]), [same, other, fresh, adopted])

    assert decisions == Decisions(
        new=(fresh,),
        changed=((other, "260304a3"),),
        unchanged=(same,),
        adopted=((adopted, "260304a1"),),
    )


def test_a_known_entry_is_not_adopted_whatever_its_address():
    moved = entry("same", url=KNOWN_URL)

    decisions = decide(FEED, known({"same": ("260304a2", "h")}, [archived(OTHER)]), [moved])

    assert decisions.unchanged == (moved,)


def test_what_was_stated_before_under_another_id_is_renamed_and_noted_a_few_times():
    again = entry("new id", "h")
    ids = {f"id {number}": ("260304a1", "h") for number in range(MOST_IDS)}

    assert decide(FEED, known({"id": ("260304a1", "h")}), [again]).renamed == ((again, "260304a1"),)
    assert decide(FEED, known(ids), [again]).unchanged == (again,)


def test_an_entry_with_a_new_id_and_words_and_the_same_title_is_a_change():
    renamed = entry("new id", "new", url=KNOWN_URL, title="The Title")
    decisions = decide(FEED, known(at_address=[archived(FEED, "the  title")]), [renamed])

    assert decisions.changed == ((renamed, "260304a1"),)


def test_another_entry_of_the_feed_at_the_same_address_is_new():
    second = entry("second", "2", url=KNOWN_URL, title="another")

    assert decide(FEED, known(at_address=[archived(FEED)]), [second]).new == (second,)


def test_at_an_address_that_several_share_only_the_title_tells():
    shared = [archived(OTHER, "one"), archived(OTHER, "two", number=2)]
    two, three = entry("2", "2", KNOWN_URL, "Two"), entry("3", "3", KNOWN_URL, "Three")

    decisions = decide(FEED, known(at_address=shared), [two, three])

    assert (decisions.adopted, decisions.new) == (((two, "260304a2"),), (three,))


@pytest.mark.parametrize(
    ("url", "is_same"),
    [
        ("https://new.example/known", True),
        ("https://new.example/known?utm_source=x#top", True),
        ("https://new.example/other", False),
        ("https://new.example/", False),
    ],
)
def test_the_same_title_and_place_on_another_host_is_the_same(url: str, is_same: bool):
    moved = entry("new id", "new", url)
    decisions = decide(FEED, known(titled=[archived(FEED)]), [moved])

    assert decisions.changed == (((moved, "260304a1"),) if is_same else ())


def test_two_sites_in_one_feed_keep_their_pages_of_one_name():
    moved = entry("new id", "new", "https://new.example/known")

    assert decide(FEED, known(titled=[archived(FEED)], present=["e"]), [moved]).new == (moved,)


def test_without_links_the_same_title_and_text_is_the_same():
    bare = archived(FEED, "t", "")
    same = Entry(entry_id="1", entry_hash="1", title="t", content_html="<p>Text</p>")
    other = Entry(entry_id="2", entry_hash="2", title="t", content_html="<p>Other</p>")

    decisions = decide(FEED, known(titled=[bare]), [same, other])

    assert (decisions.renamed, decisions.new) == (((same, "260304a1"),), (other,))


def test_an_entry_without_an_address_is_new():
    fresh = entry("x", "x")

    assert decide(FEED, known(at_address=[archived(OTHER)]), [fresh]).new == (fresh,)


PLACE = "http://a.example/2026/known"


def removed(entry_id: str, url: str = PLACE, title: str = "t") -> dict[str, tuple[str, str]]:
    """What is known of a removed entry."""
    return {entry_id: ("", f"{place_trace(url, title)} 260304")}


@pytest.mark.parametrize(
    ("returning", "is_new"),
    [
        (entry("renamed", "edited", PLACE), False),
        (entry("renamed", "edited", "https://www.b.example/2026/known/?utm_source=x", "T"), False),
        (entry("renamed", "h", PLACE, "another title"), True),
        (entry("renamed", "h", "http://a.example/2026/other"), True),
        (entry("renamed", "h"), True),
    ],
)
def test_a_removed_entry_is_known_by_place_and_title(returning: Entry, is_new: bool):
    decisions = decide(FEED, known(removed("gone")), [returning])

    assert decisions == (
        Decisions(new=(returning,)) if is_new else Decisions(unchanged=(returning,))
    )


def test_a_removed_entry_without_a_link_is_known_by_its_words():
    returning = entry("renamed", "h")

    assert decide(FEED, known({"gone": ("", "h")}), [returning]).unchanged == (returning,)
    assert decide(FEED, known({"gone": ("", "")}), [entry("x", "")]).new == (entry("x", ""),)


def test_what_is_published_after_a_removed_entry_had_come_is_new_at_its_place():
    same = replace(entry("renamed", "h", PLACE), published_at=DAY)
    later = replace(same, published_at=DAY + timedelta(days=1))

    assert decide(FEED, known(removed("gone")), [same]).unchanged == (same,)
    assert decide(FEED, known(removed("gone")), [later]).new == (later,)


def test_an_entry_beside_a_removed_one_is_new_though_they_share_place_and_title():
    beside = entry("two", "h", PLACE)

    assert decide(FEED, known(removed("one"), present=["one", "two"]), [beside]).new == (beside,)
