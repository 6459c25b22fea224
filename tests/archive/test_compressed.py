"""Volumes stored as bzip2: read, written, damaged and half made, as plain ones are."""

from __future__ import annotations

import bz2
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import Archive, Article, DamagedFile, MarkChange, Retention
from archive.compressed import compress, has_same_lines, inflate, member_with, members
from archive.revisions import revise
from tests.archive.making import START, make_article, output_of
from tests.archive.test_recovery import make_read_only

OLD = datetime(2025, 1, 2, 8, tzinfo=UTC)
PLAIN = "volumes/2025/2025-01-02.json"
PACKED = PLAIN + ".bz2"
COUNT = 120


def clock() -> datetime:
    return START


def words(number: int) -> str:
    """A text of 4 kB that is like no other."""
    return " ".join(f"{(number * 7919 + place * 104729) % 999_983:x}" for place in range(700))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive with an old volume of several members."""
    root = tmp_path / "news"
    with Archive.open(root, now=lambda: OLD) as archive:
        archive.save(
            [
                make_article(number, text=words(number), archived_at=OLD)
                for number in range(1, COUNT + 1)
            ]
        )
        archive.mark("", MarkChange(read=True))
    with Archive.open(root, now=clock) as archive:
        assert archive.care().compress() == 1
    assert not (root / PLAIN).exists()
    return root


def everything(archive: Archive) -> dict[str, Article]:
    ids = sorted(each.article_id for each in archive.list(limit=1000))
    return {each: archive.get(each) for each in ids}


def test_any_bzip2_program_makes_the_plain_file(folder: Path) -> None:
    with Archive.open(folder, now=clock) as archive:
        before = everything(archive)
    packed = (folder / PACKED).read_bytes()

    (folder / PLAIN).write_bytes(bz2.decompress(packed))
    (folder / PACKED).unlink()

    assert bz2.decompress(packed) == inflate(packed) == (folder / PLAIN).read_bytes()
    with Archive.open(folder, now=clock) as archive:
        assert archive.recovered == []
        assert everything(archive) == before
        assert archive.verify() == []


def test_a_volume_packed_by_hand_is_read_too(folder: Path) -> None:
    with Archive.open(folder, now=clock) as archive:
        before = everything(archive)
    (folder / PACKED).write_bytes(bz2.compress(inflate((folder / PACKED).read_bytes())))

    with Archive.open(folder, now=clock) as archive:
        assert everything(archive) == before
        assert archive.verify() == []


def test_a_recent_volume_stays_plain_and_a_compressed_one_takes_no_more(folder: Path) -> None:
    with Archive.open(folder, now=lambda: OLD + timedelta(days=31)) as archive:
        archive.save([make_article(900, text=words(900) * 9)])
        assert archive.care().compress() == 0
    with Archive.open(folder, now=lambda: OLD) as archive:
        (stored,) = archive.save([make_article(901)])

    assert stored.article_id == "250102b1"


def test_a_new_revision_keeps_the_form_and_every_text(folder: Path) -> None:
    with Archive.open(folder, now=clock) as archive:
        before = everything(archive)
        archive.save([revise(before["250102a60"], "New", "New text.", START)])
        after = everything(archive)

        assert after["250102a60"].text == "New text."
        assert after["250102a60"].revisions[0].text == before["250102a60"].text
        assert after | {"250102a60": before["250102a60"]} == before
        assert archive.verify() == []
    assert not (folder / PLAIN).exists()
    assert members((folder / PACKED).read_bytes())


def test_articles_are_removed_from_it(folder: Path) -> None:
    with Archive.open(folder, now=clock) as archive:
        archive.mark("250102a7", MarkChange(starred=True))
        care = archive.care()
        assert care.remove(care.plan_removal(Retention(30))) == COUNT - 1
        assert list(everything(archive)) == ["250102a7"]
        assert archive.verify() == []
    assert not (folder / PLAIN).exists()


def test_marks_and_rebuild_work_beside_it(folder: Path) -> None:
    with Archive.open(folder, now=clock) as archive:
        archive.tag("250102a9", add=["rye"])
        assert archive.rebuild() == COUNT
        assert [each.article_id for each in archive.list("tag:rye")] == ["250102a9"]
        assert archive.undo()
        assert archive.list("tag:rye") == []


@pytest.mark.parametrize("place", [0.001, 0.3, 0.6, 0.999])
def test_a_flipped_byte_costs_the_lines_of_one_member_at_most(folder: Path, place: float) -> None:
    data = bytearray((folder / PACKED).read_bytes())
    found = members(bytes(data))
    assert len(found) > 12
    data[int(len(data) * place)] ^= 0x55
    (folder / PACKED).write_bytes(data)

    with Archive.open(folder, now=clock) as archive:
        (problem,) = archive.recovered
        left = everything(archive)
        assert problem.kind == "damaged"
        assert set(problem.article_ids) == {f"250102a{n}" for n in range(1, COUNT + 1)} - set(left)
        assert len(left) >= COUNT - 10
        intact = [n for n in range(1, COUNT + 1) if left.get(f"250102a{n}") and
                  left[f"250102a{n}"].text == words(n)]  # fmt: skip
        assert len(intact) >= COUNT - 10
        # The marks of what is lost are kept, and named.
        assert {each.kind for each in archive.verify()} <= {"orphan"}
        (stored,) = archive.save([make_article(999)])
    assert list(folder.rglob("*.json.bz2.damaged-*"))
    assert stored.article_id == "261122a1"


def test_a_cut_file_keeps_what_comes_before_the_cut(folder: Path) -> None:
    data = (folder / PACKED).read_bytes()
    (folder / PACKED).write_bytes(data[: len(data) // 2])

    with Archive.open(folder, now=clock) as archive:
        left = everything(archive)
        assert archive.recovered[0].kind == "damaged"
        assert COUNT * 0.4 < len(left) < COUNT * 0.6
        assert all(left[f"250102a{n}"].text == words(n) for n in range(1, len(left) + 1))


def test_a_damaged_one_that_may_not_be_repaired_shows_what_is_whole(folder: Path) -> None:
    data = bytearray((folder / PACKED).read_bytes())
    data[len(data) // 2] ^= 0xFF
    (folder / PACKED).write_bytes(data)
    make_read_only(folder)
    code = """
