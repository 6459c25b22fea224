"""Query trees as SQL over the index. Pure: what feeds are called is handed in.

Whatever part of a tree FTS5 can answer becomes one MATCH expression (fts_match.py); the rest
become conditions on `articles a`. A plan has one arm, or two for a short word that is still being
typed: titles that begin so, and texts that have the word whole. Each arm walks its rows in order,
so that a window of the newest costs no sort.
"""

# ruff: noqa: S608 - the pieces joined to SQL are constants, values are always parameters

from __future__ import annotations

from dataclasses import dataclass, field, replace

from archive.arms import ALL_ROWS, Arm, Condition
from archive.closer_matches import IN_LEAD, IN_TITLE, all_in_lead, in_order, titled
from archive.feed_names import FeedNames
from archive.fts_match import (
    exactly,
    in_feeds,
    is_short,
    joined,
    match,
    prefix_of_title,
    without,
)
from archive.index_rows import instant_number, row_of
from archive.index_schema import HIGHLIGHTED, NOTED
from archive.query_tree import (
    And,
    InFeed,
    InFolder,
    InLanguage,
    Is,
    Long,
    Node,
    Not,
    Or,
    Phrase,
    Since,
    Tagged,
    Until,
    phrases,
)
from archive.story_tables import COPY_OF
from archive.text import tag_key

_HIGHEST = "\U0010ffff"
_FLAGS = {
    "read": "a.read = 1",
    "unread": "a.read = 0",
    "starred": "a.starred = 1",
    "changed": "a.changed_at IS NOT NULL",
    "copy": f"{COPY_OF} IS NOT NULL",
    "gone": "a.gone_at IS NOT NULL",
    "hidden": "a.hidden = 1",
    "note": f"a.noted & {NOTED}",
    "highlight": f"a.noted & {HIGHLIGHTED}",
}
_SHOWN = Condition("a.hidden = 0")
_WORDS = "fts CROSS JOIN articles a ON a.row_id = fts.rowid"
_TITLES = "titles CROSS JOIN articles a ON a.row_id = titles.rowid"
_MEMBERS = "membership m CROSS JOIN articles a ON a.row_id = m.row_id"


@dataclass(slots=True)
class _Parts:
    """The parts of a conjunction by how they are answered."""

    matches: list[Node] = field(default_factory=list)
    excluded: list[Node] = field(default_factory=list)
    conditions: list[Node] = field(default_factory=list)
    feeds: list[tuple[int, ...]] = field(default_factory=list)
    short: Phrase | None = None


