"""The program in a terminal of its own: start, quit, and what reaches the terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest

from archive.archive import Archive
from archive.models import Feed
from reader.paths import config_path, hints_path, log_path
from reader.tui.habits import read_habits
from tests.cli.conftest import ROOT
from tests.servers import Server, wait_until

COMMAND = [sys.executable, "-c", "import sys; from reader.cli import main; sys.exit(main())"]


@dataclass
class Terminal:
    """A pseudo-terminal of 80 by 24 with the program in it."""

    process: subprocess.Popen[bytes]
    descriptor: int
    output: bytes = b""

    def shows(self, words: bytes, seconds: float = 20) -> bool:
        """Whether these words come to be written to the terminal."""
        end = monotonic() + seconds
        while words not in self.output and monotonic() < end:
            self._read(0.1)
        return words in self.output

    def shows_like(self, pattern: bytes, seconds: float = 20) -> re.Match[bytes] | None:
        """What is written to the terminal and matches, once it is."""
        end = monotonic() + seconds
        while not (found := re.search(pattern, self.output)) and monotonic() < end:
            self._read(0.01)
        return found

    def type(self, keys: bytes) -> None:
        os.write(self.descriptor, keys)

    def resize(self, width: int, height: int) -> None:
        """As a window does; the program is told."""
        set_size(self.descriptor, width, height)
        self.process.send_signal(signal.SIGWINCH)

    def ends(self, seconds: float) -> float | None:
        """Seconds until the program ends; None if it does not."""
        start = monotonic()
        while monotonic() < start + seconds:
            self._read(0.02)
            if self.process.poll() is not None:
                return monotonic() - start
        return None

    def _read(self, seconds: float) -> None:
        if select.select([self.descriptor], [], [], seconds)[0]:
            try:
                self.output += os.read(self.descriptor, 65536)
            except OSError:
                return


def set_size(descriptor: int, width: int, height: int) -> None:
    """The size of a pseudo-terminal."""
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))


@pytest.fixture
def terminal(archive_folder: Path, request: pytest.FixtureRequest) -> Iterator[Terminal]:
    """The program in a terminal; a parameter is what the terminal is called."""
    name = getattr(request, "param", "xterm-256color")
    with opened_terminal(archive_folder, name) as terminal:
        yield terminal


@contextmanager
def opened_terminal(archive_folder: Path, name: str = "xterm-256color") -> Iterator[Terminal]:
    outer, inner = pty.openpty()
    set_size(outer, 80, 24)
    environment = os.environ | {"TERM": name}
    # The first two would win over the terminal's own size, the others over its name.
    for variable in ("COLUMNS", "LINES", "COLORTERM", "NO_COLOR"):
        environment.pop(variable, None)
    process = subprocess.Popen(
        [*COMMAND, "--archive", str(archive_folder)],
        stdin=inner,
        stdout=inner,
        stderr=inner,
        env=environment,
        start_new_session=True,
    )
    os.close(inner)
    yield Terminal(process, outer)
    if process.poll() is None:
        process.kill()
    process.wait()
    os.close(outer)


@pytest.fixture
def no_hints() -> Path:
    """The user's settings, with hints turned off."""
    file = config_path()
    file.parent.mkdir(parents=True)
    file.write_text("hints = false\n")
    return file


def test_the_program_starts_marks_and_quits(terminal: Terminal, archive_folder: Path) -> None:
    assert terminal.shows(b"Report 0")
    terminal.type(b"\r")
    assert terminal.shows(b"Filter")
    terminal.type(b"mQ")

    assert terminal.ends(5) is not None
    assert terminal.process.returncode == 0
    with Archive.open(archive_folder) as archive:
        assert archive.list(limit=1)[0].starred


def test_what_is_copied_goes_to_the_terminals_clipboard_by_osc_52(terminal: Terminal) -> None:
    assert terminal.shows(b"Report 0")
    terminal.type(b"\r")
    assert terminal.shows(b"Filter")
    terminal.type(b"y")

    assert terminal.shows(b"\x1b]52;c;" + b64encode(b"https://post.example.org/ferry/0") + b"\a")


@pytest.mark.parametrize("terminal", ["xterm-16color", "screen"], indirect=True)
def test_a_terminal_of_16_colours_shows_where_the_focus_is(terminal: Terminal) -> None:
    blue = re.compile(rb"\x1b\[[0-9;]*\b44m")
    assert terminal.shows(b"Report 0")
    assert terminal.shows(b"Help")

    assert blue.search(terminal.output)


def test_hints_are_shown_and_what_was_used_is_kept_at_the_end(terminal: Terminal) -> None:
    assert terminal.shows(b"Hint: ")
    terminal.type(b"\r")
    assert terminal.shows(b"Filter")
    terminal.type(b"Q")

    assert terminal.ends(5) is not None
    assert read_habits(hints_path()).used == {"open"}
    assert hints_path().stat().st_mode & 0o077 == 0


def test_hints_can_be_turned_off_and_then_nothing_is_noted(
    no_hints: Path, terminal: Terminal
) -> None:
    assert terminal.shows(b"Report 0")
    terminal.type(b"\r")
    assert terminal.shows(b"Filter")
    terminal.type(b"Q")

    assert terminal.ends(5) is not None
    assert b"Hint: " not in terminal.output
    assert not hints_path().exists()


