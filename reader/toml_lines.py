"""On which line of a TOML document a key is set: `tomllib` tells values and no places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def line_of(path: Sequence[str], text: str) -> int:
    """The line (from 1) on which the value at `path` begins; 1 if the document has none.

    Beginnings of the document are parsed, each a line longer, until one has the value: exact in
    every spelling, and quadratic, which only who made a mistake waits for.
    """
    import tomllib  # not needed where there is no settings file

    lines = text.split("\n")
    begin = 0
    for end in range(1, len(lines) + 1):
        try:
            values = tomllib.loads("\n".join(lines[:end]))
        except tomllib.TOMLDecodeError:
            continue  # a value that goes on in the next line
        if _has(values, path):
            return next(at for at in range(begin, end) if _says(lines[at])) + 1
        begin = end
    return 1


def has_value(path: Sequence[str], text: str) -> bool:
    """Whether a document that is TOML sets the value at `path`."""
    import tomllib

    return _has(tomllib.loads(text), path)


def _has(values: Mapping[str, object], path: Sequence[str]) -> bool:
    found: object = values
    for name in path:
        if not isinstance(found, Mapping) or name not in found:
            return False
        found = found[name]
    return True


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.strip().startswith("#")
