"""What the gate says of the corpus: figures by group, ours beside bare trafilatura, and facts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from archive.models import Article
from tests.quality.bare import bare_text
from tests.quality.corpus import Page
from tests.quality.measure import Measured, measure, score
from tests.quality.shapes import shapes_kept

ALL = "all"


@dataclass(frozen=True)
class Judged:
    """One page, by the program and by bare trafilatura; shapes are (kept, of how many)."""

    page: Page
    ours: Measured
    bare: Measured
    shapes: tuple[int, int]
    bare_shapes: tuple[int, int]


@dataclass(frozen=True)
class Figures:
    """The figures of a group of pages, shares from 0 to 1."""

    pages: int
    f1: float
    furniture_left: float
    text_lost: float
    shapes_kept: float


@dataclass(frozen=True)
class Group:
    """A group's figures, ours and bare trafilatura's."""

    ours: Figures
    bare: Figures

    @property
    def over_bare(self) -> float:
        """By how much our F1 is above bare trafilatura's; below 0 if it is worse."""
        return self.ours.f1 - self.bare.f1


def judge(page: Page, text: str) -> Judged:
    """The measures of a page whose article has this text."""
    bare = bare_text(page)
    blocks = page.blocks
    return Judged(
        page,
        measure(text, page.keep, page.drop, page.optional),
        measure(bare, page.keep, page.drop, page.optional),
        shapes_kept(text, blocks),
        shapes_kept(bare, blocks),
    )


def by_group(judged: Sequence[Judged]) -> dict[str, Group]:
    """The figures of every group by name, and of all pages under `all`."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[one.page.group].append(one)
    groups[ALL] = list(judged)
    return {
        name: Group(
            _figures([one.ours for one in each], [one.shapes for one in each]),
            _figures([one.bare for one in each], [one.bare_shapes for one in each]),
        )
        for name, each in groups.items()
    }


def _figures(measured: Sequence[Measured], shapes: Iterable[tuple[int, int]]) -> Figures:
    total = score(measured)
    kept, shaped = map(sum, zip(*shapes, strict=True))
    all_kept = kept / shaped if shaped else 1.0
    return Figures(len(measured), total.f1, total.furniture_left, total.text_lost, all_kept)


def facts_of(page: Page, article: Article, saved: Article | None = None) -> dict[str, bool]:
    """Of what the page states, whether it was understood.

    `article` came through a feed; `saved` by its address, so that its title is the program's own
    choice. `kind` is whether an article was taken from its page, and nothing from what is none.
    """
    right = {
        "author": lambda: article.author == page.author,
        "published": lambda: _same_date(page, article),
        "language": lambda: article.language == page.facts["language"],
        "source_url_host": lambda: _same_source(page, article),
        "sections": lambda: len(article.sections) == page.facts["sections"],
        "kind": lambda: (article.text_from == "page") is page.is_article,
    }
    judged = {fact: check() for fact, check in right.items() if fact in page.facts}
    return judged | ({"title": saved.title == page.title} if saved else {})


def facts_right(facts: Iterable[Mapping[str, bool]]) -> dict[str, tuple[int, int]]:
    """For each fact on how many pages it is right, of how many."""
    right: Counter[str] = Counter()
    stated: Counter[str] = Counter()
    for each in facts:
        right.update(fact for fact, is_right in each.items() if is_right)
        stated.update(each.keys())
    return {fact: (right[fact], count) for fact, count in stated.items()}


def _same_date(page: Page, article: Article) -> bool:
    """On the same day (UTC) where the page states a day, else at the same instant."""
    stated, found = page.facts["published"], article.published_at
    if stated is None or found is None:
        return stated is found
    if len(stated) == len("2026-03-04"):
        return f"{found.astimezone(UTC):%Y-%m-%d}" == stated
    return found == datetime.fromisoformat(stated)


def _same_source(page: Page, article: Article) -> bool:
    host = urlsplit(article.source_url or "").hostname
    return host == page.facts["source_url_host"]
