"""What outlets state of one event: numbers, people and quotes, aligned by outlet. Pure.

Two numbers are of the same quantity if they count the same thing. Those that measure, that count
less than a thousand of a thing, or people without saying what befell them, may be of many things:
they also need sentences that say the same, or the same value in sentences that share rare words.
Only numbers of one quantity can differ, where their sentences tell of one occasion
(`archive.contexts`), and none is called wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from itertools import islice

from archive.acts import deeds_in, persons_in
from archive.aliases import NO_ALIASES, Aliases
from archive.contexts import context_of
from archive.counted_words import CONCEPT_NAMES, WHO
from archive.number_words import DURATIONS
from archive.person_names import Key, Persons, names_in
from archive.quantities import FEW, Quantity, agree, are_far, quantities_in
from archive.quotes import Pairs, quotes_in
from archive.sentences import Sentence
from archive.story_models import Claim, ClaimKind, Statement
from archive.story_texts import StoryText
from archive.story_weights import Sentences, Weights, is_informative, words_of
from archive.text import fold

MOST_CLAIMS = 300
"""Claims of a story: what most outlets state comes first."""
_MOST_STATED = 20
"""Statements of an outlet on one thing."""
_LONGEST_SENTENCE = 1000
"""Characters of a sentence that a statement keeps."""
_MOST_IN_SENTENCE, _MOST_IN_TEXT = 20, 60
"""Quantities that are read out of a sentence, and quantities or quotes out of a text."""
_MOST_OF_KIND = 1000
"""Numbers of one kind in a story: each is compared with all others."""
_NOT_FAR = 2
"""Factor up to which outlets may count the same crowd."""
_ALIKE = 0.35
"""Score from which on sentences say the same with other numbers."""
_SHARED = 2
"""Words that sentences of equal numbers must share, rare enough to say something."""
_SAME_QUOTE = 0.5
"""Part of the shorter quote's pairs of words that a longer one has, from which on they are one."""
_KINDS: dict[ClaimKind, int] = {"quantity": 0, "person": 1, "quote": 2}


def _is_common(claim: Claim) -> bool:
    """Whether every article has some of the kind: hours and years, and people who say something."""
    return claim.what in DURATIONS.values() or claim.what.endswith(" said")


Read = Sequence[tuple[StoryText, Sentence]]


class _Row:
    """A claim in the making: what outlets state, in the order in which they were published."""

    def __init__(self, what: str, kind: ClaimKind) -> None:
        self.what = what
        self.kind = kind
        self.stated: list[tuple[str, Statement]] = []
        self.quantities: list[_Counted] = []
        self._folded: dict[str, set[str]] = {}

    def add(self, source: StoryText, sentence: Sentence, value: str) -> None:
        """An outlet states it once more; the same words count once."""
        known = self._folded.setdefault(source.outlet, set())
        folded = fold(value)
        if folded not in known and len(known) < _MOST_STATED:
            known.add(folded)
            said = _cut(sentence.text)
            statement = Statement(value, said, source.article_id, source.section, sentence.start)
            self.stated.append((source.outlet, statement))

    def claim(self) -> Claim:
        """The claim that it is now."""
        outlets = dict.fromkeys(outlet for outlet, _ in self.stated)
        cells = {
            outlet: tuple(each for of, each in self.stated if of == outlet) for outlet in outlets
        }
        return Claim(self.what, self.kind, cells, self._differs())

    def _differs(self) -> bool:
        """Whether two outlets tell of one occasion and state no number in common."""
        by_outlet: dict[str, list[_Counted]] = {}
        for each in self.quantities:
            by_outlet.setdefault(each.source.outlet, []).append(each)
        stated = list(by_outlet.values())
        return any(
            _differ(some, others) for place, some in enumerate(stated) for others in stated[:place]
        )


def _cut(sentence: str) -> str:
    if len(sentence) <= _LONGEST_SENTENCE:
        return sentence
    return f"{sentence[: _LONGEST_SENTENCE - 2].rstrip()} …"


@dataclass(frozen=True, slots=True)
class _Counted:
    """A quantity where it is stated; `place` is its sentence's among all that state any.

    `beside` are all of its kind in the sentence, itself too: where the number of another outlet is
    among them, the two do not differ.
    """

    source: StoryText
    sentence: Sentence
    quantity: Quantity
    place: int
    beside: Sequence[Quantity]


def _differ(some: Sequence[_Counted], others: Sequence[_Counted]) -> bool:
    pairs = [(one, other) for one in some for other in others]
    return not any(
        agree(each, other.quantity) or agree(one.quantity, another)
        for one, other in pairs
        for each in one.beside
        for another in other.beside
    ) and any(
        not are_far(one.quantity, other.quantity)
        and context_of(one.sentence.text).is_that_of(context_of(other.sentence.text))
        for one, other in pairs
    )


def claims_of(texts: Sequence[StoryText], aliases: Aliases = NO_ALIASES) -> list[Claim]:
    """What the texts state, in order of publication: first what most outlets do."""
    read = [(source, each) for source in texts for each in source.sentences]
    rows = [*_quantity_rows(read), *_person_rows(read, aliases), *_quote_rows(read)]
    claims = [row.claim() for row in rows]
    claims.sort(
        key=lambda each: (
            -len(each.cells), not each.differs, _KINDS[each.kind], _is_common(each),
        )
    )  # fmt: skip
    return claims[:MOST_CLAIMS]


