"""Import and rebuild beside bare FTS5 over texts that are folded already: articles a second.

The bare index is of one table of our tokenizer, with our pragmas, transactions and gathering
buffer, and knows nothing but words: so what is measured is all that ours does besides. Each is a
process of its own, of which the greatest memory is taken too.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from archive.archive import Archive
from archive.fields import instant_text
from archive.models import Article, MarkChange
from archive.text import fold, unlink
from bench.corpus import Corpus
from bench.measure import Figure, number, p50_p95, timed
from bench.programs import newsreader
from bench.workspace import Workspace

COUNT, ROUNDS = 20_000, 3
IMPORT, REBUILD = 0.25, 0.45
MEMORY = 300
WAIT, PAUSE = 300, 0.1
"""Milliseconds that a mark may wait for an import; seconds from one mark to the next."""
BARE = [sys.executable, "-m", "bench.bare_fts"]


@dataclass(frozen=True)
class Taken:
    """One run of a program: its wall seconds and the most memory it had, in bytes."""

    seconds: float
    memory: int


def rate_figures(bench: Workspace) -> Iterator[Figure]:
    """Rates of the same articles, in turn; then the memory of ours."""
    with tempfile.TemporaryDirectory(dir=bench.folder) as name:
        folder = Path(name)
        lines, folded = folder / "articles.jsonl", folder / "folded.jsonl"
        write(lines, folded)
        imports: list[Taken] = []
        rebuilds: list[Taken] = []
        bare: list[Taken] = []

        for turn in range(ROUNDS):
            archive = folder / f"archive-{turn}"
            bare.append(run([*BARE, str(folded), str(folder / f"bare-{turn}.sqlite")]))
            imports.append(run(newsreader(archive, "import", str(lines))))
            rebuilds.append(run(newsreader(archive, "rebuild")))
        waited = marks_beside(newsreader(folder / "archive-marked", "import", str(lines)), folder)
    yield from beside("import", imports, bare, IMPORT)
    yield from beside("rebuild", rebuilds, bare, REBUILD)
    yield Figure(
        "one mark beside a running import",
        f"{p50_p95(waited)}, the longest {max(waited):.0f} ms",
        f"at most {WAIT} ms",
        max(waited) <= WAIT,
    )


def marks_beside(command: Sequence[str], folder: Path) -> list[float]:
    """The milliseconds that marks of this process take while the import runs in another."""
    taken: list[float] = []
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with Archive.open(folder / "archive-marked") as archive:
        while process.poll() is None:
            time.sleep(PAUSE)
            rows = archive.list(limit=50)
            if rows:
                row = rows[len(taken) % len(rows)]
                change = MarkChange(starred=not row.starred)
                taken.append(timed(partial(archive.mark, row.article_id, change)))
    return taken


def beside(
    name: str, ours: Sequence[Taken], bare: Sequence[Taken], limit: float
) -> Iterator[Figure]:
    """The rate of one program and its memory."""
    found = statistics.median(
        theirs.seconds / mine.seconds for mine, theirs in zip(ours, bare, strict=True)
    )
    yield Figure(
        f"{name} of {COUNT:,} articles",
        f"{rate(ours)} a second",
        f"at least {limit:g} of bare FTS5, {rate(bare)} a second: {number(found)}",
        found >= limit,
    )
    memory = max(each.memory for each in ours) / 1e6
    yield Figure(
        f"{name}, memory at most", f"{memory:.0f} MB", f"at most {MEMORY} MB", memory <= MEMORY
    )


def rate(taken: Sequence[Taken]) -> str:
    """Articles a second at the median."""
    return number(COUNT / statistics.median(each.seconds for each in taken))


def run(command: Sequence[str]) -> Taken:
    """Run a program to its end."""
    os.sync()
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise subprocess.CalledProcessError(status, command, stderr=said)
    kilobytes = usage.ru_maxrss if sys.platform != "darwin" else usage.ru_maxrss // 1024
    return Taken(seconds, kilobytes * 1024)


def write(lines: Path, folded: Path) -> None:
    """The articles as JSON Lines, and their folded titles and texts for the bare index."""
    with lines.open("w", encoding="utf-8") as ours, folded.open("w", encoding="utf-8") as bare:
        for article in Corpus(COUNT):
            ours.write(json.dumps(fields(article), ensure_ascii=False) + "\n")
            words = (fold(unlink(article.text)), fold(unlink(article.title)))
            bare.write(json.dumps(words, ensure_ascii=False) + "\n")


def fields(article: Article) -> dict[str, object]:
    """An article as `import` reads it."""
    at = article.published_at
    return {
        "url": article.url,
        "title": article.title,
        "text": article.text,
        "feed_url": article.feed_url,
        "author": article.author,
        "language": article.language,
        "published_at": instant_text(at) if at else None,
    }
