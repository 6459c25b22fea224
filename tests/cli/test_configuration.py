"""config: what is in effect and where it is from; and settings that are wrong, for any command."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.config import Settings, load_settings
from reader.toml_lines import line_of
from reader.tui.keymap import keymap_of
from reader.tui.presets import PRESETS
from tests.cli.conftest import Run

OWN = """theme = "newsreader-light"
retention.keep_days = 30

[keys]
preset = "newsboat"
star = [
  "b",
]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(OWN)
    return file


def test_every_value_has_its_source(run: Run, file: Path) -> None:
    shown = run("--config", str(file), "config").lines

    assert f"# settings: {file} (--config)" in shown
    assert 'theme = "newsreader-light"  # line 1' in shown
    assert "connections = 16  # default" in shown
    assert "keep_days = 30  # line 2" in shown
    assert 'preset = "newsboat"  # line 5' in shown
    assert 'star = ["b"]  # line 6' in shown
    assert 'links = ["u"]  # preset newsboat' in shown
    assert 'down = ["j", "Down"]  # default' in shown


def test_the_archive_is_named_with_what_chose_it(run: Run, tmp_path: Path) -> None:
    assert any("(NEWSREADER_ARCHIVE)" in line for line in run("config").lines)
    chosen = run("--archive", str(tmp_path), "config").lines

    assert f"# archive: {tmp_path} (--archive)" in chosen


def test_what_it_prints_means_the_same_as_a_file(run: Run, file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.toml"
    copy.write_text(run("--config", str(file), "config").out)

    before, after = load_settings(file), load_settings(copy)

    assert keymap_of(after).bindings == keymap_of(before).bindings
    assert after.retention == before.retention
    assert after.theme == before.theme


@pytest.mark.parametrize("preset", PRESETS)
def test_each_preset_printed_means_the_same_as_a_file(
    run: Run, tmp_path: Path, preset: str
) -> None:
    first, copy = tmp_path / "first.toml", tmp_path / "copy.toml"
    first.write_text(f'[keys]\npreset = "{preset}"\n')
    copy.write_text(run("--config", str(first), "config").out)

    assert keymap_of(load_settings(copy)).bindings == keymap_of(load_settings(first)).bindings


def test_the_defaults_too_mean_the_same_as_a_file(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy.toml"
    copy.write_text(run("config").out)

    assert keymap_of(load_settings(copy)).bindings == keymap_of(Settings()).bindings


def test_json_has_the_same(run: Run, file: Path) -> None:
    shown = run("--config", str(file), "config", "--json").json

    assert shown["file"] == str(file)
    assert {"name": "keys.star", "value": ["b"], "source": "line 6"} in shown["settings"]


@pytest.mark.parametrize("command", [("list",), ("config",), ("doctor",)])
def test_keys_that_clash_are_said_by_every_command(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text('[keys]\nstar = "n"\n')

    told = run("--config", str(file), *command)

    said = told.out if command == ("doctor",) else told.err
    assert told.code == (1 if command == ("doctor",) else 2)
    assert f"{file}, line 2: keys.star is 'n', which next has" in said


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("a = 1\nab = 2\n", ("ab",), 2),
        ("theme_x = 1\n", ("theme",), 1),
        ("# x\n\n[t]\n# y\nx = [\n 1,\n]\n", ("t", "x"), 5),
        ("t.x = 1\n", ("t", "x"), 1),
        ('"theme" = "x"\n', ("theme",), 1),
        ("x = '''\ntheme = 1\n'''\ntheme = 2\n", ("theme",), 4),
    ],
)
def test_the_line_of_a_key_is_found_in_every_spelling(
    text: str, path: tuple[str, ...], line: int
) -> None:
    assert line_of(path, text) == line


def test_a_theme_that_there_is_not_is_said_by_config_and_doctor(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('measure = 70\ntheme = "nrod"\n')
    line = f"{file}, line 2: there is no theme 'nrod'. Did you mean nord?"

    shown = run("config", "--config", str(file))
    checked = run("doctor", "--config", str(file))

    assert (shown.code, shown.err) == (2, f"newsreader: {line}\n")
    assert checked.code == 1
    assert [each for each in checked.lines if line in each and each.startswith("trouble")]


def test_a_theme_of_ones_own_counts_and_one_that_is_wrong_is_said(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('theme = "dusk"\n')
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "dusk.toml").write_text('accent = "red"\n')
    (tmp_path / "themes" / "bad.toml").write_text('acent = "red"\n')
    line = f"{tmp_path}/themes/bad.toml, line 1: there is no colour 'acent'. Did you mean accent?"

    shown = run("config", "--config", str(file))
    checked = run("doctor", "--config", str(file))

    assert shown.code == 0
    assert shown.lines[2].startswith('theme = "dusk"')
    assert line in shown.err
    assert [each for each in checked.lines if line in each]