class Planner:
    """Plans queries for one state of the index.

    `span` is what a row stands for, in microseconds, and `largest_shift` how many rows an article
    may stand above the row of its instant. Without `hidden` no walk finds hidden articles.
    """

    def __init__(
        self, feeds: FeedNames, span: int, largest_shift: int, *, hidden: bool = True
    ) -> None:
        self._feeds = feeds
        self._span = span
        self._largest_shift = largest_shift
        self._hidden = hidden

    def arms(self, tree: Node) -> list[Arm]:
        """The walks whose union is what the tree means; no row comes twice in one walk."""
        parts = self._sorted_parts(tree)
        conditions = tuple(self._condition(node) for node in parts.conditions)
        if not self._hidden:
            conditions += (_SHOWN,)
        if parts.short:
            return self._short_arms(parts, parts.short, conditions)
        if parts.matches:
            return [self._word_arm(parts, parts.matches, conditions)]
        return [self._listing_arm(parts, conditions)]

    def _sorted_parts(self, tree: Node) -> _Parts:
        parts = _Parts()
        for node in tree.parts if isinstance(tree, And) else (tree,):
            if isinstance(node, InFeed):
                parts.feeds.append(self._feeds.named(node.name))
            elif isinstance(node, InFolder):
                parts.feeds.append(self._feeds.in_folder(node.name))
            elif isinstance(node, Phrase) and is_short(node) and parts.short is None:
                parts.short = node
            elif match(node, self._feeds):
                parts.matches.append(node)
            elif isinstance(node, Not) and match(node.part, self._feeds):
                parts.excluded.append(node.part)
            else:
                parts.conditions.append(node)
        return parts

    def _word_arm(self, parts: _Parts, words: list[Node], conditions: tuple[Condition, ...]) -> Arm:
        """Along the rows that FTS5 finds; feeds and what is excluded are terms of it."""

        def words_in(column: str) -> list[str]:
            return [match(node, self._feeds, column) for node in words]

        def among(*wanted: str) -> str:
            of_feeds = [in_feeds(keys) for keys in parts.feeds]
            excluded = [match(node, self._feeds) for node in parts.excluded]
            return without(joined("AND", [*wanted, *of_feeds]), excluded)

        arm = Arm(_WORDS, "fts.rowid", conditions, among(*words_in("")))
        spoken = [node for node in words if any(True for _ in phrases(node))]
        if not spoken:
            return arm
        asked = [phrase for node in spoken for phrase in phrases(node)]
        if all(phrase.prefix and phrase.is_short for phrase in asked):
            return replace(arm, is_ranked=True)  # so many begin so that the newest have enough
        better = list(in_order(spoken))
        if words_in("lead") != words_in(""):
            better.append((all_in_lead(spoken) or joined("AND", words_in("lead")), IN_LEAD))
        others = [match(node, self._feeds) for node in words if node not in spoken]
        alone = not (parts.feeds or parts.excluded or others)
        in_title = titled(spoken) if alone else ""
        if not in_title:
            better.append((joined("AND", words_in("title")), IN_TITLE))
        closer = [(replace(arm, match=among(each, *others)), factor) for each, factor in better]
        if in_title:
            closer.append((Arm(_TITLES, "titles.rowid", conditions, in_title), IN_TITLE))
        return replace(arm, is_ranked=True, closer=tuple(closer))

    def _short_arms(
        self, parts: _Parts, short: Phrase, conditions: tuple[Condition, ...]
    ) -> list[Arm]:
        """Titles that begin so, and texts that have the word whole (unless a title is meant)."""
        title = prefix_of_title(short)
        if parts.matches or parts.feeds:
            begun = Condition(
                "a.row_id IN (SELECT rowid FROM titles WHERE titles MATCH ?{within rowid})",
                (title,),
            )
            arms = [self._word_arm(parts, parts.matches, (*conditions, begun))]
        else:
            excluded = tuple(self._condition(Not(node)) for node in parts.excluded)
            arms = [Arm(_TITLES, "titles.rowid", (*conditions, *excluded), title)]
        if not short.column:
            arms.append(self._word_arm(parts, [*parts.matches, exactly(short)], conditions))
        return arms

    def _listing_arm(self, parts: _Parts, conditions: tuple[Condition, ...]) -> Arm:
        """Without words: along a feed, or along all articles."""
        conditions += tuple(self._condition(Not(node)) for node in parts.excluded)
        if len(parts.feeds) == 1 and len(parts.feeds[0]) == 1:
            # Of members those count as read that are hidden.
            unread = not self._hidden and Is("unread") in parts.conditions
            of_feed = Condition("m.feed_key = ?" + " AND m.read = 0" * unread, parts.feeds[0])
            return Arm(_MEMBERS, "m.row_id", (of_feed, *conditions))
        if parts.feeds and not any(isinstance(node, Is) for node in parts.conditions):
            return self._word_arm(_Parts(feeds=parts.feeds), [], conditions)
        members = tuple(_member_of(keys) for keys in parts.feeds)
        return replace(ALL_ROWS, conditions=conditions + members)

    def _condition(self, node: Node) -> Condition:
        """The node as a condition on a row of `articles a`."""
        expression = match(node, self._feeds)
        if expression:
            return _has("fts", expression)
        match node:
            case Not(part):
                inner = self._condition(part)
                return Condition(f"NOT {inner.sql}", inner.parameters)
            case And(nodes):
                return _combined("AND", [self._condition(each) for each in nodes])
            case Or(nodes):
                return _combined("OR", [self._condition(each) for each in nodes])
            case Phrase():
                begun = _has("titles", prefix_of_title(node))
                whole = _has("fts", match(exactly(node), self._feeds))
                return begun if node.column else _combined("OR", [begun, whole])
            case _:
                return self._filter(node)

    def _filter(self, node: Node) -> Condition:
        match node:
            case InFeed(name):
                return _member_of(self._feeds.named(name))
            case InFolder(name):
                return _member_of(self._feeds.in_folder(name))
            case InLanguage():
                return _has("fts", match(node, self._feeds))
            case Tagged(tag, prefix):
                return _tagged(tag_key(tag), prefix)
            case Is(flag):
                return Condition(_FLAGS[flag])
            case Long(least, most):
                return _long(least, most)
            case Since(instant):
                number = instant_number(instant)
                lowest = row_of(instant, self._span)
                return Condition("({row} >= ? AND a.sort_at >= ?)", (lowest, number))
            case Until(instant):
                highest = row_of(instant, self._span) + self._largest_shift
                number = instant_number(instant)
                return Condition("({row} <= ? AND a.sort_at < ?)", (highest, number))
            case _:
                raise TypeError(f"no condition for {node}")


def _has(table: str, expression: str) -> Condition:
    sql = f"a.row_id IN (SELECT rowid FROM {table} WHERE {table} MATCH ?{{within rowid}})"
    return Condition(sql, (expression,))


def _member_of(feed_keys: tuple[int, ...]) -> Condition:
    marks = ", ".join("?" * len(feed_keys))
    member = f"feed_key IN ({marks}){{within row_id}}"
    sql = f"a.row_id IN (SELECT row_id FROM membership WHERE {member})"
    return Condition(sql, feed_keys)


def _long(least: int, most: int | None) -> Condition:
    if most is None:
        return Condition("a.word_count >= ?", (least,))
    return Condition("a.word_count BETWEEN ? AND ?", (least, most))


def _tagged(key: str, prefix: bool) -> Condition:
    begins = key if prefix else key + "/"
    sql = "(tag_key = ? OR (tag_key >= ? AND tag_key < ?)){within row_id}"
    parameters = (key, begins, begins + _HIGHEST)
    return Condition(f"a.row_id IN (SELECT row_id FROM tags WHERE {sql})", parameters)


def _combined(operator: str, conditions: list[Condition]) -> Condition:
    """All or any of them; of none, all hold and none does."""
    if not conditions:
        return Condition("1" if operator == "AND" else "0")
    sql = f" {operator} ".join(each.sql for each in conditions)
    return Condition(f"({sql})", tuple(value for each in conditions for value in each.parameters))
