"""The command as a process: pipes that break, streams that are closed, Ctrl+C, what is loaded."""

import contextlib
import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run
from tests.servers import FERRY, NewsSite, Server

Process = Callable[..., subprocess.CompletedProcess[bytes]]

HEAVY = {"textual", "rich", "trafilatura", "feedparser", "urllib3", "lxml", "dateparser", "ssl"}


@pytest.fixture
def many(run: Run, tmp_path: Path) -> None:
    """An archive whose listing is larger than a pipe's buffer."""
    rows = [{"url": f"https://a.example/{n}", "title": f"Number {n} " * 9} for n in range(1500)]
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, rows)))
    run("import", str(tmp_path / "many.jsonl"))


def environ(**more: str) -> dict[str, str]:
    return {**os.environ, **more}


def on_a_terminal(*argv: str, env: dict[str, str], until: bytes = b"", then: int = 0) -> bytes:
    """What a command writes to a terminal; once `until` is seen it gets the signal `then`."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "reader", *argv]
    run = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=env,
                           cwd=ROOT)  # fmt: skip
    os.close(follower)
    seen = b""
    deadline = time.monotonic() + 30
    with contextlib.suppress(OSError):
        while time.monotonic() < deadline:
            if select.select([leader], [], [], 0.1)[0]:
                seen += os.read(leader, 65536)
            if until and until in seen:
                run.send_signal(then)
                until = b""
    os.close(leader)
    run.wait(timeout=10)
    return seen + f"\nexit {run.returncode}".encode()


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("argv", [["list"], ["list", "--json"], ["export", "--format", "jsonl"]])
def test_a_broken_pipe_is_silent(archive: Path, argv: list[str]) -> None:
    command = [sys.executable, "-m", "reader", *argv]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=environ()
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.read(10)
        run.stdout.close()

        assert run.stderr.read() == b""


@pytest.mark.usefixtures("articles")
def test_a_pipe_that_breaks_before_the_first_byte_is_silent(archive: Path) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    command = [sys.executable, "-m", "reader", "list"]

    run = subprocess.run(command, stdout=write_end, stderr=subprocess.PIPE, cwd=ROOT, check=False)

    os.close(write_end)
    assert run.stderr == b""


@pytest.mark.usefixtures("articles")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_behind_stdout_is_one_line(newsreader: Process) -> None:
    with Path("/dev/full").open("wb") as full:
        run = newsreader("list", capture_output=False, stdout=full, stderr=subprocess.PIPE)

    assert run.returncode == 1
    assert run.stderr.startswith(b"newsreader: standard output: No space left on device.")
    assert run.stderr.count(b"\n") == 1


@pytest.mark.usefixtures("articles")
def test_closed_streams_are_no_error(newsreader: Process) -> None:
    for closed in (">&-", "2>&-", "<&-", ">&- 2>&- <&-"):
        line = f'"{sys.executable}" -m reader list {closed}'
        run = subprocess.run(["sh", "-c", line], capture_output=True, cwd=ROOT, check=False)

        assert (run.returncode, run.stderr) == (0, b"")


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize(
    "variables",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
    ],
)
def test_a_poor_locale_stops_nothing(newsreader: Process, variables: dict[str, str]) -> None:
    listed = newsreader("list", env=environ(**variables))
    as_json = newsreader("list", "lang:ja", "--json", env=environ(**variables))

    assert (listed.returncode, listed.stderr) == (0, b"")
    assert len(listed.stdout.splitlines()) == 3
    assert json.loads(as_json.stdout.decode("utf-8"))[0]["outlet"] == "日本経済新聞"


@pytest.mark.usefixtures("articles")
def test_listing_loads_nothing_heavy(archive: Path) -> None:
    commands = (["list"], ["search", "ferry", "--json"], ["feeds"], ["mark", "ferry", "--star"])
    code = (
        "import sys; from reader.cli import main\n"
        f"for argv in {commands!r}: main(argv)\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )

    assert set(run.stderr.splitlines()[-1].split()) & HEAVY == set()


@pytest.mark.usefixtures("articles")
def test_help_opens_no_archive(newsreader: Process, tmp_path: Path) -> None:
    run = newsreader("--archive", str(tmp_path / "none"), "list", "--help")

    assert run.returncode == 0
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_ends_a_refresh_keeps_what_was_done_and_exits_130(
    archive: Path, outlet: NewsSite, run: Run, number: signal.Signals
) -> None:
    with Server("127.0.0.3") as slow:
        NewsSite(slow, name="Slow").publish(FERRY)
        run("add", outlet.rss_url, slow.url("/atom.xml"), "--no-refresh")
        slow.put_raw("/atom.xml", b"HTTP/1.1 200 OK\r\n\r\n", 2.5)
        command = [sys.executable, "-m", "reader", "refresh"]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
        ) as process:
            assert process.stdout is not None
            first = process.stdout.readline()
            process.send_signal(number)
            errors = process.communicate(timeout=15)[1]

    assert first == b"The Harbour Post: 3 new\n"
    assert process.returncode == 130
    assert b"Traceback" not in errors
    assert len(run("list", "--json").json) == 3


def test_ctrl_c_pressed_twice_ends_a_refresh_whose_server_hangs(archive: Path, run: Run) -> None:
    with Server("127.0.0.3") as slow:
        site = NewsSite(slow).publish(FERRY)
        run("add", site.rss_url, "--no-refresh")
        slow.put_raw("/rss.xml", b"HTTP/1.1 200 OK\r\n\r\n", 20.0)
        command = [sys.executable, "-m", "reader", "refresh"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, cwd=ROOT) as process:
            while slow.paths().count("/rss.xml") < 2:
                time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            time.sleep(0.3)
            process.send_signal(signal.SIGINT)
            errors = process.communicate(timeout=10)[1]

    assert process.returncode == 130
    assert errors in (b"", b"newsreader: stopped: what was done so far is kept.\n")
    assert run("verify").code == 0


@pytest.mark.usefixtures("articles")
def test_a_terminal_gets_colours_and_its_width(archive: Path) -> None:
    seen = on_a_terminal("list", env=environ(TERM="xterm-256color", COLUMNS="60"))

    assert b"\x1b[1m" in seen
    assert seen.endswith(b"exit 0")


def test_a_long_refresh_shows_a_bar_and_takes_it_away(archive: Path, run: Run) -> None:
    with Server("127.0.0.3") as server:
        site = NewsSite(server).publish(FERRY)
        run("add", site.rss_url, "--no-refresh")
        page = site.page(FERRY).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n\r\n"
        server.put_raw("/news/ferry", head.encode(), 1.5, page)

        seen = on_a_terminal("refresh", env=environ(TERM="xterm", COLUMNS="80"))

    assert b"0/1 feeds" in seen
    assert "━".encode() in seen or "─".encode() in seen
    assert seen.rindex(b"\r\x1b[K") < seen.rindex(b"1 new article from 1 feed")
    assert seen.endswith(b"exit 0")


def test_what_goes_wrong_inside_is_one_line_and_a_traceback_in_the_log(
    newsreader: Process, archive: Path, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import reader.cli.listing as listing\n"
        "def broken(*_):\n    raise RuntimeError('out of\\nluck')\n"
        "listing.list_articles = broken\n"
    )
    variables = environ(PYTHONPATH=os.pathsep.join([str(tmp_path), str(ROOT)]),
                        XDG_STATE_HOME=str(tmp_path))  # fmt: skip

    run = newsreader("list", env=variables)

    log = tmp_path / "newsreader" / "log" / "newsreader.log"
    assert run.returncode == 1
    assert run.stderr.decode() == (
        "newsreader: an error in newsreader itself: RuntimeError: out of luck."
        f" What was done is kept: try again. Details are in {log}.\n"
    )
    assert "Traceback" in log.read_text()
