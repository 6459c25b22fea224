"""Figures and how they are taken: medians with their spread, works in turn, a line each."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A measured value beside its limit or peer; `held` is None where there is no limit."""

    name: str
    ours: str
    beside: str = ""
    held: bool | None = None

    def line(self) -> str:
        """One row of the results' table."""
        verdict = {None: "", True: "yes", False: "NO"}[self.held]
        return f"| {self.name} | {self.ours} | {self.beside} | {verdict} |"


def quantile(values: Sequence[float], part: float) -> float:
    """The value below which that part of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def number(value: float) -> str:
    """Three digits, without an exponent."""
    return f"{value:.3g}" if abs(value) < 999.5 else f"{value:,.0f}"


def spread(values: Sequence[float], unit: str = " ms") -> str:
    """Median and the middle half, e.g. `1.8 ms (1.7-2.0)`."""
    low, high = quantile(values, 0.25), quantile(values, 0.75)
    return f"{number(statistics.median(values))}{unit} ({number(low)}-{number(high)})"


def p50_p95(milliseconds: Sequence[float]) -> str:
    """Median and 95th percentile."""
    return f"{number(statistics.median(milliseconds))} / {number(quantile(milliseconds, 0.95))} ms"


def timed(work: Callable[[], object]) -> float:
    """Wall milliseconds of one call."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def in_turn(rounds: int, *measures: Callable[[], float]) -> list[list[float]]:
    """What each measure returned, taken one after the other in every round.

    So the machine's moods fall on all of them, and values of one round may be compared.
    """
    taken = [[measure() for measure in measures] for _ in range(rounds)]
    return [list(column) for column in zip(*taken, strict=True)]


def pairs(
    ours: Callable[[], object], theirs: Callable[[], object], rounds: int
) -> tuple[list[float], list[float]]:
    """Wall milliseconds of two works in turn."""
    first, second = in_turn(rounds, lambda: timed(ours), lambda: timed(theirs))
    return first, second


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """How many times theirs ours is, pair by pair."""
    return [mine / other for mine, other in zip(ours, theirs, strict=True)]


def at_most(name: str, values: Sequence[float], limit: float, reference: str = "") -> Figure:
    """A figure whose p95 must not pass `limit` milliseconds; `reference` stands beside it."""
    beside = f"at most {limit:g} ms at p95" + (f"; {reference}" if reference else "")
    return Figure(name, p50_p95(values), beside, quantile(values, 0.95) <= limit)


def at_most_times(
    name: str, ours: Sequence[float], limit: float, peer: str, theirs: Sequence[float]
) -> Figure:
    """A figure that must not be more than `limit` times a peer, by the median of the pairs."""
    found = ratios(ours, theirs)
    beside = f"at most {limit:g} times {peer}, {spread(theirs)}: {spread(found, '')}"
    return Figure(name, spread(ours), beside, statistics.median(found) <= limit)


def by_size(
    name: str, sizes: Sequence[int], taken: Sequence[list[float]], limit: float, words: str
) -> Iterator[Figure]:
    """A line for each size; those after the first must not be more than `limit` times that.

    By the median of the pairs; `words` say the limit, as in `the same as`.
    """
    yield Figure(f"{name}, {sizes[0]:,} articles", p50_p95(taken[0]))
    for size, values in zip(sizes[1:], taken[1:], strict=True):
        found = ratios(values, taken[0])
        beside = f"{words} at {sizes[0]:,}: {spread(found, '')} times"
        held = statistics.median(found) <= limit
        yield Figure(f"{name}, {size:,} articles", p50_p95(values), beside, held)


def against(name: str, ours: Sequence[float], peer: str, theirs: Sequence[float]) -> Figure:
    """A figure beside a peer, without a limit: the ratio is the median of the pairs."""
    found = spread(ratios(ours, theirs), "")
    return Figure(name, spread(ours), f"{peer} {spread(theirs)}; ratio {found}")
