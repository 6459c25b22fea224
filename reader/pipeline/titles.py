"""The articles of a feed by their titles, looked up when the first is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from archive.feed_models import Headline
from archive.models import Article, Feed
from archive.text import fold_tokens
from reader.pipeline.run import Run
from reader.pipeline.word_places import ascii_letters

# Of a feed's articles the newest are looked at: more than any document states.
NEWEST = 2000


class FeedTitles:
    """Finds the feed's articles under a title, the newest first. For one run over the feed."""

    def __init__(self, run: Run, feed: Feed) -> None:
        self._run = run
        self._feed = feed
        self._by_letters: dict[str, list[Headline]] | None = None

    def __call__(self, title: str) -> Sequence[Article]:
        """The articles that have this title, whatever its case and accents."""
        if self._by_letters is None:
            self._by_letters = {}
            for each in self._run.archive.fetching.headlines(self._feed, NEWEST):
                self._by_letters.setdefault(_letters(each.title), []).append(each)
        likely = self._by_letters.get(_letters(title), ())
        wanted = fold_tokens(title) if likely else []
        found = [each.article_id for each in likely if fold_tokens(each.title) == wanted]
        return [self._run.archive.get(each) for each in found]


def _letters(title: str) -> str:
    """The folded words without what parts them."""
    return ascii_letters(title.lower()) if title.isascii() else "".join(fold_tokens(title))
