"""A page behind an entry: fetched, kept as evidence, reduced to text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from archive.errors import ArchiveError
from archive.models import PageRef
from archive.pages import PageStore
from reader.pipeline.extract import ExtractedPage
from reader.pipeline.fetch import Fetched, Fetcher, FetchFailed
from reader.pipeline.fetch_access import Access
from reader.pipeline.way import Way
from reader.pipeline.workers import WorkerFailed, Workers

DELETED = (404, 410)


@dataclass(frozen=True, slots=True)
class TakenPage:
    """What became of a page.

    `page` is None when nothing was read; `problem` then says why, in words that finish the
    sentence "the page ...". `final_url` is where redirects led. `gone` means that its site says
    it was deleted (404 or 410), `waits` that its host wants to be left alone for now.
    """

    page: ExtractedPage | None = None
    ref: PageRef | None = None
    problem: str = ""
    gone: bool = False
    final_url: str = ""
    fetched_at: datetime | None = None
    waits: bool = False


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
            return TakenPage(
                problem=answer.error,
                gone=answer.status in DELETED,
                fetched_at=at,
                waits=answer.wait is not None,
            )
        with answer.body:
            body = answer.body.read()
        ref, note = self._keep(url, answer, body, at, known)
        content_type = answer.headers.get("content-type", "")
        page: ExtractedPage | None
        try:
            way = self._way(answer.final_url)
            page = self._workers.run("extract_page", body, answer.final_url, content_type, way)
        except WorkerFailed as failure:
            page, note = None, str(failure)
        return TakenPage(
            page=page,
            ref=ref,
            problem=(page.problem if page else "") or note,
            final_url=answer.final_url,
            fetched_at=at,
        )

    def _keep(
        self, url: str, answer: Fetched, body: bytes, at: datetime, known: PageRef | None
    ) -> tuple[PageRef | None, str]:
        """Store the raw page; a store that fails costs the evidence, not the text."""
        if self._store is None:
            return None, ""
        try:
            ref = self._store.append(
                answer.final_url,
                answer.status,
                answer.headers,
                body,
                at,
                asked_url=url,
                known=known,
            )
        except ArchiveError as error:
            return None, f"its raw page was not kept: {error}"
        return ref, ""
