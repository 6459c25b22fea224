"""What a value in the settings file may be, and what to say when it is something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

CONNECTIONS_MAX = 64
DAYS_MAX = 36_500
MEASURES = (40, 120)
REFRESH_WAYS = ("due", "manual")
# A web or mail address, of what may stand in a comment of a header (RFC 9110, 5.6.5).
_CONTACT = re.compile(r"https?://[!-'*-:=?A-\[\]-~]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


def problem_of(key: str, value: object, defaults: Mapping[str, object]) -> tuple[str, str] | None:
    """Why a setting cannot be used and what to do, or None."""
    if key not in defaults:
        return f"there is no setting {key!r}", nearest(key, defaults)
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
            f"Write [{key}] and its lines below"
            if expected is dict
            else f"The default is {as_toml(defaults[key])}",
        )
    if key == "retention" and isinstance(value, dict) and _lacks_days(value, defaults[key]):
        return "retention has no keep_days", "Say for how many days articles stay"
    if key == "keep_days" and not 1 <= int(str(value)) <= DAYS_MAX:
        return f"keep_days is {value}", f"Give a number from 1 to {DAYS_MAX}"
    if key == "refresh" and value not in REFRESH_WAYS:
        return f"refresh is {value!r}", f"Give one of {', '.join(map(as_toml, REFRESH_WAYS))}"
    if key == "contact" and value and not _CONTACT.fullmatch(str(value)):
        return f"contact is {value!r}", "Give a mail address, or one that starts with https://"
    if key == "connections" and not 1 <= int(str(value)) <= CONNECTIONS_MAX:
        return f"connections is {value}", f"Give a number from 1 to {CONNECTIONS_MAX}"
    if key == "measure" and not MEASURES[0] <= int(str(value)) <= MEASURES[1]:
        return f"measure is {value}", "Give a number of cells from {} to {}".format(*MEASURES)
    return None


def _lacks_days(rule: Mapping[str, object], known: object) -> bool:
    """Whether a rule of retention has no days; one with unknown names is told those first."""
    names = set(known) if isinstance(known, dict) else set()
    return bool(rule) and "keep_days" not in rule and rule.keys() <= names


def nearest(name: str, known: Iterable[str]) -> str:
    """What may have been meant by a name that is not known, as a remedy."""
    import difflib

    known = list(known)
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"Did you mean {near[0]}?" if near else f"Known are {', '.join(known)}"


def as_toml(value: object) -> str:
    """A value as TOML writes it; a table in words."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "none"
    if isinstance(value, list):
        return f"[{', '.join(map(as_toml, value))}]"
    import json  # a listing does without

    # A string of JSON is one of TOML, but for DEL.
    quoted = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return quoted if isinstance(value, str) else str(value)
