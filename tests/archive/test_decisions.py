"""What the reader decided about outlets' pages lasts, each thing once, and survives damage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tinydb import TinyDB

from archive import Archive, ArchiveReadOnly
from archive.decisions import ExtractionRule, KeptLine
from archive.feed_models import LearnedLines

LINE = KeptLine("outlet.example", "00ff00ff00", "Read on below")
RULE = ExtractionRule("outlet.example", "article .text", ".promo")


def test_decisions_last_and_stand_once(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        archive.decisions.keep_lines([LINE, LINE])
        archive.decisions.keep_lines([LINE])
        archive.decisions.set_rule(ExtractionRule("outlet.example", "main"))
        archive.decisions.set_rule(RULE)
    with Archive.open(tmp_path) as archive:
        assert archive.decisions.kept_lines() == {"outlet.example": frozenset({LINE.key})}
        assert archive.decisions.rules() == {"outlet.example": RULE}
        archive.decisions.set_rule(ExtractionRule("outlet.example"))
        assert archive.decisions.rules() == {}
    with TinyDB(tmp_path / "decisions.json", access_mode="r") as database:
        assert [each["text"] for each in database.table("kept_lines")] == [LINE.text]


def test_an_archive_that_is_only_read_takes_no_decision(tmp_path: Path) -> None:
    Archive.open(tmp_path).close()
    with Archive.open(tmp_path, read_only=True) as archive:
        with pytest.raises(ArchiveReadOnly):
            archive.decisions.keep_lines([LINE])
        with pytest.raises(ArchiveReadOnly):
            archive.decisions.set_rule(RULE)


def test_a_damaged_file_keeps_every_whole_decision(tmp_path: Path) -> None:
    other = KeptLine("other.example", "11ee11ee11", "Another")
    with Archive.open(tmp_path) as archive:
        archive.decisions.keep_lines([LINE, other])
        archive.decisions.set_rule(RULE)
    path = tmp_path / "decisions.json"
    path.write_bytes(path.read_bytes().replace(b'"host":"other', b'"host":"\xff'))
    with Archive.open(tmp_path) as archive:
        assert [each.path for each in archive.recovered] == ["decisions.json"]
        assert archive.decisions.kept_lines() == {"outlet.example": frozenset({LINE.key})}
        assert archive.decisions.rules() == {"outlet.example": RULE}


def test_what_was_learned_of_hosts_lasts_in_bounds(tmp_path: Path) -> None:
    many = [LearnedLines(f"host{n}.example", (f"a{n} b c",), ("b:2",)) for n in range(2100)]
    with Archive.open(tmp_path) as archive:
        archive.fetching.save((), learned=many)
        archive.fetching.save((), learned=[LearnedLines("host5.example", ("a5 d",))])
    with Archive.open(tmp_path) as archive:
        learned = archive.fetching.learned_lines()

    assert len(learned) == 2000
    assert learned["host2099.example"] == many[-1]
    assert learned["host5.example"].articles == ("a5 d",)
    assert "host99.example" not in learned
    assert "host100.example" not in learned
    document = json.loads((tmp_path / "fetch.json").read_text())["outlets"]
    assert len(document) == 2000
