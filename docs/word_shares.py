"""Makes archive/word_shares.bin of the package wordfreq: `python -m docs.word_shares`.

wordfreq is no dependency: install it into an environment beside this one's packages, and run this
with it. Its lists state how often a word stands in running text; what is needed is the share of
articles that have it at all, which for a text of DOCUMENT_WORDS words is 1 - (1 - frequency) ^
DOCUMENT_WORDS. A word of several languages has the share of the one where it is most common. A stem
(`archive.story_stems`) is as frequent as all its words.
"""

from __future__ import annotations

from collections import Counter

from archive.story_stems import stem
from archive.text import fold_tokens
from archive.word_shares import FILE, term_of, written

LANGUAGES = tuple(
    "en es fr de it pt nl ru uk pl cs sv nb da fi tr ar fa he hi id zh ja ko el hu ro".split()  # noqa: SIM905 - a list of codes reads better so
)
DOCUMENT_WORDS = 300
LEAST_SHARE = 0.004


def document_shares() -> dict[int, float]:
    """The greatest share of each folded token over all languages."""
    import wordfreq

    shares: dict[int, float] = {}
    for language in LANGUAGES:
        of_stems: Counter[str] = Counter()
        for word, frequency in wordfreq.get_frequency_dict(language, "small").items():
            for token in fold_tokens(word):
                _note(shares, token, frequency)
                if (stemmed := stem(token, language)) != token:
                    of_stems[stemmed] += frequency
        for token, frequency in of_stems.items():
            _note(shares, token, frequency)
    return shares


def _note(shares: dict[int, float], token: str, frequency: float) -> None:
    share = 1 - (1 - frequency) ** DOCUMENT_WORDS
    if share >= LEAST_SHARE:
        term = term_of(token)
        shares[term] = max(share, shares.get(term, 0.0))


def main() -> None:
    """Writes the table over the present one."""
    shares = document_shares()
    FILE.write_bytes(written(shares))
    print(f"{len(shares):,} words, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
