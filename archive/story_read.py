"""Reading stories from the index: lists, one story, what is related to it."""

# ruff: noqa: S608 - the pieces joined to SQL are constants, values are always parameters
from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

import orjson

from archive.index_rows import instant_of
from archive.story_models import Member, Related, Story
from archive.story_names import arrival, unit_name
from archive.story_reasons import whole_words
from archive.story_tables import COPY_OF

_SHOWN_REASONS = 3
_MOST_RELATED = 20
_ROW = (
    f"SELECT u.unit, u.article_id, section, CASE section WHEN 0 THEN {COPY_OF} END, at, a.title,"
    " coalesce(nullif(f.user_title, ''), a.outlet), a.published_at, a.read,"
    " a.hidden, coalesce(v.names, '')"
    " FROM story_units u JOIN articles a USING (article_id)"
    " LEFT JOIN feeds f ON f.feed_key = a.feed_key LEFT JOIN story_vectors v ON v.unit = u.unit"
)


class _Row(NamedTuple):
    unit: int
    article_id: str
    section: int
    copy_of: str | None
    at: int
    title: str
    outlet: str
    published_at: int | None
    read: int
    hidden: int
    names: tuple[str, ...]


def stories(
    db: sqlite3.Connection, article_ids: Collection[str] | None, limit: int
) -> Iterator[Story]:
    """Stories of two members or more, the one with the latest member first.

    With `article_ids` only those that one of these articles is of. Hidden members are left out but
    for these articles.
    """
    only = "" if article_ids is None else (
        " WHERE story IN (SELECT story FROM story_units WHERE article_id IN"
        " (SELECT value FROM json_each(?)))"
    )  # fmt: skip
    asked = () if article_ids is None else (orjson.dumps(list(article_ids)).decode(),)
    shown = frozenset(article_ids or ())
    numbers = db.execute(
        f"SELECT story FROM story_units{only} GROUP BY story HAVING count(*) > 1"
        " ORDER BY max(at) DESC, story DESC",
        asked,
    ).fetchall()
    for (number,) in numbers:
        if limit <= 0:
            return
        rows = _members(db, number)
        there = [each for each in rows if not each.hidden or each.article_id in shown]
        if len(there) > 1:  # others are hidden, or were removed from the archive
            limit -= 1
            yield _story(there, _id_of(rows))


def story(
    db: sqlite3.Connection, article_id: str, section: int, *, hidden: bool = False
) -> Story | None:
    """The story that an article or section is of, with what is related; None for an unknown one.

    Hidden members are left out but for that article, unless `hidden` ones are wanted.
    """
    found = db.execute(
        "SELECT story FROM story_units WHERE article_id = ? AND section = ?", (article_id, section)
    ).fetchone()
    rows = _members(db, found[0]) if found else []
    there = [each for each in rows if hidden or not each.hidden or each.article_id == article_id]
    return _story(there, _id_of(rows), _related(db, found[0], there)) if there else None


def _members(db: sqlite3.Connection, number: int) -> list[_Row]:
    return _rows(db, f"{_ROW} WHERE story = ? ORDER BY at, u.unit", (number,))


def _rows(db: sqlite3.Connection, asked: str, values: Sequence[object]) -> list[_Row]:
    return [
        _Row._make((*row[:-1], tuple(row[-1].split("\n")) if row[-1] else ()))
        for row in db.execute(asked, values)
    ]


def _related(db: sqlite3.Connection, number: int, members: Sequence[_Row]) -> tuple[Related, ...]:
    rows = _rows(
        db,
        f"{_ROW} WHERE story <> ?1 AND u.unit IN"
        " (SELECT other FROM story_related JOIN story_units m USING (unit) WHERE m.story = ?1"
        " UNION SELECT r.unit FROM story_related r JOIN story_units m ON m.unit = r.other"
        " WHERE m.story = ?1) AND a.hidden = 0 ORDER BY at, u.unit",
        (number,),
    )
    told = {name.casefold() for each in members for name in each.names}
    first, latest = members[0].at, max(each.at for each in members)
    found = [
        Related(
            each.article_id, each.section, each.title, each.outlet, instant_of(each.at),
            "; ".join(filter(None, (_shared(each, told), _distance(each.at, first, latest)))),
        )
        for each in rows
    ]  # fmt: skip
    return tuple(found[-_MOST_RELATED:])


def _id_of(rows: Sequence[_Row]) -> str:
    """The id of a story of these members, hidden ones too: it stays what it is."""
    first = min(rows, key=lambda each: arrival(each.article_id, each.section))
    return f"s{unit_name(first.article_id, first.section)}"


def _story(rows: Sequence[_Row], story_id: str, related: tuple[Related, ...] = ()) -> Story:
    texts: dict[str, _Row] = {}
    for each in rows:  # of copies whose original is not there the first stands for all
        texts.setdefault(each.copy_of or unit_name(each.article_id, each.section), each)
    originals = list(texts.values())
    counted = Counter(name for each in rows for name in {one.casefold() for one in each.names})
    common = {name for name, count in counted.items() if count > 1}
    outlets = len({each.outlet for each in rows})
    first_at, latest_at = instant_of(rows[0].at), instant_of(max(each.at for each in rows))
    days = (latest_at - first_at) // timedelta(days=1) + 1
    spread = f"{outlets} outlet{'s' * (outlets != 1)}, {days} day{'s' * (days != 1)}"
    return Story(
        story_id=story_id,
        title=max(originals, key=lambda each: _named(each.title, common)).title,
        outlet_count=outlets,
        article_count=len(originals),
        first_at=first_at,
        latest_at=latest_at,
        why="; ".join(filter(None, (_reasons(rows, counted), spread))),
        members=tuple(
            Member(
                each.article_id, each.section, each.title, each.outlet, instant_of(each.at),
                None if each.published_at is None else instant_of(each.published_at),
                f"near copy of {each.copy_of}" if each.copy_of else _shared(each, common),
                each.copy_of, bool(each.read),
            )
            for each in rows
        ),
        related=related,
    )  # fmt: skip


def _named(title: str, names: set[str]) -> int:
    """How many of these names a title says; the earliest title that says most tells the story."""
    folded = title.casefold()
    return sum(name in folded for name in names)


def _reasons(rows: Sequence[_Row], counted: Counter[str]) -> str:
    """The names that most members have in common, those foremost in them first."""
    places: dict[str, tuple[int, int, str]] = {}
    for each in rows:
        for place, name in enumerate(each.names):
            key = name.casefold()
            if counted[key] > 1:
                _, before, shown = places.get(key, (0, 0, name))
                places[key] = (-counted[key], before + place, shown)
    names = [shown for _, _, shown in sorted(places.values())]
    return ", ".join(whole_words(names, [each.title for each in rows])[:_SHOWN_REASONS])


def _shared(row: _Row, names: set[str]) -> str:
    shared = [name for name in row.names if name.casefold() in names]
    return ", ".join(whole_words(shared, [row.title])[:_SHOWN_REASONS])


def _distance(at: int, first: int, latest: int) -> str:
    """How long before or after a story something was published; empty within it."""
    days = (instant_of(at) - instant_of(latest if at > latest else first)) // timedelta(days=1)
    if first <= at <= latest or not days:
        return ""
    return f"{abs(days)} day{'s' * (abs(days) != 1)} {'later' if days > 0 else 'earlier'}"
