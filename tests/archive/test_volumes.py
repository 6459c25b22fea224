"""Where articles live: ids, files of the day, and that nothing is lost in them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB

from archive import Archive, Article, Mark, NotFound, Origin, PageRef, Revision, Section
from archive.documents import (
    article_document,
    article_from,
    document_hash,
    mark_document,
    mark_from,
    storable,
    with_sort_instant,
)
from archive.models import Dropped
from archive.names import article_id, parse_article_id, volume_of_file
from archive.revisions import revise
from tests.archive.making import START, clock, make_article, make_articles

FULL = Article(
    url="https://weekly.example/1",
    title="[b]Rye[/b]\n„prices“ 🌾",
    text='# Rye\n\nLine\u2028two\ttabbed \\ "quoted"\n',
    archived_at=START,
    origins=(Origin("https://a.example/f", "e1", "h", "l"), Origin("https://b.example/f", "e2")),
    canonical_url="https://weekly.example/one",
    source_url="https://source.example/",
    site_name="Weekly",
    feed_title="Weekly feed",
    author="A. Farmer",
    byline="By A. Farmer",
    published_at=START - timedelta(days=2),
    updated_at=START - timedelta(days=1, microseconds=5),
    fetched_at=START,
    changed_at=START,
    gone_at=START,
    sort_at=START - timedelta(days=2),
    language="en",
    word_count=3,
    text_from="feed",
    sections=(Section(1, "Rye", 1, 0),),
    removed=(Dropped("Share this", "share", 12),),
    notes=("The page could not be fetched.",),
    revisions=(Revision(START - timedelta(days=1), "Old", "Old text"),),
    page=PageRef("pages/2026/2026-11-22.warc.gz", 17),
)


def test_an_article_comes_back_from_disk_with_every_field(tmp_path: Path) -> None:
    with Archive.open(tmp_path, now=clock) as archive:
        (stored,) = archive.save([FULL])
    with Archive.open(tmp_path) as archive:
        assert archive.get(stored.article_id) == stored

    assert stored.article_id == "261122a1"
    assert article_from(article_document(FULL), "") == FULL


def test_a_volume_is_read_by_three_lines_of_stock_tinydb(tmp_path: Path) -> None:
    with Archive.open(tmp_path, now=clock) as archive:
        archive.save(make_articles(3))
        archive.tag("261122a2", add=["rye"])

    path = tmp_path / "volumes/2026/2026-11-22.json"
    with TinyDB(path) as stock, TinyDB(path.with_suffix(".marks.json")) as marks:
        titles = [each["title"] for each in stock.table("articles").all()]
        tagged = [(each.doc_id, dict(each)) for each in marks.table("marks").all()]

    assert titles == ["Harvest report 1", "Harvest report 2", "Harvest report 3"]
    assert tagged == [(2, {"tags": ["rye"]})]


def test_ids_name_day_file_and_document() -> None:
    assert article_id("2026-11-22", 17) == "261122a17"
    assert article_id("2026-11-22.2", 3) == "261122b3"
    assert article_id("2026-11-22.26", 1) == "261122z1"
    assert article_id("2026-11-22.27", 1) == "261122aa1"


@given(st.dates(datetime(2000, 1, 1).date(), datetime(2099, 12, 31).date()), st.integers(1, 9999))
@settings(max_examples=60)
def test_every_id_leads_back_to_its_volume(day: object, number: int) -> None:
    volume = f"{day}" if number == 1 else f"{day}.{number}"

    assert parse_article_id(article_id(volume, 5)) == (volume, 5)


@pytest.mark.parametrize(
    "text",
    ["", "corn", "261122", "261122a", "261122a0", "261399a1", "261122A1", "x261122a1", "1a1"],
)
def test_what_is_no_id_is_not_taken_for_one(text: str) -> None:
    assert parse_article_id(text) is None


@pytest.mark.parametrize(
    ("name", "volume"),
    [
        ("volumes/2026/2026-11-22.json", "2026-11-22"),
        ("volumes/2026/2026-11-22.3.marks.json", "2026-11-22.3"),
        ("volumes/2025/2026-11-22.json", None),
        ("volumes/2026/2026-11-22.json.damaged-20261122T080000", None),
        ("library.json", None),
    ],
)
def test_files_that_are_no_volume_are_left_alone(name: str, volume: str | None) -> None:
    assert volume_of_file(name) == volume


def test_a_further_file_of_the_day_begins_past_a_mebibyte(tmp_path: Path) -> None:
    large = [make_article(number, text="x" * 300_000) for number in range(1, 10)]
    with Archive.open(tmp_path, now=clock) as archive:
        ids = [each.article_id for each in archive.save(large)]
        later = archive.save(make_articles(2, first=20))
        texts = {each: len(archive.get(each).text) for each in ids}

    assert ids == [f"261122{file}{number}" for file in "ab" for number in range(1, 5)] + [
        "261122c1"
    ]
    assert set(texts.values()) == {300_000}
    assert [each.article_id for each in later] == ["261122c2", "261122c3"]
    assert (tmp_path / "volumes/2026/2026-11-22.3.json").exists()


def test_one_save_writes_each_volume_once(tmp_path: Path) -> None:
    with Archive.open(tmp_path, now=clock) as archive:
        stored = archive.save(make_articles(5))
        archive.save([*stored, *make_articles(5, first=6)])

    meta = json.loads((tmp_path / "volumes/2026/2026-11-22.json").read_text())["meta"]["1"]
    assert (meta["generation"], meta["next_id"]) == (2, 11)


def test_an_id_is_never_given_twice(tmp_path: Path) -> None:
    path = tmp_path / "volumes/2026/2026-11-22.json"
    with Archive.open(tmp_path, now=clock) as archive:
        archive.save(make_articles(3))
    content = json.loads(path.read_text())
    del content["articles"]["3"]
    path.write_text(json.dumps(content))

    with Archive.open(tmp_path, now=clock) as archive:
        (stored,) = archive.save([make_article(9)])

    assert stored.article_id == "261122a4"


def test_an_id_that_is_nowhere_is_not_found(tmp_path: Path) -> None:
    with Archive.open(tmp_path, now=clock) as archive:
        archive.save([make_article()])
        for wrong in ("261122a2", "261122b1", "200101a1", "corn"):
            with pytest.raises(NotFound, match=wrong):
                archive.get(wrong)
        with pytest.raises(NotFound):
            archive.save([make_article(article_id="261122a9")])


def test_the_first_save_fixes_an_articles_place_in_lists(tmp_path: Path) -> None:
    old = make_article(1, published_at=START - timedelta(days=40))
    ahead = make_article(2, published_at=START + timedelta(days=3))
    with Archive.open(tmp_path, now=clock) as archive:
        first, second = archive.save([old, ahead])
        again = archive.save([make_article(1, article_id=first.article_id)])[0]

    assert first.sort_at == START - timedelta(days=40)
    assert second.sort_at == second.archived_at
    assert again.sort_at == first.sort_at


def test_a_revised_article_keeps_its_earlier_text(tmp_path: Path) -> None:
    at = START + timedelta(days=1)
    with Archive.open(tmp_path, now=clock) as archive:
        (first,) = archive.save([make_article()])
        archive.save([revise(first, "New title", "New text.", at)])
        kept = archive.get(first.article_id)

    assert (kept.title, kept.text, kept.changed_at) == ("New title", "New text.", at)
    assert kept.revisions == (Revision(first.archived_at, first.title, first.text),)
    assert revise(kept, "New title", "New text.", at + timedelta(days=1)) == kept


def test_two_who_revise_one_article_at_once_lose_neither_text(tmp_path: Path) -> None:
    with Archive.open(tmp_path, now=clock) as archive:
        (first,) = archive.save([make_article()])
        mine = revise(first, first.title, "My text.", START + timedelta(hours=1))
        theirs = revise(first, first.title, "Their text.", START + timedelta(hours=2))
        archive.save([mine])
        archive.save([theirs])
        kept = archive.get(first.article_id)

    assert kept.text == "Their text."
    assert [each.text for each in kept.revisions] == [first.text, "My text."]


def test_a_lone_surrogate_costs_no_article(tmp_path: Path) -> None:
    with Archive.open(tmp_path, now=clock) as archive:
        (stored,) = archive.save(
            [make_article(title="Rye \udcff up", text="corn \ud800 \U0001f33e")]
        )

        assert archive.get(stored.article_id) == stored

    assert (stored.title, stored.text) == ("Rye  up", "corn  \U0001f33e")


texts = st.text(max_size=30)
instants = st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC))
articles = st.builds(
    Article,
    url=texts,
    title=texts,
    text=texts,
    archived_at=instants,
    author=texts,
    published_at=st.none() | instants,
    notes=st.tuples(texts, texts),
    origins=st.tuples(st.builds(Origin, texts, texts, texts)),
    revisions=st.tuples(st.builds(Revision, instants, texts, texts)),
)


@given(articles)
@settings(max_examples=80, deadline=None)
def test_any_article_survives_its_document(article: Article) -> None:
    sound = storable(article)

    again = article_from(json.loads(json.dumps(article_document(sound))), "")

    assert again == with_sort_instant(sound)
    assert document_hash(again) == document_hash(sound)


@given(
    st.builds(
        Mark, st.booleans(), st.booleans(), st.tuples(texts), st.integers(0, 2**63 - 1), texts
    )
)
@settings(max_examples=60, deadline=None)
def test_any_mark_survives_its_document(mark: Mark) -> None:
    assert mark_from(json.loads(json.dumps(mark_document(mark)))) == mark
