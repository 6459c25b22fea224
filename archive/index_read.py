"""Reading the index: windows of lists, searches by relevance, and counts."""

# ruff: noqa: S608 - the pieces joined to SQL are constants, values are always parameters
from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import orjson

from archive.arms import ALL_ROWS, ALL_SHOWN, Arm, Condition
from archive.index_keys import language_token
from archive.index_order import Sort, oldest_page, page, rare_page, union, walk
from archive.index_rows import instant_number, instant_of, largest_shift, row_span
from archive.models import Summary, TagCount
from archive.section_tags import SectionTag
from archive.story_tables import COPY_OF, STORY_OF

if TYPE_CHECKING:
    from archive.query_tree import Node, Query

_SUMMARY = (
    "a.article_id, a.row_id, a.title, a.url, coalesce(f.feed_url, ''),"
    " coalesce(nullif(f.user_title, ''), a.outlet), a.author, a.published_at, a.archived_at,"
    " a.sort_at, a.language, a.read, a.starred, a.tags, a.word_count, a.text_from, a.changed_at,"
    f" a.gone_at, a.claimed_at, a.hidden, {COPY_OF}, {STORY_OF}"
)
"""What is read of articles `a` and their feeds `f` for `_summary`."""
_ANY = Condition("1")
_PAGE = "page CROSS JOIN articles a USING (row_id) LEFT JOIN feeds f ON f.feed_key = a.feed_key"
"""The articles `a` of the common table `page`, with their feeds `f`."""


def window(
    db: sqlite3.Connection,
    query: Query | None,
    limit: int,
    before: int | None,
    after: int | None,
    offset: int,
    sort: Sort,
) -> list[Summary]:
    """A window of what matches, in an order of `Sort`; without a query everything does."""
    arms = arms_of(db, query.tree if query else None)
    if sort == "relevance" and all(arm.is_ranked for arm in arms):
        from archive.index_ranking import ranked_page

        rows, order = ranked_page(arms, limit, offset), "page.score, page.row_id DESC"
    elif sort == "rare":
        raised = [(arms_of(db, tree), by) for tree, by in query.raised] if query else []
        rows = rare_page(arms, raised, limit, offset)
        order = "page.priority DESC, page.rate, page.row_id DESC"
    elif sort == "oldest":
        rows, order = oldest_page(arms, limit, offset), "page.row_id"
    else:
        rows, order = page(arms, limit, before, after, offset), "page.row_id DESC"
    return on_page(db, rows, order)


def on_page(
    db: sqlite3.Connection, rows: Condition, order: str = "page.row_id DESC"
) -> list[Summary]:
    """The articles of the common table `page`, which `rows` makes."""
    found = db.execute(
        f"WITH {rows.sql} SELECT {_SUMMARY} FROM {_PAGE} ORDER BY {order}", rows.parameters
    )
    return [_summary(row) for row in found]


def count(db: sqlite3.Connection, tree: Node | None, above: int | None = None) -> int:
    """How many match; `above` a row_id: how many of them are newer."""
    if above is None and (known := _kept_count(db, tree)) is not None:
        return known
    arms = arms_of(db, tree)
    newer = [] if above is None else [Condition("{row} > ?", (above,))]
    if len(arms) == 1:
        source, where = _counted(arms[0], newer)
        found = db.execute(f"SELECT count(*) FROM {source} WHERE {where.sql}", where.parameters)
    else:
        rows = union([walk(arm, newer) for arm in arms])
        found = db.execute(f"SELECT count(*) FROM ({rows.sql})", rows.parameters)
    return int(found.fetchone()[0])


def has_words(db: sqlite3.Connection, tokens: Sequence[str]) -> bool:
    """Whether some title or text, perhaps one that was replaced, has these tokens side by side."""
    wanted = f'{{title text}} : "{" ".join(tokens)}"'
    found = db.execute("SELECT 1 FROM fts WHERE fts MATCH ? LIMIT 1", (wanted,))
    return found.fetchone() is not None


