"""Changes of marks as values: planned, applied, taken back, and written to undo records. Pure.

A change is kept as what it altered: each field's value before and after, and the tags that came
and went, once for all the articles that it altered in the same way. So taking it back touches
nothing that somebody else changed since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from archive.characters import clean_line
from archive.fields import LARGEST_NUMBER, Fields
from archive.highlights import changed_highlights, highlight_documents, highlights_from
from archive.models import Mark, MarkChange
from archive.section_tags import (
    SectionTags,
    changed_section_tags,
    clean_tag,
    renamed_section_tags,
    section_tag_documents,
    section_tags_from,
)
from archive.text import tag_key

_FIELDS = ("read", "starred", "position", "note", "hidden_by", "highlights", "section_tags")
# Fields of which the values are no JSON: how they are written, and read again.
_WRITTEN: Mapping[str, Callable[[Any], list[dict[str, Any]]]] = {
    "highlights": highlight_documents,
    "section_tags": section_tag_documents,
}
_READ: Mapping[str, Callable[[Sequence[Fields]], object]] = {
    "highlights": highlights_from,
    "section_tags": section_tags_from,
}


@dataclass(frozen=True, slots=True)
class Alteration:
    """What one operation altered alike in several articles of a volume.

    `before` and `after` have the same fields of Mark, tags excepted.
    """

    doc_ids: tuple[int, ...]
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    added_tags: tuple[str, ...] = ()
    removed_tags: tuple[str, ...] = ()


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are kept: one line each, without empty ones, each once, sorted."""
    return tuple(sorted({clean for tag in tags if (clean := clean_tag(tag))}))


def changed_mark(mark: Mark, change: MarkChange) -> Mark:
    """The mark after a change."""
    return Mark(
        read=mark.read if change.read is None else change.read,
        starred=mark.starred if change.starred is None else change.starred,
        position=mark.position if change.position is None else _position(change.position),
        note=mark.note if change.note is None else change.note,
        hidden_by=mark.hidden_by if change.hidden_by is None else clean_line(change.hidden_by),
        tags=_changed_tags(mark.tags, change),
        highlights=changed_highlights(
            mark.highlights, change.add_highlights, change.remove_highlights
        ),
        section_tags=_changed_section_tags(mark.section_tags, change),
    )


def _position(stated: int) -> int:
    return min(max(0, stated), LARGEST_NUMBER)


def _changed_tags(tags: tuple[str, ...], change: MarkChange) -> tuple[str, ...]:
    """The tags after a change, where spellings that differ in case only are one tag.

    None is added beside another and any takes all away, but for one that is added: so a rename
    may change the case.
    """
    if change.rename_tag:
        tags = _renamed(tags, *change.rename_tag)
    removed = {tag_key(each) for tag in change.remove_tags for each in (tag, clean_tag(tag))}
    added = [tag for tag in clean_tags(change.add_tags) if tag not in change.remove_tags]
    kept = [tag for tag in tags if tag in added or tag_key(tag) not in removed]
    known = {tag_key(tag) for tag in kept}
    return tuple(sorted([*kept, *(tag for tag in added if tag_key(tag) not in known)]))


def _changed_section_tags(tags: SectionTags, change: MarkChange) -> SectionTags:
    if change.rename_tag:
        names = {each.tag: _renamed((each.tag,), *change.rename_tag)[0] for each in tags}
        tags = renamed_section_tags(tags, names)
    return changed_section_tags(
        tags, change.add_section_tags, change.remove_section_tags, change.remove_tags
    )


