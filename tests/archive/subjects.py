"""Articles on a few subjects, some with the tag of theirs: what tags can be learned from."""

from __future__ import annotations

import random
from collections.abc import Iterable

from archive.archive import Archive
from archive.models import Article, Mark
from tests.archive.making import make_article

SUBJECTS = {
    "ai/models": "Qwen Alibaba tokens weights checkpoint inference Hangzhou benchmark GPUs",
    "sea": "ferry harbour captain tide lighthouse Marwen cabin anchor crew berths",
    "garden": "roses compost seedlings pruning beetles hedges tulips watering mulch nursery",
    "": "council budget street school library traffic market festival bakery museum",
}
"""Words of each subject by its tag; those of the last one have none."""
COMMON = ["the", "and", "with", "people", "said", "year", "after", "which", "there", "would"]
COUNT = 240


def text_about(tag: str, dice: random.Random) -> str:
    """A text with six words of a subject among common ones."""
    words = [*dice.sample(SUBJECTS[tag].split(), 6), *dice.choices(COMMON, k=30)]
    dice.shuffle(words)
    return f"{' '.join(words).capitalize()}."


def fill_with_subjects(archive: Archive) -> None:
    """Saves COUNT articles, an eighth on each subject that has a tag; half of those have it.

    `later` is on articles of all subjects.
    """
    dice = random.Random(7)
    articles: list[Article] = []
    marks: list[Mark] = []
    for number in range(COUNT):
        tag = [*SUBJECTS, *[""] * 4][number % 8]
        articles.append(make_article(number, title=f"Report {number}", text=text_about(tag, dice)))
        own = [tag] if tag and number % 16 < 8 else []
        marks.append(Mark(tags=(*own, *["later"] * (number % 11 == 0))))
    archive.save(articles, marks)


def are_about(tag: str, words: Iterable[str]) -> bool:
    """Whether all words are of a subject."""
    return {word.casefold() for word in words} <= set(SUBJECTS[tag].casefold().split())
