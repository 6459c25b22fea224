"""Suggested tags: those of articles with the same telling words, and why; nothing is applied."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import Archive, Mark
from archive.models import Article
from archive.suggesting import evidence
from tests.archive.making import clock, make_article

SUBJECTS = {
    "ai/models": "Qwen Alibaba tokens weights checkpoint inference Hangzhou benchmark GPUs",
    "sea": "ferry harbour captain tide lighthouse Marwen cabin anchor crew berths",
    "garden": "roses compost seedlings pruning beetles hedges tulips watering mulch nursery",
    "": "council budget street school library traffic market festival bakery museum",
}
COMMON = ["the", "and", "with", "people", "said", "year", "after", "which", "there", "would"]
WORDS = {tag: words.split() for tag, words in SUBJECTS.items()}


def text_about(tag: str, dice: random.Random) -> str:
    words = [*dice.sample(WORDS[tag], 6), *dice.choices(COMMON, k=30)]
    dice.shuffle(words)
    return f"{' '.join(words).capitalize()}."


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Two hundred and forty articles, an eighth on each subject that has a tag; half have it.

    `later` is on articles of all subjects.
    """
    dice = random.Random(7)
    articles: list[Article] = []
    marks: list[Mark] = []
    for number in range(240):
        tag = [*SUBJECTS, *[""] * 4][number % 8]
        articles.append(make_article(number, title=f"Report {number}", text=text_about(tag, dice)))
        tags = [tag] if tag and number % 16 < 8 else []
        marks.append(Mark(tags=(*tags, *["later"] * (number % 11 == 0))))
    with Archive.open(tmp_path_factory.mktemp("archive"), now=clock) as opened:
        opened.save(articles, marks)
        yield opened


@pytest.mark.parametrize("tag", ["ai/models", "sea", "garden"])
def test_an_article_is_given_the_tag_of_its_subject_and_told_why(
    archive: Archive, tag: str
) -> None:
    dice = random.Random(tag)
    first = 1000 * (1 + list(SUBJECTS).index(tag))
    for number in range(first, first + 5):
        (saved,) = archive.save([make_article(number, text=text_about(tag, dice))])

        found = archive.tagging.suggest(saved.article_id)
        assert [each.tag for each in found] == [tag]
        assert 2 <= len(found[0].because) <= 3
        assert {word.casefold() for word in found[0].because} <= {
            word.casefold() for word in WORDS[tag]
        }
        assert archive.mark_of(saved.article_id) == Mark()


def test_what_has_no_tags_of_its_own_gets_none_and_neither_does_what_is_tagged(
    archive: Archive,
) -> None:
    dice = random.Random(1)
    (street,) = archive.save([make_article(5000, text=text_about("", dice))])
    (sea,) = archive.save([make_article(5001, text=text_about("sea", dice))], [Mark(tags=("SEA",))])

    assert archive.tagging.suggest(street.article_id) == []
    assert archive.tagging.suggest(sea.article_id) == []


def test_an_archive_without_tags_suggests_none(tmp_path: Path) -> None:
    with Archive.open(tmp_path, now=clock) as archive:
        (saved,) = archive.save([make_article(1, text="Ferry and harbour.")])

        assert archive.tagging.suggest(saved.article_id) == []


def test_evidence_grows_with_what_is_shared_and_one_article_is_within_its_error() -> None:
    often, _ = evidence(both=9, tagged=10, having=12, total=1000)
    seldom, _ = evidence(both=3, tagged=10, having=12, total=1000)
    everywhere, error = evidence(both=9, tagged=10, having=900, total=1000)

    assert often > seldom > 2
    assert abs(everywhere) < error
