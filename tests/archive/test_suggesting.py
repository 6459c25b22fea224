"""Suggested tags: those of articles with the same telling words, and why; nothing is applied."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import Archive, Mark
from archive.suggesting import evidence
from tests.archive.making import clock, make_article
from tests.archive.subjects import SUBJECTS, are_about, fill_with_subjects, text_about


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("archive"), now=clock) as opened:
        fill_with_subjects(opened)
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
        assert are_about(tag, found[0].because)
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


def test_a_tag_of_two_others_of_the_story_is_suggested_in_a_small_archive_too(
    tmp_path: Path,
) -> None:
    told = (
        "Lin Junyang left Alibaba on Tuesday, a day after Qwen published its smallest model.",
        "Alibaba loses Lin Junyang: the head of Qwen announced his departure on Tuesday night.",
        "After Lin Junyang's departure from Alibaba the Qwen team has no head of its own.",
    )
    with Archive.open(tmp_path, now=clock) as archive:
        other = make_article(9, title="Four bakers, one oven", text="Bread on Sundays.")
        saved = archive.save(
            [
                *(
                    make_article(number, title="Lin Junyang leaves Alibaba's Qwen", text=text)
                    for number, text in enumerate(told, 1)
                ),
                other,
            ]
        )
        archive.stories.group()
        ids = [each.article_id for each in saved]

        archive.tag(ids[:1], add=["ai/qwen", "later"])
        assert archive.tagging.suggest(ids[2]) == []
        archive.tag(ids[1:2], add=["ai/qwen"])
        (found,) = archive.tagging.suggest(ids[2])
        assert found.tag == "ai/qwen"
        assert {"Qwen", "Alibaba"} <= set(found.because)
        assert archive.tagging.suggest(ids[3]) == []
        archive.tag(ids[2:3], add=["AI/Qwen"])
        assert archive.tagging.suggest(ids[2]) == []


def test_words_with_endings_are_found_as_they_are_written(archive: Archive) -> None:
    told = "О проводке караванов рассказали моряки ледоколов гавани Мурманска {}."
    seas = ["у Карской губы", "у Белого моря", "у Вилькицкого", "у моря Лаптевых", "у Обской губы"]
    texts = [told.format(sea) for sea in seas]
    articles = [make_article(7000 + at, text=text, language="ru") for at, text in enumerate(texts)]
    archive.save(articles[:-1], [Mark(tags=("лёд",))] * 4)
    (asked,) = archive.save(articles[-1:])

    assert [each.tag for each in archive.tagging.suggest(asked.article_id)] == ["лёд"]
