"""The man page is that of the registries, and roff reads it without a warning."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from docs.manual.page import page
from reader.cli.parser import COMMANDS
from reader.tui.actions import REGISTRY
from reader.tui.presets import PRESETS

FILE = Path(__file__).resolve().parent.parent / "docs" / "manual" / "newsreader.1"


def test_the_page_in_the_tree_is_the_one_that_make_manual_writes() -> None:
    assert FILE.read_text(encoding="utf-8") == page(), "run: make manual"


def test_a_terminal_shows_every_command_and_key() -> None:
    if shutil.which("groff") is None:
        pytest.skip("groff is not installed")
    ran = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-rLL=200n", "-P-c", "-P-bou", str(FILE)],
        capture_output=True,
        text=True,
        check=True,
    )
    shown = " ".join(ran.stdout.split())

    assert ran.stderr == ""
    assert [name for name in COMMANDS if f"newsreader {name}" not in shown] == []
    assert [each.id for each in REGISTRY if each.description not in shown] == []
    assert [each.id for each in REGISTRY if ", ".join(each.keys) not in shown] == []
    for name, chosen in PRESETS.items():
        preset = shown.partition(f"Preset {name}")[2]
        assert [each for each in chosen if not all(key in preset for key in chosen[each])] == []
