"""completions: the scripts, and what bash makes of its own."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reader.cli.parser import COMMANDS
from reader.cli.shell_options import SHELLS
from tests.cli.conftest import Run


@pytest.fixture
def script(run: Run, tmp_path: Path) -> Path:
    """The script for bash."""
    file = tmp_path / "newsreader.bash"
    file.write_text(run("completions", "bash").out)
    return file


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["comp"], ["compact", "completions"]),
        (["export", "--form"], ["--format"]),
        (["export", "--format", ""], ["opml", "jsonl"]),
        (["completions", "z"], ["zsh"]),
        (["refresh", "--re"], ["--recheck"]),
        (["--arch"], ["--archive"]),
    ],
)
def test_bash_completes_commands_options_and_values(
    script: Path, words: list[str], found: list[str]
) -> None:
    line = " ".join(f"'{word}'" for word in ["newsreader", *words])
    code = (
        f"source {script}; COMP_WORDS=({line}); COMP_CWORD={len(words)}; _shtab_newsreader; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )

    ran = subprocess.run(
        ["/bin/bash", "--norc", "-c", code], capture_output=True, text=True, check=True
    )

    assert sorted(ran.stdout.split()) == sorted(found)


def test_bash_completes_the_names_of_files(script: Path, tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").touch()
    code = (
        f"cd {tmp_path}; source {script}; COMP_WORDS=(newsreader import fee); COMP_CWORD=2; "
        '_shtab_newsreader; printf "%s\\n" "${COMPREPLY[@]}"'
    )

    ran = subprocess.run(
        ["/bin/bash", "--norc", "-c", code], capture_output=True, text=True, check=True
    )

    assert ran.stdout.split() == ["feeds.opml"]


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shells_script_has_every_command(run: Run, shell: str) -> None:
    script = run("completions", shell).out

    assert [name for name in COMMANDS if name not in script] == []


@pytest.mark.parametrize("shell", SHELLS)
def test_every_script_is_one_that_its_shell_reads(run: Run, tmp_path: Path, shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    file = tmp_path / "script"
    file.write_text(run("completions", shell).out)

    ran = subprocess.run([shell, "-n", str(file)], capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stderr) == (0, "")


COMPLETED = [
    ("comp", ["compact", "completions"]),
    ("export --form", ["--format"]),
    ("export --format ", ["jsonl", "opml"]),
    ("completions z", ["zsh"]),
    ("refresh --re", ["--recheck"]),
    ("--arch", ["--archive"]),
    ("import fee", ["feeds.opml"]),
]


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed")
@pytest.mark.parametrize(("words", "found"), COMPLETED)
def test_fish_completes_commands_options_values_and_files(
    run: Run, tmp_path: Path, words: str, found: list[str]
) -> None:
    (tmp_path / "script").write_text(run("completions", "fish").out)
    (tmp_path / "feeds.opml").touch()
    code = f"source script; complete -C 'newsreader {words}'"

    ran = subprocess.run(
        ["fish", "--no-config", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=os.environ | {"HOME": str(tmp_path)},
    )

    offered = [line.partition("\t")[0] for line in ran.stdout.splitlines() if line]
    assert sorted(each for each in offered if each.startswith(words.split(" ")[-1])) == found


# zsh completes only in a terminal, which shows what is offered: one offer is put into the line by
# the first Tab, several are listed by the second.
SET_UP = (
    "unset zle_bracketed_paste; PROMPT=; fpath=({0} $fpath); autoload -U compinit;"
    " compinit -u -D -d {0}/dump; cd {0}; print REA''DY\n"
)


@contextmanager
def opened_zsh(folder: Path) -> Iterator[int]:
    """A zsh that knows the script of a folder, by the descriptor of its terminal."""
    outer, inner = pty.openpty()
    shell = subprocess.Popen(
        ["zsh", "-f", "-i"],
        stdin=inner,
        stdout=inner,
        stderr=inner,
        start_new_session=True,
        env=os.environ | {"TERM": "vt100", "HOME": str(folder)},
    )
    os.close(inner)
    os.write(outer, SET_UP.format(folder).encode())
    assert "READY" in shown(outer, ["READY"])
    yield outer
    shell.kill()
    shell.wait()
    os.close(outer)


def shown(terminal: int, words: list[str], again: bytes = b"") -> str:
    """What a terminal shows until it has all these words, or nothing more comes for long.

    `again` is typed whenever nothing comes: zsh lists nothing while keys are still waiting.
    """
    seen, silences = "", 0
    while any(word not in seen for word in words) and silences < 8:
        if select.select([terminal], [], [], 3)[0]:
            seen += os.read(terminal, 65536).decode(errors="replace")
            seen = re.sub(r"\x1b(\[[0-9;?]*[A-Za-z]|[=>])|[\x07\r]", "", seen)
        else:
            silences += 1
            os.write(terminal, again)
    return seen


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed")
@pytest.mark.parametrize(("words", "found"), COMPLETED)
def test_zsh_completes_commands_options_values_and_files(
    run: Run, tmp_path: Path, words: str, found: list[str]
) -> None:
    (tmp_path / "_newsreader").write_text(run("completions", "zsh").out)
    (tmp_path / "feeds.opml").touch()

    with opened_zsh(tmp_path) as terminal:
        os.write(terminal, f"newsreader {words}\t\t".encode())
        offered = shown(terminal, found, again=b"\t")

    assert [each for each in found if each not in offered] == []
    assert "digest" not in offered


def test_another_shell_is_refused_by_name(run: Run) -> None:
    refused = run("completions", "tcsh")

    assert refused.code == 2
    assert "'tcsh' is none of bash, zsh, fish" in refused.err
