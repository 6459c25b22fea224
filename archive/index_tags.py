"""Reading the index for what goes with tags: which articles have some, and which have a word."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

MOST_TAGGED = 20_000
"""Pairs of article and tag that are looked at, those of the newest articles."""
MOST_HAVING = 5_000
"""A word that as many articles have is as good as one that all have."""


def newest_tagged(db: sqlite3.Connection) -> dict[int, list[str]]:
    """The newest articles that have tags, each with the keys of its tags."""
    found: dict[int, list[str]] = {}
    for row_id, key in db.execute(
        "SELECT row_id, tag_key FROM tags ORDER BY row_id DESC LIMIT ?", (MOST_TAGGED,)
    ):
        found.setdefault(row_id, []).append(key)
    return found


def spelled(db: sqlite3.Connection, key: str) -> str:
    """How the newest article that has a tag spells it."""
    newest = "SELECT tag FROM tags WHERE tag_key = ? ORDER BY row_id DESC LIMIT 1"
    return str(db.execute(newest, (key,)).fetchone()[0])


def tagged_in_story(db: sqlite3.Connection, article_id: str) -> dict[str, list[int]]:
    """The keys of tags that other articles of an article's story have, each with their rows."""
    found: dict[str, list[int]] = {}
    for key, row_id in db.execute(
        "SELECT DISTINCT tag_key, row_id FROM story_units own"
        " JOIN story_units other ON other.story = own.story AND other.section = 0"
        " JOIN articles a ON a.article_id = other.article_id JOIN tags USING (row_id)"
        " WHERE own.article_id = ?1 AND own.section = 0 AND other.article_id <> ?1",
        (article_id,),
    ):
        found.setdefault(key, []).append(row_id)
    return found


def article_count(db: sqlite3.Connection) -> int:
    """How many articles there are, hidden ones too."""
    (count,) = db.execute("SELECT article_count + hidden_count FROM totals").fetchone()
    return int(count)


def rows_having(db: sqlite3.Connection, tokens: Sequence[str]) -> list[int] | None:
    """The articles with these tokens side by side, in either order; None where MOST_HAVING do.

    Rows of texts that were replaced are among them, and stand for no article.
    """
    orders = dict.fromkeys([" ".join(tokens), " ".join(reversed(tokens))])
    wanted = " OR ".join(f'"{each}"' for each in orders)
    found = db.execute(
        "SELECT rowid FROM fts WHERE fts MATCH ? LIMIT ?",
        (f"{{title text}} : ({wanted})", MOST_HAVING),
    ).fetchall()
    return [row_id for (row_id,) in found] if len(found) < MOST_HAVING else None
