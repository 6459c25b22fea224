"""What rules do with an article as it comes in. Loads what searching needs at the first article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from archive.changes import changed_mark
from archive.library_file import LibraryFile
from archive.models import Article, Mark
from archive.named_records import NamedRecords
from archive.rule_models import ARTICLE_RULES, Rule, article_rule_from, rule_document
from archive.storage import StatKey

if TYPE_CHECKING:
    from archive.aliases import Aliases, NamesFile
    from archive.query_match import Test
    from archive.query_tree import Node


class Every:
    """A vocabulary that has all words: the forms of a rule's words that an article may bring."""

    def has(self, *_: str) -> bool:
        """Always."""
        return True

    def has_language(self, _: str) -> bool:
        """Always."""
        return True


@dataclass(frozen=True, slots=True)
class _Ready:
    """The rules that act, ready to be asked, as long as `key` stays the same."""

    key: tuple[StatKey | None, int, Aliases | None]
    feed_keys: dict[str, int]
    tests: tuple[tuple[Rule, Test], ...]


class Met(NamedTuple):
    """An article's first mark, and the rules that somebody or something is told of it by."""

    mark: Mark
    calls: tuple[Rule, ...] = ()


Meet = Callable[[Article, Mark], Met]


class RuleBook:
    """The rules of an archive, and what those that act do with a new article."""

    def __init__(
        self,
        root: Path,
        library: LibraryFile,
        names: NamesFile,
        now: Callable[[], datetime],
        *,
        tolerant: bool = False,
    ) -> None:
        self.records = NamedRecords(
            root, ARTICLE_RULES, "rule", article_rule_from, rule_document, tolerant=tolerant
        )
        self._library = library
        self._names = names
        self._now = now
        self._ready: _Ready | None = None

    def meeting(self) -> Meet:
        """What tells what becomes of articles that are about to be saved, by the rules of now.

        All rules that act see them in order, each what those before it did. One that is hidden is
        nothing to the later ones.
        """
        return partial(_meet, self._made_ready())

    def _made_ready(self) -> _Ready:
        """Made anew when a file changed, and each minute: queries may speak of today."""
        from archive.feed_names import FeedName, FeedNames
        from archive.query_match import compiled

        now = self._now()
        aliases = self._names.aliases() if self.records.all() else None
        key = (self.records.key, int(now.timestamp()) // 60, aliases)
        if self._ready is None or self._ready.key != key:
            feeds = list(enumerate(self._library.feeds(), start=1))
            names = [
                FeedName(number, f.feed_url, f.feed_id, f.title, f.user_title, f.folder)
                for number, f in feeds
            ]
            known = FeedNames(lambda: names)
            tests = tuple(
                (rule, compiled(_meant(rule, now, aliases), known))
                for rule in self.records.all()
                if rule.acts(now)
            )
            feed_keys = {url: number for number, f in feeds for url in (*f.former_urls, f.feed_url)}
            self._ready = _Ready(key, feed_keys, tests)
        return self._ready


def _meet(ready: _Ready, article: Article, mark: Mark) -> Met:
    if not ready.tests:
        return Met(mark)
    from archive.query_match import Facts

    urls = (origin.feed_url for origin in article.origins)
    facts = Facts(article, mark, frozenset(ready.feed_keys.get(url, 0) for url in urls))
    calls: list[Rule] = []
    for rule, test in ready.tests:
        if test(facts):
            facts.mark = changed_mark(facts.mark, rule.change)
            calls += [rule] * rule.calls
    return Met(facts.mark, tuple(calls))


def _meant(rule: Rule, now: datetime, aliases: Aliases | None) -> Node:
    from archive.query import parse
    from archive.query_names import with_names
    from archive.widening import widened

    query = parse(rule.query, now=now)
    return widened(with_names(query, aliases) if aliases else query, Every()).tree
