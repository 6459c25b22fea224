"""Raw pages: WARC files that any tool reads, and that a dying writer cannot spoil."""

from __future__ import annotations

import gzip
import os
import tracemalloc
from datetime import timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive import Archive, DamagedFile, NotFound, PageRef
from archive.pages import PageStore
from tests.archive.making import START, make_article, python

HEADERS = {"content-type": "text/html", "content-encoding": "gzip", "etag": '"x"'}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    with Archive.open(tmp_path) as opened:
        yield opened


def warc(path: Path) -> Path:
    return path / "pages/2026/2026-11-22.warc.gz"


def append(pages: PageStore, number: int, body: bytes = b"") -> PageRef:
    url = f"https://weekly.example/{number}"
    return pages.append(url, 200, HEADERS, body or f"<p>{number}</p>".encode(), START)


def test_a_page_comes_back_as_it_was_fetched(archive: Archive) -> None:
    body = bytes(range(256)) * 400
    ref = archive.pages.append("https://a.example/ö?x=1", 404, HEADERS, body, START)
    page = archive.pages.read(ref)

    assert (page.url, page.status, page.fetched_at) == ("https://a.example/ö?x=1", 404, START)
    assert page.body == body
    assert page.headers["content-type"] == "text/html"
    assert page.headers["etag"] == '"x"'


def test_pages_lie_in_a_file_a_day_and_each_is_found(archive: Archive, tmp_path: Path) -> None:
    refs = [append(archive.pages, number) for number in range(5)]
    other = archive.pages.append("https://a.example/", 200, {}, b"x", START + timedelta(days=1))

    assert {ref.warc for ref in refs} == {"pages/2026/2026-11-22.warc.gz"}
    assert other == PageRef("pages/2026/2026-11-23.warc.gz", 0)
    assert [archive.pages.read(ref).body for ref in refs] == [
        f"<p>{number}</p>".encode() for number in range(5)
    ]


def test_reading_a_page_leaves_those_behind_it_alone(archive: Archive, tmp_path: Path) -> None:
    ref = append(archive.pages, 1, b"the first" * 30_000)
    archive.pages.read(ref)
    os.truncate(warc(tmp_path), 300_000_000)

    tracemalloc.start()
    try:
        page = archive.pages.read(ref)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert page.body == b"the first" * 30_000
    assert peak < 5_000_000


def test_a_reference_that_leads_nowhere_is_said(archive: Archive) -> None:
    ref = append(archive.pages, 1)

    for offset in (-1, 10**9):
        with pytest.raises(DamagedFile):
            archive.pages.read(PageRef(ref.warc, offset))


def test_a_warc_tool_reads_the_file_and_its_digests_hold(archive: Archive, tmp_path: Path) -> None:
    for number in range(3):
        append(archive.pages, number)

    with warc(tmp_path).open("rb") as file:
        records = [
            (
                record.rec_type,
                record.rec_headers.get_header("WARC-Target-URI"),
                record.content_stream().read(),
            )
            for record in ArchiveIterator(file, check_digests="raise")
        ]

    assert warc(tmp_path).read_bytes() != b""
    assert gzip.decompress(warc(tmp_path).read_bytes()).startswith(b"WARC/1.1\r\n")
    assert records == [
        ("response", f"https://weekly.example/{number}", f"<p>{number}</p>".encode())
        for number in range(3)
    ]


def test_headers_cannot_forge_lines(archive: Archive) -> None:
    headers = {"x-a": "1\r\nX-Forged: 2", "ключ\n": "значение"}
    ref = archive.pages.append("https://a.example/\r\nX:y", 200, headers, b"body", START)
    page = archive.pages.read(ref)

    assert page.body == b"body"
    assert "x-forged" not in page.headers
    assert page.url == "https://a.example/X:y"


@pytest.mark.parametrize("rest", [1, 10, 25, 60])
def test_a_torn_record_is_cut_off_before_the_next(tmp_path: Path, rest: int) -> None:
    with Archive.open(tmp_path) as archive:
        first = append(archive.pages, 1)
        append(archive.pages, 2)
    whole = warc(tmp_path).read_bytes()
    warc(tmp_path).write_bytes(whole[:-rest])

    with Archive.open(tmp_path) as archive:
        third = append(archive.pages, 3)

        assert archive.pages.read(first).body == b"<p>1</p>"
        assert archive.pages.read(third).body == b"<p>3</p>"
        assert archive.verify() == []


def test_zeros_after_a_power_cut_are_cut_off(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        first = append(archive.pages, 1)
    with warc(tmp_path).open("ab") as file:
        file.write(bytes(5000))

    with Archive.open(tmp_path) as archive:
        second = append(archive.pages, 2)

        assert archive.pages.read(first).body == b"<p>1</p>"
        assert archive.pages.read(second).body == b"<p>2</p>"


def test_a_damaged_record_is_named_and_the_others_stay(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        refs = [append(archive.pages, number) for number in range(3)]
        archive.save([make_article(n, page=ref) for n, ref in enumerate(refs)])
    data = bytearray(warc(tmp_path).read_bytes())
    data[refs[1].offset + 30] ^= 0xFF
    warc(tmp_path).write_bytes(data)

    with Archive.open(tmp_path) as archive:
        last = append(archive.pages, 9)

        assert archive.pages.read(refs[2]).body == b"<p>2</p>"
        assert archive.pages.read(last).body == b"<p>9</p>"
        with pytest.raises(DamagedFile):
            archive.pages.read(refs[1])
        assert [(each.kind, each.article_ids) for each in archive.verify()] == [
            ("damaged", ()),
            ("page", (archive.list("report 1")[0].article_id,)),
        ]


def test_a_page_that_is_gone_is_not_found(archive: Archive, tmp_path: Path) -> None:
    archive.save([make_article(1, page=PageRef("pages/2020/2020-01-01.warc.gz", 0))])

    with pytest.raises(NotFound):
        archive.pages.read(PageRef("pages/2020/2020-01-01.warc.gz", 0))
    with pytest.raises(NotFound):
        archive.pages.read(PageRef("../../etc/passwd", 0))
    assert [each.detail for each in archive.verify()] == [
        f"the raw page of {archive.list()[0].article_id} is gone"
    ]


PAGES = """
import sys
from archive import Archive
from tests.archive.making import START
with Archive.open(sys.argv[1]) as archive:
    for number in range(30):
        archive.pages.append(f"https://{sys.argv[2]}.example/{number}", 200, {}, b"x" * 3000, START)
"""


def test_two_processes_append_to_one_file(tmp_path: Path) -> None:
    writers = [python(PAGES, tmp_path, name) for name in ("a", "b")]
    said = [each.communicate(timeout=60)[1] for each in writers]

    assert said == ["", ""]
    with Archive.open(tmp_path) as archive:
        sound, gaps = archive.pages.offsets("pages/2026/2026-11-22.warc.gz")
    assert (len(sound), gaps) == (60, [])
