"""A note in the reader's own editor: the app lets go of the terminal, and no words are lost."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.models import MarkChange
from reader.editor import Edited, edited
from tests.tui.test_app_process import Terminal, terminal

__all__ = ["terminal"]


@pytest.fixture(autouse=True)
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor that says what it gets on the terminal, adds a line, and ends as its file says."""
    script = tmp_path / "editor.py"
    script.write_text(
        "import pathlib, sys\n"
        "file = pathlib.Path(sys.argv[-1])\n"
        "print('EDITOR HAS', file.read_text(), flush=True)\n"
        "file.write_text(file.read_text() + 'From the \\x1b editor.\\n')\n"
        f"sys.exit(int(pathlib.Path({str(tmp_path / 'code')!r}).read_text()))\n"
    )
    (tmp_path / "code").write_text("0")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    return script


def note_of(folder: Path) -> str:
    with Archive.open(folder) as archive:
        return archive.mark_of(archive.list(limit=1)[0].article_id).note


def noted(folder: Path, note: str) -> None:
    with Archive.open(folder) as archive:
        archive.mark(archive.list(limit=1)[0].article_id, MarkChange(note=note))


def leave(terminal: Terminal) -> None:
    terminal.type(b"Q")
    assert terminal.ends(10) is not None


def test_a_note_is_written_in_the_editor_and_the_app_comes_back(
    terminal: Terminal, archive_folder: Path
) -> None:
    noted(archive_folder, "Mine. ")
    assert terminal.shows(b"Report 0")
    terminal.type(b"\r")
    assert terminal.shows(b"Filter")
    terminal.type(b"E")
    assert terminal.shows(b"EDITOR HAS Mine.")
    terminal.output = b""
    assert terminal.shows(b"Report 6")  # drawn anew
    leave(terminal)

    assert note_of(archive_folder) == "Mine. From the  editor."


def test_what_a_failing_editor_wrote_is_shown_and_kept_if_wanted(
    terminal: Terminal, archive_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "code").write_text("3")
    assert terminal.shows(b"Report 0")
    terminal.type(b"\r")
    assert terminal.shows(b"Filter")
    terminal.type(b"E")
    assert terminal.shows(b"ended with 3.")
    assert note_of(archive_folder) == ""
    terminal.output = b""
    terminal.type(b"\x13")
    assert terminal.shows(b"Help")
    leave(terminal)

    assert note_of(archive_folder) == "From the  editor."


def test_a_note_that_is_being_written_goes_to_the_editor_and_back(
    terminal: Terminal, archive_folder: Path
) -> None:
    assert terminal.shows(b"Report 0")
    terminal.type(b"\r")
    assert terminal.shows(b"Filter")
    terminal.type(b"e")
    assert terminal.shows(b"C-o opens")
    terminal.type(b"Typed. ")
    assert terminal.shows(b"Typed.")
    terminal.type(b"\x0f")
    assert terminal.shows(b"EDITOR HAS Typed.")
    assert terminal.shows(b"editor.")
    terminal.output = b""
    terminal.type(b"\x13")
    assert terminal.shows(b"Help")
    leave(terminal)

    assert note_of(archive_folder) == "Typed. From the  editor."


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ("no-such-editor-here", "cannot be started"),
        ("'", "is no command"),
        ("/bin/sh -c 'rm \"$0\"'", "file is lost"),
        ("false", "ended with 1"),
    ],
)
def test_an_editor_that_cannot_be_leaves_the_text(
    command: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "files"))
    (tmp_path / "files").mkdir()

    left = edited("words", {"EDITOR": command})

    assert left.text == "words"
    assert problem in left.problem
    assert list((tmp_path / "files").iterdir()) == []


def test_visual_comes_before_editor_and_a_good_end_has_no_problem() -> None:
    assert edited("words", {"VISUAL": "true", "EDITOR": "false"}) == Edited("words")
