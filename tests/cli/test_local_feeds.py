"""Feeds of this machine: files and commands, configured by add and by nothing else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from reader.pipeline.fetch import FeedRequest, FetchFailed
from reader.pipeline.local import run_command
from tests.cli.conftest import ROOT, Run
from tests.servers import BRIDGE, FERRY, NewsSite, Server, opml, wait_until


@pytest.fixture
def file(tmp_path: Path, outlet: NewsSite) -> Path:
    """A feed on the disk, whose entries' pages an outlet has."""
    path = tmp_path / "my feeds" / "harbour 100%.xml"
    path.parent.mkdir()
    path.write_text(outlet.rss(), encoding="utf-8")
    return path


def python(code: str) -> str:
    return f"{sys.executable} -c '{code}'"


def printing(path: Path) -> str:
    return python(f'import sys; sys.stdout.write(open("{path}").read())')


def test_a_file_is_a_feed_by_its_path(run: Run, file: Path) -> None:
    address = "file://" + quote(str(file))

    added = run("add", str(file))

    assert (added.code, added.err) == (0, "")
    assert added.lines == [f"f1  The Harbour Post  {address}", "The Harbour Post: 3 new"]
    (feed,) = run("feeds", "--json").json
    assert (feed["feed_url"], feed["http_status"], feed["error"]) == (address, None, None)
    assert run("add", address, "--no-refresh").lines[0].endswith("(already subscribed)")
    assert run("refresh", "--json").json[0]["new_count"] == 0


def test_a_bare_name_is_a_file_where_it_is_here(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file.parent)

    assert run("add", file.name, "--no-refresh").code == 0
    assert run("add", f"./{file.name}", "--no-refresh").lines[0].endswith("(already subscribed)")


def test_what_changes_in_a_file_is_new(run: Run, file: Path, outlet: NewsSite) -> None:
    run("add", str(file))
    second = NewsSite(outlet.server, name="The Harbour Post").publish(FERRY, BRIDGE)
    file.write_text(second.rss().replace("ferry", "boat"), encoding="utf-8")

    assert run("refresh", "--no-pages", "--json").json[0]["new_count"] == 1


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "page"])
def test_what_is_no_feed_on_the_disk_is_told_in_a_line(run: Run, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "thing"
    {
        "missing": lambda: None,
        "folder": path.mkdir,
        "pipe": lambda: os.mkfifo(path),
        "page": lambda: path.write_text("<html><p>No feed</p></html>"),
    }[kind]()

    result = run("add", str(path))

    assert result.code == (1 if kind == "page" else 2)
    assert str(path) in result.err
    assert result.err.count("\n") == 1


def test_a_file_that_went_away_is_an_error_of_its_feed(run: Run, file: Path) -> None:
    run("add", str(file))
    file.unlink()

    assert run("refresh").code == 1
    file.mkdir()
    assert run("refresh", "--json").json[0]["error"] == "is no file"
    file.rmdir()
    os.mkfifo(file)
    assert run("refresh", "--json").json[0]["error"] == "is no file"


def test_what_a_command_prints_is_a_feed(run: Run, file: Path) -> None:
    command = printing(file)

    added = run("add", "--command", command)

    assert (added.code, added.err) == (0, "")
    assert added.lines == [f"f1  The Harbour Post  exec:{command}", "The Harbour Post: 3 new"]
    assert run("refresh", "--json").json[0]["unchanged_count"] == 0
    assert run("remove", f"exec:{command}").code == 0


def test_a_command_is_no_shell(run: Run, tmp_path: Path) -> None:
    touched = tmp_path / "touched"

    result = run("add", "--command", f"echo hello; touch {touched}")

    assert result.code == 1
    assert not touched.exists()


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        ("no-such-program-here --x", 1, "the program no-such-program-here was not found"),
        ("cat 'open", 2, "is no command: No closing quotation"),
        (python('import sys; sys.exit("what a pity")'), 1, "ended with code 1: what a pity"),
        (python("print(1)"), 1, "is broken XML. Run the command by hand"),
    ],
)
def test_a_command_that_gives_no_feed_is_told_in_a_line(
    run: Run, command: str, code: int, words: str
) -> None:
    result = run("add", "--command", command)

    assert result.code == code
    assert words in result.err
    assert result.err.count("\n") == 1


