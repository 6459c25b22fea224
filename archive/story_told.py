"""What is new in an article for who read others of its story, sentence by sentence. Pure.

A sentence is told if one that was read says the same (`archive.story_weights`). One that adds a
number or a name is never called told.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from archive.act_words import NOT_NAMES
from archive.number_patterns import flat
from archive.numbers import numbers_in
from archive.person_names import capitalised_in
from archive.quantities import stem
from archive.sentences import Sentence
from archive.story_models import Member, Novelty, Told
from archive.story_texts import ArticleOf, StoryText, story_texts
from archive.story_weights import Sentences, Weights, words_of
from archive.word_shares import term_of, word_shares

MOST_TEXTS = 20
"""Texts of a story that one is compared with: those that were read, the latest first to stay."""
MOST_SENTENCES = 300
"""Of a text: those that are remembered of one that was read, and those that may be told of another;
sentences behind them count as new."""
MOST_ASKED = 100
"""Members of which it is told how much is new, the latest."""

_ENDS = ("", *'.!?:“”"‘')
"""Signs behind which every word has a capital."""


def novelties(members: Sequence[Member], article_of: ArticleOf, only: str = "") -> list[Novelty]:
    """How much of each member is new to who read the others that are read; `only` of an article's.

    Nothing for a member beside which none was read.
    """
    read = [each for each in members if each.read][-MOST_TEXTS:]
    if not read:
        return []
    unread = [each for each in members if not each.read][-MOST_TEXTS + len(read) - 1 :]
    texts = list(story_texts(read, article_of))
    reader = Reader(texts, [*texts, *story_texts(unread, article_of)])
    wanted = [each for each in members if each.article_id == only or not only][-MOST_ASKED:]
    return [
        reader.novelty(text)
        for text in story_texts(wanted, article_of)
        if any(other.article_id != text.article_id for other in texts)
    ]


class Reader:
    """Who has read these texts of a story; `around` are those that say what all of it says."""

    def __init__(self, read: Sequence[StoryText], around: Sequence[StoryText]) -> None:
        self._told = [
            (text, sentence) for text in read for sentence in text.sentences[:MOST_SENTENCES]
        ]
        words = [words_of(sentence.text) for _, sentence in self._told]
        self._near = Sentences(words, Weights([_words(each) for each in around]))
        self._words: dict[str, set[str]] = {}
        for (text, _), said in zip(self._told, words, strict=True):
            self._words.setdefault(text.article_id, set()).update(said)

    def novelty(self, text: StoryText) -> Novelty:
        """Which sentences of a text were told already by others, and by whom."""
        known = [words for by, words in self._words.items() if by != text.article_id]
        told = [
            Told(each.start, each.end, by)
            for each in text.sentences[:MOST_SENTENCES]
            if (by := self._told_by(each, text)) and not _adds_a_name(each.text, known)
        ]
        return Novelty(text.article_id, text.section, len(text.sentences), tuple(told))

    def _told_by(self, sentence: Sentence, text: StoryText) -> str:
        """The id of the article that told a sentence with all its numbers; empty for a new one."""
        near = [self._told[each.place] for each in self._near.near(words_of(sentence.text))]
        near = [each for each in near if each[0].article_id != text.article_id]
        values = {value for by, told in near for value in _values(told.text, by.language)}
        if not near or not values.issuperset(_values(sentence.text, text.language)):
            return ""
        return near[0][0].article_id


def _adds_a_name(text: str, known: Sequence[AbstractSet[str]]) -> bool:
    """Whether a sentence has a name that no text that was read has."""
    return any(
        not any(token in words for words in known)
        for at, word in capitalised_in(text)
        if text[:at].rstrip()[-1:] not in _ENDS or not _begins_sentences(flat(word))
        for token in words_of(word)
    )


def _begins_sentences(word: str) -> bool:
    """Whether a word may have its capital from where it stands."""
    return word in NOT_NAMES or word_shares().share(term_of(stem(word))) is not None


def _words(text: StoryText) -> AbstractSet[str]:
    return frozenset().union(*[words_of(each.text) for each in text.sentences[:MOST_SENTENCES]])


@lru_cache(maxsize=2048)
def _values(text: str, language: str | None) -> frozenset[float]:
    """Every number of a sentence, those of dates and versions too."""
    numbers = numbers_in(text, language)
    return frozenset(value for each in numbers for value in (each.low, each.high))