def _renamed(tags: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    """Tags with another name for one of them and the beginning of those below it, each once."""
    key = tag_key(old)
    below = f"{key}/"
    renamed: dict[str, str] = {}
    for tag in tags:
        if tag_key(tag) == key:
            tag = new
        elif tag_key(tag).startswith(below):
            tag = f"{new}/{tag.split('/', old.count('/') + 1)[-1]}"
        renamed.setdefault(tag_key(tag), tag)
    return clean_tags(renamed.values())


def describe(change: MarkChange) -> str:
    """What a change does, in a few words for the one who may undo it."""
    words = [
        *_toggle(change.read, "mark read", "mark unread"),
        *_toggle(change.starred, "star", "unstar"),
        *([] if change.note is None else ["note"]),
        *([] if change.hidden_by is None else ["hide" if change.hidden_by else "show again"]),
        *(["highlight"] if change.add_highlights else []),
        *(["remove highlight"] if change.remove_highlights and not change.add_highlights else []),
        *(f"+{tag}" for tag in clean_tags(change.add_tags)),
        *(f"-{tag}" for tag in clean_tags(change.remove_tags)),
        *(f"#{each.number} +{clean_line(each.tag)}" for each in change.add_section_tags),
        *(f"#{each.number} -{clean_line(each.tag)}" for each in change.remove_section_tags),
    ]
    return " ".join(words)


def _toggle(value: bool | None, on: str, off: str) -> list[str]:
    return [] if value is None else [on if value else off]


def is_position_only(change: MarkChange) -> bool:
    """Whether a change does nothing but remember a place, which no one wants to undo."""
    return change.position is not None and change == MarkChange(position=change.position)


def plan(
    marks: Mapping[int, Mark], doc_ids: Iterable[int], change: MarkChange
) -> tuple[Alteration, ...]:
    """What a change alters in these articles; empty when all of them are so already."""
    alike: dict[bytes, tuple[Alteration, list[int]]] = {}
    for doc_id in doc_ids:
        old = marks.get(doc_id, Mark())
        new = changed_mark(old, change)
        if set(old.tags) == set(new.tags) and all(_same(old, new, name) for name in _FIELDS):
            continue
        alteration = _difference(old, new)
        key = orjson.dumps(
            (alteration.before, alteration.after, alteration.added_tags, alteration.removed_tags)
        )
        alike.setdefault(key, (alteration, []))[1].append(doc_id)
    return tuple(replace(each, doc_ids=tuple(ids)) for each, ids in alike.values())


def apply(marks: Mapping[int, Mark], alterations: Iterable[Alteration]) -> dict[int, Mark]:
    """The marks that these alterations change, as they are afterwards.

    A field that no longer has the value of `before` was changed by somebody else and stays.
    """
    changed: dict[int, Mark] = {}
    for alteration in alterations:
        for doc_id in alteration.doc_ids:
            old = changed.get(doc_id, marks.get(doc_id, Mark()))
            new = _altered(old, alteration)
            if new != old:
                changed[doc_id] = new
    return changed


def inverse(alterations: Sequence[Alteration]) -> tuple[Alteration, ...]:
    """The alterations that take these back."""
    return tuple(
        Alteration(
            doc_ids=each.doc_ids,
            before=each.after,
            after=each.before,
            added_tags=each.removed_tags,
            removed_tags=each.added_tags,
        )
        for each in reversed(alterations)
    )


def article_count(alterations: Iterable[Alteration]) -> int:
    """How many articles are altered."""
    return sum(len(each.doc_ids) for each in alterations)


def alterations_document(alterations: Iterable[Alteration]) -> list[dict[str, Any]]:
    """The JSON of alterations, for undo records."""
    return [
        {
            "ids": list(each.doc_ids),
            "before": _plain(each.before),
            "after": _plain(each.after),
            "added": list(each.added_tags),
            "removed": list(each.removed_tags),
        }
        for each in alterations
    ]


def alterations_from(documents: Iterable[Mapping[str, Any]]) -> tuple[Alteration, ...]:
    """The alterations that `alterations_document` wrote."""
    return tuple(
        Alteration(
            doc_ids=tuple(each["ids"]),
            before=_values(each["before"]),
            after=_values(each["after"]),
            added_tags=tuple(each["added"]),
            removed_tags=tuple(each["removed"]),
        )
        for each in documents
    )


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a mark's fields as JSON."""
    return {
        name: _WRITTEN[name](value) if name in _WRITTEN else value for name, value in values.items()
    }


def _values(plain: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values that `_plain` wrote."""
    fields = Fields(plain, "undo record")
    return {
        name: _READ[name](fields.children(name)) if name in _READ else value
        for name, value in plain.items()
    }


def _same(old: Mark, new: Mark, name: str) -> bool:
    return bool(getattr(old, name) == getattr(new, name))


def altered_ids(alterations: Iterable[Alteration]) -> set[int]:
    """The articles that are altered, by document number."""
    return {doc_id for each in alterations for doc_id in each.doc_ids}


def _difference(old: Mark, new: Mark) -> Alteration:
    names = [name for name in _FIELDS if not _same(old, new, name)]
    return Alteration(
        doc_ids=(),
        before={name: getattr(old, name) for name in names},
        after={name: getattr(new, name) for name in names},
        added_tags=tuple(sorted(set(new.tags) - set(old.tags))),
        removed_tags=tuple(sorted(set(old.tags) - set(new.tags))),
    )


def _altered(mark: Mark, alteration: Alteration) -> Mark:
    fields = {
        name: value
        for name, value in alteration.after.items()
        if getattr(mark, name) == alteration.before[name]
    }
    tags = (set(mark.tags) | set(alteration.added_tags)) - set(alteration.removed_tags)
    if tags != set(mark.tags):
        fields["tags"] = tuple(sorted(tags))
    return replace(mark, **fields) if fields else mark
