"""Near copies are found though framed, cut or lightly reworded, and nothing else is taken for one.

Texts are drawn from a seed out of invented words by Zipf's law, as many as precision and recall of
.99 need to be told from luck.
"""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.models import Article
from archive.near_copies import is_copy, shingles

WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in ("a", "e", "io", "u") for c in "lnrst"]
WEIGHTS = [1 / (rank + 3) for rank in range(len(WORDS))]
COUNT = 300


def text(dice: random.Random, words: int) -> list[str]:
    return dice.choices(WORDS, WEIGHTS, k=words)


def framed(words: list[str], dice: random.Random) -> list[str]:
    return [*text(dice, len(words) // 3), *words, *text(dice, len(words) // 3)]


def cut(words: list[str], dice: random.Random) -> list[str]:
    return words[: round(len(words) * 0.6)]


def cut_before(words: list[str], dice: random.Random) -> list[str]:
    return words[-round(len(words) * 0.6) :]


def reworded(words: list[str], dice: random.Random) -> list[str]:
    changed = list(words)
    for place in dice.sample(range(len(words)), len(words) // 20):
        changed[place] = dice.choice(WORDS) + "x"
    return changed


def cut_reworded_and_framed(words: list[str], dice: random.Random) -> list[str]:
    kept = reworded(cut(words, dice), dice)
    return [*text(dice, len(kept) // 10), *kept, *text(dice, len(kept) // 10)]


CHANGES = [framed, cut, cut_before, reworded, cut_reworded_and_framed]


@pytest.mark.parametrize("change", CHANGES)
def test_copies_are_told_from_other_texts(
    change: Callable[[list[str], random.Random], list[str]],
) -> None:
    dice = random.Random(change.__name__)
    originals = [text(dice, dice.randrange(60, 900)) for _ in range(COUNT)]
    sets = [shingles(" ".join(each)) for each in originals]
    copies = [shingles(" ".join(change(each, dice))) for each in originals]

    found = sum(is_copy(one, copy) for one, copy in zip(sets, copies, strict=True))
    wrong = sum(
        is_copy(one, other)
        for place, one in enumerate(sets)
        for other in dice.sample(copies[:place] + copies[place + 1 :], 20)
    )

    assert found / COUNT >= 0.99
    assert found / (found + wrong) >= 0.99


def article(name: str, words: list[str], dice: random.Random, at: datetime) -> Article:
    return Article(
        url=f"https://outlet.example/{name}",
        title=" ".join(text(dice, 6)),
        text=" ".join(words),
        archived_at=at,
        published_at=at,
    )


def test_an_archive_finds_the_copies_among_its_articles(tmp_path: Path) -> None:
    dice = random.Random(4)
    start = datetime(2026, 3, 4, 8, tzinfo=UTC)
    texts = [text(dice, dice.randrange(60, 900)) for _ in range(COUNT)]
    originals = [
        article(f"{number}", each, dice, start + timedelta(minutes=number))
        for number, each in enumerate(texts)
    ]
    copies = [
        article(
            f"{number}/copy", CHANGES[number % len(CHANGES)](each, dice), dice,
            start + timedelta(hours=dice.choice([6, 30, 24 * 40])),
        )
        for number, each in enumerate(texts)
    ]  # fmt: skip
    with Archive.open(tmp_path / "archive") as archive:
        archive.save([*originals, *copies])
        archive.stories.group()
        listed = {each.url: each for each in archive.list(limit=2 * COUNT)}

    taken_from = {
        url.removesuffix("/copy"): listed[url].copy_of for url in listed if url.endswith("/copy")
    }
    found = sum(listed[url].article_id == source for url, source in taken_from.items())
    called_copies = sum(each.copy_of is not None for each in listed.values())

    assert found / COUNT >= 0.99
    assert found / called_copies >= 0.99


def test_what_stands_in_all_articles_of_an_outlet_makes_no_copies_and_hides_none(
    tmp_path: Path,
) -> None:
    dice = random.Random(5)
    start = datetime(2026, 3, 4, 8, tzinfo=UTC)
    furniture = text(dice, 60)
    texts = [[*text(dice, 90), *furniture] for _ in range(80)]
    notes = [
        article(f"{n}", each, dice, start + timedelta(hours=n)) for n, each in enumerate(texts)
    ]
    copy = article("copy", reworded(texts[3], dice), dice, start + timedelta(days=9))
    with Archive.open(tmp_path / "archive") as archive:
        archive.save([*notes, copy])
        archive.stories.group()
        found = archive.list("is:copy")
        original = archive.get(found[0].copy_of or "")

    assert [each.url for each in found] == [copy.url]
    assert original.url == notes[3].url


def test_of_texts_of_a_sentence_it_is_not_told() -> None:
    sentence = shingles("The river rose over its banks on Monday")

    assert not is_copy(sentence, sentence)


def test_copies_are_told_in_scripts_without_spaces() -> None:
    other = "市议会周二以九比四通过了新的公园预算，明年春天开工。" * 2
    text = "昨晚河水漫过堤岸，三个村庄的居民在夜里撤离，消防员用船把老人送到学校的体育馆。"

    assert is_copy(shingles(text), shingles("本报讯：" + text + "（完）"))
    assert not is_copy(shingles(text), shingles(other))
