"""Whether the index agrees with itself; with the volumes the archive compares it."""

# ruff: noqa: S608 - the pieces joined to SQL are constants

from __future__ import annotations

import sqlite3

from archive.index_rows import is_crowded
from archive.index_schema import FEWEST_DEAD, MOST_DEAD, TOTALS

_CHECKS = {
    "{} articles are missing from the full text.": """
        SELECT count(*) FROM articles WHERE row_id NOT IN (SELECT id FROM fts_docsize)""",
    "{} texts in the full text belong to no article.": """
        SELECT count(*) FROM fts_docsize WHERE id NOT IN (SELECT row_id FROM articles)
        AND id NOT IN (SELECT row_id FROM dead)""",
    "The counts of all articles are wrong.": f"""
        SELECT count(*) FROM totals
        WHERE (article_count, unread_count, starred_count, hidden_count) <> ({TOTALS})""",
    "The counts of {} feeds are wrong.": """
        SELECT count(*) FROM feeds WHERE (article_count, unread_count) <>
        (SELECT count(*), count(*) - total(read) FROM membership
        WHERE membership.feed_key = feeds.feed_key)""",
}


def check(db: sqlite3.Connection) -> list[str]:
    """What is wrong inside, a sentence each; `db` must be able to write.

    FTS5 checks itself by a statement that looks like a write (section 6.4 of its manual).
    """
    found = [row[0] for row in db.execute("PRAGMA quick_check")]
    problems = [f"SQLite reports: {each}." for each in found if each != "ok"]
    for sentence, sql in _CHECKS.items():
        count = db.execute(sql).fetchone()[0]
        if count:
            problems.append(sentence.format(count))
    for table in ("fts", "titles"):
        try:
            db.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
        except sqlite3.DatabaseError:
            problems.append(f"The words of table {table} are damaged.")
    return problems


def needs_rebuild(db: sqlite3.Connection) -> bool:
    """Whether a rebuild pays: many rows in FTS have no article any more, or rows are too few."""
    dead, alive = db.execute(
        "SELECT (SELECT count(*) FROM dead), (SELECT article_count + hidden_count FROM totals)"
    ).fetchone()
    return bool(dead >= FEWEST_DEAD and dead > MOST_DEAD * (dead + alive)) or is_crowded(db)
