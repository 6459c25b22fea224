"""A page behind an entry: fetched, kept as evidence, reduced to text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from archive.errors import ArchiveError
from archive.models import PageRef
from archive.pages import PageStore
from archive.warc_records import Record, StoredPage, digest_of
from reader.pipeline.extracted import ExtractedPage
from reader.pipeline.fetch import Fetched, Fetcher, FetchFailed, NotModified
from reader.pipeline.fetch_access import Access
from reader.pipeline.way import Way
from reader.pipeline.workers import WorkerFailed, Workers

DELETED = (404, 410)


@dataclass(frozen=True, slots=True)
class TakenPage:
    """What became of a page.

    `page` is None when nothing was read; `problem` then says why, in words that finish the
    sentence "the page ...". `final_url` is where redirects led. `gone` means that its site says
    it was deleted (404 or 410), `waits` that its host wants to be left alone for now, `unchanged`
    that it is the page that is known already. `raw` is the page itself where it is not kept yet.
    """

    page: ExtractedPage | None = None
    ref: PageRef | None = None
    problem: str = ""
    gone: bool = False
    final_url: str = ""
    fetched_at: datetime | None = None
    waits: bool = False
    unchanged: bool = False
    raw: StoredPage | None = None


class PageTaker:
    """Takes pages: network by `fetcher`, extraction in `workers`, evidence in `store`.

    With `store` None no raw page is kept. `access` is that of the feed whose pages are taken,
    without one they must be public; `way` says how the text of a page at an address is found. Safe
    to call from several threads.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        workers: Workers,
        store: PageStore | None,
        now: Callable[[], datetime],
        access: Access | None = None,
        way: Callable[[str], Way] = lambda _: Way(),
    ) -> None:
        self._fetcher = fetcher
        self._workers = workers
        self._store = store
        self._now = now
        self._access = access or Access()
        self._way = way

    def on_behalf(self, access: Access) -> PageTaker:
        """The same for pages that are asked for with that access."""
        return PageTaker(self._fetcher, self._workers, self._store, self._now, access, self._way)

    def take(self, url: str, known: PageRef | None = None) -> TakenPage:
        """The page at an address, or why there is none; never raises for a bad page.

        `known` is the raw page that the address gave before: one that is the same is not stored
        again.
        """
        answer = self._fetcher.fetch_page(url, self._access)
        at = self._now()
        if isinstance(answer, FetchFailed):
            return _not_taken(answer, at)
        raw = _raw(answer, url, at)
        ref, note = self._keep(raw, known)
        return self._read(raw, ref, note)

    def look(self, url: str, known: PageRef | None) -> TakenPage:
        """The page once more, if it is another than the `known` one; it is not kept: see `keep`."""
        before = self._stored(known)
        answer = self._fetcher.fetch_page_again(
            url, self._access, before.page.headers if before else {}
        )
        at = self._now()
        if isinstance(answer, FetchFailed):
            return _not_taken(answer, at)
        if isinstance(answer, NotModified):
            return TakenPage(unchanged=True, fetched_at=at)
        raw = _raw(answer, url, at)
        if before and digest_of(raw.body) == before.digest:
            return TakenPage(unchanged=True, fetched_at=at)
        return replace(self._read(raw, None, ""), raw=raw)

    def keep(self, taken: TakenPage) -> PageRef | None:
        """Store the raw page that `look` found; None where none is kept."""
        return self._keep(taken.raw, None)[0] if taken.raw else None

    def _stored(self, known: PageRef | None) -> Record | None:
        """What is stored of a page; None where that cannot be read any more."""
        if known is None or self._store is None:
            return None
        try:
            return self._store.record(known)
        except ArchiveError:
            return None

    def _read(self, raw: StoredPage, ref: PageRef | None, note: str) -> TakenPage:
        """The page with its text; `note` is what else is wrong."""
        page: ExtractedPage | None
        content_type = raw.headers.get("content-type", "")
        try:
            page = self._workers.run(
                "extract_page", raw.body, raw.url, content_type, self._way(raw.url)
            )
        except WorkerFailed as failure:
            page, note = None, str(failure)
        return TakenPage(
            page=page,
            ref=ref,
            problem=(page.problem if page else "") or note,
            final_url=raw.url,
            fetched_at=raw.fetched_at,
        )

    def _keep(self, raw: StoredPage, known: PageRef | None) -> tuple[PageRef | None, str]:
        """Store the raw page; a store that fails costs the evidence, not the text."""
        if self._store is None:
            return None, ""
        try:
            ref = self._store.append(
                raw.url,
                raw.status,
                raw.headers,
                raw.body,
                raw.fetched_at,
                asked_url=raw.asked_url,
                known=known,
            )
        except ArchiveError as error:
            return None, f"its raw page was not kept: {error}"
        return ref, ""


def _raw(answer: Fetched, url: str, at: datetime) -> StoredPage:
    """What came when `url` was asked for."""
    with answer.body:
        body = answer.body.read()
    return StoredPage(answer.final_url, answer.status, answer.headers, body, at, url)


def _not_taken(answer: FetchFailed, at: datetime) -> TakenPage:
    return TakenPage(
        problem=answer.error,
        gone=answer.status in DELETED,
        fetched_at=at,
        waits=answer.wait is not None,
    )
