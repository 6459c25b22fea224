"""fetch.json: what refreshes learned of feeds, and of hosts that are to be left alone.

A TinyDB file with four tables: one document a feed, one a host that waits, one a host whose
furniture was learned, and a single one that counts the pictures that are kept. It may be lost:
feeds are then read whole once more. Whoever calls a writing method holds the archive's lock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tinydb.table import Document

from archive.documents import read_each
from archive.feed_models import FetchState, HostWait, LearnedLines, PicturesKept, Stated
from archive.fields import Fields, instant_text
from archive.storage import StatKey, VolumeStorage, stat_key

FETCH_FILE = "fetch.json"
STATES = "states"
HOSTS = "hosts"
OUTLETS = "outlets"
PICTURES = "pictures"

MOST_OUTLETS = 2000
"""Hosts whose furniture is remembered, those that taught last."""


class FetchFile:
    """What refreshes learned, in fetch.json of the archive at `root`.

    The states are kept as long as the file is the same: a refresh asks for them several times.
    """

    def __init__(self, root: Path, *, tolerant: bool = False) -> None:
        self._tolerant = tolerant
        self._storage = VolumeStorage(root / FETCH_FILE, STATES, tolerant=tolerant)
        self._kept: tuple[StatKey | None, dict[str, FetchState]] = (None, {})

    def states(self) -> dict[str, FetchState]:
        """The state by feed URL. DamagedFile, ArchiveTooNew."""
        key = stat_key(self._storage.path)  # before it is read, as others may write meanwhile
        if self._kept[0] is None or self._kept[0] != key:
            self._kept = (key, self._read_states())
        return dict(self._kept[1])

    def _read_states(self) -> dict[str, FetchState]:
        states = read_each(
            (self._storage.read() or {}).get(STATES, {}),
            lambda document, _: fetch_state_from(document),
            tolerant=self._tolerant,
        )
        return {state.feed_url: state for state in states.values()}

    def waits(self) -> list[HostWait]:
        """The hosts to be left alone. DamagedFile, ArchiveTooNew."""
        waits = read_each(
            (self._storage.read() or {}).get(HOSTS, {}),
            lambda document, _: wait_from(document),
            tolerant=self._tolerant,
        )
        return list(waits.values())

    def learned_lines(self) -> dict[str, LearnedLines]:
        """What was learned of hosts' pages, by host. DamagedFile, ArchiveTooNew."""
        learned = read_each(
            (self._storage.read() or {}).get(OUTLETS, {}),
            lambda document, _: learned_lines_from(document),
            tolerant=self._tolerant,
        )
        return {each.host: each for each in learned.values()}

    def pictures(self) -> PicturesKept:
        """What pictures were kept so far. DamagedFile, ArchiveTooNew."""
        kept = read_each(
            (self._storage.read() or {}).get(PICTURES, {}),
            lambda document, _: _pictures_from(document),
            tolerant=self._tolerant,
        )
        return kept.get(1, PicturesKept())

    def note_pictures(self, kept: PicturesKept) -> None:
        """Writes what pictures are kept by now."""
        document = {
            "count": kept.count,
            "byte_count": kept.byte_count,
            "until": kept.until and instant_text(kept.until),
        }
        with self._storage.batch() as database:
            database.drop_table(PICTURES)
            database.table(PICTURES).insert(Document(document, 1))

    def forget_validators(self) -> None:
        """Makes every feed be read whole at its next refresh."""
        self.save(
            replace(state, etag="", last_modified="", body_hash="")
            for state in self.states().values()
            if state.etag or state.last_modified or state.body_hash
        )

    def save(
        self,
        states: Iterable[FetchState],
        waits: Collection[HostWait] | None = None,
        forget: Collection[str] = (),
        learned: Collection[LearnedLines] = (),
    ) -> None:
        """Writes these states over those of the same feeds, in one write.

        `waits` take the place of all that are stored, None leaves those; the states of the URLs in
        `forget` are dropped. `learned` is put over what was learned of the same hosts.
        """
        given = {state.feed_url: state for state in states}
        if not given and waits is None and not forget and not learned:
            return
        with self._storage.batch() as database:
            table = database.table(STATES)
            numbers = {each["feed_url"]: each.doc_id for each in table}
            free = self._storage.next_id
            fresh = [url for url in given if url not in numbers]
            numbers |= {url: free + place for place, url in enumerate(fresh)}
            table.remove(doc_ids=[numbers[url] for url in (*given, *forget) if url in numbers])
            table.insert_multiple(
                Document(fetch_state_document(state), numbers[url]) for url, state in given.items()
            )
            if waits is not None and (waits or database.table(HOSTS)):
                database.drop_table(HOSTS)
                database.table(HOSTS).insert_multiple(
                    Document(_wait_document(wait), number) for number, wait in enumerate(waits, 1)
                )
            if learned:
                known = {each["host"]: dict(each) for each in database.table(OUTLETS)}
                for each in learned:
                    known.pop(each.host, None)
                    known[each.host] = _learned_document(each)
                database.drop_table(OUTLETS)
                database.table(OUTLETS).insert_multiple(
                    Document(document, number)
                    for number, document in enumerate(list(known.values())[-MOST_OUTLETS:], 1)
                )