def _quantity_rows(read: Read) -> Iterator[_Row]:
    groups: dict[str, list[_Counted]] = {}
    words: list[frozenset[str]] = []
    articles: dict[str, set[str]] = {}
    counts: Counter[tuple[str, int]] = Counter()
    for source, sentence in read:
        room = min(_MOST_IN_SENTENCE, _MOST_IN_TEXT - counts[source.name])
        found = quantities_in(sentence.text, source.language)[:room] if room else []
        counts[source.name] += len(found)
        for quantity in found:
            group = groups.setdefault(quantity.what, [])
            if len(group) < _MOST_OF_KIND:
                beside = [each for each in found if each.what == quantity.what]
                group.append(_Counted(source, sentence, quantity, len(words), beside))
        if found:
            words.append(words_of(sentence.text))
            articles.setdefault(source.article_id, set()).update(words[-1])
    near = Sentences(words, Weights([*articles.values()]))
    for group in groups.values():
        for same in _same(group, words, near):
            yield _quantity_row(same)


def _same(
    counted: Sequence[_Counted], words: Sequence[frozenset[str]], near: Sentences
) -> list[Sequence[_Counted]]:
    """Numbers of one kind, those of the same quantity together."""

    @lru_cache(maxsize=1)  # numbers of one sentence come one after another
    def alike(place: int) -> AbstractSet[int]:
        return {one.place for one in near.near(words[place]) if one.score >= _ALIKE}

    groups: list[list[_Counted]] = []
    for each in counted:
        for group in groups:
            if any(_is_same(each, other, alike, words) for other in group):
                group.append(each)
                break
        else:
            groups.append([each])
    return [counted] if _are_one(counted) else [*groups]


def _are_one(counted: Sequence[_Counted]) -> bool:
    """Whether so many people are told of once by each outlet, and not far apart."""
    outlets = {each.source.outlet for each in counted}
    lows = [each.quantity.low for each in counted]
    return (
        counted[0].quantity.what in WHO
        and len(outlets) == len(counted) > 1
        and min(lows) >= FEW
        and max(lows) <= _NOT_FAR * min(lows)
    )


def _is_same(
    one: _Counted,
    other: _Counted,
    alike: Callable[[int], AbstractSet[int]],
    words: Sequence[frozenset[str]],
) -> bool:
    if not (one.quantity.is_loose or other.quantity.is_loose):
        return True
    if one.place == other.place:  # two numbers in one sentence are of two things
        return one.quantity.shown == other.quantity.shown
    if (one.quantity.low, one.quantity.high) == (other.quantity.low, other.quantity.high):
        if one.source.language != other.source.language:
            return True  # they share no words, and the thing is known in both languages
        shared = words[one.place] & words[other.place]
        return sum(is_informative(word) and not word.isdecimal() for word in shared) >= _SHARED
    return one.source.outlet != other.source.outlet and other.place in alike(one.place)


def _quantity_row(counted: Sequence[_Counted]) -> _Row:
    quantity = counted[0].quantity
    labels = Counter(each.quantity.label for each in counted)
    is_known = quantity.what in CONCEPT_NAMES
    label = quantity.what if is_known else labels.most_common(1)[0][0]
    row = _Row(label, "quantity")
    for each in counted:
        row.add(each.source, each.sentence, each.quantity.shown)
        row.quantities.append(each)
    return row


def _person_rows(read: Read, aliases: Aliases) -> Iterable[_Row]:
    names = ((source.outlet, name) for source, sentence in read for name in names_in(sentence.text))
    persons = Persons(names, aliases)
    rows: dict[tuple[Key, str], _Row] = {}
    before: tuple[str, list[Key]] = ("", [])
    for source, sentence in read:
        known = before[1] if before[0] == source.article_id else []
        for deed in deeds_in(sentence.text, persons, source.language, known):
            row = rows.setdefault(
                (deed.person, deed.act), _Row(f"{persons.shown(deed.person)} {deed.act}", "person")
            )
            row.add(source, sentence, deed.words)
        before = source.article_id, persons_in(sentence.text, persons)
    return rows.values()


def _quote_rows(read: Read) -> Iterable[_Row]:
    rows: list[tuple[Pairs, _Row]] = []
    having: dict[tuple[str, str], list[int]] = {}
    counts: Counter[tuple[str, int]] = Counter()
    for source, sentence in read:
        for quote, pairs in islice(quotes_in(sentence.text), _MOST_IN_TEXT - counts[source.name]):
            counts[source.name] += 1
            row = _row_of_quote(pairs, rows, having)
            if row is None:
                row = _Row(quote, "quote")
                for pair in pairs:
                    having.setdefault(pair, []).append(len(rows))
                rows.append((pairs, row))
            row.add(source, sentence, quote)
    return [row for _, row in rows]


def _row_of_quote(
    pairs: Pairs,
    rows: Sequence[tuple[Pairs, _Row]],
    having: dict[tuple[str, str], list[int]],
) -> _Row | None:
    """The row of a quote that has most of its pairs of words, or that it has most of."""
    shared = Counter(place for pair in pairs for place in having.get(pair, ()))
    # Of equal ones the first: a set's own order differs from run to run.
    for place, count in nsmallest(5, shared.items(), key=lambda each: (-each[1], each[0])):
        other, row = rows[place]
        if count >= _SAME_QUOTE * min(len(pairs), len(other)):
            return row
    return None
