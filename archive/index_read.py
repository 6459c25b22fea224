"""Reading the index: windows of lists, searches by relevance, and counts."""

# ruff: noqa: S608 - the pieces joined to SQL are constants, values are always parameters
from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, cast

import orjson

from archive.arms import ALL_ROWS, Arm, Condition
from archive.index_rows import instant_number, instant_of
from archive.models import Summary, TagCount

if TYPE_CHECKING:
    from archive.query_tree import Node

Sort = Literal["date", "relevance"]

RANKED_MATCHES = 2_000
"""Newest matches among which relevance chooses; over all a common word costs 33-111 ms."""
RANKED_TITLES = 200
"""Newest matches in titles that are ranked as well, however old."""

_SUMMARY = (
    "a.article_id, a.row_id, a.title, a.url, coalesce(f.feed_url, ''),"
    " coalesce(nullif(f.user_title, ''), a.outlet), a.author, a.published_at, a.archived_at,"
    " a.sort_at, a.language, a.read, a.starred, a.tags, a.word_count, a.text_from, a.changed_at,"
    " a.gone_at, a.claimed_at"
)
_ANY = Condition("1")
_PAGE = "page CROSS JOIN articles a USING (row_id) LEFT JOIN feeds f ON f.feed_key = a.feed_key"


def window(
    db: sqlite3.Connection,
    tree: Node | None,
    limit: int,
    before: int | None,
    after: int | None,
    offset: int,
    sort: Sort,
) -> list[Summary]:
    """A window of what matches, newest or best first; without a tree everything does."""
    arms = _arms(db, tree)
    if sort == "relevance" and all(arm.title_match for arm in arms):
        page, order = _ranked_page(arms, limit, offset), "page.score, page.row_id DESC"
    else:
        page, order = _page(arms, limit, before, after, offset), "page.row_id DESC"
    rows = db.execute(
        f"WITH {page.sql} SELECT {_SUMMARY} FROM {_PAGE} ORDER BY {order}", page.parameters
    )
    return [_summary(row) for row in rows]


def count(db: sqlite3.Connection, tree: Node | None, above: int | None = None) -> int:
    """How many match; `above` a row_id: how many of them are newer."""
    if above is None and (known := _kept_count(db, tree)) is not None:
        return known
    arms = _arms(db, tree)
    newer = [] if above is None else [Condition("{row} > ?", (above,))]
    if len(arms) == 1:
        source, where = _counted(arms[0], newer)
        found = db.execute(f"SELECT count(*) FROM {source} WHERE {where.sql}", where.parameters)
    else:
        rows = _union([_walk(arm, newer) for arm in arms])
        found = db.execute(f"SELECT count(*) FROM ({rows.sql})", rows.parameters)
    return int(found.fetchone()[0])


def article_ids(db: sqlite3.Connection, tree: Node, only: Condition = _ANY) -> list[str]:
    """The ids of all that match, newest first; `only` is a condition on `articles`."""
    rows = _union([_walk(arm, []) for arm in _arms(db, tree)])
    found = db.execute(
        f"SELECT article_id FROM articles WHERE row_id IN ({rows.sql}) AND {only.sql}"
        " ORDER BY row_id DESC",
        (*rows.parameters, *only.parameters),
    )
    return [article_id for (article_id,) in found]


def unmarked(before: datetime, unread: bool) -> Condition:
    """Articles archived before then, without a star or a tag; read ones unless `unread`."""
    sql = "archived_at < ? AND starred = 0 AND tags = '[]'" + " AND read = 1" * (not unread)
    return Condition(sql, (instant_number(before),))


def summaries(db: sqlite3.Connection, article_ids: Sequence[str]) -> list[Summary]:
    """Those that are known, in the order asked for."""
    found = (
        db.execute(
            f"SELECT {_SUMMARY} FROM articles a LEFT JOIN feeds f ON f.feed_key = a.feed_key"
            " WHERE a.article_id = ?",
            (article_id,),
        ).fetchone()
        for article_id in article_ids
    )
    return [_summary(row) for row in found if row]


