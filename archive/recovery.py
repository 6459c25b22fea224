"""Recovery: what opening an archive repairs, and the words that say what was lost.

A damaged file is never thrown away: it stays beside the repaired one as
`NAME.damaged-YYYYMMDDTHHMMSS`. Every whole record is kept. Whoever calls holds the archive's lock.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from archive import layout
from archive.decisions import KEPT_LINES, RULES, kept_line_from, rule_from
from archive.disk_errors import writing
from archive.documents import (
    article_from,
    document_hash,
    feed_from,
    mark_from,
)
from archive.errors import DamagedFile
from archive.fetch_file import (
    FETCH_FILE,
    HOSTS,
    OUTLETS,
    STATES,
    fetch_state_from,
    learned_lines_from,
    wait_from,
)
from archive.journal import OPERATIONS, REMOVALS, operation_from
from archive.layout import DECISIONS_FILE, FEEDS, LIBRARY_FILE, Salvaged, Tables
from archive.lost import LOST, known_from
from archive.misplaced import named_again, numbered_again
from archive.models import Mark, Problem
from archive.names import article_id, articles_file, volume_of_file
from archive.removal import removal_from
from archive.removed import REMOVED, removed_from
from archive.rule_models import ARTICLE_RULES, SEARCHES, article_rule_from, search_from
from archive.steps import STEPS, step_from
from archive.storage import (
    COMPRESSED_SUFFIX,
    TEMP_SUFFIX,
    present_form,
    put_file,
    read_bytes,
    read_meta,
    read_tables,
)
from archive.tag_colours import TAG_COLOURS, tag_colour_from
from archive.undo import record_from
from archive.volumes import ARTICLES, MARKS, UNDO

_READERS: Mapping[str, Callable[[layout.Document, str], object]] = {
    ARTICLES: article_from,
    MARKS: lambda document, _: _mark_from(document),
    UNDO: lambda document, _: record_from(document),
    FEEDS: feed_from,
    ARTICLE_RULES: lambda document, _: article_rule_from(document),
    SEARCHES: lambda document, _: search_from(document),
    TAG_COLOURS: lambda document, _: tag_colour_from(document),
    STEPS: lambda document, _: step_from(document),
    STATES: lambda document, _: fetch_state_from(document),
    HOSTS: lambda document, _: wait_from(document),
    OUTLETS: lambda document, _: learned_lines_from(document),
    KEPT_LINES: lambda document, _: kept_line_from(document),
    RULES: lambda document, _: rule_from(document),
    OPERATIONS: lambda document, _: operation_from(document),
    LOST: lambda document, _: known_from(document),
    REMOVALS: lambda document, _: removal_from(document),
    REMOVED: lambda document, _: removed_from(document),
}


def salvage_file(
    root: Path, name: str, at: datetime, known: Mapping[int, str] | None = None
) -> Problem | None:
    """Repairs the file `name` of an archive; None where it is whole, or not there.

    `known` has the hash by document number of what the index knows to be in a volume: so the
    lost articles are named, and their numbers stay unused. ArchiveTooNew, WriteFailed.
    """
    path = root / name
    data = read_bytes(path)
    if data is None or _is_sound(data, name):
        return None
    kept = salvage_tables(data, name, known or {})
    next_id = max([kept.meta.next_id, *(doc_id + 1 for doc_id in known or ())])
    aside = _set_aside(present_form(path), at)
    meta = replace(kept.meta, next_id=next_id, generation=kept.meta.generation + 1)
    put_file(path, layout.encode(kept.tables, meta))
    return _problem(name, aside.name, kept, known or {})


def salvage_tables(data: bytes, name: str, known: Mapping[int, str] = {}) -> Salvaged:
    """The records of a damaged file that are whole and are what they should be."""
    salvaged = layout.salvage(data, name)
    main = _main_table(name)
    named = named_again(salvaged.tables, main, _READERS, _is_of_its_kind)
    tables: Tables = {}
    lost_count = salvaged.lost_count
    for table, documents in named.items():
        whole = {key: each for key, each in documents.items() if _is_of_its_kind(table, key, each)}
        lost_count += len(documents) - len(whole)
        tables[table] = whole
    strays = tuple((table or main, each) for table, each in salvaged.strays)
    found = Salvaged(tables, salvaged.meta, lost_count, strays)
    if main == ARTICLES and known:
        found = numbered_again(found, ARTICLES, known, _hash_of)
    return replace(found, lost_count=lost_count + len(found.strays))


def _main_table(name: str) -> str:
    """The table that a file must have."""
    volume = volume_of_file(name)
    if volume:
        return ARTICLES if name == articles_file(volume) else MARKS
    tables = {LIBRARY_FILE: FEEDS, FETCH_FILE: STATES, DECISIONS_FILE: KEPT_LINES}
    return tables.get(name, OPERATIONS)


def _hash_of(document: layout.Document) -> str:
    try:
        return document_hash(article_from(document, ""))
    except DamagedFile:
        return ""


def pass_over(root: Path, volume: str, doc_id: int) -> bool:
    """Makes sure that a volume never gives this id: its marks are another article's.

    Whether the file had to be changed for that. The lock is held.
    """
    path = root / articles_file(volume)
    meta = read_meta(path)
    if meta is None or doc_id < meta.next_id:
        return False
    passed = replace(meta, next_id=doc_id + 1, generation=meta.generation + 1)
    put_file(path, layout.encode(read_tables(path) or {}, passed))
    return True


def remove_leftovers(root: Path, folders: Iterable[str], at: datetime) -> None:
    """Removes what writers that died left in these folders.

    That is temporary files, and second forms of one file. Under the lock nobody else has any.
    """
    for path in list(_leftovers(root, folders)):
        with writing(path):
            if path.name.endswith(COMPRESSED_SUFFIX):
                _settle(path.with_name(path.name.removesuffix(COMPRESSED_SUFFIX)), path, at)
            else:
                path.unlink(missing_ok=True)


def has_leftovers(root: Path, folders: Iterable[str]) -> bool:
    """Whether there are any, of a writer that died or one at work."""
    return any(True for _ in _leftovers(root, folders))


def is_damaged(root: Path, name: str) -> bool:
    """Whether a file is there but is not what was written. ArchiveTooNew."""
    data = read_bytes(root / name)
    return data is not None and not _is_sound(data, name)


def refuse_newer(root: Path, names: Iterable[str]) -> None:
    """ArchiveTooNew if any of these files has a greater schema. Damage is left to salvaging."""
    for name in names:
        with suppress(DamagedFile):
            read_meta(root / name)


def _leftovers(root: Path, folders: Iterable[str]) -> Iterator[Path]:
    for folder in (root / each for each in folders):
        with suppress(OSError):
            names = set(os.listdir(folder))  # noqa: PTH208 - 22,000 of them, at every opening
            for name in names:
                is_temporary = name.startswith(".") and name.endswith(TEMP_SUFFIX)
                is_second = (
                    name.endswith(COMPRESSED_SUFFIX)
                    and name.removesuffix(COMPRESSED_SUFFIX) in names
                )
                if is_temporary or is_second:
                    yield folder / name


def _settle(plain: Path, compressed: Path, at: datetime) -> None:
    """Leaves one form of a file that is there in both: the plain one, unless it is damaged."""
    if _is_sound(plain.read_bytes(), str(plain)):
        compressed.unlink()
        return
    from archive.compressed import inflate

    packed = compressed.read_bytes()
    worse = plain if _is_sound(inflate(packed), str(plain)) else compressed
    _set_aside(worse, at)
    worse.unlink()


def _mark_from(document: layout.Document) -> Mark:
    """The mark of a document; DamagedFile for an undo record, whose table lost its name."""
    if "operation" in document:
        raise DamagedFile("mark", "it is an undo record")
    return mark_from(document)


def _is_sound(data: bytes, name: str) -> bool:
    try:
        tables = layout.decode(data, name)
    except DamagedFile:
        return False
    return all(
        _is_of_its_kind(table, key, document)
        for table, documents in tables.items()
        for key, document in documents.items()
    )


def _is_of_its_kind(table: str, key: str, document: object) -> bool:
    if not key.isdecimal() or not isinstance(document, dict):
        return False
    try:
        if table in _READERS:
            _READERS[table](document, key)
    except DamagedFile:
        return False
    return True


def _set_aside(path: Path, at: datetime) -> Path:
    """A second name for a damaged file, so that it is never missing while it is replaced."""
    aside = path.with_name(f"{path.name}.damaged-{at:%Y%m%dT%H%M%S}")
    number = 1
    with writing(aside):
        while aside.exists():
            number += 1
            aside = path.with_name(f"{path.name}.damaged-{at:%Y%m%dT%H%M%S}-{number}")
        try:
            os.link(path, aside)
        except OSError:
            _copy(path, aside)
    return aside


def _copy(path: Path, aside: Path) -> None:
    """For file systems without hard links."""
    import shutil

    shutil.copy2(path, aside)


def _problem(name: str, aside: str, kept: Salvaged, known: Mapping[int, str]) -> Problem:
    documents = [
        document
        for table, documents in kept.tables.items()
        if table != layout.META
        for document in documents
    ]
    volume = volume_of_file(name)
    lost_ids: tuple[str, ...] = ()
    altered = ""
    lost_count = kept.lost_count
    if volume and name == articles_file(volume):
        present = {int(key): each for key, each in kept.tables.get(ARTICLES, {}).items()}
        lost_ids = tuple(article_id(volume, each) for each in sorted(set(known) - set(present)))
        lost_count = max(lost_count, len(lost_ids))
        altered = _altered_words(volume, present, known)
    detail = (
        f"the file was damaged: {_records(len(documents))} kept, {lost_count} lost{altered}; "
        f"the damaged file is kept as {aside}"
    )
    return Problem(name, "damaged", detail, lost_ids)


def _altered_words(
    volume: str, present: Mapping[int, layout.Document], known: Mapping[int, str]
) -> str:
    altered = [
        article_id(volume, doc_id)
        for doc_id, document in present.items()
        if doc_id in known and document_hash(article_from(document, "")) != known[doc_id]
    ]
    return f", {len(altered)} differing from the index ({', '.join(altered)})" if altered else ""


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count} records"
