"""The settings file (TOML): few keys, each checked, each with a row in the README.

Which actions there are to give keys to, the app knows: `reader.tui.keymap` checks those.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from archive.retention import Retention
from reader.errors import ConfigError
from reader.paths import config_path
from reader.settings_checks import problem_of
from reader.toml_lines import line_of

KEEP_ALL = Retention()
TABLES = ("retention", "keys")


@dataclass(frozen=True, slots=True)
class Keys:
    """Other keys than the app's own: those of a preset, and the reader's by the action's id."""

    preset: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """The file that settings are from, for what is wrong with them; its text is empty if none."""

    path: str = ""
    text: str = ""

    def line(self, *names: str) -> int:
        """The line of a setting, from 1."""
        return line_of(names, self.text)

    def place(self, *names: str) -> str:
        """File and line of a setting in words."""
        return f"{self.path}, line {self.line(*names)}"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set; the defaults are what most people want.

    `theme` names a theme of the app. `connections` bounds the requests at one time (1 to 64).
    `keep_pages` stores the raw page behind each article. `images` keeps the pictures of new
    articles and shows them. `recheck` looks at pages of new articles
    again in refreshes, fewer and fewer times over 30 days. `browser` is the command that opens an
    address (words as a shell would split them), empty for the system's own.
    `retention` is the rule by which `compact` removes articles; without days nothing ever goes.
    `refresh` says whether the app refreshes what is due by itself, or waits for a key.
    `contact` is where servers that are asked may write to: a web or mail address, empty for none.
    `ascii` draws marks and lines in ASCII. `hints` lets it name useful keys at first.
    `compact` leaves out frames, gaps and the words around search results.
    `fold_stories` gives a story one row in lists instead of one for each article.
    `measure` is how many cells a line of text has at most (40 to 120).
    `keys` are other keys than the app's own. `source` is where all this is from.
    """

    theme: str = "newsreader-dark"
    connections: int = 16
    keep_pages: bool = True
    browser: str = ""
    ascii: bool = False
    hints: bool = True
    measure: int = 80
    compact: bool = False
    fold_stories: bool = True
    refresh: str = "due"
    contact: str = ""
    recheck: bool = True
    images: bool = False
    retention: Retention = KEEP_ALL
    keys: Keys = Keys()
    source: Source = field(default=Source(), compare=False, repr=False)


def load_settings(path: Path | None = None) -> Settings:
    """The settings in `path`, or in the user's configuration file where there is one.

    Raises ConfigError, naming file and line, for a file that is missing although it was named,
    that is no TOML, or that has a key or value with no meaning here.
    """
    file = path or config_path()
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        if path is None:
            return Settings()
        raise ConfigError(str(file), "no such file", "Check the path after --config") from None
    except IsADirectoryError:
        raise ConfigError(str(file), "is a folder", "Name the settings file in it") from None
    except OSError as error:
        raise ConfigError(
            str(file), f"cannot be read ({error.strerror})", "Check its permissions"
        ) from error
    return parse_settings(content, str(file))


def parse_settings(content: bytes, name: str) -> Settings:
    """The settings that the TOML document `content` makes; `name` is what errors call it."""
    import tomllib

    try:
        text = content.decode("utf-8-sig")
        values = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ConfigError(f"{name}, line {line}", "is not UTF-8 text", "Save it as UTF-8") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(name, f"is not TOML ({error})", "Mend that line") from None
    source = Source(name, text)
    _check(values, source)
    rule = values.pop("retention", {})
    keys = values.pop("keys", {})
    return Settings(**values, retention=Retention(**rule), keys=_keys_from(keys), source=source)


def defaults() -> dict[str, object]:
    """Every setting with its default; those of a table as a dict."""
    found = dataclasses.asdict(Settings())
    del found["source"]
    return found


def _check(values: Mapping[str, object], source: Source) -> None:
    known = defaults()
    for key, value in values.items():
        problem = problem_of(key, value, known)
        if problem:
            raise ConfigError(source.place(key), *problem)
    rule, of_rule = values.get("retention"), known["retention"]
    if isinstance(rule, dict) and isinstance(of_rule, dict):
        for key, value in rule.items():
            problem = problem_of(key, value, of_rule)
            if problem:
                raise ConfigError(source.place("retention", key), *problem)
    keys = values.get("keys", {})
    for name, value in keys.items() if isinstance(keys, dict) else ():
        if not _is_key(value) or (name == "preset" and not isinstance(value, str)):
            shape = "a text in quotes" if name == "preset" else "a key or a list of keys, in quotes"
            why = f"keys.{name} is {shape}, not {value!r}"
            raise ConfigError(source.place("keys", name), why, 'For example "s" or ["s", "C-s"]')


def _is_key(value: object) -> bool:
    return isinstance(value, str) or (
        isinstance(value, list) and all(isinstance(each, str) for each in value)
    )


def _keys_from(values: Mapping[str, str | list[str]]) -> Keys:
    """The table `keys`, checked; one key alone is a list of one."""
    chosen = {
        name: (value,) if isinstance(value, str) else tuple(value)
        for name, value in values.items()
        if name != "preset"
    }
    return Keys(str(values.get("preset", "")), chosen)
