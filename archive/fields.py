"""Taking typed fields out of a JSON document, with an error that names the field at fault."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from archive.errors import DamagedFile

LARGEST_NUMBER = 2**63 - 1
"""Whole numbers between this and its opposite can be stored: SQLite's are of 64 bits."""


def instant_text(instant: datetime) -> str:
    """ISO 8601 in UTC with `Z`; an instant without a zone is taken as UTC."""
    if instant.tzinfo is not UTC:
        instant = instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
    return instant.isoformat()[: -len("+00:00")] + "Z"


def instant_from(text: str) -> datetime:
    """The aware instant that `instant_text` wrote. ValueError for anything else."""
    instant = datetime.fromisoformat(text)
    try:
        return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
    except OverflowError as error:
        raise ValueError(f"{text} is not in the years 1 to 9999 of UTC") from error


def storable_value(value: Any) -> Any:
    """The JSON value as an archive can hold it.

    Lone surrogates, which UTF-8 has no bytes for, are taken out of its texts; numbers past
    `LARGEST_NUMBER` become that.
    """
    if isinstance(value, str):
        return value.encode("utf-8", "ignore").decode("utf-8")
    if isinstance(value, int):
        return max(-LARGEST_NUMBER, min(value, LARGEST_NUMBER))
    if isinstance(value, list):
        return [storable_value(child) for child in value]
    if isinstance(value, dict):
        return {name: storable_value(child) for name, child in value.items()}
    return value


class Fields:
    """The fields of `document`; `what` names the thing in errors (DamagedFile)."""

    def __init__(self, document: object, what: str) -> None:
        if not isinstance(document, Mapping):
            raise DamagedFile(what, "its record is not an object")
        self._document = document
        self._what = what

    def text(self, name: str, *, required: bool = False, otherwise: str = "") -> str:
        """A text; `otherwise` where it is not stated."""
        value = self._document.get(name)
        if value is None and not required:
            return otherwise
        if not isinstance(value, str):
            raise self._damaged(name)
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty where it is not stated."""
        values = self._list(name)
        if not all(isinstance(value, str) for value in values):
            raise self._damaged(name)
        return tuple(values)

    def number(self, name: str) -> int:
        """A whole number that can be stored; 0 where it is not stated."""
        value = self._document.get(name) or 0
        if not isinstance(value, int) or abs(value) > LARGEST_NUMBER:
            raise self._damaged(name)
        return value

    def numbers(self, name: str) -> tuple[int, ...]:
        """A list of whole numbers; empty where it is not stated."""
        values = self._list(name)
        if not all(isinstance(value, int) for value in values):
            raise self._damaged(name)
        return tuple(values)

    def truth(self, name: str, *, otherwise: bool = False) -> bool:
        """Whether the field is true; `otherwise` where it is not stated."""
        return bool(self._document.get(name, otherwise))

    def instant(self, name: str) -> datetime | None:
        """An aware instant, or None."""
        text = self.text(name)
        if not text:
            return None
        try:
            return instant_from(text)
        except ValueError as error:
            raise self._damaged(name) from error

    def instant_required(self, name: str) -> datetime:
        """An aware instant. DamagedFile without one."""
        instant = self.instant(name)
        if instant is None:
            raise self._damaged(name)
        return instant

    def child(self, name: str) -> Fields | None:
        """The fields of a nested document, or None."""
        value = self._document.get(name)
        return None if value is None else Fields(value, f"{self._what}, {name}")

    def children(self, name: str) -> list[Fields]:
        """The fields of each document in a list."""
        return [Fields(value, f"{self._what}, {name}") for value in self._list(name)]

    def _list(self, name: str) -> list[Any]:
        value = self._document.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self._damaged(name)
        return value

    def _damaged(self, name: str) -> DamagedFile:
        return DamagedFile(self._what, f"its field {name!r} is missing or not what was written")
