"""digest: the last days' stories as one text, one page, one book."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree

from tests.cli.conftest import Import, Run, row

HERALD = (
    "Orvel dam breaches",
    (
        "# What happened\n\nThe Orvel dam in the Tarn valley breached and sent water through Lesk"
        " and Marwen. Engineer Ilka Brandt said that the spillway gates were stuck. Governor Piet"
        " Solheim promised an inquiry. The villages stand empty, and nobody knows for how long."
    ),
)
COURIER = (
    "Orvel dam gives way",
    (
        "Ilka Brandt said that the spillway gates of the Orvel dam were stuck. 2,300 people left"
        " Lesk and Marwen in the Tarn valley."
    ),
)
CHESS = ("Title *won* [here](javascript:x)<script>", "Noor Halvard won & drew <b>twice</b>.")


def today(outlet: str, told: tuple[str, str], **more: Any) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    return row(outlet, told, 0) | {"published_at": now} | more


@pytest.fixture
def day(take_in: Import) -> dict[str, str]:
    """Two outlets on a dam and one on chess, all of today; and one of long ago."""
    return take_in(
        today("Herald", HERALD),
        today("Courier", COURIER),
        today("Sund", CHESS, url="https://sund.example/chess"),
        row("Old", ("An old report", "It was long ago."), 0),
    )


def test_a_story_is_told_once_with_what_others_add_and_all_sources(
    run: Run, day: dict[str, str]
) -> None:
    text = run("digest").out

    assert text.count("spillway gates") == 1
    assert "### What happened" in text
    assert "**Courier**: 2,300 people left Lesk and Marwen in the Tarn valley." in text
    sources = text.split("### Sources")[1].split("## Told by one outlet")[0]
    assert sources.count("\n- [") == 2
    assert "An old report" not in text


def test_what_only_one_outlet_told_is_listed_as_text(run: Run, day: dict[str, str]) -> None:
    singles = run("digest").out.split("## Told by one outlet")[1]

    assert (
        r"- [Title \*won\* \[here\](javascript:x)\<script\>](<https://sund.example/chess>), Sund"
        in singles
    )


def test_a_digest_is_of_what_matches(run: Run, day: dict[str, str]) -> None:
    assert "Sund" not in run("digest", "solheim").out
    assert "An old report" in run("digest", "old", "--since", "50y").out


def test_a_page_runs_nothing(run: Run, day: dict[str, str]) -> None:
    page = run("digest", "--format", "html").out

    assert "<script" not in page
    assert "javascript:x)&lt;script&gt;</a>" in page
    assert 'href="javascript' not in page


def test_a_book_has_a_chapter_for_each_story(run: Run, day: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "today.epub"

    assert run("digest", "--format", "epub", "-o", str(path)).code == 0

    with ZipFile(BytesIO(path.read_bytes())) as book:
        names = book.namelist()
        assert (names[0], book.infolist()[0].compress_type) == ("mimetype", ZIP_STORED)
        assert book.read("mimetype") == b"application/epub+zip"
        pages = {name: etree.fromstring(book.read(name)) for name in names[1:]}
    assert [name for name in names if name.startswith("chapter")] == [
        "chapter1.xhtml", "chapter2.xhtml",
    ]  # fmt: skip
    listed = {each.get("href") for each in pages["book.opf"].iter("{*}item")}
    assert listed == {"nav.xhtml", "chapter1.xhtml", "chapter2.xhtml"}


@pytest.mark.parametrize("since", ["0d", "1", "yesterday", "1d)"])
def test_a_time_that_is_none_is_said(run: Run, day: dict[str, str], since: str) -> None:
    result = run("digest", "--since", since)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"newsreader: --since: {since} is no time. ")


def test_without_news_there_is_no_digest(run: Run, take_in: Import, tmp_path: Path) -> None:
    take_in(row("Old", ("An old report", "It was long ago."), 0))
    path = tmp_path / "kept"
    path.write_text("before")

    result = run("digest", "-o", str(path))

    assert (result.code, result.err) == (1, "Nothing came in the last 1d.\n")
    assert path.read_text() == "before"
