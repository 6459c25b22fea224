"""Figures and how they are taken: medians with their spread, pairs in turn, a line each."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A measured value beside its limit or peer; `held` is None where there is no limit."""

    name: str
    ours: str
    beside: str
    held: bool | None = None

    def line(self) -> str:
        """One row of the results' table."""
        verdict = {None: "", True: "yes", False: "NO"}[self.held]
        return f"| {self.name} | {self.ours} | {self.beside} | {verdict} |"


def quantile(values: Sequence[float], part: float) -> float:
    """The value below which that part of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def spread(milliseconds: Sequence[float]) -> str:
    """Median and the middle half, e.g. `1.8 ms (1.7-2.0)`."""
    low, high = quantile(milliseconds, 0.25), quantile(milliseconds, 0.75)
    return f"{statistics.median(milliseconds):.3g} ms ({low:.3g}-{high:.3g})"


def p50_p95(milliseconds: Sequence[float]) -> str:
    """Median and 95th percentile."""
    return f"{statistics.median(milliseconds):.3g} / {quantile(milliseconds, 0.95):.3g} ms"


def timed(work: Callable[[], object]) -> float:
    """Wall milliseconds of one call."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def pairs(
    ours: Callable[[], object], theirs: Callable[[], object], rounds: int
) -> tuple[list[float], list[float]]:
    """Wall milliseconds of two works in turn, so that the machine's moods fall on both."""
    taken = [(timed(ours), timed(theirs)) for _ in range(rounds)]
    return [a for a, _ in taken], [b for _, b in taken]


def at_most(name: str, values: Sequence[float], limit: float, part: float = 0.95) -> Figure:
    """A figure whose p95 (or other part) must not pass `limit` milliseconds."""
    found = quantile(values, part)
    return Figure(
        name, p50_p95(values), f"at most {limit:g} ms at p{part * 100:.0f}", found <= limit
    )
