"""Names: how volumes, their files and their articles are called.

An article's id is its volume and its document's number: `261122a17` is document 17 of
volumes/2026/2026-11-22.json, `261122b3` document 3 of 2026-11-22.2.json (a, b, .. z, aa, ab ..).
Two digits of the year are enough for the years 2000 to 2099.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache

_ARTICLE_ID = re.compile(r"(\d{2})(\d{2})(\d{2})([a-z]{1,4})([1-9]\d{0,6})")
_VOLUME_NAME = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}(\.[1-9][0-9]*)?")
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
_LETTERS = 26


def article_id(volume: str, doc_id: int) -> str:
    """The id of a volume's document."""
    day, _, number = volume.partition(".")
    return f"{day[2:].replace('-', '')}{_letters(int(number or 1))}{doc_id}"


def ids_of(volume: str) -> tuple[str, str]:
    """Between which texts the ids of a volume lie, in the order of code points; the end is none."""
    beginning = article_id(volume, 0)[:-1]
    return f"{beginning}0", f"{beginning}:"  # a colon is what comes after the digits


def ids_of_days(first: date, last: date) -> tuple[str, str]:
    """The same for the ids of all articles that came on these days."""
    return f"{first:%y%m%d}", f"{last:%y%m%d}~"  # a tilde comes after the letters


@lru_cache(maxsize=4096)
def parse_article_id(text: str) -> tuple[str, int] | None:
    """The volume and document that an id names; None for a text that is no id."""
    matched = _ARTICLE_ID.fullmatch(text)
    if not matched:
        return None
    year, month, day, letters, doc_id = matched.groups()
    try:
        on = date(2000 + int(year), int(month), int(day))
    except ValueError:
        return None
    return volume_name(on, _number(letters)), int(doc_id)


def article_id_in(target: str) -> str:
    """The article id that a target is, without a section's number; empty for a query."""
    found = target.strip().split("#")[0]
    return found if parse_article_id(found) else ""


def day_of(instant: datetime) -> date:
    """The day, in UTC, under which volumes keep what comes in at an instant.

    The nearest one that ids can name: a clock that is wrong must not keep anything from being
    saved and found again.
    """
    return min(max(instant.astimezone(UTC).date(), _FIRST_DAY), _LAST_DAY)


def volume_name(day: date, number: int = 1) -> str:
    """The name of a day's volume: `2026-11-22`, the second one `2026-11-22.2`."""
    return day.isoformat() if number == 1 else f"{day.isoformat()}.{number}"


def day_of_volume(volume: str) -> date:
    """The day of a volume's name."""
    return date.fromisoformat(volume.partition(".")[0])


def volume_order(volume: str) -> tuple[str, int]:
    """What volumes are sorted by: their day, then their number, of which 10 comes after 9."""
    day, _, number = volume.partition(".")
    return day, int(number or 1)


def year_folder(year: str) -> str:
    """The folder of a year's volumes, relative to the archive; it ends in a slash."""
    return f"volumes/{year}/"


def folder_of(volume: str) -> str:
    """The folder that a volume's files lie in."""
    return year_folder(volume[:4])


def articles_file(volume: str) -> str:
    """The path of a volume's articles, relative to the archive."""
    return f"{folder_of(volume)}{volume}.json"


def marks_file(volume: str) -> str:
    """The path of a volume's marks, relative to the archive."""
    return f"{folder_of(volume)}{volume}.marks.json"


def volume_number(stem: str, day: date) -> int | None:
    """The number of a file stem among the volumes of a day; None if it is none of them."""
    name, _, number = stem.partition(".")
    return int(number or 1) if _VOLUME_NAME.fullmatch(stem) and name == day.isoformat() else None


def volume_of_file(name: str) -> str | None:
    """The volume that a file relative to the archive belongs to; None for any other file."""
    stem = name.rpartition("/")[2].removesuffix(".json").removesuffix(".marks")
    if _VOLUME_NAME.fullmatch(stem) and name in (articles_file(stem), marks_file(stem)):
        return stem
    return None


def is_file_of_year(year: str, file_name: str) -> bool:
    """Whether a file in the folder of a year is of a volume, articles or marks."""
    stem = file_name.removesuffix(".json").removesuffix(".marks")
    is_volume = stem.startswith(year) and _VOLUME_NAME.fullmatch(stem) is not None
    return is_volume and file_name.endswith(".json")


def _letters(number: int) -> str:
    """1 is a, 26 z, 27 aa: numbers in base 26 without a zero."""
    letters = ""
    while number > 0:
        number, place = divmod(number - 1, _LETTERS)
        letters = chr(ord("a") + place) + letters
    return letters


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("a") + 1
    return number
