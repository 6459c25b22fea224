"""Pages that are the same as before: a WARC revisit in place of the body (ISO 28500:2017, 6.7)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive import Archive, DamagedFile, PageRef
from archive.pages import PageStore
from archive.warc_records import digest_of
from tests.archive.making import START

PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
URL = "https://weekly.example/1"
BODY = b"<p>" + bytes(range(32, 127)) * 100 + b"</p>"
LATER, TOMORROW = START + timedelta(hours=1), START + timedelta(days=1)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    with Archive.open(tmp_path) as opened:
        yield opened


def append(pages: PageStore, body: bytes = BODY, at=START, **fields: object) -> PageRef:
    return pages.append(URL, 200, {"etag": f'"{at:%d%H}"'}, body, at, **fields)


def records(root: Path) -> list[tuple[str, int, dict[str, str]]]:
    """Type, length of the body and headers of all records, read by warcio with its checks on."""
    found = []
    for path in sorted(root.glob("pages/*/*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                body = record.content_stream().read()
                found.append((record.rec_type, len(body), dict(record.rec_headers.headers)))
    return found


def test_a_body_that_is_the_same_is_stored_once_a_day(archive: Archive, tmp_path: Path) -> None:
    first, second = append(archive.pages), append(archive.pages, at=LATER)

    (kind, length, response), (revisit_kind, nothing, revisit) = records(tmp_path)
    assert (kind, length, revisit_kind, nothing) == ("response", len(BODY), "revisit", 0)
    assert revisit["WARC-Profile"] == PROFILE
    assert revisit["WARC-Target-URI"] == URL
    assert revisit["WARC-Payload-Digest"] == response["WARC-Payload-Digest"] == digest_of(BODY)
    assert revisit["WARC-Refers-To-Target-URI"] == URL
    assert revisit["WARC-Refers-To-Date"] == response["WARC-Date"]
    assert revisit["WARC-Date"] != response["WARC-Date"]
    page = archive.pages.read(second)
    assert (page.body, page.fetched_at, page.headers["etag"]) == (BODY, LATER, '"2209"')
    assert archive.pages.read(first).headers["etag"] == '"2208"'


def test_another_process_finds_what_the_day_has(tmp_path: Path) -> None:
    for _ in range(3):
        with Archive.open(tmp_path) as archive:
            append(archive.pages)
            append(archive.pages, b"another page")

    assert [kind for kind, *_ in records(tmp_path)] == ["response"] * 2 + ["revisit"] * 4


def test_a_writer_takes_note_of_what_others_wrote_meanwhile(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as one, Archive.open(tmp_path) as other:
        append(one.pages, b"mine")
        append(other.pages)
        append(one.pages)

    assert [kind for kind, *_ in records(tmp_path)] == ["response", "response", "revisit"]


def test_an_earlier_days_body_is_known_by_the_page_of_the_article(
    archive: Archive, tmp_path: Path
) -> None:
    first = append(archive.pages)
    second = append(archive.pages, at=TOMORROW, known=first)
    third = append(archive.pages, at=TOMORROW + timedelta(days=1), known=second)
    changed = append(archive.pages, b"changed", TOMORROW, known=first)
    (tmp_path / second.warc).unlink()

    assert (third.warc, changed.warc) == ("pages/2026/2026-11-24.warc.gz", second.warc)
    assert archive.pages.read(third).body == BODY
    assert [kind for kind, *_ in records(tmp_path)] == ["response", "revisit"]


def test_a_page_that_is_damaged_or_gone_is_never_referred_to(
    archive: Archive, tmp_path: Path
) -> None:
    first = append(archive.pages)
    path = tmp_path / first.warc
    data = bytearray(path.read_bytes())
    data[-30] ^= 0xFF
    path.write_bytes(data)
    second = append(archive.pages, at=TOMORROW, known=first)
    third = append(archive.pages, at=TOMORROW, known=PageRef("pages/2020/2020-01-01.warc.gz", 0))
    path.unlink()

    assert archive.pages.read(second).body == archive.pages.read(third).body == BODY


def test_a_body_that_lies_elsewhere_in_its_file_is_found(archive: Archive, tmp_path: Path) -> None:
    append(archive.pages, b"goes away")
    first = append(archive.pages)
    second = append(archive.pages, at=TOMORROW, known=first)
    path = tmp_path / first.warc
    path.write_bytes(path.read_bytes()[first.offset :])

    assert archive.pages.read(second).body == BODY


def test_a_revisit_whose_body_is_gone_says_so(archive: Archive, tmp_path: Path) -> None:
    first = append(archive.pages)
    second = append(archive.pages, at=TOMORROW, known=first)
    (tmp_path / first.warc).unlink()

    with pytest.raises(DamagedFile, match="is not in it"):
        archive.pages.read(second)


def test_the_address_that_was_asked_for_is_kept(archive: Archive) -> None:
    ref = append(archive.pages, asked_url="https://short.example/x")

    page = archive.pages.read(ref)

    assert (page.asked_url, page.url) == ("https://short.example/x", URL)
    assert archive.pages.read(append(archive.pages, b"other")).asked_url == URL
