"""Verify: every file read in full and compared with what the others say of it.

Repairs what opening repairs, then names what is still wrong. Nothing is deleted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from archive.catalogue import READ_AROUND, Progress
from archive.documents import document_hash
from archive.errors import DamagedFile
from archive.models import Article, Problem
from archive.names import article_id, articles_file, marks_file, volume_of_file
from archive.opening import Parts
from archive.page_check import Wants, check_pages, missing_files, note_page
from archive.recovery import is_damaged
from archive.root_files import repair_root_files, report_root_files
from archive.scan import scan_volumes


def verify(parts: Parts, progress: Progress | None = None) -> list[Problem]:
    """What was repaired and what is wrong, in the order found; none means sound."""
    before = len(parts.problems)
    if parts.read_only:
        report_root_files(parts)
    else:
        repair_root_files(parts)
    present = {each for name in scan_volumes(parts.root) if (each := volume_of_file(name))}
    volumes = sorted(present | set(parts.index.volumes()))
    warcs = parts.pages.files()
    found: list[Problem] = []
    wants: Wants = {}
    for done, volume in enumerate(volumes):
        _report(progress, done, len(volumes) + len(warcs))
        found += _check_volume(parts, volume, wants)
    for done, warc in enumerate(warcs, start=len(volumes)):
        _report(progress, done, len(volumes) + len(warcs))
        if not parts.read_only:
            parts.pages.cut_unfinished(warc, wants.get(warc, {}))
        found += check_pages(parts.pages, warc, wants)
    found += missing_files({warc: wants[warc] for warc in wants if warc not in warcs})
    if not parts.read_only:  # checking a full-text index counts as a write
        found += [Problem("index.sqlite", "index", each) for each in parts.index.check()]
    _report(progress, len(volumes) + len(warcs), len(volumes) + len(warcs))
    return [*parts.problems[before:], *found]


def _report(progress: Progress | None, done: int, total: int) -> None:
    if progress:
        progress(done, total)


def _check_volume(parts: Parts, volume: str, wants: Wants) -> Iterator[Problem]:
    """A volume's files, its marks and the index against each other, under the lock."""
    with parts.lock:
        yield from _repair(parts, volume)
        with suppress(DamagedFile):
            articles = parts.volumes.contents(volume).articles
            marks = parts.volumes.marks(volume)
            known = parts.index.article_hashes(volume)
            yield from _compare(volume, articles, known)
            for doc_id in sorted(set(marks) - set(articles)):
                name = article_id(volume, doc_id)
                yield Problem(marks_file(volume), "orphan", f"it marks {name}, which is not there")
            for article in articles.values():
                note_page(wants, article)


def _repair(parts: Parts, volume: str) -> Iterator[Problem]:
    damaged = [
        name for name in (articles_file(volume), marks_file(volume)) if is_damaged(parts.root, name)
    ]
    if damaged and parts.read_only:
        yield from (Problem(name, "damaged", READ_AROUND) for name in damaged)
    elif damaged:
        parts.catalogue.salvage(volume)
    elif not parts.read_only:
        parts.catalogue.bring_up(volume)


def _compare(
    volume: str, articles: Mapping[int, Article], known: Mapping[int, str]
) -> Iterator[Problem]:
    name = articles_file(volume)
    for doc_id, article in articles.items():
        if known.get(doc_id) != document_hash(article):
            said = "is not in the index" if doc_id not in known else "differs from the index"
            yield Problem(name, "index", f"{article.article_id} {said}", (article.article_id,))
    for doc_id in sorted(set(known) - set(articles)):
        gone = article_id(volume, doc_id)
        yield Problem(name, "index", f"the index has {gone}, which is not there", (gone,))
