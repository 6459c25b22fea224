"""Articles in the manner of real ones, made from a seed: the same on every machine.

A vocabulary of 60,000 invented words is drawn by Zipf's law; one article in ten is Chinese (by
characters, over the common ideographs) and one in ten Spanish-like. Dates lie over three years and
articles arrive out of order. Texts are about 600 words, or 3.9 kB.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import accumulate, islice

from archive.models import Article, Origin
from archive.text import count_words

SEED = 20261123
FEED_COUNT = 300
VOCABULARY = 60_000
STREAM_WORDS = 1_500_000
LAST = datetime(2026, 11, 20, 12, tzinfo=UTC)
SPAN = timedelta(days=3 * 365)
PARAGRAPH_WORDS = 75
PROBES, PROBED = 40, 200
SYLLABLES = [c + v + e for c in "bdfgklmnprstvz" for v in "aeiou" for e in ("", "n", "r", "s")]
SPANISH_ENDINGS = ("ción", "dad", "mente", "ando", "ería", "ños")


@dataclass(frozen=True)
class Probe:
    """What to search for: `PROBES` texts of each kind, all of which occur."""

    common: list[str]
    mid: list[str]
    rare: list[str]
    phrases: list[str]
    two_words: list[str]
    chinese: list[str]


class Corpus:
    """`count` articles of a seed; iterating makes them one by one, in order of arrival."""

    def __init__(self, count: int, seed: int = SEED) -> None:
        self.count = count
        self._seed = seed

    @cached_property
    def words(self) -> list[str]:
        """The vocabulary, the most frequent first."""
        dice = random.Random(self._seed)
        words: dict[str, None] = {}
        while len(words) < VOCABULARY:
            size = 1 + (len(words) > 200) + (len(words) > 5000) + (dice.random() < 0.3)
            words["".join(dice.choices(SYLLABLES, k=size))] = None
        return list(words)

    @cached_property
    def _stream(self) -> list[str]:
        weights = list(accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))
        dice = random.Random(self._seed + 1)
        return dice.choices(self.words, cum_weights=weights, k=STREAM_WORDS)

    @cached_property
    def _spanish(self) -> list[str]:
        dice = random.Random(self._seed + 2)
        return [
            word + dice.choice(SPANISH_ENDINGS) if dice.random() < 0.3 else word
            for word in self._stream[:300_000]
        ]

    @cached_property
    def _chinese(self) -> str:
        dice = random.Random(self._seed + 3)
        letters = [chr(0x4E00 + n * 5) for n in range(3000)]
        weights = list(accumulate(1 / (rank + 8) for rank in range(len(letters))))
        return "".join(dice.choices(letters, cum_weights=weights, k=600_000))

    @cached_property
    def probe(self) -> Probe:
        """Words of each frequency, phrases of two to four words, Chinese of one to five letters.

        The rare ones, phrases and Chinese are taken out of the first articles, so that they occur.
        """
        dice = random.Random(self._seed + 5)
        first = [article.text.split("\n\n") for article in islice(iter(self), PROBED)]
        latin = [part.lower().strip(".").split() for parts in first[2::10] for part in parts]
        chinese = [part.strip("。") for parts in first[::10] for part in parts]
        rare = set(self.words[20_000:])
        words, turns = self.words, range(PROBES)
        return Probe(
            common=dice.sample(words[:100], PROBES),
            mid=dice.sample(words[500:2000], PROBES),
            rare=dice.sample([word for part in latin for word in part if word in rare], PROBES),
            phrases=[f'"{" ".join(_cut(dice.choice(latin), dice, 2 + n % 3))}"' for n in turns],
            two_words=[f"{dice.choice(words[:200])} {dice.choice(words[:2000])}" for _ in turns],
            chinese=["".join(_cut(dice.choice(chinese), dice, (1, 2, 5)[n % 3])) for n in turns],
        )

    def words_from(self, dice: random.Random, count: int) -> str:
        """So many words in a row, as a text has them."""
        start = dice.randrange(len(self._stream) - count)
        return " ".join(self._stream[start : start + count])

    def chinese_from(self, dice: random.Random, count: int) -> str:
        """So many Chinese characters in a row."""
        start = dice.randrange(len(self._chinese) - count)
        return self._chinese[start : start + count]

    def __iter__(self) -> Iterator[Article]:
        dice = random.Random(self._seed + 4)
        for number in range(self.count):
            yield self._article(number, dice)

    def _article(self, number: int, dice: random.Random) -> Article:
        kind = number % 10
        text, title = self._chinese_text(dice) if kind == 0 else self._latin_text(dice, kind == 1)
        archived = LAST - SPAN * (1 - number / self.count)
        # Most come within hours of their publication, some much later: out of order.
        published = archived - timedelta(hours=min(dice.paretovariate(0.6), 10_000))
        published = max(published, LAST - SPAN)
        feed = f"https://outlet{dice.randrange(FEED_COUNT)}.example/feed.xml"
        url = f"https://example.org/{number}"
        return Article(
            url=url,
            title=title,
            text=text,
            archived_at=archived,
            origins=(Origin(feed, str(number), "h", url),),
            feed_title=feed.split("/")[2],
            author=f"{dice.choice(self.words[:2000]).title()} {dice.choice(self.words).title()}",
            published_at=published,
            language="zh" if kind == 0 else "es" if kind == 1 else "en",
            word_count=count_words(text),
        )

    def _latin_text(self, dice: random.Random, spanish: bool) -> tuple[str, str]:
        stream = self._spanish if spanish else self._stream
        paragraphs = [self._paragraph(stream, dice) for _ in range(dice.randrange(4, 13))]
        start = dice.randrange(len(stream) - 12)
        title = " ".join(stream[start : start + dice.randrange(5, 12)]).capitalize()
        return "\n\n".join(paragraphs), title

    def _paragraph(self, stream: list[str], dice: random.Random) -> str:
        start = dice.randrange(len(stream) - PARAGRAPH_WORDS)
        return " ".join(stream[start : start + PARAGRAPH_WORDS]).capitalize() + "."

    def _chinese_text(self, dice: random.Random) -> tuple[str, str]:
        start = dice.randrange(len(self._chinese) - 1500)
        body = self._chinese[start : start + 1200]
        paragraphs = [body[n : n + 150] + "。" for n in range(0, len(body), 150)]
        return "\n\n".join(paragraphs), body[: dice.randrange(8, 24)]


def _cut(row: Sequence[str], dice: random.Random, count: int) -> Sequence[str]:
    """So many in a row, from somewhere."""
    start = dice.randrange(len(row) - count)
    return row[start : start + count]
