"""verify, rebuild and doctor: what is wrong, a line each, with a remedy."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from archive.archive import Archive
from tests.archive.making import START, make_article
from tests.cli.conftest import Run
from tests.servers import NewsSite


@pytest.mark.usefixtures("articles")
def test_a_sound_archive_verifies(run: Run) -> None:
    as_text, as_json = run("verify"), run("verify", "--json")

    assert (as_text.code, as_text.out) == (0, "All is sound: 3 articles.\n")
    assert (as_json.code, as_json.out) == (0, "[]\n")


@pytest.mark.usefixtures("articles")
def test_a_cut_volume_is_named_and_what_is_whole_is_kept(run: Run, archive: Path) -> None:
    (volume,) = [path for path in archive.rglob("volumes/*/*.json") if "marks" not in path.name]
    content = volume.read_bytes()
    volume.write_bytes(content[: content.rindex(b'"3"') + 40])

    verified = run("verify")

    assert verified.code == 1
    assert verified.lines[0].startswith(f"{volume.relative_to(archive)}: ")
    assert verified.err == ""
    assert len(run("list", "--json").json) == 2


def test_the_doctor_asks_for_a_rebuild_when_a_day_has_more_articles_than_rows(
    run: Run, archive: Path
) -> None:
    with Archive.open(archive, now=lambda: START + timedelta(days=30)) as opened:
        opened.save([make_article(number, archived_at=START) for number in range(4_500)])

    doctor = run("doctor")
    assert doctor.code == 1
    assert "its index due to be built anew" in doctor.out
    assert "newsreader rebuild" in doctor.out
    run("rebuild")
    assert "built anew" not in run("doctor").out


@pytest.mark.usefixtures("articles")
def test_the_index_may_be_deleted_and_rebuilt(run: Run, archive: Path) -> None:
    (archive / "index.sqlite").unlink()

    assert len(run("list", "--json").json) == 3
    assert run("rebuild").out == "3 articles indexed\n"


def test_a_healthy_doctor_names_versions_folders_and_log(run: Run, archive: Path) -> None:
    result = run("doctor")

    assert result.code == 0, result.out
    assert all(line.startswith("ok ") for line in result.lines)
    for word in ("python", "sqlite", "textual", "configuration", "newsreader.log", str(archive)):
        assert word in result.out


def test_a_feed_in_trouble_has_a_line_with_a_remedy(run: Run, outlet: NewsSite) -> None:
    run("add", outlet.rss_url, "--no-refresh")
    outlet.server.stop()
    run("refresh")

    result = run("doctor")

    (line,) = [line for line in result.lines if line.startswith("trouble")]
    assert result.code == 1
    assert "feed f1" in line
    assert "refused the connection" in line
    assert f"Look at {outlet.rss_url}" in line


def test_a_wrong_setting_and_archive_are_lines_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("colour = 1")
    (tmp_path / "file").write_text("words")

    result = run(
        "doctor", "--config", str(tmp_path / "config.toml"), "--archive", str(tmp_path / "file")
    )

    assert result.code == 1
    assert [line.split()[1] for line in result.lines if line.startswith("trouble")] == [
        "configuration",
        "archive",
    ]
    assert result.err == ""


def test_the_doctor_says_what_raw_pages_cost_and_how_to_keep_no_more(
    run: Run, outlet: NewsSite, archive: Path, tmp_path: Path
) -> None:
    run("add", outlet.rss_url)
    (warc,) = archive.rglob("*.warc.gz")
    os.truncate(warc, 3_500_000)
    (tmp_path / "off.toml").write_text("keep_pages = false")

    (kept,) = [line for line in run("doctor").lines if "raw pages" in line]
    (off,) = [
        line
        for line in run("doctor", "--config", str(tmp_path / "off.toml")).lines
        if "raw pages" in line
    ]

    assert "1 file, 3.5 MB. keep_pages = false in the settings keeps no more." in kept
    assert "1 file, 3.5 MB, no more are kept (keep_pages = false)" in off


@pytest.mark.parametrize("content", [b"", b"\0" * 5000, None])
def test_lost_articles_are_listed_again_and_a_line_says_so(
    run: Run, outlet: NewsSite, archive: Path, content: bytes | None
) -> None:
    run("add", outlet.rss_url)
    run("mark", "ferry", "--star")
    before = run("list", "--json").json
    (volume,) = [path for path in archive.rglob("volumes/*/*.json") if "marks" not in path.name]
    if content is None:
        volume.unlink()
    else:
        volume.write_bytes(content)

    listed = run("list", "--json")

    assert listed.json == before
    assert "3 articles were lost, 3 rebuilt from the raw pages." in listed.err
    assert run("verify").out == "All is sound: 3 articles.\n"


def test_verify_names_a_volume_that_is_gone(
    run: Run, articles: dict[str, str], archive: Path
) -> None:
    (volume,) = [path for path in archive.rglob("volumes/*/*.json") if "marks" not in path.name]
    volume.unlink()

    verified = run("verify")

    assert (verified.code, verified.err) == (1, "")
    assert "the file is gone, and 3 articles with it" in verified.out
    assert "3 articles were lost, 0 rebuilt" in verified.out
