"""The articles of a feed by their titles, looked up when the first is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from archive.models import Article, Feed
from archive.text import fold_tokens
from reader.pipeline.run import Run

# Of a feed's articles the newest are looked at: more than any document states.
NEWEST = 2000


class FeedTitles:
    """Finds the feed's articles under a title, the newest first. For one run over the feed."""

    def __init__(self, run: Run, feed: Feed) -> None:
        self._run = run
        self._feed = feed
        self._ids: dict[tuple[str, ...], list[str]] | None = None

    def __call__(self, title: str) -> Sequence[Article]:
        """The articles that have this title, whatever its case and accents."""
        if self._ids is None:
            self._ids = {}
            for each in self._run.archive.fetching.headlines(self._feed, NEWEST):
                self._ids.setdefault(_key(each.title), []).append(each.article_id)
        return [self._run.archive.get(each) for each in self._ids.get(_key(title), ())]


def _key(title: str) -> tuple[str, ...]:
    return tuple(fold_tokens(title))
