"""Grouping: each unit finds the story that it tells, in one pass as articles arrive.

Candidates are the units that share its heaviest terms and were published around then; a story's
score is half that of its best member and half the mean of its best ones (three, or half of a larger
story), each the cosine of their vectors, fading with the days between. From JOIN on, or a higher
bar where much was published around then (`archive.story_crowd`), a unit joins the story with the
best score. Stories that come near by that are tried again: one that was alone
may be reached now, two may turn out to be one, also by the order in which they were published.

All happens on the tables of `archive.story_tables` inside the caller's transaction, and hangs on
nothing but what is there and the order of the units: the same order gives the same stories.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import orjson

from archive import index_changes
from archive.aliases import NO_ALIASES, Aliases
from archive.index_rows import instant_number
from archive.near_copies import is_copy, shingles, sketch_of
from archive.story_candidates import Candidate, candidates_of, put_vector, vectors_of
from archive.story_copies import Original, originals_of, put_sketch, settle
from archive.story_crowd import Crowd
from archive.story_gatherings import Copy, gathered, gathering, set_apart
from archive.story_links import StoryLinks
from archive.story_merging import Merging, arrival_of
from archive.story_names import unit_name
from archive.story_replay import are_one
from archive.story_scores import JOIN, fading, nearness, score
from archive.story_texts import ArticleOf
from archive.story_units import Unit, units_of
from archive.story_vectors import COUNTED_TERMS, Vector, vector_of
from archive.story_words import Terms
from archive.term_counts import TermCounts

NEAR = 0.12
"""From here on a story is near: related if a rare name is shared, and tried again."""
MERGE = 0.3
"""Mean score of its members from which on a story becomes one with another."""

_TRIED_AGAIN = 4
_ASKING, _ASKED = 8, 20
"""Members of the smaller and of the larger story that are compared when two are tried again."""
_COPY_COSINE, _COPIES_LOOKED_AT = 0.35, 5
"""Texts so near are compared word by word too, so many at most: of a short text in a much longer
one the sketches tell nothing."""
_MOST_RELATED = 5


@dataclass(frozen=True, slots=True)
class Score:
    """How near a story is: with the days between, and without."""

    faded: float
    plain: float
    best: Candidate


class Grouping:
    """Puts units into stories while one transaction lasts; `finish` comes before its end.

    `article_of` gives an article by id, None where it is gone; `aliases` are what names in it are
    spelled like.
    """

    def __init__(
        self,
        db: sqlite3.Connection,
        article_of: ArticleOf,
        links: StoryLinks,
        aliases: Aliases = NO_ALIASES,
        counts: TermCounts | None = None,
    ) -> None:
        self._db = db
        self._article_of = article_of
        self._links = links
        self._aliases = aliases
        self._counts = counts or TermCounts()
        self._merging = Merging(db)
        self._crowd = Crowd(db)
        self._join = JOIN
        self._terms: dict[tuple[str, int], Terms | None] = {}

    def add(self, unit: Unit) -> None:
        """Finds the unit's story, or makes one of its own; a known unit is left where it is."""
        if _unit_named(self._db, unit.name) is not None:
            return
        if not unit.terms:
            self._put(unit, None, None)
            return
        self._terms[unit.article_id, unit.section] = unit.terms
        total = self._counts.begin(self._db)
        vector = vector_of(unit.terms, self._counts, total)
        at = instant_number(unit.at)
        self._join = JOIN * self._crowd.height(at)
        found = [
            each
            for each in candidates_of(self._db, vector, at)
            if each.article_id != unit.article_id
        ]
        hashes = frozenset() if unit.section else shingles(unit.text)
        sketch = sketch_of(hashes)
        likely = self._copies(hashes, originals_of(self._db, sketch, at), found)
        first = gathered(self._db, likely)
        gatherings = gathering(self._db, likely, vector.weights)
        for each in gatherings:
            set_apart(self._db, each, sketch_of(shingles(self._text_of(each.article_id))))
        found = [each for each in found if all(each.unit != other.unit for other in gatherings)]
        kept = [each.original for each in likely if each.original not in gatherings]
        copy_of, copies = (
            (first.earliest, [first]) if first else settle(self._db, unit.article_id, at, kept)
        )
        scores = self._scores(found, at)
        joined = self._joined(unit, scores, copies)
        number = self._put(unit, joined, copy_of)
        if first:
            return
        self._join_copies(number, joined, copies)
        put_vector(self._db, number, at, vector)
        put_sketch(self._db, number, sketch)
        self._counts.add(vector.heaviest[:COUNTED_TERMS])
        self._crowd.add(at)
        self._note_related(number, vector, scores)
        self._try_again(number, scores)

    def finish(self) -> None:
        """Calls every story by what came first of it."""
        self._merging.finish()

    def _scores(self, found: Iterable[Candidate], at: int) -> dict[int, Score]:
        """The score of each story that a candidate is of."""
        members: dict[int, list[Candidate]] = defaultdict(list)
        for each in found:
            members[each.story].append(each)
        sizes = self._sizes(members)
        return {
            story: Score(
                score([one.cosine * fading(one.at - at) for one in each], sizes[story]),
                score([one.cosine for one in each], sizes[story]),
                max(each, key=lambda one: (one.cosine, -one.unit)),
            )
            for story, each in members.items()
        }

    def _sizes(self, stories: Iterable[int]) -> dict[int, int]:
        rows = self._db.execute(
            "SELECT story, count(*) FROM story_units"
            " WHERE story IN (SELECT value FROM json_each(?)) GROUP BY story",
            (orjson.dumps(list(stories)).decode(),),
        )
        return dict(rows.fetchall())

    def _joined(
        self, unit: Unit, scores: Mapping[int, Score], copies: Sequence[Original]
    ) -> int | None:
        """The story that a unit joins: one that the reader says, its copies', the nearest."""
        said = [
            found
            for name in self._links.together.get(unit.name, ())
            if (found := self._story_named(name)) is not None
        ]
        if said:
            return min(said, key=self._merging.called)
        apart = self._links.apart.get(unit.name, frozenset())
        kept_apart = {self._story_named(name) for name in apart}
        for each in copies:
            if each.story not in kept_apart:
                return each.story
        near = [
            (score.faded, -self._merging.called(story), story)
            for story, score in scores.items()
            if score.faded >= self._join and story not in kept_apart
        ]
        return max(near)[2] if near else None

    def _join_copies(self, unit: int, joined: int | None, copies: Sequence[Original]) -> None:
        """Makes the stories of a unit's copies one if it joined that of one of them."""
        if joined in {each.story for each in copies}:
            for each in copies:
                one, other = self._story_of(unit), self._story_of(each.unit)
                if one != other and not self._are_apart(one, other):
                    sizes = self._sizes([one, other])
                    self._merging.merge(*sorted((one, other), key=lambda each: sizes[each]))

    def _copies(
        self, hashes: frozenset[int], likely: Sequence[Original], found: Sequence[Candidate]
    ) -> Sequence[Copy]:
        """The units that a text of these shingles is a near copy of, or that are copies of it.

        Of those that are copies of one article it is one.
        """
        near = [
            Original(each.unit, each.article_id, each.story, each.copy_of)
            for each in found
            if each.cosine >= _COPY_COSINE and not each.section
        ]
        copies: dict[str, Copy] = {}
        for each in dict.fromkeys([*likely, *near[:_COPIES_LOOKED_AT]]) if hashes else ():
            if each.earliest not in copies:
                other = shingles(self._text_of(each.article_id))
                if is_copy(hashes, other):
                    copies[each.earliest] = Copy(each, len(other) > len(hashes))
        return list(copies.values())

    def _put(self, unit: Unit, story: int | None, copy_of: str | None) -> int:
        """Writes the unit into a story, None for one of its own; its number."""
        at = instant_number(unit.at)
        number = int(
            self._db.execute(
                "INSERT INTO story_units (article_id, section, at, story, copy_of)"
                " SELECT ?, ?, ?, coalesce(max(unit), 0) + 1, ? FROM story_units RETURNING unit",
                (unit.article_id, unit.section, at, copy_of),
            ).fetchone()[0]
        )
        if copy_of:
            index_changes.note(self._db, [unit.article_id])
        if story is not None:
            self._merging.merge(number, story)
        return number

    def _note_related(self, unit: int, vector: Vector, scores: Mapping[int, Score]) -> None:
        """Notes the stories that share a rare name and are near but for the days between."""
        own = {name.casefold() for name in vector.names}
        near = sorted(scores.values(), key=lambda each: (-each.plain, each.best.unit))
        related = [
            each.best.unit
            for each in near
            if each.plain >= NEAR and own & {name.casefold() for name in each.best.names}
        ]
        if related:
            self._db.executemany(
                "INSERT OR IGNORE INTO story_related VALUES (?, ?)",
                [(unit, other) for other in related[:_MOST_RELATED]],
            )

    def _try_again(self, unit: int, scores: Mapping[int, Score]) -> None:
        """Joins to the unit's story what comes near enough by it."""
        called = self._merging.called
        near = sorted(
            ((score.faded, story) for story, score in scores.items() if score.faded >= NEAR),
            key=lambda each: (-each[0], called(each[1])),
        )
        for _, other in near[:_TRIED_AGAIN]:
            story = self._story_of(unit)
            if self._story_of(other) != other or other == story:
                continue  # it is one with it already
            sizes = self._sizes([story, other])
            fewer, more = sorted((other, story), key=lambda each: (sizes[each], -called(each)))
            least = self._join if sizes[fewer] == 1 else MERGE
            is_one = self._likeness(fewer, more) >= least or are_one(
                self._db, (fewer, more), self._counts, self._terms_of, self._join
            )
            if is_one and not self._are_apart(fewer, more):
                self._merging.merge(fewer, more)

    def _likeness(self, fewer: int, more: int) -> float:
        """The mean score that the members of one story have with another."""
        asking = vectors_of(self._db, fewer, _ASKING)
        asked = vectors_of(self._db, more, _ASKED)
        if not asking or not asked:
            return 0.0
        return sum(nearness(member, asked, 0) for member in asking) / len(asking)

    def _text_of(self, article_id: str) -> str:
        article = self._article_of(article_id)
        return article.text if article else ""

    def _terms_of(self, article_id: str, section: int) -> Terms | None:
        if (article_id, section) not in self._terms:
            article = self._article_of(article_id)
            units = units_of(article, self._aliases) if article else ()
            found = (unit.terms for unit in units if unit.section == section)
            self._terms[article_id, section] = next(found, None)
        return self._terms[article_id, section]

    def _are_apart(self, one: int, other: int) -> bool:
        """Whether the reader said of a member of each that they are not the same."""
        if not self._links.apart:
            return False
        others = self._member_names(other)
        return any(
            not others.isdisjoint(self._links.apart.get(name, ()))
            for name in self._member_names(one)
        )

    def _member_names(self, story: int) -> set[str]:
        rows = self._db.execute(
            "SELECT article_id, section FROM story_units WHERE story = ?", (story,)
        )
        return {unit_name(*row) for row in rows}

    def _story_of(self, unit: int) -> int:
        found = self._db.execute("SELECT story FROM story_units WHERE unit = ?", (unit,))
        return int(found.fetchone()[0])

    def _story_named(self, name: str) -> int | None:
        """The story that a unit of that name is in."""
        unit = _unit_named(self._db, name)
        return None if unit is None else self._story_of(unit)


def regroup(db: sqlite3.Connection, names: Sequence[str]) -> None:
    """Makes one story of these articles and sections, and of what was called by one of them."""
    units = [unit for name in names if (unit := _unit_named(db, name)) is not None]
    if units:
        first = min(units, key=lambda unit: arrival_of(db, unit))
        db.executemany(
            "UPDATE story_units SET story = ?1 WHERE unit = ?2 OR story = ?2",
            [(first, unit) for unit in units],
        )


def _unit_named(db: sqlite3.Connection, name: str) -> int | None:
    article_id, _, section = name.partition("#")
    found = db.execute(
        "SELECT unit FROM story_units WHERE article_id = ? AND section = ?",
        (article_id, int(section or 0)),
    ).fetchone()
    return int(found[0]) if found else None
