"""How near a unit is to a story, and whether units make one story. Pure.

A member is its instant, in microseconds since 1970, and its packed weights.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from archive.story_vectors import cosine, unpacked

Member = tuple[int, bytes]

JOIN = 0.212
"""Score from which on a unit joins a story."""
FADING_DAYS = 7.0
"""After so many days a likeness counts 1/e."""

_MICROSECONDS_PER_DAY = 86_400_000_000
_BEST_MEMBERS, _MOST_BEST = 3, 10


def score(likenesses: Sequence[float], size: int) -> float:
    """Half the best, half the mean of the best ones; members that were no candidates count 0."""
    best = sorted(likenesses, reverse=True)
    count = max(_BEST_MEMBERS, min(_MOST_BEST, math.ceil(size / 2)))
    best = best[:count]
    return 0.5 * best[0] + 0.5 * sum(best) / max(len(best), min(size, count))


def fading(microseconds: int) -> float:
    """What a likeness counts with so much time between, from 1 down."""
    return math.exp(-abs(microseconds) / _MICROSECONDS_PER_DAY / FADING_DAYS)


def nearness(member: Member, members: Iterable[Member], size: int) -> float:
    """The score of a unit with members of a story that has so many."""
    at, packed = member
    weights = unpacked(packed)
    return score([cosine(weights, other) * fading(at - there) for there, other in members], size)


class Members:
    """Members in order of publication. What was found out of two is remembered."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._members = list(members)
        self._weights: dict[int, dict[int, float]] = {}
        self._likenesses: dict[tuple[int, int], float] = {}

    def make_one(self, join: float = JOIN) -> bool:
        """Whether they make one story when they come one after the other.

        Each joins from the score `join` on.
        """
        stories: list[list[int]] = []
        for member in range(len(self._members)):
            scores = [(self._nearness(member, each), place) for place, each in enumerate(stories)]
            nearest, place = max(scores, default=(0.0, 0))
            if nearest < join:
                stories.append([member])
                continue
            joined = stories[place]
            joined.append(member)
            stories = [
                story
                for story in stories
                if story is joined or len(story) > 1 or not self._takes_in(joined, story[0], join)
            ]
        return len(stories) == 1

    def _takes_in(self, story: list[int], alone: int, join: float) -> bool:
        """Whether a story reaches a unit that was alone, which then is of it."""
        if self._nearness(alone, story) < join:
            return False
        story.append(alone)
        return True

    def _nearness(self, one: int, story: Sequence[int]) -> float:
        return score([self._likeness(one, other) for other in story], len(story))

    def _likeness(self, one: int, other: int) -> float:
        known = self._likenesses.get((one, other))
        if known is None:
            at, there = self._members[one][0], self._members[other][0]
            if one not in self._weights:
                self._weights[one] = unpacked(self._members[one][1])
            near = cosine(self._weights[one], self._members[other][1])
            known = self._likenesses[one, other] = near * fading(at - there)
        return known
