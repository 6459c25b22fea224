"""Pages cleaned by what is known of their hosts: learned furniture, and what the reader put back.

One `Cleaner` goes through a run; it may be called from several threads.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from archive.archive import Archive
from archive.decisions import ExtractionRule
from archive.feed_models import LearnedLines
from archive.urls import url_key
from reader.pipeline.blocks import Cleaned, line_key, put_back
from reader.pipeline.learned import article_key, drop_learned, taught
from reader.pipeline.pages import TakenPage
from reader.pipeline.way import Way


class Cleaner:
    """What was learned of the hosts of an archive's pages, read from it at the first need."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._lock = threading.Lock()
        self._known: dict[str, LearnedLines] | None = None
        self._kept: dict[str, frozenset[str]] | None = None
        self._rules: dict[str, ExtractionRule] | None = None
        self._changed: set[str] = set()

    def learn(self, pages: Iterable[tuple[str, TakenPage]]) -> None:
        """Learn from new pages, each with the address of its article."""
        for url, taken in pages:
            if taken.page and taken.page.text:
                host = host_of(taken.final_url or url)
                with self._lock:
                    before = self._lines(host)
                    after = taught(before, article_key(url_key(url)), taken.page.text)
                    if after != before:
                        self._learned()[host] = after
                        self._changed.add(host)

    def relearn(self, pages: Iterable[tuple[str, TakenPage]]) -> None:
        """Learn from all pages of a host there are, in their order, and from nothing before."""
        given = list(pages)
        for host in {host_of(taken.final_url or url) for url, taken in given}:
            with self._lock:
                self._learned()[host] = LearnedLines(host)
                self._changed.add(host)
        self.learn(given)

    def way(self, url: str) -> Way:
        """How the text of a page is found: by the reader's rule for its host, if there is one."""
        with self._lock:
            if self._rules is None:
                self._rules = self._archive.decisions.rules()
        rule = self._rules.get(host_of(url))
        return Way(text=rule.text, drop=rule.drop) if rule else Way()

    def cleaned(self, url: str, taken: TakenPage) -> TakenPage:
        """The page without what its host repeats, but with what the reader put back."""
        if taken.page is None or not taken.page.text:
            return taken
        before = Cleaned(taken.page.text, taken.page.removed)
        after = self.clean(host_of(taken.final_url or url), before)
        return replace(taken, page=replace(taken.page, text=after.text, removed=after.removed))

    def clean(self, host: str, cleaned: Cleaned) -> Cleaned:
        """The same for a text of that host."""
        with self._lock:
            lines, kept = self._lines(host), self._kept_lines().get(host, frozenset())
        cleaned = drop_learned(cleaned, lines)
        if not kept:
            return cleaned
        places = [at for at, each in enumerate(cleaned.removed) if line_key(each.text) in kept]
        return put_back(cleaned, places)

    def text(self, url: str, text: str) -> str:
        """A text of an article at that address, as it would be cleaned today."""
        return self.clean(host_of(url), Cleaned(text)).text

    def learned(self) -> list[LearnedLines]:
        """What was learned since the start, to be stored."""
        with self._lock:
            return [self._learned()[host] for host in sorted(self._changed)]

    def _lines(self, host: str) -> LearnedLines:
        return self._learned().get(host) or LearnedLines(host)

    def _learned(self) -> dict[str, LearnedLines]:
        if self._known is None:
            self._known = self._archive.fetching.learned_lines()
        return self._known

    def _kept_lines(self) -> dict[str, frozenset[str]]:
        if self._kept is None:
            self._kept = self._archive.decisions.kept_lines()
        return self._kept


def host_of(url: str) -> str:
    """What an outlet's pages are known by: the host with its port, without `www.`."""
    return urlsplit(url).netloc.rpartition("@")[2].lower().removeprefix("www.")
