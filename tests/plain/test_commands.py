"""The table of commands: what is typed is understood, and help and README say all of it."""

import subprocess
import sys

import pytest

from reader.errors import UsageProblem
from reader.plain.commands import COMMANDS, readme_table, understood
from tests.plain.conftest import ROOT, Plain


def test_no_name_means_two_commands() -> None:
    names = [name for one in COMMANDS for name in (one.name, one.short, *one.others)]

    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.name)
def test_every_command_has_a_long_and_a_short_form_and_help(command: object) -> None:
    assert understood(command.name)[0] is command
    assert understood(command.short)[0] is command
    assert understood(command.example)[0] is command
    assert command.does.endswith(".")


@pytest.mark.parametrize(
    ("line", "name", "words"),
    [
        ("  LIST  is:unread ", "list", "is:unread"),
        ("3", "choose", "3"),
        ("3.", "choose", "3"),
        ("261122a17", "article", "261122a17"),
        ("/night ferry", "search", "night ferry"),
        ("/ night ferry", "search", "night ferry"),
        ("?mark", "help", "mark"),
        ("+https://a.example/", "add", "https://a.example/"),
        ("refr f1", "refresh", "f1"),
        ("exit", "quit", ""),
    ],
)
def test_typing_is_forgiven(line: str, name: str, words: str) -> None:
    command, rest = understood(line)

    assert (command.name, rest) == (name, words)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("lsit", "lsit: is no command. Did you mean list?"),
        ("un", "un: is no command. Did you mean unread or unfold or unstar or unhide or undo?"),
        ("xyzzy", "xyzzy: is no command. Type help for the commands."),
        ("3 star", "3 star: is no command. A number stands alone; or type, say, star 3."),
    ],
)
def test_what_is_no_command_has_a_remedy(line: str, said: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        understood(line)

    assert str(caught.value) == said


def test_help_says_every_command_and_more_about_one(plain: Plain) -> None:
    result = plain("help", "help tag")

    assert all(f"{one.usage} (or {one.short}): {one.does}" in result.lines for one in COMMANDS)
    assert result.lines[-1] == "Short form: t. Example: tag 3-5 +ai -later"


def test_the_readmes_table_is_the_registrys() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    written = readme.partition("<!-- plain: begin -->")[2].partition("<!-- plain: end -->")[0]

    assert written.strip() == readme_table()


def test_comments_windows_line_ends_and_broken_bytes_do_no_harm(plain: Plain) -> None:
    result = plain("\ufeff# a file of commands\r", "where\r", b"\xff\xfe\x00", "", "quit\r", "foo")

    assert result.code == 0
    assert len(result.lines) == 1
    assert len(result.err.splitlines()) == 1


def test_plain_takes_no_command() -> None:
    line = [sys.executable, "-m", "reader", "--plain", "list"]
    run = subprocess.run(line, capture_output=True, cwd=ROOT, text=True, check=False)

    assert run.returncode == 2
    assert run.stderr == (
        "newsreader: --plain: stands without a command. Leave out --plain or list.\n"
    )
