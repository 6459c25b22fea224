"""Typed, cleaned fields out of one line of JSON Lines; a wrong optional one costs only itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import MAXYEAR, MINYEAR, datetime
from typing import Any, TypeVar

from archive.characters import clean_line, clean_text
from archive.fields import instant_from, storable_value

Value = TypeVar("Value")


LARGEST_NUMBER = 2**31
"""No text has as many words or characters; a number beyond it is a mistake."""


class BadLine(ValueError):
    """A line that gives no article, and why."""


class LineFields:
    """Reads typed fields out of one object; what is wrong goes to `problems`, and is left out."""

    def __init__(self, fields: Mapping[str, Any], problems: list[str]) -> None:
        self._fields = fields
        self._problems = problems

    def has(self, *names: str) -> bool:
        """Whether the line says anything of one of these."""
        return any(self._fields.get(name) is not None for name in names)

    def is_empty(self, name: str) -> bool:
        """Whether the line says nothing there, or an empty text."""
        return self._fields.get(name) in (None, "")

    def required(self, name: str) -> str:
        """A text that must be there."""
        value = self._fields.get(name)
        cleaned = clean_line(value).strip() if isinstance(value, str) else ""
        if not cleaned:
            raise BadLine(f"has no {name}" if self.is_empty(name) else f"{name} is no text")
        return cleaned

    def is_blank(self, name: str) -> bool:
        """Whether it is stated to be nothing: not missing, but null or without a sign."""
        value = self._fields.get(name)
        return name in self._fields and (value is None or value == "" or str(value).isspace())

    def text(self, name: str) -> str:
        """A text of several lines, empty where it is not stated."""
        return clean_text(self._typed(name, str, "no text") or "")

    def line(self, name: str) -> str:
        """A text of one line, empty where it is not stated."""
        return clean_line(self._typed(name, str, "no text") or "").strip()

    def verbatim(self, name: str) -> str:
        """An identifier, which must stay as it is to be recognised; only surrogates go."""
        return str(storable_value(self._typed(name, str, "no text") or ""))

    def flag(self, name: str) -> bool:
        """True or false; false where it is not stated."""
        return bool(self._typed(name, bool, "neither true nor false"))

    def number(self, name: str) -> int:
        """A whole number from zero to `LARGEST_NUMBER`; zero where it is not stated."""
        value = self._typed(name, int, "no whole number") or 0
        if not 0 <= value <= LARGEST_NUMBER:
            self._problems.append(f"{name} is below zero or too large: left out")
            return 0
        return value

    def instant(self, name: str) -> datetime | None:
        """An instant; one without a zone is in UTC. Of years that every zone can show."""
        value = self._typed(name, str, "no date")
        if not value:
            return None
        try:
            instant = instant_from(value.strip())
        except ValueError:
            self._problems.append(f"{name} is no ISO 8601 date: left out")
            return None
        if instant.year in (MINYEAR, MAXYEAR):
            self._problems.append(f"{name} is in the year {instant.year}: left out")
            return None
        return instant

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts of one line."""
        return self._list_of_texts(name, clean_line)

    def blocks(self, name: str) -> tuple[str, ...]:
        """A list of texts of several lines."""
        return self._list_of_texts(name, clean_text)

    def _list_of_texts(self, name: str, clean: Callable[[str], str]) -> tuple[str, ...]:
        values = self._typed(name, list, "no list") or []
        if not all(isinstance(value, str) for value in values):
            self._problems.append(f"{name} is no list of texts: left out")
            return ()
        return tuple(filter(None, (clean(value).strip() for value in values)))

    def numbers(self, name: str) -> tuple[int, ...]:
        """A list of whole numbers from zero to `LARGEST_NUMBER`."""
        values = self._typed(name, list, "no list") or []
        if not all(type(value) is int and 0 <= value <= LARGEST_NUMBER for value in values):
            self._problems.append(f"{name} is no list of whole numbers: left out")
            return ()
        return tuple(values)

    def objects(self, name: str) -> list[LineFields]:
        """A list of objects."""
        values = self._typed(name, list, "no list") or []
        if not all(isinstance(value, dict) for value in values):
            self._problems.append(f"{name} is no list of objects: left out")
            return []
        return [LineFields(value, self._problems) for value in values]

    def _typed(self, name: str, kind: type[Value], otherwise: str) -> Value | None:
        value = self._fields.get(name)
        if value is None or type(value) is kind:
            return value
        self._problems.append(f"{name} is {otherwise}: left out")
        return None
