"""The README says everything that can be typed, pressed or set."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import Archive
from reader.cli.parser import COMMANDS, command_parser
from reader.config import Settings
from reader.tui.key_tables import presets_table, readme_table
from tests.archive.making import clock, make_articles

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"newsreader {name}" in README


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_option_is_in_the_readme(name: str) -> None:
    options = {option for option in command_parser(COMMANDS[name]).options if option[:2] == "--"}

    missing = {option for option in options - {"--help"} if option not in README}

    assert missing == set()


def test_the_readmes_table_of_keys_is_the_registrys() -> None:
    written = README.partition("<!-- keys: begin -->")[2].partition("<!-- keys: end -->")[0]

    assert written.strip() == readme_table().strip()


def test_the_readmes_table_of_presets_is_theirs() -> None:
    written = README.partition("<!-- presets: begin -->")[2].partition("<!-- presets: end -->")[0]

    assert written.strip() == presets_table().strip()


def settings() -> Iterator[tuple[str, object]]:
    """Every setting with its default, those of a table as TABLE.NAME."""
    for field in fields(Settings):
        if field.name == "source":
            continue
        if is_dataclass(field.default):
            yield from (
                (f"{field.name}.{one.name}", one.default)
                for one in fields(field.default)
                if one.default is not MISSING
            )
        else:
            yield field.name, field.default


@pytest.mark.parametrize(("name", "default"), list(settings()))
def test_every_setting_is_in_the_readme_with_its_default(name: str, default: object) -> None:
    rows = [line for line in README.splitlines() if f"`{name}`" in line]
    written = str(default).lower() if isinstance(default, bool) else str(default)

    assert rows, f"{name} is missing"
    assert any(written in row for row in rows)


def readmes_python(first_line: str) -> str:
    """The lines of Python in the README that begin with one."""
    lines = README.splitlines()
    begin = lines.index("    " + first_line)
    end = next(at for at in range(begin, len(lines)) if not lines[at].startswith("    "))
    return "\n".join(line.strip() for line in lines[begin:end])


def test_the_readmes_lines_of_python_read_a_volume_in_either_form(tmp_path: Path) -> None:
    firsts = {datetime(2026, 11, 22, tzinfo=UTC): 100, datetime(2025, 1, 2, tzinfo=UTC): 200}
    for at, first in firsts.items():
        with Archive.open(tmp_path, now=lambda at=at: at) as archive:
            archive.save(make_articles(50, first=first))
    with Archive.open(tmp_path, now=clock) as archive:
        assert archive.care().compress() == 1

    for line, first in (("from tinydb import TinyDB", 100), ("import bz2, json, tinydb", 200)):
        code = [sys.executable, "-c", readmes_python(line)]
        ran = subprocess.run(code, cwd=tmp_path, capture_output=True, text=True, check=True)
        expected = [f"Harvest report {number}" for number in range(first, first + 50)]
        assert ran.stdout.splitlines() == expected
