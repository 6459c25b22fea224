"""compact: the reader's rule carried out, the room given back, and what is said of it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from archive import Archive, MarkChange
from tests.archive.making import make_article
from tests.cli.conftest import Run

OLD = datetime(2025, 1, 2, 8, tzinfo=UTC)
VOLUME = "volumes/2025/2025-01-02.json"


@pytest.fixture
def old(archive: Path) -> Callable[..., Path]:
    """Makes an archive of articles that came long ago; all but the last are read."""

    def make(count: int = 50, text: str = "") -> Path:
        with Archive.open(archive, now=lambda: OLD) as made:
            stored = made.save(
                [make_article(each, text=text, archived_at=OLD) for each in range(1, count + 1)]
            )
            made.mark([each.article_id for each in stored[:-1]], MarkChange(read=True))
        return archive

    return make


@pytest.fixture
def rule(tmp_path: Path) -> Callable[[str], str]:
    """Writes a rule of retention into a settings file; the file's path."""

    def write(lines: str) -> str:
        (tmp_path / "config.toml").write_text(f"[retention]\n{lines}\n", encoding="utf-8")
        return str(tmp_path / "config.toml")

    return write


def test_without_a_rule_nothing_is_removed_and_the_sizes_are_said(
    run: Run, old: Callable[..., Path]
) -> None:
    old()

    result = run("compact")

    assert (result.code, result.err) == (0, "")
    assert result.lines[0] == "0 articles removed"
    assert [line.split()[0] for line in result.lines[1:]] == [
        "articles", "marks", "pages", "index", "other", "total",
    ]  # fmt: skip
    assert all("->" in line for line in result.lines[1:])
    assert len(run("list", "--json").json) == 50


def test_a_dry_run_says_what_would_go_and_touches_nothing(
    run: Run, old: Callable[..., Path], rule: Callable[[str], str]
) -> None:
    archive, config = old(), rule("keep_days = 30")
    before = {path: path.read_bytes() for path in archive.rglob("*.json*")}

    text = run("compact", "--dry-run", "--compress", "--config", config)
    said = run("compact", "--dry-run", "--compress", "--config", config, "--json").json

    assert text.lines[:2] == ["49 articles would be removed", "1 volume would be compressed"]
    assert (said["dry_run"], said["removed_count"], said["compressed_count"]) == (True, 49, 1)
    assert said["before"]["articles"] == (archive / VOLUME).stat().st_size
    assert said["after"] is None
    assert {path: path.read_bytes() for path in archive.rglob("*.json*")} == before


def test_the_rule_is_carried_out_and_said_in_json(
    run: Run, old: Callable[..., Path], rule: Callable[[str], str]
) -> None:
    old()
    run("mark", "250102a1", "--star")

    said = run("compact", "--json", "--config", rule("keep_days = 30")).json

    assert (said["dry_run"], said["removed_count"], said["compressed_count"]) == (False, 48, 0)
    assert said["after"]["articles"] < said["before"]["articles"]
    assert {row["id"] for row in run("list", "--json").json} == {"250102a1", "250102a50"}
    assert run("undo").code == 0  # the star's
    assert run("undo").out == "1 article changed back: mark read\n"
    assert run("verify").out == "All is sound: 2 articles.\n"


def test_many_need_a_yes_where_nobody_can_be_asked(
    run: Run, old: Callable[..., Path], rule: Callable[[str], str]
) -> None:
    old(120)
    config = rule("keep_days = 30")

    refused = run("compact", "--config", config)
    agreed = run("compact", "--config", config, "--yes")

    assert refused.code == 2
    assert refused.err == (
        "newsreader: the rule of retention: removes 119 articles for good."
        " Look at it with --dry-run, then add --yes.\n"
    )
    assert (agreed.code, agreed.lines[0]) == (0, "119 articles removed")