def test_quitting_during_a_refresh_ends_the_program_within_a_second(
    archive_folder: Path, terminal: Terminal
) -> None:
    with Server("127.0.0.6") as slow:
        slow.put_raw("/slow.xml", 25.0, b"")
        with Archive.open(archive_folder) as archive:
            for status in archive.feeds():
                archive.remove_feed(status.feed.feed_id)
            archive.add_feed(Feed(slow.url("/slow.xml"), title="Slow"))
        assert terminal.shows(b"Slow")
        terminal.type(b"R")
        assert terminal.shows(b"Refreshing 1 feed")
        assert wait_until(slow.paths)
        terminal.type(b"Q")
        seconds = terminal.ends(10)

        assert seconds is not None
        assert seconds < 1.5


def test_it_stops_for_the_shell_and_comes_back_at_the_size_that_the_terminal_has_by_then(
    terminal: Terminal,
) -> None:
    assert terminal.shows(b"Report 0")
    terminal.type(b"\x1a")
    assert terminal.shows(b"\x1b[?1049l")
    assert wait_until(lambda: is_stopped(terminal.process))
    terminal.output = b""
    terminal.resize(50, 20)
    terminal.process.send_signal(signal.SIGCONT)

    assert terminal.shows(b"\x1b[?1049h")
    assert terminal.shows(b"\x1b[18;50H")  # the bar at the right edge of the one pane
    terminal.type(b"\rm")
    assert terminal.shows("★".encode())
    terminal.type(b"Q")
    assert terminal.ends(5) is not None
    assert terminal.process.returncode == 0


def is_stopped(process: subprocess.Popen[bytes]) -> bool:
    state = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0]
    return state == "T"


@pytest.mark.parametrize("archive_folder", ["hostile"], indirect=True)
def test_no_title_reaches_the_terminal_as_an_order(terminal: Terminal) -> None:
    assert terminal.shows(b"EVIL")
    terminal.type(b"\r\r")
    assert terminal.shows(b"Read on")
    terminal.type(b"Q")
    assert terminal.ends(5) is not None

    text = terminal.output.decode("utf-8", "replace")
    orders = re.findall(r"\x1b\][^\x07\x1b]*", text)
    assert [order for order in orders if "EVIL" in order] == []
    assert "\u202e" not in text
    assert "\x9b" not in text
    assert "\x1b[31mEVIL" not in text


@pytest.fixture
def archive_folder(archive_folder: Path, request: pytest.FixtureRequest) -> Path:
    """The stocked archive; asked for as `hostile`, with a title full of orders.

    Asked for as `empty`: a folder without anything.
    """
    if getattr(request, "param", "") == "empty":
        return archive_folder.parent / "empty"
    if getattr(request, "param", "") == "hostile":
        from dataclasses import replace

        with Archive.open(archive_folder) as archive:
            newest = archive.get(archive.list(limit=1)[0].article_id)
            title = "\x1b]0;EVIL\x07 \x1b[31mEVIL \x9b31m \u202eEVIL"
            archive.save([replace(newest, title=title)])
    return archive_folder


@pytest.mark.parametrize("archive_folder", ["empty"], indirect=True)
def test_the_demo_opens_in_the_apps_place_and_leads_back(terminal: Terminal) -> None:
    assert terminal.shows(b"No feeds yet")
    terminal.type(b"T")
    assert terminal.shows(b"three sample outlets", 60)
    terminal.output = b""
    terminal.type(b"Q")
    assert terminal.shows(b"No feeds yet")
    terminal.type(b"Q")

    assert terminal.ends(5) is not None
    assert terminal.process.returncode == 0


@pytest.fixture
def broken_star(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A star that fails in a way that nothing in the app expects."""
    (tmp_path / "sitecustomize.py").write_text(
        "import reader.tui.control.marking as marking\n"
        "def broken(*_):\n    raise RuntimeError('out of luck')\n"
        "marking.Marking.toggle = broken\n"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), str(ROOT)]))


@pytest.fixture
def no_place_for_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual's own picture of the first screen, wanted where nothing can be written."""
    monkeypatch.setenv("TEXTUAL_SCREENSHOT", "1")
    monkeypatch.setenv("TEXTUAL_SCREENSHOT_LOCATION", "/proc/nowhere")


def test_an_error_that_nobody_expected_is_one_line_and_a_traceback_in_the_log(
    broken_star: None, terminal: Terminal
) -> None:
    assert terminal.shows(b"Report 0")
    terminal.type(b"\rm")
    assert terminal.ends(10) is not None
    said = after_the_app(terminal)

    assert terminal.process.returncode == 1
    assert said == (
        "newsreader: an error in newsreader itself: RuntimeError: out of luck."
        f" What was done is kept: try again. Details are in {log_path()}.\n"
    )
    logged = log_path().read_text(encoding="utf-8")
    assert "Traceback" in logged
    assert "in broken" in logged


def test_an_error_of_the_disk_in_the_app_names_the_file(
    no_place_for_a_picture: None, terminal: Terminal
) -> None:
    assert terminal.ends(20) is not None

    assert terminal.process.returncode == 1
    said = after_the_app(terminal)
    assert said.startswith("newsreader: /proc/nowhere/")
    assert said.endswith("Check the disk and permissions.\n")
    assert "Traceback" in log_path().read_text(encoding="utf-8")


def after_the_app(terminal: Terminal) -> str:
    """What was written to the terminal when the app had left it as it was."""
    _, _, after = terminal.output.rpartition(b"\x1b[?1049l")
    return re.sub(r"\x1b\[[?<>=0-9;]*[a-zA-Z]", "", after.decode()).replace("\r\n", "\n")
