"""The network side of a library: what fills its archive, opened and closed together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from archive.archive import Archive
from archive.models import Feed
from archive.warc_records import StoredPage
from reader.addresses import split_login
from reader.config import Settings
from reader.credentials import CredentialStore
from reader.errors import ReaderError
from reader.outcomes import FeedRefreshed, PageSaved, RefreshProgress, WholePage
from reader.paths import log_path
from reader.pipeline.fetch import Fetcher
from reader.pipeline.fetch_access import Access, basic_header, is_same_server
from reader.pipeline.fetch_reach import Reach
from reader.pipeline.page_text import PageText
from reader.pipeline.pages import PageTaker
from reader.pipeline.rebuild import Rebuilt, rebuild_lost
from reader.pipeline.refresh import refresh
from reader.pipeline.run import Options
from reader.pipeline.save_page import save_page
from reader.pipeline.subscribe import complete_address, find_feed
from reader.pipeline.workers import WorkerFailed, Workers

CONNECT_SECONDS, TOTAL_SECONDS = 10.0, 30.0


class Network:
    """Connections and worker processes, and what is done with them for one archive."""

    def __init__(self, archive: Archive, settings: Settings, now: Callable[[], datetime]) -> None:
        self._archive = archive
        self._settings = settings
        self._now = now
        self._fetcher = Fetcher(
            connections=settings.connections,
            connect_timeout=CONNECT_SECONDS,
            total_timeout=TOTAL_SECONDS,
        )
        self._workers = Workers(log_path=log_path())
        self._credentials = CredentialStore()

    def close(self) -> None:
        """Break off requests under way and end the worker processes."""
        self._fetcher.close()
        self._workers.close()

    def find_feed(self, url: str, folder: str, tags: Sequence[str]) -> Feed:
        """The feed at an address, or the one that a site announces; raises FeedUnusable.

        A user and password in the address are kept apart, for the feed if it is on that server.
        """
        address, login = split_login(complete_address(url))
        access = Access.typed(address, login)
        found = find_feed(address, self._fetcher, self._workers, access)
        if login and is_same_server(address, found.feed_url):
            self._credentials.change(found.feed_url, auth=login)
        return Feed(
            found.feed_url,
            title=found.parsed.title,
            site_url=found.parsed.site_url,
            folder=folder,
            tags=tuple(tags),
            added_at=self._now(),
        )

    def refresh(
        self,
        feeds: Sequence[Feed],
        options: Options,
        stop: threading.Event,
        progress: Callable[[RefreshProgress], None] | None,
    ) -> Iterator[FeedRefreshed]:
        """Refresh feeds; yields each one's outcome as it ends.

        Raises ConfigError where the file of secrets cannot be read.
        """
        self._credentials.check()
        return refresh(
            self._archive,
            self._fetcher,
            self._workers,
            feeds,
            options=options,
            keep_pages=self._settings.keep_pages,
            now=self._now,
            stop=stop,
            progress=progress,
            access=self._access,
        )

    def save_pages(
        self, urls: Sequence[str], tags: tuple[str, ...], stop: threading.Event
    ) -> Iterator[PageSaved]:
        """Archive single pages; yields each one's outcome."""
        store = self._archive.pages if self._settings.keep_pages else None
        taker = PageTaker(self._fetcher, self._workers, store, self._now)
        for url in urls:
            if stop.is_set():
                return
            yield save_page(self._archive, taker, url, tags, self._now())

    def to_markdown(self, html: str, base_url: str) -> str:
        """The Markdown of HTML from outside; raises ReaderError when it cannot be read."""
        try:
            text: str = self._workers.run("html_to_markdown", html, base_url)
        except WorkerFailed as error:
            raise ReaderError(base_url, str(error)) from error
        return text

    def rebuild_lost(self, progress: Callable[[int, int], None] | None) -> Rebuilt:
        """Put lost articles back with the texts of their raw pages."""
        return rebuild_lost(self._archive, self._workers, self._now, progress)

    def whole_page(self, page: StoredPage) -> WholePage:
        """All words of a raw page; raises ReaderError when it cannot be read."""
        content_type = page.headers.get("content-type", "")
        try:
            read: PageText = self._workers.run("page_text", page.body, page.url, content_type)
        except WorkerFailed as error:
            raise ReaderError(page.url, f"its page {error}") from error
        return WholePage(page.url, page.fetched_at, read.title, read.text)

    def _access(self, feed: Feed) -> Access:
        """What goes with the requests of a feed; raises ReaderError where its secrets are shut."""
        secrets = self._credentials.of(feed.feed_url)
        headers = (*basic_header(secrets.auth), *secrets.headers)
        if secrets.cookie:
            headers = (*headers, ("Cookie", secrets.cookie))
        return Access(Reach.of(feed.feed_url), feed.settings.user_agent, feed.feed_url, headers)
