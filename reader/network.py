"""The network side of a library: what fills its archive, opened and closed together."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from archive.archive import Archive
from archive.errors import ArchiveError
from archive.models import Article, Feed
from archive.stories import MOST_ALONG
from archive.warc_records import StoredPage
from reader.addresses import is_local, split_login
from reader.config import Settings
from reader.credentials import CredentialStore
from reader.errors import ReaderError
from reader.methods import Method
from reader.outcomes import FeedFound, FeedRefreshed, PageSaved, RefreshProgress, WholePage
from reader.paths import log_path
from reader.pictures import have_extra
from reader.pipeline.again import Reextracted, extract_again, rebuild_texts
from reader.pipeline.agent import user_agent
from reader.pipeline.cleaning import Cleaner
from reader.pipeline.fetch import Fetcher
from reader.pipeline.fetch_access import Access, is_same_server
from reader.pipeline.fetch_reach import Reach
from reader.pipeline.page_text import PageText
from reader.pipeline.pages import PageTaker
from reader.pipeline.pictures import PictureTaker
from reader.pipeline.rebuild import Rebuilt, rebuild_lost
from reader.pipeline.recheck import own_address
from reader.pipeline.refresh import refresh
from reader.pipeline.run import Options
from reader.pipeline.save_page import save_page
from reader.pipeline.subscribe import find_feed
from reader.pipeline.workers import WorkerFailed, Workers
from reader.pixels import Pixels
from reader.rule_calls import run_commands

CONNECT_SECONDS, TOTAL_SECONDS = 10.0, 30.0

log = logging.getLogger(__name__)

T = TypeVar("T")


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
            user_agent=user_agent(settings.contact),
        )
        self._workers = Workers(log_path=log_path())
        self._credentials = CredentialStore()
        self._offered: dict[str, Access] = {}

    def close(self) -> None:
        """Break off requests under way and end the worker processes."""
        self._fetcher.close()
        self._workers.close()

    def find_feed(
        self,
        url: str,
        selector: str = "",
        stop: threading.Event | None = None,
        access: Access | None = None,
    ) -> FeedFound:
        """The feed at an address, or the first that a site has; raises FeedUnusable.

        With a selector the page at the address is watched. `stop` ends a command. `access` None is
        for an address that a person typed. A user and password in it are kept apart: see `keep`.
        """
        address, login = (url, "") if is_local(url) else split_login(url)
        access = access or Access.typed(address, login)
        with self._polite():
            found = find_feed(address, self._fetcher, self._workers, selector, stop, access)
        self._offered[found.feed_url] = found.access
        self._offered.update({choice.url: found.access for choice in found.others})
        feed = Feed(
            found.feed_url,
            title=found.parsed.title,
            site_url=found.parsed.site_url,
            added_at=self._now(),
            selector=selector,
        )
        return FeedFound(feed, found.others)

    def offered(self, url: str) -> Access | None:
        """What a feed is asked with that `find_feed` has named; None for any other address."""
        return self._offered.get(url)

    def keep_login(self, feed_url: str) -> None:
        """Keep the user and password with which a feed was found, if it is on their server."""
        access = self._offered.get(feed_url)
        if access and access.login and is_same_server(access.home, feed_url):
            self._credentials.change(feed_url, auth=access.login)

    def moved(self, before: Feed, after: Feed) -> str:
        """Take the secrets of a feed along to its new address, if that is on the same server.

        Else they stay with its former address, where no request has them. A sentence, if they stay.
        """
        try:
            same = before.feed_url == after.feed_url
            if same or self._credentials.place(before.feed_url) is None:
                return ""
            if is_same_server(before.feed_url, after.feed_url):
                self._credentials.move(before.feed_url, after.feed_url)
                return ""
        except (ReaderError, OSError) as error:
            log.warning("the secrets of %s stay behind: %s", before.feed_url, error)
        return "Its secrets did not go along: set them again with newsreader set."

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
        refreshed = refresh(
            self._archive,
            self._fetcher,
            self._workers,
            feeds,
            options=options,
            keep_pages=self._settings.keep_pages,
            now=self._now,
            stop=stop,
            progress=progress,
            access=self.access_of,
            moved=self.moved,
        )
        told = (
            run_commands(self._archive, each, stop) if each.calls else each for each in refreshed
        )
        brought = self._grouping(told, stop, lambda feed: feed.new_count + feed.changed_count > 0)
        return self._illustrating(brought, stop, progress) if options.pages else brought

    def _illustrating(
        self,
        outcomes: Iterator[FeedRefreshed],
        stop: threading.Event,
        progress: Callable[[RefreshProgress], None] | None,
    ) -> Iterator[FeedRefreshed]:
        """The outcomes; then, where they are wanted, the pictures of the articles that came."""
        began = self._now()
        yield from outcomes

        def told(done: int, total: int) -> None:
            if progress:
                progress(RefreshProgress(pictures_done=done, pictures_total=total))

        with self._pictures(stop) as taker:
            if taker:
                taker.take_new(began, self._picture_access(lambda _: Access()), told)

    @contextmanager
    def _pictures(self, stop: threading.Event) -> Iterator[PictureTaker | None]:
        """What takes pictures, once all texts are saved; None where none are wanted.

        What the archive cannot keep of them fails nothing else.
        """
        if stop.is_set() or not (self._settings.images and have_extra()):
            yield None
            return
        try:
            with self._polite():
                yield PictureTaker(self._archive, self._fetcher, self._workers, self._now, stop)
        except ArchiveError as error:
            log.warning("pictures were not kept: %s", error)

    def _picture_access(
        self, without_feed: Callable[[Article], Access]
    ) -> Callable[[Article], Access | None]:
        """What the pictures of an article are asked for with; None where its feed has no pages.

        Of an article whose feed is not subscribed `without_feed` says it: what it tells of its own
        address may be a file's that was imported.
        """
        feeds = {status.feed.feed_url: status.feed for status in self._archive.feeds()}

        def access(article: Article) -> Access | None:
            feed = feeds.get(article.feed_url)
            if feed is None:
                return without_feed(article)
            try:
                return self.access_of(feed) if feed.settings.pages else None
            except ReaderError:  # its secrets are shut, of which its refresh told
                return None

        return access

    def picture_pixels(
        self, page: StoredPage, width: int, height: int, ground: tuple[int, int, int]
    ) -> Pixels:
        """A kept picture in a size; raises ReaderError when it cannot be read."""
        try:
            pixels: Pixels = self._workers.run("picture_pixels", page.body, width, height, ground)
        except WorkerFailed as error:
            raise ReaderError(page.url, str(error)) from error
        return pixels

    def _grouping(
        self, outcomes: Iterator[T], stop: threading.Event, brought: Callable[[T], bool]
    ) -> Iterator[T]:
        """The outcomes; then, if any brought something, it is grouped into stories.

        What a stop leaves over is grouped the next time.
        """
        has_new = False
        try:
            for outcome in outcomes:
                has_new = has_new or brought(outcome)
                yield outcome
        finally:
            if has_new:
                self._archive.stories.group(stopped=stop.is_set, most=MOST_ALONG)

    def save_pages(
        self, urls: Sequence[str], tags: tuple[str, ...], stop: threading.Event
    ) -> Iterator[PageSaved]:
        """Archive single pages; yields each one's outcome."""
        article_ids = []
        for saved in self._grouping(self._saved_pages(urls, tags, stop), stop, lambda _: True):
            article_ids += [saved.article_id] if saved.article_id else []
            yield saved
        with self._pictures(stop) as taker:
            if taker:
                typed = self._picture_access(lambda article: Access.typed(own_address(article)))
                taker.take(article_ids, typed)

    def _saved_pages(
        self, urls: Sequence[str], tags: tuple[str, ...], stop: threading.Event
    ) -> Iterator[PageSaved]:
        store = self._archive.pages if self._settings.keep_pages else None
        cleaner = Cleaner(self._archive)
        taker = PageTaker(self._fetcher, self._workers, store, self._now, way=cleaner.way)
        with self._polite(cleaner):
            for url in urls:
                if stop.is_set():
                    return
                yield save_page(self._archive, taker, cleaner, url, tags, self._now())

    @contextmanager
    def _polite(self, cleaner: Cleaner | None = None) -> Iterator[None]:
        """Knows inside which hosts are to be left alone, and keeps what is learned of them."""
        self._fetcher.waits.take_in(self._archive.fetching.waits())
        try:
            yield
        finally:
            learned = cleaner.learned() if cleaner else ()
            self._archive.fetching.save((), self._fetcher.waits.all(), learned=learned)

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

    def extract_again(self, article: Article, method: Method) -> Article:
        """The article with what a method takes out of its raw page. NotFound, ReaderError."""
        return extract_again(self._archive, self._workers, Cleaner(self._archive), article, method)

    def rebuild_texts(self, progress: Callable[[int, int], None] | None) -> Reextracted:
        """Run today's extraction over all raw pages."""
        return rebuild_texts(self._archive, self._workers, self._now, progress)

    def whole_page(self, page: StoredPage) -> WholePage:
        """All words of a raw page; raises ReaderError when it cannot be read."""
        content_type = page.headers.get("content-type", "")
        try:
            read: PageText = self._workers.run("page_text", page.body, page.url, content_type)
        except WorkerFailed as error:
            raise ReaderError(page.url, f"its page {error}") from error
        return WholePage(page.url, page.fetched_at, read.title, read.text)

    def access_of(self, feed: Feed) -> Access:
        """What goes with the requests of a feed; raises ReaderError where its secrets are shut."""
        secrets = self._credentials.of(feed.feed_url)
        headers = secrets.headers
        if secrets.cookie:
            headers = (*headers, ("Cookie", secrets.cookie))
        reach, agent = Reach.of(feed.feed_url), feed.settings.user_agent
        return Access(reach, agent, feed.feed_url, headers, secrets.auth)
