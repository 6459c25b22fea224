"""The articles of the judged set: what the queries are about, and many that they are not about.

about.txt has an article a line: key, language, title, text. others.txt has a language a line: a
title and a text with two gaps, what goes into the first one, what goes into the second.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent


class Judged(NamedTuple):
    """An article by its key."""

    key: str
    language: str
    title: str
    text: str


def judged_articles() -> Iterator[Judged]:
    """All of them: those about something first, then 240 of five languages about other things."""
    for line in _lines("about.txt"):
        yield Judged(*line)
    for language, title, text, places, topics in _lines("others.txt"):
        pairs = product(places.split(", "), topics.split(", "))
        for number, words in enumerate(pairs):
            yield Judged(
                f"{language}-{number}", language, title.format(*words), text.format(*words)
            )


def _lines(name: str) -> Iterator[list[str]]:
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        yield line.split(" | ")
