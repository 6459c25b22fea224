"""By relevance: the very words in their order first, titles before texts, what a text begins with
before what it ends with, newer before older."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from archive import Archive
from archive.index_ranking import RANKED_CLOSER, RANKED_MATCHES
from tests.archive.making import START, clock, make_article

PADDING = "Nobody expected much of it at first, and few have read all of what was said since then."
TEXTS = {
    "scattered": f"The ferry was late. {PADDING} It was a dark night.",
    "in order": f"A night ferry was late. {PADDING} It was dark.",
    "turned": f"The ferry night was late. {PADDING} It was dark.",
    "A night ferry": f"It was late. {PADDING} It was dark.",
    "dorf": f"Licht in einem Dorf. {PADDING}",
    "orte": f"Licht in D\u00f6rfern, D\u00f6rfern und D\u00f6rfern. {PADDING}",
    "far below": f"It was dark. {PADDING * 5} A comet was seen.",
    "in the lead": f"A comet was seen. {PADDING * 5} It was dark.",
    "old glacier": f"A glacier melts. {PADDING}",
    "new glacier": f"A glacier melts. {PADDING}",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    articles = [
        make_article(
            number,
            title=title,
            text=text,
            language="de" if title in {"dorf", "orte"} else "en",
            archived_at=START - timedelta(days=900 if title == "old glacier" else number),
        )
        for number, (title, text) in enumerate(TEXTS.items())
    ]
    with Archive.open(tmp_path_factory.mktemp("archive"), now=clock) as opened:
        opened.save(articles + [make_article(number) for number in range(100, 160)])
        yield opened


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("night ferry", ["A night ferry", "in order", "turned", "scattered"]),
        ("dorf", ["dorf", "orte"]),
        ("comet", ["in the lead", "far below"]),
        ("glacier", ["new glacier", "old glacier"]),
    ],
)
def test_better_matches_come_first(archive: Archive, query: str, expected: list[str]) -> None:
    assert [row.title for row in archive.search(query)] == expected
    assert [row.title for row in archive.list(query, sort="relevance")] == expected


@pytest.mark.parametrize("query", ["\u2113", "l", '"\u2113 a comet"'])
def test_nothing_that_is_asked_means_the_beginning_of_a_text(archive: Archive, query: str) -> None:
    assert not archive.search(query)


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """More matches than are ranked one by one, and behind them three that match better."""
    count = RANKED_MATCHES + 20
    articles = [
        make_article(number, title="Report", text=f"{PADDING * 5} The night was long for a ferry.")
        for number in range(count)
    ]
    older = [
        make_article(
            count + number, title=title, text=text, archived_at=START - timedelta(days=900 + number)
        )
        for number, (title, text) in enumerate(
            [
                ("Report", f"{PADDING * 5} The night was long for a ferry."),
                ("In order", f"{PADDING * 5} The night ferry was long."),
                ("Ferry of the night", f"It was long. {PADDING}"),
                ("In the lead", f"A ferry came at night. {PADDING * 6}"),
            ]
        )
    ]
    with Archive.open(tmp_path_factory.mktemp("archive"), now=clock) as opened:
        opened.save(articles + older)
        yield opened


@pytest.mark.parametrize("also", ["", " -glacier", " before:2200"])
def test_better_matches_come_first_however_old_they_are(crowd: Archive, also: str) -> None:
    found = [row.title for row in crowd.list(f"night ferry{also}", sort="relevance", limit=4)]

    assert sorted(found[:3]) == ["Ferry of the night", "In order", "In the lead"]
    assert found[3] == "Report"


@pytest.mark.parametrize("also", ["", " lang:de", " author:meier"])
def test_a_better_match_stands_before_hundreds_that_are_newer(tmp_path: Path, also: str) -> None:
    newer = [
        make_article(number, title=f"Notes {number}", text="It is open source now. " * 2)
        for number in range(RANKED_CLOSER + 50)
    ]
    others = [make_article(number, title="Else", text=PADDING) for number in range(1_000, 3_000)]
    older = make_article(
        9_999, title="Open source explained", text="All of it.", language="de", author="Anna Meier",
        archived_at=START - timedelta(days=100),
    )  # fmt: skip
    with Archive.open(tmp_path / "archive", now=clock) as opened:
        opened.save([*newer, *others, older])

        assert opened.list(f"open source{also}", sort="relevance", limit=1)[0].title == older.title


def test_under_a_filter_the_very_words_come_first_whatever_else_has_them(tmp_path: Path) -> None:
    english = [
        make_article(number, title="Notes", text="An open source plan.", author="A. Reed")
        for number in range(RANKED_CLOSER + 50)
    ]
    texts = {"scattered": "Eine source ist nicht open.", "in order": "Das open source Projekt."}
    german = [
        make_article(
            9_000 + number, title=title, text=f"{text} {PADDING}", language="de",
            author="Anna Meier", archived_at=START - timedelta(days=100 + number),
        )
        for number, (title, text) in enumerate(texts.items())
    ]  # fmt: skip
    with Archive.open(tmp_path / "archive", now=clock) as opened:
        opened.save([*english, *german])

        for also in ("lang:de", "author:meier"):
            found = opened.list(f"open source {also}", sort="relevance")
            assert [row.title for row in found] == ["in order", "scattered"]


def test_pages_of_a_ranking_follow_one_another(archive: Archive) -> None:
    whole = archive.list("night ferry", sort="relevance")

    assert whole == [
        *archive.list("night ferry", sort="relevance", limit=2),
        *archive.list("night ferry", sort="relevance", limit=2, offset=2),
    ]
