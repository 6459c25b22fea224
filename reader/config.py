"""The settings file (TOML): few keys, each checked, each with a row in the README."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.models import Retention
from reader.errors import ConfigError
from reader.paths import config_path

CONNECTIONS_MAX = 64
DAYS_MAX = 36_500
KEEP_ALL = Retention()
REFRESH_WAYS = ("due", "manual")
# A web or mail address, of what may stand in a comment of a header (RFC 9110, 5.6.5).
_CONTACT = re.compile(r"https?://[!-'*-:=?A-\[\]-~]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set; the defaults are what most people want.

    `theme` names a theme of the app. `connections` bounds the requests at one time (1 to 64).
    `keep_pages` stores the raw page behind each article. `browser` is the command that opens an
    address (words as a shell would split them), empty for the system's own.
    `retention` is the rule by which `compact` removes articles; without days nothing ever goes.
    `refresh` says whether the app refreshes what is due by itself, or waits for a key.
    `contact` is where servers that are asked may write to: a web or mail address, empty for none.
    `ascii` draws marks and lines in ASCII. `hints` lets it name useful keys at first.
    """

    theme: str = "newsreader-dark"
    connections: int = 16
    keep_pages: bool = True
    browser: str = ""
    ascii: bool = False
    hints: bool = True
    refresh: str = "due"
    contact: str = ""
    retention: Retention = KEEP_ALL


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
    defaults = dataclasses.asdict(Settings())
    for key, value in values.items():
        problem = _problem(key, value, defaults)
        if problem:
            raise ConfigError(f"{name}, line {_line_of(key, text)}", *problem)
    rule = values.pop("retention", {})
    for key, value in rule.items():
        problem = _problem(key, value, defaults["retention"])
        if problem:
            raise ConfigError(f"{name}, line {_line_of(key, text)}", *problem)
    return Settings(**values, retention=Retention(**rule))


def _problem(key: str, value: object, defaults: Mapping[str, object]) -> tuple[str, str] | None:
    """Why a setting cannot be used and what to do, or None."""
    if key not in defaults:
        return f"there is no setting {key!r}", _suggestion(key, list(defaults))
    expected = type(defaults[key])
    if type(value) is not expected:
        words = {
            str: "a text in quotes",
            int: "a whole number",
            bool: "true or false",
            dict: "a table",
        }
        return (
            f"{key} is {words[expected]}, not {value!r}",
            f"The default is {_toml(defaults[key])}",
        )
    if key == "retention" and isinstance(value, dict) and value and "keep_days" not in value:
        return "retention has no keep_days", "Say for how many days articles stay"
    if key == "keep_days" and not 1 <= int(str(value)) <= DAYS_MAX:
        return f"keep_days is {value}", f"Give a number from 1 to {DAYS_MAX}"
    if key == "refresh" and value not in REFRESH_WAYS:
        return f"refresh is {value!r}", f"Give one of {', '.join(map(_toml, REFRESH_WAYS))}"
    if key == "contact" and value and not _CONTACT.fullmatch(str(value)):
        return f"contact is {value!r}", "Give a mail address, or one that starts with https://"
    if key == "connections" and not 1 <= int(str(value)) <= CONNECTIONS_MAX:
        return f"connections is {value}", f"Give a number from 1 to {CONNECTIONS_MAX}"
    return None


def _suggestion(key: str, known: list[str]) -> str:
    import difflib

    near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    return f"Did you mean {near[0]}?" if near else f"Known are {', '.join(known)}"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "none"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _line_of(key: str, text: str) -> int:
    """The line (from 1) on which `key` is set; 1 where it cannot be told (an exotic spelling)."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip().lstrip("[").lstrip("\"'").startswith(key):
            return number
    return 1