def feed_counts(db: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    """Articles and unread ones by feed URL."""
    rows = db.execute("SELECT feed_url, article_count, unread_count FROM feeds")
    return {feed_url: (article_count, unread) for feed_url, article_count, unread in rows}


def totals(db: sqlite3.Connection) -> tuple[int, int, int]:
    """Articles, unread ones, starred ones."""
    found = db.execute("SELECT article_count, unread_count, starred_count FROM totals").fetchone()
    return cast("tuple[int, int, int]", found)


def tags(db: sqlite3.Connection) -> list[TagCount]:
    """Every tag in the spelling that most articles have, with its counts."""
    rows = db.execute(
        "SELECT tag, sum(n), sum(n) - sum(was_read), max(n) FROM"
        " (SELECT tag_key, tag, count(*) AS n, sum(read) AS was_read FROM tags"
        " GROUP BY tag_key, tag) GROUP BY tag_key ORDER BY tag_key"
    )
    return [
        TagCount(tag, article_count, unread_count) for tag, article_count, unread_count, _ in rows
    ]


def _arms(db: sqlite3.Connection, tree: Node | None) -> list[Arm]:
    """The walks over what a tree means; without one over everything."""
    if tree is None:
        return [ALL_ROWS]
    from archive.feed_names import FeedNames
    from archive.query_sql import Planner

    shift = db.execute("SELECT value FROM meta WHERE name = 'largest_shift'").fetchone()[0]
    return Planner(FeedNames(db), shift).arms(tree)


def _page(
    arms: Sequence[Arm], limit: int, before: int | None, after: int | None, offset: int
) -> Condition:
    """The rows of a window as the common table `page`."""
    bounds = []
    if before is not None:
        bounds.append(Condition("{row} < ?", (before,)))
    if after is not None:
        bounds.append(Condition("{row} > ?", (after,)))
    order = "DESC" if after is None else "ASC"
    walks = [_walk(arm, bounds, order, limit + offset) for arm in arms]
    rows = walks[0] if len(walks) == 1 else _union(walks)
    return Condition(
        f"page (row_id) AS MATERIALIZED (SELECT row_id FROM ({rows.sql})"
        f" ORDER BY row_id {order} LIMIT ? OFFSET ?)",
        (*rows.parameters, limit, offset),
    )


def _walk(arm: Arm, bounds: Sequence[Condition], order: str = "DESC", limit: int = -1) -> Condition:
    """The rows of one arm in order, `limit` at most."""
    where = arm.where(*bounds)
    return Condition(
        f"SELECT {arm.row} AS row_id FROM {arm.source} WHERE {where.sql}"
        f" ORDER BY {arm.row} {order} LIMIT ?",
        (*where.parameters, limit),
    )


def _union(walks: Sequence[Condition]) -> Condition:
    """The rows of any of them, each once."""
    sql = " UNION ".join(f"SELECT * FROM ({walk.sql})" for walk in walks)
    return Condition(sql, tuple(value for walk in walks for value in walk.parameters))


def _ranked_page(arms: Sequence[Arm], limit: int, offset: int) -> Condition:
    """The best rows by bm25, a word in the title counting five times, as the table `page`."""
    walks = [
        walk
        for arm in arms
        for walk in (
            _scored(arm.source, arm.where(), RANKED_MATCHES),
            _scored(arm.source, arm.where(by_title=True), RANKED_TITLES),
        )
    ]
    hits = " UNION ALL ".join(f"SELECT * FROM ({walk.sql})" for walk in walks)
    return Condition(
        f"hits (row_id, score) AS MATERIALIZED ({hits}),"
        " page (row_id, score) AS MATERIALIZED (SELECT row_id, min(score) FROM hits"
        " GROUP BY row_id ORDER BY min(score), row_id DESC LIMIT ? OFFSET ?)",
        (*(value for walk in walks for value in walk.parameters), limit, offset),
    )


def _scored(source: str, where: Condition, limit: int) -> Condition:
    return Condition(
        f"SELECT fts.rowid, bm25(fts, 1.0, 5.0, 0.0) FROM {source} WHERE {where.sql}"
        " ORDER BY fts.rowid DESC LIMIT ?",
        (*where.parameters, limit),
    )


def _counted(arm: Arm, bounds: Sequence[Condition]) -> tuple[str, Condition]:
    """What to count for an arm: where only words decide, no article need be looked at."""
    where = arm.where(*bounds)
    if arm.row == "fts.rowid" and not arm.conditions:
        alive = "NOT EXISTS (SELECT 1 FROM dead WHERE row_id = fts.rowid)"
        return "fts", Condition(f"{where.sql} AND {alive}", where.parameters)
    return arm.source, where


def _kept_count(db: sqlite3.Connection, tree: Node | None) -> int | None:
    """The count if it is one that is kept: of all articles, of a mark, of one feed."""
    if tree is None:
        return totals(db)[0]
    from archive.query_tree import And, InFeed, Is

    match tree:
        case And(()):
            return totals(db)[0]
        case Is(flag):
            article_count, unread_count, starred_count = totals(db)
            read_count = article_count - unread_count
            return {"unread": unread_count, "starred": starred_count, "read": read_count}[flag]
        case InFeed(name):
            return _feed_count(db, name, "article_count")
        case And((InFeed(name), Is("unread"))) | And((Is("unread"), InFeed(name))):
            return _feed_count(db, name, "unread_count")
        case _:
            return None


def _feed_count(db: sqlite3.Connection, name: str, column: str) -> int | None:
    """A kept count of the feed; None where the name means several (they may share articles)."""
    from archive.feed_names import FeedNames

    feed_keys = FeedNames(db).named(name)
    if len(feed_keys) != 1:
        return None
    found = db.execute(f"SELECT {column} FROM feeds WHERE feed_key = ?", feed_keys).fetchone()
    return int(found[0])


def _summary(row: Sequence[Any]) -> Summary:
    (
        article_id, row_id, title, url, feed_url, outlet, author, published_at, archived_at,
        sort_at, language, read, starred, tags, word_count, text_from, changed_at, gone_at,
        claimed_at,
    ) = row  # fmt: skip
    return Summary(
        article_id=article_id,
        row_id=row_id,
        title=title,
        url=url,
        feed_url=feed_url,
        outlet=outlet,
        author=author,
        published_at=_instant(published_at),
        archived_at=instant_of(archived_at),
        sort_at=instant_of(sort_at),
        language=language,
        read=bool(read),
        starred=bool(starred),
        tags=tuple(orjson.loads(tags)) if tags != "[]" else (),
        word_count=word_count,
        text_from=text_from,
        changed_at=_instant(changed_at),
        gone_at=_instant(gone_at),
        claimed_at=_instant(claimed_at),
    )


def _instant(number: int | None) -> datetime | None:
    return None if number is None else instant_of(number)
