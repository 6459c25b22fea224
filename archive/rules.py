"""Rules: kept, tried, applied to the whole archive; rule_book.py is for articles that come in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import islice

from archive.models import Article, Mark, MarkChange, Summary
from archive.opening import Parts
from archive.query_tree import And, Query, Since
from archive.rule_book import Meet
from archive.rule_models import Rule
from archive.text import tag_key

TRIED_DAYS = 30
MOST_TRIED = 1_000
"""Matching articles that a trial looks at, the newest."""
MOST_RAISING = 100
"""Rules that put articles first or last."""

Change = Callable[[list[str], MarkChange, str], int]


class Rules:
    """What is done with rules, each change a step of undo; `change` marks articles as one."""

    def __init__(self, parts: Parts, change: Change) -> None:
        self._parts = parts
        self._book = parts.rules
        self._change = change

    def all(self) -> tuple[Rule, ...]:
        """All rules in the order they act in."""
        return self._book.records.all()

    def find(self, name: str) -> Rule:
        """The rule of that name. NotFound."""
        return self._book.records.find(name)

    def put(self, rule: Rule) -> None:
        """Adds a rule after the others, or puts it in the place of the one of that name."""
        self._put(rule, "")

    def _put(self, rule: Rule, label: str) -> None:
        self._parts.check_writable()
        with self._parts.lock:
            self._book.records.put(rule, label)

    def remove(self, name: str) -> None:
        """Removes a rule; what it did stays. NotFound."""
        self._parts.check_writable()
        with self._parts.lock:
            self._book.records.remove(name)

    def switch(self, name: str, *, on: bool) -> Rule:
        """Lets a rule act, or not; the rule as it is then. NotFound."""
        rule = replace(self.find(name), on=on)
        self._put(rule, f"switch rule {rule.name} {'on' if on else 'off'}")
        return rule

    def trial(self, rule: Rule, days: int = TRIED_DAYS) -> list[Summary]:
        """The articles of the last days that a rule would act on, newest first; changes nothing."""
        since = Since(self._parts.now() - timedelta(days=days))
        wanted = Query(And((self._parts.asking(rule.query).tree, since)))
        rows = self._parts.index.list(wanted, limit=MOST_TRIED)
        return [row for row in rows if _would_act(rule, row)]

    def raising(self, query: Query | None) -> Query | None:
        """The query with what rules that act put first or last; None still for everything.

        Of more than MOST_RAISING the first count: each costs a walk.
        """
        now = self._parts.now()
        raising = (rule for rule in self.all() if rule.priority and rule.acts(now))
        raised = tuple(
            (self._parts.asking(rule.query).tree, rule.priority)
            for rule in islice(raising, MOST_RAISING)
        )
        return replace(query or Query(), raised=raised) if raised else query

    def apply(self, rule: Rule) -> int:
        """Does with all articles of the archive what the rule says; how many changed."""
        found = self._parts.index.article_ids(self._parts.asking(rule.query))
        return self._change(found, rule.change, f"rule {rule.name}")

    def first_mark(self, article: Article, mark: Mark) -> Mark:
        """The mark of an article that is about to be saved, after all rules that act."""
        return self.meeting()(article, mark).mark

    def meeting(self) -> Meet:
        """What tells the same of many, with the rules that somebody or something is told by."""
        return self._book.meeting()


def _would_act(rule: Rule, row: Summary) -> bool:
    own = set(map(tag_key, row.tags))
    return (
        (rule.read and not row.read)
        or (rule.star and not row.starred)
        or (rule.mute and not row.hidden)
        or any(tag_key(tag) not in own for tag in rule.tags)
        or rule.calls
        or bool(rule.priority)
    )
