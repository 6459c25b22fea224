"""Long lists that are read page by page while another process builds the index anew."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import pytest

from archive.archive import Archive
from reader.cli.listing import newest
from reader.config import Settings
from reader.imports import export_jsonl
from reader.library import Library
from tests.archive.making import build_anew, make_crowded

COUNT = 4_799


@pytest.fixture
def crowded(tmp_path: Path) -> Path:
    make_crowded(tmp_path / "crowded")
    return tmp_path / "crowded"


def test_a_list_goes_on_where_it_was(crowded: Path) -> None:
    with Library.open(crowded, Settings()) as library:
        rows = newest(library, "")
        found = list(islice(rows, 1000))
        build_anew(crowded)
        found += rows

    assert len(found) == len({row.article_id for row in found}) == COUNT


def test_an_export_has_every_article_once(crowded: Path) -> None:
    skipped: list[str] = []
    with Archive.open(crowded) as archive:
        lines = export_jsonl(archive, "", skipped)
        found = [next(lines)]
        build_anew(crowded)
        found += lines

    assert skipped == []
    assert len(found) == len({json.loads(line)["url"] for line in found}) == COUNT
