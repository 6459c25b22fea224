"""VolumeStorage under TinyDB's own interface, and what its files look like."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where

from archive.document_reader import DocumentReader
from archive.errors import ArchiveTooNew, DamagedFile
from archive.layout import Meta, decode, document_places, encode, salvage
from archive.storage import VolumeStorage
from tests.archive.making import output_of


def database(path: Path) -> TinyDB:
    return TinyDB(path, storage=VolumeStorage)


def test_stock_tinydb_reads_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "day.json"
    database(path).table("articles").insert_multiple([{"title": "one"}, {"title": "zwei ö"}])

    with TinyDB(path) as stock:
        documents = stock.table("articles").all()

    assert [dict(each) for each in documents] == [{"title": "one"}, {"title": "zwei ö"}]
    assert [each.doc_id for each in documents] == [1, 2]


def test_tinydb_inserts_updates_searches_and_removes_through_it(tmp_path: Path) -> None:
    path = tmp_path / "day.json"
    table = database(path).table("articles")
    table.insert_multiple([{"n": 1}, {"n": 2}, {"n": 3}])
    table.update({"seen": True}, where("n") > 1)
    table.remove(where("n") == 3)

    assert database(path).table("articles").search(where("seen") == True) == [  # noqa: E712
        {"n": 2, "seen": True}
    ]


def test_a_file_is_plain_json_with_one_document_a_line_and_meta_first(tmp_path: Path) -> None:
    path = tmp_path / "day.json"
    database(path).table("articles").insert_multiple([{"text": "a\nb"}, {"text": "c"}])

    lines = path.read_text().splitlines()

    assert lines[1:] == ['"articles": {', '"1": {"text":"a\\nb"},', '"2": {"text":"c"}', "}}"]
    assert json.loads(path.read_text())["meta"]["1"]["next_id"] == 3


def test_a_missing_file_is_empty_but_a_file_of_zero_bytes_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "day.json"
    assert VolumeStorage(path).read() is None

    path.touch()

    with pytest.raises(DamagedFile, match="it is empty"):
        VolumeStorage(path).read()


def test_an_altered_byte_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "day.json"
    database(path).table("articles").insert({"text": "corn"})
    path.write_bytes(path.read_bytes().replace(b"corn", b"horn"))

    with pytest.raises(DamagedFile, match="checksum"):
        VolumeStorage(path).read()


def test_a_file_of_a_newer_program_is_refused_whatever_its_checksum(tmp_path: Path) -> None:
    path = tmp_path / "day.json"
    path.write_text('{"meta": {"1": {"generation":1,"crc32":0,"next_id":1,"schema":99}},\n"x": {}}')

    with pytest.raises(ArchiveTooNew, match="newer newsreader"):
        VolumeStorage(path).read()


def test_a_batch_is_one_write(tmp_path: Path) -> None:
    path = tmp_path / "day.json"
    storage = VolumeStorage(path)
    with storage.batch() as db:
        db.table("articles").insert({"n": 1})
        db.table("notes").insert({"n": 2})
        assert not path.exists()

    tables = VolumeStorage(path).read()

    assert tables is not None
    assert tables["meta"]["1"]["generation"] == 1
    assert (tables["articles"], tables["notes"]) == ({"1": {"n": 1}}, {"1": {"n": 2}})


def test_readers_see_a_batch_only_when_it_is_on_disk(tmp_path: Path) -> None:
    storage = VolumeStorage(tmp_path / "day.json")
    with storage.batch() as db:
        db.table("articles").insert({"n": 1})
        with storage.batch() as inner:
            assert inner.table("articles").all() == [{"n": 1}]
        assert storage.read() is None
    before = storage.read()

    seen = []

    def spoil(document: object) -> None:
        document["n"] = 7  # type: ignore[index]
        seen.append(storage.read())
        raise RuntimeError

    with pytest.raises(RuntimeError), storage.batch() as db:
        db.table("articles").update(spoil)

    assert [*seen, storage.read()] == [before, before]
    assert before is not None
    assert before["articles"] == {"1": {"n": 1}}


def test_a_batch_that_raises_leaves_no_trace_on_disk_or_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "day.json"
    storage = VolumeStorage(path)
    with storage.batch() as db:
        db.table("articles").insert({"n": 1})
    before = path.read_bytes()

    def spoil(document: object) -> None:
        document["n"] = 7  # type: ignore[index]
        raise RuntimeError

    with pytest.raises(RuntimeError), storage.batch() as db:
        db.table("articles").update(spoil)

    assert path.read_bytes() == before
    with storage.batch() as db:
        assert db.table("articles").all() == [{"n": 1}]


def test_a_document_of_the_last_batch_is_known_only_while_it_is_what_is_on_disk(
    tmp_path: Path,
) -> None:
    path = tmp_path / "v.json"
    storage = VolumeStorage(path)
    assert storage.known_document(1) is None
    with storage.batch() as database:
        database.table("articles").insert({"title": "first"})
        assert storage.known_document(1) is None
    assert storage.known_document(1) == {"title": "first"}
    assert storage.known_document(2) is None

    with VolumeStorage(path).batch() as database:  # as another program would
        database.table("articles").update({"title": "second"})
    assert storage.known_document(1) is None

    def spoil(document: object) -> None:
        document["title"] = "third"  # type: ignore[index]
        raise RuntimeError

    with pytest.raises(RuntimeError), storage.batch() as database:
        database.table("articles").update(spoil)
    assert storage.known_document(1) is None


def test_a_batch_sees_what_another_writer_did_since_the_last(tmp_path: Path) -> None:
    path = tmp_path / "day.json"
    mine, other = VolumeStorage(path), VolumeStorage(path)
    for storage in (mine, other, mine, other):
        with storage.batch() as db:
            db.table("articles").insert({"n": storage.next_id})

    assert [each["n"] for each in database(path).table("articles")] == [1, 2, 3, 4]


def test_ids_are_not_given_again_after_removal_nor_after_dropping_all(tmp_path: Path) -> None:
    storage = VolumeStorage(tmp_path / "day.json")
    with storage.batch() as db:
        db.table("articles").insert_multiple([{"n": 1}, {"n": 2}])
    with storage.batch() as db:
        db.table("articles").remove(doc_ids=[2])
    with storage.batch():
        assert storage.next_id == 3

    TinyDB(storage=lambda: storage).drop_tables()

    with storage.batch():
        assert storage.next_id == 3


def test_every_write_gives_the_file_another_stat(tmp_path: Path) -> None:
    path = tmp_path / "day.json"
    table = database(path).table("articles")
    table.insert({"n": 1})
    seen = set()
    for _ in range(50):
        table.update({"n": 1})
        stat = path.stat()
        seen.add((stat.st_ino, stat.st_size, stat.st_mtime_ns))

    assert len(seen) == 50


def test_files_and_folders_are_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deep" / "day.json"
    database(path).table("articles").insert({"n": 1})

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.parent.parent.stat().st_mode & 0o777 == 0o700


FULL_DISK = """
import resource, signal, sys
from tinydb import TinyDB
from archive.errors import WriteFailed
from archive.storage import VolumeStorage
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
table = TinyDB(sys.argv[1], storage=VolumeStorage).table("articles")
table.insert({"text": "fits"})
try:
    table.insert({"text": "x" * 5000})
