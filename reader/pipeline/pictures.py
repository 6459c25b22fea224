"""The pictures of new articles: fetched when all texts are saved, looked at, and kept.

A picture that fails is left out and costs nothing else: the article shows its words in its place.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from archive.archive import Archive
from archive.errors import ArchiveError
from archive.models import Article
from archive.pictures import Picture
from reader.pipeline.clean import clean_url
from reader.pipeline.fetch import Fetcher, FetchFailed
from reader.pipeline.fetch_access import Access
from reader.pipeline.fetch_reach import place_of
from reader.pipeline.page_pictures import MOST_PICTURES
from reader.pipeline.picture_files import PictureFacts
from reader.pipeline.refresh import as_they_end
from reader.pipeline.workers import WorkerFailed, Workers
from reader.priority import step_back_thread

AT_ONCE = 8
CATCH_UP = timedelta(days=2)
"""Pictures of articles that came so long ago are asked for still, if a run before was stopped."""
_SAME_INSTANT = timedelta(seconds=1)
_PATIENCE = 2
"""So often a host may not answer: its other pictures are left out then."""

log = logging.getLogger(__name__)

Told = Callable[[int, int], None]
"""Told how many articles' pictures are done, of how many."""


@dataclass(slots=True)
class PictureTaker:
    """Takes pictures into an archive, until `stop` is set. Safe to call from several threads."""

    archive: Archive
    fetcher: Fetcher
    workers: Workers
    now: Callable[[], datetime]
    stop: threading.Event
    _silent: Counter[str] = field(default_factory=Counter)
    _kept: list[int] = field(default_factory=list)

    def take_new(
        self, since: datetime, access: Callable[[Article], Access | None], told: Told
    ) -> None:
        """Take the pictures of articles that came since then, or since the run before.

        `access` is that of an article's pictures; without one it gets none.
        """
        until = self.now()
        before = self.archive.fetching.pictures().until or since
        after = max(min(before, since - _SAME_INSTANT), until - CATCH_UP)
        arrived = self.archive.fetching.arrived(after, until)
        if arrived:
            self._take([each.article_id for each in arrived], access, told, until)

    def take(
        self,
        article_ids: Sequence[str],
        access: Callable[[Article], Access | None],
        told: Told = lambda *_: None,
    ) -> None:
        """Take the pictures of these articles that are not kept yet."""
        self._take(article_ids, access, told, None)

    def _take(
        self,
        article_ids: Sequence[str],
        access: Callable[[Article], Access | None],
        told: Told,
        until: datetime | None,
    ) -> None:
        """The same; once all of them were asked for, those that came until then were."""
        with ThreadPoolExecutor(AT_ONCE, "pictures", step_back_thread) as pool:
            futures = [pool.submit(self._take_of, each, access) for each in article_ids]
            try:
                for done, _ in enumerate(as_they_end(futures, self.stop, self.fetcher), 1):
                    told(done, len(futures))
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
                asked = None if self.stop.is_set() else until
                if self._kept or asked:
                    count, byte_count = len(self._kept), sum(self._kept)
                    self._kept.clear()
                    self.archive.fetching.note_pictures(count, byte_count, asked)

    def _take_of(self, article_id: str, access: Callable[[Article], Access | None]) -> str | None:
        """Take an article's pictures one after another, and note on it where they lie.

        Its id; None once no more are to be taken.
        """
        if self.stop.is_set():
            return None
        taken: dict[str, Picture] = {}
        try:
            article = self.archive.get(article_id)
            # What was imported gets no pictures: nobody asked for its page.
            granted = access(article) if article.fetched_at else None
            for picture in article.pictures[:MOST_PICTURES] if granted else ():
                if self.stop.is_set():
                    break
                if granted and not picture.page and (kept := self._take_one(picture, granted)):
                    taken[picture.url] = kept
            if taken:
                self._note(article_id, taken)
        except ArchiveError as error:
            log.warning("the pictures of %s were not kept: %s", article_id, error)
        return article_id

    def _take_one(self, picture: Picture, access: Access) -> Picture | None:
        """The picture with where it is kept; None where it cannot be had or read."""
        if not clean_url(picture.url):  # of a line that was imported
            return None
        place = place_of(picture.url)
        if self._silent[place] >= _PATIENCE:
            return None
        answer = self.fetcher.fetch_picture(picture.url, access)
        if isinstance(answer, FetchFailed):
            self._silent[place] += answer.status is None and answer.asked
            log.info("the picture %s %s", picture.url, answer.error)
            return None
        with answer.body:
            body = answer.body.read()
        try:
            facts: PictureFacts = self.workers.run("picture_facts", body)
        except WorkerFailed as failure:
            log.info("the picture %s %s", picture.url, failure)
            return None
        ref = self.archive.pages.append(
            answer.final_url, answer.status, answer.headers, body, self.now(), asked_url=picture.url
        )
        return replace(
            picture,
            page=ref,
            media_type=facts.media_type,
            width=facts.width,
            height=facts.height,
            byte_count=len(body),
        )

    def _note(self, article_id: str, taken: dict[str, Picture]) -> None:
        with self.archive.writing():
            known = self.archive.get(article_id)
            pictures = tuple(
                replace(taken[one.url], alt=one.alt, caption=one.caption, after=one.after)
                if one.url in taken
                else one
                for one in known.pictures
            )
            self.archive.save([replace(known, pictures=pictures)])
        self._kept += (picture.byte_count for picture in taken.values())
