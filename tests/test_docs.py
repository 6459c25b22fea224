"""The README says everything that can be typed, pressed or set."""

from dataclasses import fields
from pathlib import Path

import pytest

from reader.cli.parser import COMMANDS, command_parser
from reader.config import Settings
from reader.tui.key_tables import readme_table

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


@pytest.mark.parametrize("field", fields(Settings), ids=lambda field: field.name)
def test_every_setting_is_in_the_readme_with_its_default(field: object) -> None:
    name, default = field.name, field.default
    rows = [line for line in README.splitlines() if f"`{name}`" in line]
    written = str(default).lower() if isinstance(default, bool) else str(default)

    assert rows, f"{name} is missing"
    assert any(written in row for row in rows)
