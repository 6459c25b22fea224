"""completions: the scripts, and what bash makes of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
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


# zsh completes only in a terminal of its own, which shows what is offered. One offer is put into
# the line by the first Tab, several are listed by the second.
ZSH = r"""
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PROMPT=; fpath=($1 \$fpath); autoload -U compinit; compinit -u -D -d $1/dump"
zpty -w shell 'unset zle_bracketed_paste; print REA""DY'
zpty -r shell seen '*READY*'
zpty -w -n shell "newsreader $2"$'\t\t'
zpty -w -n shell $'\x15print EN""D\n'
zpty -r shell seen '*END*' && print -r -- "$seen"
"""


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed")
@pytest.mark.parametrize(("words", "found"), COMPLETED)
def test_zsh_completes_commands_options_values_and_files(
    run: Run, tmp_path: Path, words: str, found: list[str]
) -> None:
    (tmp_path / "_newsreader").write_text(run("completions", "zsh").out)
    (tmp_path / "feeds.opml").touch()

    ran = subprocess.run(
        ["zsh", "-f", "-c", ZSH, "zsh", str(tmp_path), words],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        timeout=60,
    )

    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", ran.stdout)
    assert [each for each in found if each not in shown] == []
    assert "digest" not in shown


def test_another_shell_is_refused_by_name(run: Run) -> None:
    refused = run("completions", "tcsh")

    assert refused.code == 2
    assert "'tcsh' is none of bash, zsh, fish" in refused.err
