"""import and export: what goes out comes back the same, and bad input harms nothing else."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import BRIDGE, FERRY, NEWSPAPER, ROOT, Run
from tests.servers import Server

Process = Callable[..., subprocess.CompletedProcess[bytes]]

OPML = """<?xml version="1.0"?>
<opml version="2.0"><body><outline text="AI">
<outline type="rss" text="Harbour" xmlUrl="https://harbour.example/rss"/>
<outline type="rss" text="Bad" xmlUrl="javascript:alert(1)"/>
</outline></body></opml>"""

FULL = FERRY | {
    "sections": [{"heading": "Ferry", "level": 1, "start": 0}],
    "revisions": [{"archived_at": "2026-03-04T12:00:00Z", "title": "Old", "text": "Old text"}],
    "archived_at": "2026-03-04T12:00:00.250000Z",
    "changed_at": "2026-03-05T12:00:00Z",
    "text_from": "feed",
    "notes": ["The page answered 500."],
    "removed": ["Share this"],
    "byline": "By Ada Lund",
    "source_url": "https://source.example/",
    "read": True,
    "position": 7,
    "note": "Ask Ada.",
    "origins": [
        {"feed_url": "https://harbour.example/rss", "entry_id": "a  b", "entry_hash": "c"},
        {"feed_url": "https://other.example/rss", "entry_id": "2"},
    ],
}


def write(path: Path, *rows: object) -> str:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return str(path)


def test_what_export_writes_import_reads_back_the_same(run: Run, tmp_path: Path) -> None:
    run("import", write(tmp_path / "in.jsonl", FULL, BRIDGE, NEWSPAPER))
    first = tmp_path / "first.jsonl"
    assert run("export", "--format", "jsonl", "-o", str(first)).code == 0
    other = str(tmp_path / "other")

    again = run("import", str(first), "--archive", other)
    second = run("export", "--format", "jsonl", "--archive", other)

    assert again.out == "3 articles added\n"
    assert second.out == first.read_text(encoding="utf-8")
    exported = json.loads(second.lines[0])
    assert {key: exported[key] for key in FULL if key not in ("origins", "revisions")} == {
        key: value for key, value in FULL.items() if key not in ("origins", "revisions")
    }
    assert [old["text"] for old in exported["revisions"]] == ["Old text", FERRY["text"]]


NOTICES = """<rss version="2.0"><channel><title>{name}</title>
<item><guid isPermaLink="false">1</guid><description>The {name} lock is shut.</description></item>
<item><title>Low water</title><guid isPermaLink="false">2</guid></item></channel></rss>"""


def test_articles_without_a_link_come_back_too_and_are_not_doubled(
    run: Run, tmp_path: Path
) -> None:
    with Server() as server:
        for name in ("upper", "lower"):
            server.put(f"/{name}.xml", NOTICES.format(name=name), "application/rss+xml")
            assert run("add", server.url(f"/{name}.xml")).code == 0
        run("mark", "title:water", "--star")
        exported = run("export", "--format", "jsonl")
        file = tmp_path / "all.jsonl"
        file.write_text(exported.out, encoding="utf-8")
        other = ("--archive", str(tmp_path / "other"))

        assert run(*other, "import", str(file)).out == "4 articles added\n"
        again = run(*other, "export", "--format", "jsonl")
        assert sorted(again.lines) == sorted(exported.lines)
        assert run(*other, "import", str(file)).out == "nothing new\n"
        urls = [server.url(f"/{name}.xml") for name in ("upper", "lower")]
        run(*other, "add", *urls)

        assert len(run(*other, "list", "--json").json) == 4


def test_colours_of_tags_go_along_and_those_that_are_there_stay(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", {**FERRY, "tags": ["sea/deep", "wood", "plain"]})
    run("import", str(tmp_path / "in.jsonl"))
    for tag, colour in (("sea", "blue"), ("wood", "green"), ("other", "red")):
        run("tags", "colour", tag, colour)
    exported = run("export", "--format", "jsonl")
    assert json.loads(exported.lines[0])["tag_colours"] == [
        {"tag": "sea", "colour": "blue"}, {"tag": "wood", "colour": "green"},
    ]  # fmt: skip
    (tmp_path / "out.jsonl").write_text(exported.out, encoding="utf-8")
    other = ("--archive", str(tmp_path / "other"))
    run(*other, "tags", "colour", "wood", "pink")

    assert run(*other, "import", str(tmp_path / "out.jsonl")).code == 0
    assert {row["tag"]: row["colour"] for row in run(*other, "tags", "--json").json} == {
        "sea/deep": "blue", "wood": "pink", "plain": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    "colours",
    [
        "red",
        ["red"],
        [{"tag": "sea"}],
        [{"tag": "sea", "colour": "\x1b[31mred"}],
        [{"tag": "elsewhere", "colour": "red"}],
        [{"tag": 3, "colour": "red"}],
    ],
)
def test_colours_that_are_none_are_left_out(run: Run, tmp_path: Path, colours: object) -> None:
    write(tmp_path / "in.jsonl", {**FERRY, "tag_colours": colours})

    assert "1 article added" in run("import", str(tmp_path / "in.jsonl")).out
    assert [row["colour"] for row in run("tags", "--json").json] == [None]
    assert "tag_colours" not in run("export", "--format", "jsonl").out


def test_an_import_twice_changes_nothing(run: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "in.jsonl", FERRY, BRIDGE)
    run("import", file)

    again = run("import", file)

    assert (again.code, again.out) == (0, "nothing new\n")
    assert len(run("list", "--json").json) == 2


def test_a_changed_text_is_a_revision(run: Run, tmp_path: Path) -> None:
    run("import", write(tmp_path / "in.jsonl", FERRY))

    changed = run("import", write(tmp_path / "in.jsonl", FERRY | {"text": "Another text."}))

    assert changed.out == "1 article updated\n"
    (row,) = run("list", "--json").json
    shown = run("show", row["id"], "--format", "json").json
    assert [old["text"] for old in shown["revisions"]] == [FERRY["text"], "Another text."]


def test_bad_lines_are_named_on_stderr_and_the_rest_is_kept(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "in.txt"
    rows = [json.dumps(FERRY), "{broken", json.dumps({"title": "T"}), json.dumps(BRIDGE)]
    file.write_text("\n".join(rows))

    result = run("import", str(file))

    assert (result.code, result.out) == (1, "2 articles added\n")
    lines = result.err.splitlines()
    assert lines[0].startswith(f"newsreader: {file}, line 2: is not JSON")
    assert lines[1:] == [f"newsreader: {file}, line 3: has no url."]


def test_of_many_bad_lines_the_first_ten_are_named(newsreader: Process, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text("\n".join([json.dumps(FERRY), *["{bad"] * 25]))

    short, full = newsreader("import", str(file)), newsreader("import", str(file), "--verbose")
    lines = short.stderr.decode().splitlines()

    assert (short.returncode, short.stdout) == (1, b"1 article added\n")
    assert len(lines) == 11
    assert lines[9].startswith(f"newsreader: {file}, line 11: is not JSON")
    assert lines[10] == f"newsreader: {file}: 15 more problems. --verbose names them all."
    assert full.stderr.count(b"is not JSON") == 25


def test_a_file_of_another_kind_is_one_line(newsreader: Process, tmp_path: Path) -> None:
    file = tmp_path / "passwd"
    file.write_text("root:x:0:0:root:/root:/bin/bash\n" * 25)

    done = newsreader("import", str(file))

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == (
        f"newsreader: {file}: is neither OPML nor JSON Lines."
        " Give OPML (feeds) or JSON Lines (articles).\n"
    )


def test_a_pipe_is_a_file_too(newsreader: Process, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["sh", "-c", f"echo '{json.dumps(BRIDGE)}' >'{pipe}'"]):
        done = newsreader("import", str(pipe))

    assert (done.returncode, done.stdout, done.stderr) == (0, b"1 article added\n", b"")


def test_a_closed_standard_input_is_one_line(archive: Path) -> None:
    line = f'"{sys.executable}" -m reader import - <&-'
    done = subprocess.run(["sh", "-c", line], capture_output=True, cwd=ROOT, check=False)

    assert done.returncode == 2
    assert done.stderr == b"newsreader: standard input: is closed. Give a file.\n"


def test_html_becomes_text(run: Run, tmp_path: Path) -> None:
    html = "<p>The <b>boat</b> sails.</p><ul><li>north</li></ul>"
    row = {"url": "https://a.example/", "title": "Boat", "html": html}
    run("import", write(tmp_path / "in.jsonl", row))

    (listed,) = run("list", "sails", "--json").json

    assert "<" not in run("show", listed["id"], "--format", "markdown").out


def test_opml_is_told_by_content_and_its_bad_lines_are_named(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "list.jsonl"
    file.write_text(OPML)

    result = run("import", str(file))

    assert (result.code, result.out) == (1, "1 feed added\n")
    assert result.err == (f"newsreader: {file}, line 4: javascript:alert(1) is no web address.\n")
    (feed,) = run("feeds", "--json").json
    assert (feed["feed_url"], feed["folder"]) == ("https://harbour.example/rss", "AI")


def test_exported_opml_is_imported_elsewhere(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.opml").write_text(OPML)
    run("import", str(tmp_path / "in.opml"))
    run("export", "--format", "opml", "-o", str(tmp_path / "out.opml"))

    run("import", str(tmp_path / "out.opml"), "--archive", str(tmp_path / "other"))

    (feed,) = run("feeds", "--json", "--archive", str(tmp_path / "other")).json
    assert (feed["title"], feed["folder"]) == ("Harbour", "AI")


def test_standard_input_is_a_file_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO(json.dumps(FERRY).encode())))
    monkeypatch.setattr(sys, "stdin", stdin)

    assert run("import", "-").out == "1 article added\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "no such file"),
        ("folder", "is a folder"),
        (b"", "is empty"),
        (b"\x7fELF\x02\x01\x00\x00", "is a binary file"),
        (b"<html><body>Hi</body></html>", "is html, not OPML"),
    ],
)
def test_what_cannot_be_imported_is_one_line_and_exit_2(
    run: Run, tmp_path: Path, content: bytes | str | None, reason: str
) -> None:
    path = tmp_path / "file"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content:
        path.mkdir()

    result = run("import", str(path))

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"newsreader: {path}: {reason}")
    assert result.err.count("\n") == 1


@pytest.mark.usefixtures("articles")
def test_an_export_that_fails_leaves_what_was_there(
    run: Run, tmp_path: Path, archive: Path
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("precious")
    for volume in archive.rglob("volumes/*/*.json"):
        volume.write_bytes(volume.read_bytes().replace(b"ninety", b"n\xff\xffety"))

    result = run("export", "ferry", "--format", "jsonl", "-o", str(out))

    assert result.code != 0
    assert out.read_text() == "precious"
    assert [path.name for path in tmp_path.iterdir() if "tmp" in path.name] == []


@pytest.mark.usefixtures("articles")
def test_an_export_goes_to_stdout_a_file_or_a_device(run: Run, tmp_path: Path) -> None:
    printed = run("export", "ferry", "--format", "jsonl")
    assert json.loads(printed.out)["url"] == FERRY["url"]

    assert run("export", "--format", "jsonl", "-o", os.devnull).code == 0
    assert Path(os.devnull).is_char_device()

    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    assert run("export", "ferry", "--format", "jsonl", "-o", str(link)).code == 0
    assert link.is_symlink()
    assert (tmp_path / "real").read_text(encoding="utf-8") == printed.out


@pytest.mark.usefixtures("articles")
def test_a_path_that_cannot_be_written_is_one_line(run: Run, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none" / "out"):
        result = run("export", "--format", "jsonl", "-o", str(path))

        assert (result.code, result.out) == (2, "")
        assert result.err.startswith(f"newsreader: {path}: cannot be written (")


def test_an_export_without_match_and_a_query_for_opml_are_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("precious")

    assert run("export", "zebra", "--format", "jsonl", "-o", str(tmp_path / "out")).code == 1
    assert (tmp_path / "out").read_text() == "precious"
    assert run("export", "zebra", "--format", "opml").code == 2


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from /proc")
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    text = "word " * 2000
    peaks = []
    for count in (600, 2400):
        rows = ({"url": f"https://a.example/{n}", "title": "T", "text": text} for n in range(count))
        file = write(tmp_path / f"{count}.jsonl", *rows)
        command = [sys.executable, "-c", MEASURED, "--archive", str(tmp_path / str(count)), file]
        peaks.append(int(subprocess.run(command, capture_output=True, check=True).stderr))

    assert peaks[1] - peaks[0] < 12 * 1024


MEASURED = """
import re, sys
from reader.cli import main
code = main(["import", *sys.argv[1:]])
status = open("/proc/self/status").read()
print(re.search(r"VmHWM:\\s+(\\d+)", status)[1], file=sys.stderr)
sys.exit(code)
"""