except WriteFailed as error:
    print(error)
"""


def test_a_full_disk_leaves_the_file_as_it_was_and_no_rest(tmp_path: Path) -> None:
    path = tmp_path / "day.json"

    said = output_of(FULL_DISK, path)

    assert "there is no room to write it" in said
    assert "Free some space" in said
    assert database(path).table("articles").all() == [{"text": "fits"}]
    assert [each.name for each in tmp_path.iterdir()] == ["day.json"]


def test_one_document_is_found_in_its_own_table_only(tmp_path: Path) -> None:
    path = tmp_path / "day.json"
    storage = VolumeStorage(path, "marks")
    with storage.batch() as db:
        db.table("marks").insert({"read": True})
        db.table("undo").insert_multiple([{"n": 1}, {"n": 2}])

    assert DocumentReader().read(path, "marks", 1) == {"read": True}
    assert DocumentReader().read(path, "marks", 2) is None
    assert DocumentReader().read(path, "undo", 2) == {"n": 2}
    assert DocumentReader().read(path, "other", 1) is None


def test_a_text_that_looks_like_a_line_of_the_file_fools_nobody(tmp_path: Path) -> None:
    path = tmp_path / "day.json"
    nasty = '\n"2": {"text":"forged"}\n}},\n"articles": {\n'
    database(path).table("articles").insert_multiple([{"text": nasty}, {"text": "true"}])

    assert DocumentReader().read(path, "articles", 2) == {"text": "true"}
    assert DocumentReader().read(path, "articles", 1) == {"text": nasty}


def test_lone_surrogates_are_dropped_and_not_the_document(tmp_path: Path) -> None:
    path = tmp_path / "day.json"
    database(path).table("articles").insert({"text": "corn \ud800 and rye"})

    assert DocumentReader().read(path, "articles", 1) == {"text": "corn  and rye"}


@given(
    st.dictionaries(
        st.integers(1, 10**6).map(str),
        st.dictionaries(st.text(), st.text() | st.integers(-(2**53), 2**53) | st.booleans()),
        max_size=8,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_table_comes_back_whole_and_line_by_line(table: dict[str, dict[str, object]]) -> None:
    data = encode({"articles": table}, Meta(1, 1))

    assert decode(data, "x")["articles"] == table
    assert salvage(data, "x").tables["articles"] == table
    places = document_places(data, "articles")
    assert places.keys() == {int(key) for key in table}
    for key, document in table.items():
        start, end = places[int(key)]
        assert json.loads(data[start:end].removesuffix(b",")) == document


@given(st.integers(0, 400))
@settings(max_examples=80, deadline=None)
def test_a_file_cut_anywhere_keeps_every_whole_line(length: int) -> None:
    table = {str(number): {"text": f"field {number}"} for number in range(1, 12)}
    data = encode({"articles": table}, Meta(1, 12))[:length]

    kept = salvage(data, "x").tables.get("articles", {})

    whole = [line for line in data.split(b"\n") if line.rstrip(b",}").endswith(b'"')]
    assert kept == {key: table[key] for key in kept}
    assert len(kept) >= len(whole) - 1