def has_language(db: sqlite3.Connection, code: str) -> bool:
    """Whether some article, perhaps one that was replaced, is in that language."""
    wanted = f'keys : "{language_token(code)}"'
    found = db.execute("SELECT 1 FROM fts WHERE fts MATCH ? LIMIT 1", (wanted,))
    return found.fetchone() is not None


def word_frequency(db: sqlite3.Connection, token: str, most: int) -> int:
    """How many titles and texts have the token, counted up to `most`."""
    found = db.execute(
        "SELECT count(*) FROM (SELECT 1 FROM fts WHERE fts MATCH ? LIMIT ?)",
        (f'{{title text}} : "{token}"', most),
    )
    return int(found.fetchone()[0])


def title_words(db: sqlite3.Connection, beginning: str) -> list[tuple[str, int]]:
    """The words of titles that begin so, each with how many titles have it."""
    return db.execute(
        "SELECT term, doc FROM title_words WHERE term >= ? AND term < ?",
        (beginning, beginning + "\U0010ffff"),
    ).fetchall()


def article_ids(
    db: sqlite3.Connection, tree: Node, only: Condition = _ANY, *, hidden: bool = False
) -> list[str]:
    """The ids of all that match, newest first; `only` is a condition on `articles`."""
    rows = union([walk(arm, []) for arm in arms_of(db, tree, hidden=hidden)])
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
    """Articles, unread ones, starred ones; hidden ones are not among them."""
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


def arms_of(db: sqlite3.Connection, tree: Node | None, *, hidden: bool = False) -> list[Arm]:
    """The walks over what a tree means; without one over everything.

    Hidden articles are in it if the tree names them, or with `hidden`.
    """
    hidden = hidden or not _hidden_count(db)
    if tree is None:
        return [ALL_ROWS if hidden else ALL_SHOWN]
    from archive.feed_names import FeedNames
    from archive.query_sql import Planner
    from archive.query_tree import names_flag

    planner = Planner(
        FeedNames.in_index(db),
        row_span(db),
        largest_shift(db),
        hidden=hidden or names_flag(tree, "hidden"),
    )
    return planner.arms(tree)


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
        case Is("read" | "unread" | "starred" as flag):
            article_count, unread_count, starred_count = totals(db)
            read_count = article_count - unread_count
            return {"unread": unread_count, "starred": starred_count, "read": read_count}[flag]
        case InFeed(name) if not _hidden_count(db):
            return _feed_count(db, name, "article_count")
        case And((InFeed(name), Is("unread"))) | And((Is("unread"), InFeed(name))):
            return _feed_count(db, name, "unread_count")
        case _:
            return None


def _hidden_count(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT hidden_count FROM totals").fetchone()[0])


def _feed_count(db: sqlite3.Connection, name: str, column: str) -> int | None:
    """A kept count of the feed; None where the name means several (they may share articles)."""
    from archive.feed_names import FeedNames

    feed_keys = FeedNames.in_index(db).named(name)
    if len(feed_keys) != 1:
        return None
    found = db.execute(f"SELECT {column} FROM feeds WHERE feed_key = ?", feed_keys).fetchone()
    return int(found[0])


def _summary(row: Sequence[Any]) -> Summary:
    """The article of a row of _SUMMARY."""
    (
        article_id, row_id, title, url, feed_url, outlet, author, published_at, archived_at,
        sort_at, language, read, starred, tags, word_count, text_from, changed_at, gone_at,
        claimed_at, hidden, copy_of, story_id,
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
        **_tags(tags),
        word_count=word_count,
        text_from=text_from,
        changed_at=_instant(changed_at),
        gone_at=_instant(gone_at),
        claimed_at=_instant(claimed_at),
        hidden=bool(hidden),
        copy_of=copy_of,
        story_id=story_id,
    )


def _tags(stored: str) -> dict[str, Any]:
    """The tags of an article and of its sections, as `index_write` keeps them."""
    if stored == "[]":
        return {}
    found = orjson.loads(stored)
    return {
        "tags": tuple(each for each in found if isinstance(each, str)),
        "section_tags": tuple(SectionTag(*each) for each in found if isinstance(each, list)),
    }


def _instant(number: int | None) -> datetime | None:
    return None if number is None else instant_of(number)
