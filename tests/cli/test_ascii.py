"""Signs of the program's own are ASCII where the setting or the locale wants it."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run

Process = Callable[..., subprocess.CompletedProcess[bytes]]
SIGNS = "●★·…│─•"


@pytest.fixture
def config(tmp_path: Path) -> str:
    """A settings file that asks for ASCII."""
    file = tmp_path / "config.toml"
    file.write_text("ascii = true\n")
    return str(file)


@pytest.fixture
def ferry(run: Run, articles: dict[str, str]) -> str:
    """The id of an article that is unread and starred, in an archive of three."""
    run("mark", articles["ferry"], "--star")
    return articles["ferry"]


def test_with_the_setting_lists_and_texts_have_ascii_signs(
    newsreader: Process, ferry: str, config: str
) -> None:
    drawn = newsreader("list").stdout.decode()
    listed = newsreader("list", "--config", config).stdout.decode()
    found = newsreader("search", "crowns", "--config", config).stdout.decode()
    shown = newsreader("show", ferry, "--config", config).stdout.decode()

    assert "●★" in drawn
    assert listed.splitlines()[0].split()[1] == "o*"
    assert "大規模言語モデルの評価" in listed
    assert "Harbour Post - Ada Lund - " in shown
    assert "* #sea" in shown
    assert not set(SIGNS) & set(listed + found + shown)


@pytest.mark.parametrize("locale", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "LANG": "C.UTF-8"}])
def test_without_a_utf_8_locale_signs_are_ascii(
    newsreader: Process, ferry: str, locale: dict[str, str]
) -> None:
    listed = newsreader("list", env=os.environ | locale)

    assert listed.returncode == 0
    assert listed.stdout.splitlines()[0].split()[1] == b"o*"


def test_the_doctor_takes_the_locale_for_what_it_is(newsreader: Process) -> None:
    found = newsreader("doctor", env=os.environ | {"LC_ALL": "C"}).stdout.decode()

    assert "Set a UTF-8 locale, for example LANG=C.UTF-8." in found
