"""config: the settings and keys in effect, each with where it is from, as a file to copy from."""

from __future__ import annotations

import dataclasses
import os
from argparse import Namespace
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reader.cli.looks import check_theme
from reader.cli.session import config_file, settings_of
from reader.cli.terminal import Terminal
from reader.config import Settings, defaults
from reader.paths import ARCHIVE_VARIABLE, archive_path, config_path
from reader.settings_checks import as_toml
from reader.toml_lines import has_value

DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Effective:
    """A setting by its path, its value, and where that is from: a line, a preset, or a default."""

    path: tuple[str, ...]
    value: object
    source: str


def show_config(arguments: Namespace, terminal: Terminal) -> int:
    """Prints what is in effect; raises ConfigError for a file that is wrong."""
    settings = settings_of(arguments)
    if settings.ascii:
        terminal.keep_to_ascii()
    for problem in check_theme(arguments, settings):
        terminal.note(problem)
    found = [*_plain(settings), *_retention(settings), *_keys(settings)]
    if arguments.json:
        terminal.json(
            {
                "archive": {"value": _archive(arguments)[0], "source": _archive(arguments)[1]},
                "file": _file(arguments, settings)[0],
                "settings": [
                    {"name": ".".join(one.path), "value": one.value, "source": one.source}
                    for one in found
                ],
            }
        )
        return 0
    terminal.lines(_as_file(arguments, settings, found))
    return 0


def _as_file(arguments: Namespace, settings: Settings, found: list[Effective]) -> Iterator[str]:
    for what, (value, source) in (
        ("settings", _file(arguments, settings)),
        ("archive", _archive(arguments)),
    ):
        yield f"# {what}: {value} ({source})"
    table = ""
    for one in found:
        if len(one.path) > 1 and one.path[0] != table:
            table = one.path[0]
            yield ""
            yield f"[{table}]"
        yield f"{one.path[-1]} = {as_toml(one.value)}  # {one.source}"


def _file(arguments: Namespace, settings: Settings) -> tuple[str, str]:
    chosen = config_file(arguments)
    if chosen is not None:
        return str(chosen), "--config"
    return str(config_path()), "yours" if settings.source.path else "none there"


def _archive(arguments: Namespace) -> tuple[str, str]:
    path = str(archive_path(arguments.archive))
    if arguments.archive:
        return path, "--archive"
    return path, ARCHIVE_VARIABLE if os.environ.get(ARCHIVE_VARIABLE) else DEFAULT


def _plain(settings: Settings) -> Iterator[Effective]:
    for name, default in defaults().items():
        if not isinstance(default, dict):
            yield Effective((name,), getattr(settings, name), _source(settings, name))


def _retention(settings: Settings) -> Iterator[Effective]:
    """The rule, where there is one: without days there is none, and nothing to state."""
    if settings.retention.keep_days:
        for name, value in dataclasses.asdict(settings.retention).items():
            yield Effective(("retention", name), value, _source(settings, "retention", name))


def _keys(settings: Settings) -> Iterator[Effective]:
    from reader.tui.keymap import keymap_of
    from reader.tui.presets import PRESETS

    keys = settings.keys
    yield Effective(("keys", "preset"), keys.preset, _source(settings, "keys", "preset"))
    preset: Mapping[str, object] = PRESETS.get(keys.preset, {})
    for action in keymap_of(settings).actions:
        source = _source(settings, "keys", action.id)
        if source == DEFAULT and action.id in preset:
            source = f"preset {keys.preset}"
        yield Effective(("keys", action.id), list(action.keys), source)


def _source(settings: Settings, *path: str) -> str:
    source = settings.source
    return f"line {source.line(*path)}" if has_value(path, source.text) else DEFAULT