def test_a_command_is_ended_with_all_its_children_at_its_deadline(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    child = f'import os, time; open("{note}", "w").write(str(os.getpid())); time.sleep(600)'
    code = f'import subprocess, sys, time; subprocess.Popen([sys.executable, "-c", {child!r}]); '
    script = tmp_path / "hang.py"
    script.write_text(code + "time.sleep(600)")

    outcome = run_command(FeedRequest(f"exec:{sys.executable} {script}"), seconds=2)

    assert isinstance(outcome, FetchFailed)
    assert outcome.error == "did not end within 2 seconds"
    pid = int(note.read_text())
    assert wait_until(lambda: not alive(pid))


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_command_that_is_stopped_leaves_nothing_behind(archive: Path, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    script = tmp_path / "slow.py"
    script.write_text(
        f"import os, time\nopen({str(note)!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)\n"
    )
    command = [sys.executable, "-m", "reader", "add", "--command", f"{sys.executable} {script}"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) as process:
        assert wait_until(lambda: note.exists() and bool(note.read_text()), 30)
        process.send_signal(signal.SIGINT)
        _, complaint = process.communicate(timeout=30)

    assert process.returncode == 130
    assert b"Traceback" not in complaint
    assert wait_until(lambda: not alive(int(note.read_text())))


def test_a_command_without_end_is_cut_off(run: Run) -> None:
    result = run("add", "--command", "yes")

    assert result.code == 1
    assert "is larger than 32 MB" in result.err


def test_the_entries_that_a_command_without_end_prints_are_taken_in(
    run: Run, tmp_path: Path
) -> None:
    script = tmp_path / "endless.py"
    script.write_text(
        "import sys\n"
        "print('<rss version=\"2.0\"><channel><title>Ore</title>')\n"
        "padding = '<seam>' + 'x' * 4_000_000 + '</seam>'\n"
        "number = 0\n"
        "while True:\n"
        "    number += 1\n"
        "    print(f'<item><title>Cart {number}</title>{padding}</item>')\n"
    )
    result = run("add", "--command", f"{sys.executable} {script}")

    assert (result.code, result.err) == (0, "")
    assert "Ore: 7 new; It is larger than 32 MB" in result.out


def test_what_a_command_complains_of_goes_to_the_log(run: Run, file: Path, home: Path) -> None:
    complaining = f'import sys; print("low ink", file=sys.stderr); print(open("{file}").read())'

    assert run("add", "--command", python(complaining), "--no-refresh").err == ""
    log = home / ".local/state/newsreader"
    assert any("low ink" in path.read_text() for path in log.rglob("*.log"))


LOCAL = ("file:///etc/hostname", "exec:touch /tmp/never", "FILE:///etc/hostname")


def test_no_list_of_subscriptions_names_a_feed_of_this_machine(run: Run, tmp_path: Path) -> None:
    subscriptions = tmp_path / "feeds.opml"
    subscriptions.write_text(opml(*LOCAL, "https://a.example/feed"))

    result = run("import", str(subscriptions))

    assert result.err.count("is no web address") == len(LOCAL)
    assert [feed["feed_url"] for feed in run("feeds", "--json").json] == ["https://a.example/feed"]


def test_no_import_of_articles_subscribes_to_one(run: Run, tmp_path: Path) -> None:
    articles = tmp_path / "articles.jsonl"
    row = {"url": "https://a.example/1", "title": "A", "text": "B"}
    articles.write_text("\n".join(json.dumps(row | {"feed_url": url}) for url in LOCAL))

    run("import", str(articles))

    assert run("feeds", "--json").json == []


@pytest.mark.parametrize("address", LOCAL)
def test_no_page_announces_one(run: Run, address: str) -> None:
    with Server() as server:
        link = f'<link rel="alternate" type="application/rss+xml" href="{address}">'
        page = server.put("/", f'<head>{link}</head><a href="{address}/feed">feed</a>')

        assert run("add", page).code == 1
    assert run("feeds", "--json").json == []


@pytest.mark.parametrize("address", LOCAL)
def test_no_redirect_leads_to_one(run: Run, address: str) -> None:
    with Server() as server:
        result = run("add", server.redirect("/feed", address, 301))

    assert result.code == 1
    assert "leads to an address that is not http or https" in result.err
    assert run("feeds", "--json").json == []


def test_a_command_is_typed_by_its_own_option(run: Run) -> None:
    result = run("add", "exec:echo hello")

    assert result.code == 2
    assert "newsreader add --command" in result.err


def test_feeds_of_this_machine_are_not_exported(run: Run, file: Path, outlet: NewsSite) -> None:
    run("add", str(file), outlet.rss_url, "--command", printing(file), "--no-refresh")

    result = run("export", "--format", "opml")

    assert outlet.rss_url in result.out
    assert "file:" not in result.out
    assert "exec:" not in result.out
    assert result.err == "2 feeds are files or commands of this machine and are left out.\n"
