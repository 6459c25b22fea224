"""What an index holds, as one hash: equal for two that would answer every question alike.

Numbers that are an index's own (of rows and feeds) and what is dead in it are left out: they
differ with its history.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

_CONTENT = {
    "lists": """SELECT article_id, doc_hash, feed_url, a.title, url,
        outlet, author, published_at, archived_at, sort_at, changed_at, gone_at, language,
        word_count, text_from, read, starred, noted, hidden, tags
        FROM articles a LEFT JOIN feeds USING (feed_key) ORDER BY article_id""",
    "order": "SELECT article_id FROM articles ORDER BY sort_at / 1024000, article_id",
    "feeds": """SELECT feed_url, feed_id, title, user_title, folder, article_count, unread_count
        FROM feeds WHERE feed_id <> '' OR article_count ORDER BY feed_url""",
    "membership": """SELECT feed_url, article_id, m.read FROM membership m
        JOIN feeds USING (feed_key) JOIN articles USING (row_id) ORDER BY 1, 2""",
    "tags": """SELECT tag_key, tag, article_id, t.read FROM tags t
        JOIN articles USING (row_id) ORDER BY 1, 2, 3""",
    "origins": """SELECT feed_url, entry_id, article_id, entry_hash FROM origins
        JOIN feeds USING (feed_key) ORDER BY 1, 2""",
    "urls": "SELECT url_hash, article_id, further FROM urls ORDER BY 1, 2",
    "totals": "SELECT * FROM totals",
    "words": """SELECT term, col, "offset", article_id FROM temp.fts_words
        JOIN articles ON row_id = doc WHERE col <> 'keys' OR term NOT GLOB 'f[0-9]*'
        ORDER BY 1, 2, 3, 4""",
    "titles": """SELECT term, col, "offset", article_id FROM temp.title_words
        JOIN articles ON row_id = doc ORDER BY 1, 2, 3, 4""",
}


def content_hash(index: Path) -> dict[str, str]:
    """The hash of each kind of content of the index at a path."""
    with closing(sqlite3.connect(index)) as db:
        for name, table in (("fts_words", "fts"), ("title_words", "titles")):
            db.execute(f"CREATE VIRTUAL TABLE temp.{name} USING fts5vocab(main, {table}, instance)")
        return {
            kind: hashlib.sha256(repr(db.execute(sql).fetchall()).encode()).hexdigest()[:16]
            for kind, sql in _CONTENT.items()
        }
