"""How well articles are grouped into stories: B-cubed against public sets of grouped news.

B-cubed (Bagga and Baldwin, 1998) asks of each article how many of its group tell its event
(precision), and how many that tell its event are in its group (recall). The sets are not part of
the project: README.md beside them says what they are.
"""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

import orjson

from archive import index_schema
from archive.claims import claims_of
from archive.contexts import context_of
from archive.grouping import Grouping
from archive.models import Article
from archive.names import article_id
from archive.number_patterns import flat
from archive.person_names import names_in, read_run
from archive.sentences import sentences_of
from archive.story_links import StoryLinks
from archive.story_texts import StoryText
from archive.story_told import MOST_TEXTS, Reader
from archive.story_units import units_of
from archive.story_weights import words_of
from bench.measure import Figure, p50_p95, quantile, timed
from bench.workspace import Workspace

SETS = Path(__file__).resolve().parents[2].parent / "shared" / "stories"
LEAST = {"allsides21": (0.86, 0.85), "basil": (0.93, 0.85), "triples_sample": (0.82, 0.0)}
"""F1 and precision to be reached, by the name of the set."""
MOST_MOVED = 0.03
CLAIMS_LIMIT, NEW_LIMIT = 300, 50
"""Milliseconds at the 95th percentile."""
_STORY, _TOLD_AGAIN = 50, 10
_FETCHED = datetime(2026, 1, 1, tzinfo=UTC)
_SEED = 9


@dataclass(frozen=True)
class Labelled:
    """An article, and the name of the event that it tells."""

    article: Article
    event: str


class Score(NamedTuple):
    """B-cubed precision, recall, and their harmonic mean."""

    precision: float
    recall: float
    f1: float


def story_figures(_bench: Workspace) -> Iterator[Figure]:
    """Each set as it is, in another order and without dates."""
    for name, (least, least_precision) in LEAST.items():
        file = SETS / f"{name}.jsonl"
        if not file.exists():
            yield Figure(f"{name}: skipped", f"there is no {file}")
            continue
        labelled = _read(file)
        there = scored(_in_order(labelled))
        reached = there.f1 >= least and there.precision >= least_precision
        yield _figure(f"{name}, F1 (precision, recall)", there, f"at least {least}", reached)
        shuffled = scored(random.Random(_SEED).sample(labelled, len(labelled)))
        moved = abs(shuffled.f1 - there.f1)
        limit = f"moved {moved:.3f}, at most {MOST_MOVED}"
        yield _figure(f"{name}, arrival shuffled", shuffled, limit, moved <= MOST_MOVED)
        yield _figure(f"{name}, dates removed", scored(_in_order(_undated(labelled))), "", None)


def telling_figures(_bench: Workspace) -> Iterator[Figure]:
    """What is read out of a story: whole articles of many events, which have most to tell."""
    file = SETS / "basil.jsonl"
    if not file.exists():
        yield Figure("skipped", f"there is no {file}")
        return
    texts = [_text(each.article) for each in _read(file)[:_STORY]]
    times = [_uncached(partial(claims_of, texts)) for _ in range(_TOLD_AGAIN)]
    within = quantile(times, 0.95) <= CLAIMS_LIMIT
    limit = f"p95 at most {CLAIMS_LIMIT} ms"
    yield Figure(f"Claims of a story of {_STORY} articles", p50_p95(times), limit, within)
    read = texts[:MOST_TEXTS]
    times = [_uncached(partial(_told, read, each)) for each in texts[MOST_TEXTS:]]
    within = quantile(times, 0.95) <= NEW_LIMIT
    limit = f"p95 at most {NEW_LIMIT} ms"
    name = f"New sentences of an article, {MOST_TEXTS} read"
    yield Figure(name, p50_p95(times), limit, within)


def _told(read: Sequence[StoryText], text: StoryText) -> None:
    Reader(read, read).novelty(text)


def _uncached(act: Callable[[], object]) -> float:
    """The milliseconds of an act on texts that nobody looked at before."""
    for kept in (sentences_of, words_of, names_in, read_run, flat, context_of):
        kept.cache_clear()
    return timed(act)


def _text(article: Article) -> StoryText:
    return StoryText(article.url, article.article_id, article.text, "en")


def _figure(name: str, score: Score, beside: str, held: bool | None) -> Figure:
    ours = f"{score.f1:.3f} ({score.precision:.3f}, {score.recall:.3f})"
    return Figure(name, ours, beside, held)


def scored(labelled: Sequence[Labelled]) -> Score:
    """How well articles are grouped that arrive in this order."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    index_schema.create(db)
    articles = {each.article.article_id: each.article for each in labelled}
    grouping = Grouping(db, articles.get, StoryLinks())
    for each in labelled:
        for unit in units_of(each.article):
            grouping.add(unit)
    rows = db.execute("SELECT article_id, story FROM story_units WHERE section = 0")
    stories: dict[str, int] = dict(rows.fetchall())
    return b_cubed([(stories[each.article.article_id], each.event) for each in labelled])


def b_cubed(pairs: Sequence[tuple[int, str]]) -> Score:
    """The score of articles given as (group, event)."""
    groups = Counter(group for group, _ in pairs)
    events = Counter(event for _, event in pairs)
    both = Counter(pairs)
    precision = sum(count**2 / groups[group] for (group, _), count in both.items()) / len(pairs)
    recall = sum(count**2 / events[event] for (_, event), count in both.items()) / len(pairs)
    return Score(precision, recall, 2 * precision * recall / (precision + recall))


def _read(file: Path) -> list[Labelled]:
    lines = map(orjson.loads, file.read_bytes().splitlines())
    return [Labelled(_article(number, line), line["story"]) for number, line in enumerate(lines, 1)]


def _article(number: int, line: dict[str, str]) -> Article:
    at = datetime.fromisoformat(line["date"]).replace(tzinfo=UTC) if line["date"] else None
    return Article(
        url=line["id"],
        title=line["title"],
        text=line["text"],
        archived_at=_FETCHED,
        article_id=article_id("2026-01-01", number),
        published_at=at,
        language=line["lang"],
    )


def _undated(labelled: Sequence[Labelled]) -> list[Labelled]:
    return [Labelled(replace(each.article, published_at=None), each.event) for each in labelled]


def _in_order(labelled: Sequence[Labelled]) -> list[Labelled]:
    """As a refresh or an import groups them: by publication, else as they came."""
    return sorted(labelled, key=lambda each: each.article.published_at or _FETCHED)