@pytest.mark.parametrize(("answer", "left"), [("n\n", 3), ("y\n", 1)])
def test_a_person_is_asked_before_anything_goes(
    run: Run,
    old: Callable[..., Path],
    rule: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    left: int,
) -> None:
    old(3)
    stdin = StringIO(answer)
    stdin.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", stdin)

    result = run("compact", "--config", rule("keep_days = 30"), err_is_terminal=True)

    assert result.code == (1 if left == 3 else 0)
    assert "removes 2 articles for good; undo does not bring them back." in result.err
    assert len(run("list", "--json").json) == left


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('query = "feed:noisy"', "line 1: retention has no keep_days"),
        ("keep_days = 0", "line 2: keep_days is 0. Give a number from 1 to 36500."),
        ("keep_days = true", "line 2: keep_days is a whole number, not True"),
        ("keep_day = 3\nkeep_days = 3", "line 2: there is no setting 'keep_day'. Did you mean"),
        ('keep_days = 3\nunread = "no"', "line 3: unread is true or false, not 'no'"),
        (
            'keep_days = 3\nquery = "is:raed"',
            "retention.query: is:raed is searched as words: is: takes",
        ),
        (
            'keep_days = 3\nquery = "-lagn:fr"',
            "retention.query: lagn:fr is searched as words: lagn: is no",
        ),
        ('keep_days = 3\nquery = "f:noisy"', "retention.query: f:noisy means nothing. Mend it"),
        (
            'keep_days = 3\nquery = "before:soon"',
            "retention.query: before:soon is searched as words: before:",
        ),
    ],
)
def test_a_rule_that_says_something_else_is_refused(
    run: Run, old: Callable[..., Path], rule: Callable[[str], str], lines: str, said: str
) -> None:
    old(3)

    result = run("compact", "--config", rule(lines))

    assert result.code == 2
    assert said in result.err
    assert len(run("list", "--json").json) == 3


def test_compressed_volumes_are_read_marked_exported_and_found(
    run: Run, old: Callable[..., Path], newsreader: Callable[..., object]
) -> None:
    archive = old()
    export = run("export", "--format", "jsonl").out

    said = run("compact", "--compress", "--json").json

    assert said["compressed_count"] == 1
    assert said["after"]["articles"] < said["before"]["articles"] / 2
    assert sorted(path.name for path in archive.glob("volumes/*/*")) == [
        "2025-01-02.json.bz2", "2025-01-02.marks.json",
    ]  # fmt: skip
    assert run("compact", "--compress", "--json").json["compressed_count"] == 0
    assert run("export", "--format", "jsonl").out == export
    assert "field 7 came" in run("show", "250102a7").out
    assert len(run("search", "field", "7", "--json").json) == 1
    assert run("tag", "250102a7", "+rye").code == 0
    (archive / "index.sqlite").unlink()
    assert [row["id"] for row in run("list", "tag:rye", "--json").json] == ["250102a7"]
    assert run("rebuild").out == "50 articles indexed\n"
    assert run("verify").out == "All is sound: 50 articles.\n"


def test_doctor_says_what_takes_room_and_when_compressing_pays(
    run: Run, old: Callable[..., Path]
) -> None:
    old(40, text="corn " * 60_000)

    (before,) = [line for line in run("doctor").lines if line.split()[1] == "size"]
    run("compact", "--compress")
    (after,) = [line for line in run("doctor").lines if line.split()[1] == "size"]

    assert before.startswith("ok")
    assert "articles 12.0 MB, marks " in before
    assert "Run newsreader compact --compress: " in before
    assert "compact" not in after


def test_an_archive_that_is_only_read_is_said_before_anything_is_asked(
    run: Run, old: Callable[..., Path], rule: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old(3)
    monkeypatch.setattr("os.access", lambda _, mode: mode != os.W_OK)

    result = run("compact", "--config", rule("keep_days = 30"))

    assert (result.code, len(result.err.splitlines())) == (1, 1)
    assert "opened for reading only" in result.err


def test_json_is_all_that_goes_to_stdout(old: Callable[..., Path], newsreader: Callable) -> None:
    old()

    result = newsreader("compact", "--compress", "--json")

    assert result.stderr == b""
    assert json.loads(result.stdout)["compressed_count"] == 1
