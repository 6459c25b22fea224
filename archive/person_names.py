"""Names of persons in a text, and which of them are one person's. Pure.

A person is called by the parts of a name in any order, nicknames and initials left out: `Lin
Junyang` is `Junyang 'Justin' Lin`. Where one person only has a part, that part alone names them.
Chinese names have no capitals: what stands as the subject of an act and begins with a surname is
one, and so is what has a dot between its parts (`埃隆·马斯克`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from archive.act_more_words import GERMAN_NOUNS, GERMAN_OFFICES
from archive.act_words import NOT_NAMES, ORGANISATIONS, TITLES
from archive.aliases import NO_ALIASES, Aliases
from archive.number_patterns import flat
from archive.number_words import MONTHS
from archive.text import is_unspaced

Key = frozenset[str]
"""The folded parts of a name."""

_REST = r"[^\W\d_]*(?:[’'\-‐‑](?![sS]\b)[^\W\d_]+)*"
_CAPITAL = rf"[^\W\d_a-zß-öø-ÿ]{_REST}"
_PARTICLES = r"(?:[ \u00a0](?:de|da|di|del|la|van|von|der|den|bin|ibn|al|el|dos|do)){0,2}"
_NICKNAME = rf"(?:[ \u00a0]['\"“‘(]{_CAPITAL}['\"”’)])?"
# What begins with one set of signs `re` finds fast, so what stands before is looked at behind it.
_FIRST = r"[^\W\d_a-zß-öø-ÿ](?<![\w@#].)"
_RUN = re.compile(
    rf"{_FIRST}{_REST}\.?"
    rf"(?:{_PARTICLES}{_NICKNAME}[ \u00a0]{_CAPITAL}(?:(?<=[ \u00a0][^\W\d_])\.)?)*"
)
_ARTICLE = re.compile(r"\b(?:(?:[Tt]he|[Ee]l|[Ll]as?|[Ll]es?|[Ll]os|[Dd]as)[ \u00a0]|[Ll][’'])$")
_OFFICE = re.compile(rf"[\w\-‐‑]*(?:{GERMAN_OFFICES})", re.IGNORECASE)
_GERMAN_NOUN = re.compile(GERMAN_NOUNS)
_WORD = re.compile(rf"{_FIRST}{_REST}")
_QUOTED = re.compile(r"['\"“‘(][^'\"”’)]*['\"”’)]")
_PART = re.compile(r"[^\W\d_][\w’'\-‐‑.]*")
_SPACED = re.compile(r"\S+")
_ENDS_IN_INITIAL = re.compile(r"\b\w\.$")
_FEWEST_PARTS, _MOST_PARTS = 2, 4
_CAMEL = re.compile(r"(?!Mc|Mac|De|Di|La|Le|Van|O['’])[^\W\d_]+[a-zß-ÿ][A-Z]")


@dataclass(frozen=True, slots=True)
class Name:
    """Capitalised words that may be a person's name, and where they stand."""

    start: int
    end: int
    shown: str
    key: Key


@lru_cache(maxsize=2048)
def names_in(text: str) -> tuple[Name, ...]:
    """Names of two parts and more, and single words with a capital, of a sentence."""
    runs = (run for run in _RUN.finditer(text) if run[0][0].isupper())
    return tuple(name for run in runs if (name := _name(text, run.start(), run[0])))


def capitalised_in(text: str) -> Iterator[tuple[int, str]]:
    """Every word with a capital of a sentence, and where it begins."""
    for word in _WORD.finditer(text):
        if word[0][0].isupper():
            yield word.start(), word[0]


def _name(text: str, at: int, run: str) -> Name | None:
    """The name in a run of words with capitals; None where they are none, or in quotation marks."""
    read = read_run(run)
    if read is None:
        return None
    start, end, key = at + read.start, at + read.end, read.key
    is_quoted = text[max(0, start - 1) : start] in "\"“‘«'" and text[end : end + 1] in "\"”’»'"
    if start and is_quoted and text[end : end + 2] not in ("'s", "’s"):
        return None
    if _ARTICLE.search(text[max(0, start - 5) : start]):  # the Alibaba Tongyi Qianwen team
        return None
    return Name(start, end, text[start:end], key)


class _Read(NamedTuple):
    """The name in a run: where it stands in that, and its parts."""

    start: int
    end: int
    key: Key