import sys
from archive import Archive
from tests.archive.making import become_nobody, clock
import archive.compressed, archive.query, archive.snippets
become_nobody()
with Archive.open(sys.argv[1], now=clock) as archive:
    print(archive.read_only, archive.count(), len(archive.get("250102a1").text) > 1000)
"""

    read_only, count, whole = output_of(code, folder).split()

    assert (read_only, whole) == ("True", "True")
    assert COUNT - 10 <= int(count) < COUNT


def test_a_damaged_article_says_so_and_the_others_are_read(folder: Path) -> None:
    with Archive.open(folder, now=clock) as archive:
        data = bytearray((folder / PACKED).read_bytes())
        place = member_with(members(bytes(data)), 60)
        assert place
        data[(place.start + place.end) // 2] ^= 0xFF
        (folder / PACKED).write_bytes(data)

        with pytest.raises(DamagedFile, match="record 60 is cut or altered"):
            archive.get("250102a60")
        assert archive.get("250102a1").text == words(1)


def test_a_crash_between_the_two_forms_leaves_one(folder: Path) -> None:
    with Archive.open(folder, now=clock) as archive:
        before = everything(archive)
    (folder / PLAIN).write_bytes(inflate((folder / PACKED).read_bytes()))

    with Archive.open(folder, now=clock) as archive:
        assert everything(archive) == before
        assert archive.verify() == []
        assert archive.recovered == []
    assert not (folder / PACKED).exists()


def test_of_two_forms_the_whole_one_stays(folder: Path) -> None:
    with Archive.open(folder, now=clock) as archive:
        before = everything(archive)
    plain = inflate((folder / PACKED).read_bytes())
    (folder / PLAIN).write_bytes(plain[:-3000])

    with Archive.open(folder, now=clock) as archive:
        assert everything(archive) == before
        assert archive.verify() == []
    assert not (folder / PLAIN).exists()
    assert list(folder.rglob("*.json.damaged-*"))


def test_a_reader_of_another_process_goes_on_while_volumes_are_compressed(tmp_path: Path) -> None:
    with Archive.open(tmp_path, now=lambda: OLD) as archive:
        archive.save([make_article(n, text=words(n), archived_at=OLD) for n in range(1, 30)])
    with Archive.open(tmp_path, now=clock) as reader:
        before = everything(reader)
        output_of(
            "import sys; from archive import Archive; from tests.archive.making import clock\n"
            "with Archive.open(sys.argv[1], now=clock) as archive:\n"
            "    print(archive.care().compress())",
            tmp_path,
        )

        assert everything(reader) == before
        reader.mark("250102a3", MarkChange(starred=True))
        reader.save([revise(before["250102a3"], "New", "New text.", START)])
        assert reader.get("250102a3").text == "New text."
        assert reader.verify() == []


def test_a_compressed_volume_that_is_gone_is_named(folder: Path) -> None:
    (folder / PACKED).unlink()

    with Archive.open(folder, now=clock) as archive:
        assert [(each.kind, len(each.article_ids)) for each in archive.recovered] == [
            ("missing", COUNT)
        ]


def test_permissions_are_as_of_every_file(folder: Path) -> None:
    assert (folder / PACKED).stat().st_mode & 0o777 == 0o600


@given(st.binary(max_size=400), st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_whatever_is_compressed_comes_back(line: bytes, count: int) -> None:
    lines = [b'"%d": %s\n' % (number, line.replace(b"\n", b"") * 20) for number in range(count)]
    plain = b'{"meta": {},\n"articles": {\n' + b"".join(lines) + b"}}\n"

    packed = compress(plain)

    assert has_same_lines(packed, plain)
    assert bz2.decompress(packed) == inflate(packed)
