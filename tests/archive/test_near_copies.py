"""Near copies are found though framed, cut or lightly reworded, and nothing else is taken for one.

Texts are drawn from a seed out of invented words by Zipf's law, as many as precision and recall of
.99 need to be told from luck.
"""

import random
from collections.abc import Callable

import pytest

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


def reworded(words: list[str], dice: random.Random) -> list[str]:
    changed = list(words)
    for place in dice.sample(range(len(words)), len(words) // 20):
        changed[place] = dice.choice(WORDS) + "x"
    return changed


@pytest.mark.parametrize("change", [framed, cut, reworded])
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


def test_of_texts_of_a_sentence_it_is_not_told() -> None:
    sentence = shingles("The river rose over its banks on Monday")

    assert not is_copy(sentence, sentence)


def test_copies_are_told_in_scripts_without_spaces() -> None:
    other = "市议会周二以九比四通过了新的公园预算，明年春天开工。" * 2
    text = "昨晚河水漫过堤岸，三个村庄的居民在夜里撤离，消防员用船把老人送到学校的体育馆。"

    assert is_copy(shingles(text), shingles("本报讯：" + text + "（完）"))
    assert not is_copy(shingles(text), shingles(other))
