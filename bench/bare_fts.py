"""A bare full-text index: `python -m bench.bare_fts FOLDED.jsonl INDEX.sqlite`.

A line is a pair of texts that are folded already. Its tokenizer, pragmas, transactions and buffer
are those of ours.
"""

from __future__ import annotations

import sqlite3
import sys
from itertools import islice
from pathlib import Path

import orjson

from archive.index_connections import PRAGMAS, ROWS_PER_TRANSACTION
from archive.index_schema import BULK_HASH_BYTES, TOKENIZE


def main() -> None:
    """Index every line."""
    source, target = sys.argv[1:]
    db = sqlite3.connect(target, isolation_level=None)
    for pragma in ("PRAGMA journal_mode = wal", *PRAGMAS):
        db.execute(pragma)
    db.execute(f"CREATE VIRTUAL TABLE fts USING fts5(text, title, content='', {TOKENIZE})")
    db.execute("INSERT INTO fts (fts, rank) VALUES ('hashsize', ?)", (BULK_HASH_BYTES,))
    with Path(source).open("rb") as stream:
        lines = enumerate(stream, start=1)
        while batch := list(islice(lines, ROWS_PER_TRANSACTION)):
            db.execute("BEGIN IMMEDIATE")
            rows = ((row_id, *orjson.loads(line)) for row_id, line in batch)
            db.executemany("INSERT INTO fts (rowid, text, title) VALUES (?, ?, ?)", rows)
            db.execute("COMMIT")
    db.execute("INSERT INTO fts (fts) VALUES ('optimize')")
    db.close()


if __name__ == "__main__":
    main()