def fetch_state_document(state: FetchState) -> dict[str, Any]:
    """The document of what a refresh learned of a feed; what says nothing is left out."""
    fields = {
        "feed_url": state.feed_url,
        "etag": state.etag,
        "last_modified": state.last_modified,
        "body_hash": state.body_hash,
        "refreshed_at": state.refreshed_at and instant_text(state.refreshed_at),
        "next_refresh_at": state.next_refresh_at and instant_text(state.next_refresh_at),
        "http_status": state.http_status,
        "error": state.error,
        "failure_count": state.failure_count,
        "interval_minutes": state.interval_minutes,
        "news_at": state.news_at and instant_text(state.news_at),
        "gone_at": state.gone_at and instant_text(state.gone_at),
        "moved_to": state.moved_to,
        "stated": _stated_document(state.stated),
        "missed": list(state.missed),
        "entry_traces": state.entry_traces,
        "notes": list(state.notes),
        "looked_at": state.looked_at and instant_text(state.looked_at),
    }
    return {name: value for name, value in fields.items() if value}


def fetch_state_from(document: Mapping[str, Any]) -> FetchState:
    """The fetch state of a document. DamagedFile where a field is of another kind."""
    read = Fields(document, "fetch state")
    return FetchState(
        feed_url=read.text("feed_url", required=True),
        etag=read.text("etag"),
        last_modified=read.text("last_modified"),
        body_hash=read.text("body_hash"),
        refreshed_at=read.instant("refreshed_at"),
        next_refresh_at=read.instant("next_refresh_at"),
        http_status=read.number("http_status") or None,
        error=read.text("error"),
        failure_count=read.number("failure_count"),
        interval_minutes=read.number("interval_minutes"),
        news_at=read.instant("news_at"),
        gone_at=read.instant("gone_at"),
        moved_to=read.text("moved_to"),
        stated=_stated_from(read.child("stated")),
        missed=read.texts("missed"),
        entry_traces=read.text("entry_traces"),
        notes=read.texts("notes"),
        looked_at=read.instant("looked_at"),
    )


def _stated_document(stated: Stated) -> dict[str, Any]:
    fields = {
        "minutes": stated.minutes,
        "skip_hours": list(stated.skip_hours),
        "skip_days": list(stated.skip_days),
    }
    return {name: value for name, value in fields.items() if value}


def _stated_from(read: Fields | None) -> Stated:
    if read is None:
        return Stated()
    return Stated(read.number("minutes"), read.numbers("skip_hours"), read.numbers("skip_days"))


def _wait_document(wait: HostWait) -> dict[str, Any]:
    return {
        "host": wait.host,
        "status": wait.status,
        "until": instant_text(wait.until),
        "asked": wait.asked,
        "count": wait.count,
    }


def _pictures_from(document: Mapping[str, Any]) -> PicturesKept:
    read = Fields(document, "pictures")
    return PicturesKept(read.number("count"), read.number("byte_count"), read.instant("until"))


def _learned_document(learned: LearnedLines) -> dict[str, Any]:
    return {
        "host": learned.host,
        "articles": list(learned.articles),
        "repeated": list(learned.repeated),
    }


def learned_lines_from(document: Mapping[str, Any]) -> LearnedLines:
    """What was learned of a host, of a document. DamagedFile where it is not what was written."""
    read = Fields(document, "learned lines")
    return LearnedLines(
        read.text("host", required=True), read.texts("articles"), read.texts("repeated")
    )


def wait_from(document: Mapping[str, Any]) -> HostWait:
    """The host to be left alone of a document. DamagedFile where it is not what was written."""
    read = Fields(document, "wait of a host")
    return HostWait(
        read.text("host", required=True),
        read.number("status"),
        read.instant_required("until"),
        read.truth("asked"),
        read.number("count"),
    )
