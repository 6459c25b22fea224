"""Spellings found by one pattern: as by trying each of them, the longest first."""

import random
import re

import pytest

from archive.any_of import any_of
from archive.text import is_unspaced


def found(spellings: set[str], text: str) -> list[str]:
    return [match[0] for match in any_of(spellings).finditer(text)]


def found_one_by_one(spellings: set[str], text: str) -> list[str]:
    ways = [
        ("" if is_unspaced(each[0]) else r"(?<!\w)")
        + re.escape(each)
        + ("" if is_unspaced(each[-1]) else r"(?!\w)")
        for each in sorted(spellings, key=lambda each: (-len(each), each))
    ]
    return [match[0] for match in re.compile("|".join(ways), re.IGNORECASE).finditer(text)]


@pytest.mark.parametrize(
    ("spellings", "text", "expected"),
    [
        ({"Lin", "Lin Jun"}, "LIN JUN met Lin Junyang", ["LIN JUN", "Lin"]),
        ({"AB C", "ab c de"}, "ab c de", ["ab c de"]),
        ({"Große"}, "die GROßE und die Großen", ["GROßE"]),
        ({"北欧银行", "北欧"}, "在北欧银行和北欧人", ["北欧银行", "北欧"]),
        ({"a.b", "a+b"}, "axb a.b a+b", ["a.b", "a+b"]),
    ],
)
def test_the_longest_spelling_is_found_inside_no_longer_word(
    spellings: set[str], text: str, expected: list[str]
) -> None:
    assert expected == found(spellings, text)


def test_any_spellings_are_found_as_by_trying_each() -> None:
    chance = random.Random(7)
    letters = "abAB ßsſkKİıiσς.-林俊คé"
    for _ in range(1500):
        drawn = {"".join(chance.choices(letters, k=chance.randint(1, 5))) for _ in range(6)}
        spellings = {each.strip() for each in drawn} - {""}
        text = "".join(chance.choices(letters + "    ", k=60))

        assert found_one_by_one(spellings, text) == found(spellings, text), (spellings, text)