@lru_cache(maxsize=4096)
def read_run(run: str) -> _Read | None:
    """The name in a run of words with capitals, titles before it left out; None for no person's."""
    words = list(_SPACED.finditer(run))
    while words and (
        (first := flat(words[0][0].strip("."))) in TITLES
        or (len(words) > 1 and _OFFICE.fullmatch(words[0][0]))
        or (len(words) > 1 and words[1][0] == "von" and _GERMAN_NOUN.fullmatch(words[0][0]))
        or first in NOT_NAMES
        or (_is_acronym(words[0][0]) and len(words) > _FEWEST_PARTS)
    ):
        del words[0]
    for place in range(len(words) - _FEWEST_PARTS, 0, -1):  # `Apple CEO Tim Cook`
        if flat(words[place - 1][0]) in TITLES:
            del words[:place]
            break
    if not words:
        return None
    start, end = words[0].start(), words[-1].end()
    shown = run[start:end]
    if shown.endswith(".") and not _ENDS_IN_INITIAL.search(shown):
        shown, end = shown[:-1], end - 1
    written = _parts(shown)
    parts = [flat(each.replace("‑", "-")) for each in written]
    if not parts or len(parts) > _MOST_PARTS or _is_no_person(written, parts):
        return None
    return _Read(start, end, frozenset(parts))


def _parts(shown: str) -> list[str]:
    words = _PART.findall(_QUOTED.sub(" ", shown))
    return [each for each in words if each[0].isupper() and len(each.strip(".")) > 1]


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _is_no_person(written: list[str], parts: list[str]) -> bool:
    if any(part in ORGANISATIONS or part in MONTHS for part in parts) or parts[-1] in TITLES:
        return True
    return any(_is_acronym(each) or _CAMEL.match(each) for each in written)


class Persons:
    """The persons that the texts of a story name."""

    def __init__(self, names: Iterable[tuple[str, Name]], aliases: Aliases = NO_ALIASES) -> None:
        """`names` are those of all texts, in order, each with the outlet that has it."""
        self._called = _called(aliases)
        spelled: dict[Key, Counter[str]] = defaultdict(Counter)
        outlets: dict[tuple[Key, str], set[str]] = defaultdict(set)
        for outlet, name in names:
            if len(name.key) >= _FEWEST_PARTS:
                shown = " ".join(_QUOTED.sub(" ", name.shown).split())
                spelled[name.key][shown] += 1
                outlets[name.key, shown].add(outlet)
        self._persons = _merged(spelled)
        self._by_part: dict[str, set[Key]] = defaultdict(set)
        self._shown: dict[Key, str] = {}
        best: dict[Key, int] = {}
        for key, spellings in spelled.items():
            person = self._persons[key] = self.called(self._persons[key], key)
            for part in key:
                self._by_part[part].add(person)
            for shown in spellings:
                count = len(outlets[key, shown])
                if count > best.get(person, 0):
                    best[person], self._shown[person] = count, shown

    def person(self, name: Name) -> Key | None:
        """The person that a name means; None where it is none, or could mean two."""
        if len(name.key) >= _FEWEST_PARTS:
            return self._persons.get(name.key)
        found = self._by_part.get(next(iter(name.key)), set())
        return next(iter(found)) if len(found) == 1 else None

    def called(self, *keys: Key) -> Key:
        """The person that one of these names is a spelling of; else the first of them."""
        return next((self._called[each][0] for each in keys if each in self._called), keys[0])

    def shown(self, person: Key) -> str:
        """How the reader spells the name, or most outlets; of equals, as the earliest does."""
        if person in self._called:
            return self._called[person][1]
        return self._shown.get(person) or "".join(person)


def _called(aliases: Aliases) -> dict[Key, tuple[Key, str]]:
    """The name of each spelling, by its parts: the first one's parts, and how that is shown."""
    return {
        _key(each): (_key(spellings[0]), spellings[0])
        for spellings in aliases.names
        for each in spellings
    }


def _key(spelling: str) -> Key:
    """The parts of a spelling; a name of Chinese signs is one part, as `archive.acts` has it."""
    return frozenset([spelling] if is_unspaced(spelling[0]) else map(flat, _parts(spelling)))


def _merged(keys: Iterable[Key]) -> dict[Key, Key]:
    """Each name's person: the shortest name whose parts it has, if only one fits."""
    ordered = sorted(keys, key=lambda each: (len(each), sorted(each)))
    persons: dict[Key, Key] = {}
    for key in ordered:
        shorter = {persons[other] for other in _shorter(key) if other in persons}
        persons[key] = next(iter(shorter)) if len(shorter) == 1 else key
    return persons


def _shorter(key: Key) -> Iterator[Key]:
    """The names of two parts and more that have fewer parts of one: at most ten."""
    for count in range(_FEWEST_PARTS, len(key)):
        yield from map(frozenset, combinations(key, count))
