"""verify: every damage of raw pages, and every row of the index that stands alone, is named."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from archive import Archive, PageRef, Problem
from archive.warc_records import StoredPage, record_bytes
from tests.archive.making import START, clock, make_article
from tests.archive.test_pages import append, warc

NAME = "pages/2026/2026-11-22.warc.gz"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three articles with their pages; the third's is the same as the first's."""
    with Archive.open(tmp_path, now=clock) as archive:
        bodies = (b"<p>one</p>" * 99, b"<p>two</p>" * 99, b"<p>one</p>" * 99)
        refs = [append(archive.pages, n, body) for n, body in enumerate(bodies, 1)]
        archive.save([make_article(n, page=ref) for n, ref in enumerate(refs, 1)])
        assert archive.verify() == []
    return tmp_path


def refs(folder: Path) -> list[PageRef]:
    with Archive.open(folder, now=clock) as archive:
        return [archive.get(f"261122a{n}").page for n in (1, 2, 3)]


def verified(folder: Path) -> list[Problem]:
    with Archive.open(folder, now=clock) as archive:
        return archive.verify()


def said(problems: list[Problem]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(each.kind, each.detail, each.article_ids) for each in problems]


def test_a_file_that_is_gone(folder: Path) -> None:
    warc(folder).unlink()

    assert said(verified(folder)) == [
        ("page", f"the raw page of 261122a{n} is gone", (f"261122a{n}",)) for n in (1, 2, 3)
    ]


def test_a_record_that_is_cut(folder: Path) -> None:
    places, size = refs(folder), warc(folder).stat().st_size
    warc(folder).write_bytes(warc(folder).read_bytes()[:-9])
    start = places[2].offset

    assert said(verified(folder)) == [
        ("damaged", f"bytes {start} to {size - 9} are no whole page record", ()),
        ("page", f"the raw page of 261122a3 is not at {start}", ("261122a3",)),
    ]


def test_a_body_that_is_not_what_its_digest_says(folder: Path) -> None:
    """The CRC of gzip holds: a record that some program wrote anew."""
    page = StoredPage("https://weekly.example/2", 200, {}, b"<p>two</p>" * 99, START)
    record = record_bytes(page)
    forged = gzip.compress(gzip.decompress(record).replace(b"two", b"tow", 1))
    data, places = warc(folder).read_bytes(), refs(folder)
    warc(folder).write_bytes(data[: places[1].offset] + forged)

    problems = said(verified(folder))

    offset = places[1].offset
    words = f"the page at {offset} (https://weekly.example/2) is not what its digest says"
    assert problems[0] == ("damaged", words, ("261122a2",))


def test_a_revisit_whose_original_is_damaged(folder: Path) -> None:
    data, places = bytearray(warc(folder).read_bytes()), refs(folder)
    data[places[0].offset + 40] ^= 0xFF
    warc(folder).write_bytes(data)

    problems = verified(folder)

    assert {ids for each in problems for ids in each.article_ids} == {"261122a1", "261122a3"}
    assert any("the page of https://weekly.example/1 is not in it" in p.detail for p in problems)


def test_a_reference_to_another_addresss_page(folder: Path) -> None:
    places = refs(folder)
    with Archive.open(folder, now=clock) as archive:
        archive.save([replace(archive.get("261122a1"), page=places[1])])

    words = f"the page at {places[1].offset} is of https://weekly.example/2, not of 261122a1"
    assert said(verified(folder)) == [("page", words, ("261122a1",))]


def test_a_redirect_is_no_damage(tmp_path: Path) -> None:
    with Archive.open(tmp_path, now=clock) as archive:
        asked = "https://weekly.example/1?utm_source=feed"
        ref = archive.pages.append("https://x.example/", 200, {}, b"x", START, asked_url=asked)
        archive.save([make_article(1, page=ref)])

        assert archive.verify() == []


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM articles WHERE article_id = '261122a2'", "261122a2 is not in the index"),
        (
            "UPDATE articles SET article_id = '261122a9' WHERE article_id = '261122a2'",
            "the index has 261122a9, which is not there",
        ),
        (
            "UPDATE articles SET article_id = '200101a2' WHERE article_id = '261122a2'",
            "the index has 200101a2, which is not there",
        ),
        (
            "UPDATE articles SET doc_hash = 'x' WHERE article_id = '261122a2'",
            "261122a2 differs from the index",
        ),
    ],
)
def test_a_row_without_its_article_and_the_reverse(
    folder: Path, statement: str, words: str
) -> None:
    with closing(sqlite3.connect(folder / "index.sqlite")) as database:
        database.execute(statement)
        database.commit()

    problems = verified(folder)

    assert words in [each.detail for each in problems]
    with Archive.open(folder, now=clock) as archive:
        archive.rebuild()
        assert archive.verify() == []
