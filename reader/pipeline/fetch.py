"""Fetching feeds and pages over HTTP: capped, conditional, polite, and safe from any thread.

One `Fetcher` serves a whole refresh. Every request ends as a value: `Fetched`, `NotModified` or
`FetchFailed`, whatever the server does. Redirects are followed here and not by urllib3, so that
every hop is checked and the lasting ones are remembered. Nothing is parsed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

from archive.feed_models import HostWait
from reader.addresses import split_login
from reader.pipeline.agent import user_agent as own_user_agent
from reader.pipeline.body import Body, BodyBroken
from reader.pipeline.clean import clean_url
from reader.pipeline.fetch_access import Access
from reader.pipeline.fetch_body import BodyTooLarge, read_body
from reader.pipeline.fetch_headers import ACCEPTED, as_utf8, conditions, plain_headers
from reader.pipeline.fetch_inflate import accepted_encodings
from reader.pipeline.fetch_reach import Reach, host_of, place_of
from reader.pipeline.fetch_wait import Waits, retry_seconds, seconds_left, wait_words
from reader.pipeline.fetch_words import (
    Kind,
    error_words,
    is_read_timeout,
    late_words,
    size_words,
    status_words,
    type_problem,
)

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

    from reader.pipeline.fetch_watch import Watch

FEED_LIMIT_BYTES = 32_000_000
PAGE_LIMIT_BYTES = 5_000_000
PICTURE_LIMIT_BYTES = 3_000_000
REDIRECT_LIMIT = 10

_LASTING = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class FeedRequest:
    """A feed to ask for, with what its last answer said, so that an unchanged one costs little.

    `access` None is for an address that a person typed; one that was found in a page needs its own.
    """

    url: str
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    access: Access | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer with a body, to be closed. `headers` have lower-case names.

    `final_url` is where redirects led; `moved_to` the same, but only if each of them was lasting
    (301, 308): the address to ask from now on. `reach` is what the answer may lead to.
    """

    url: str
    final_url: str
    status: int
    headers: dict[str, str]
    body: Body
    moved_to: str = ""
    reach: Reach = field(default_factory=Reach)

    @property
    def content_type(self) -> str:
        """The Content-Type header with its parameters; empty if there is none."""
        return self.headers.get("content-type", "")


@dataclass(frozen=True, slots=True)
class NotModified:
    """The feed is as it was: 304 by its server, or 200 with the body that is known already."""

    url: str
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 304
    moved_to: str = ""
    reach: Reach = field(default_factory=Reach)


@dataclass(frozen=True, slots=True)
class FetchFailed:
    """No usable answer. `error` is one plain clause, as in `answered 404 Not Found`.

    `status` is None if no answer came; `retry_after` is in seconds, at most a day. `wait` is set
    if its host is left alone from now on, or was already: then nothing was `asked`.
    """

    url: str
    error: str
    status: int | None = None
    retry_after: float | None = None
    wait: HostWait | None = None
    asked: bool = True


class Fetcher:
    """Fetches from any number of threads, at most `per_host` requests to one host at once.

    A host that answered 429 or 503 with Retry-After is not asked again before that time, one that
    answered 429 alone not for a while: requests to it fail with the status of that answer and with
    what is left of the wait. `waits` has those hosts, to be kept for the next fetcher.

    connections: how many connections are kept open over all hosts.
    connect_timeout, total_timeout: seconds, for one hop and for a whole request with redirects.
    """

    def __init__(
        self,
        *,
        connections: int = 16,
        per_host: int = 2,
        connect_timeout: float = 10.0,
        total_timeout: float = 30.0,
        user_agent: str = "",
    ) -> None:
        # Here and not above: a listing imports this module for its values and must start fast.
        from reader.pipeline.fetch_network import Connections

        self._connections = Connections(connections, per_host, connect_timeout)
        self.waits = Waits()
        self._connect_timeout = connect_timeout
        self._total_timeout = total_timeout
        self._user_agent = user_agent or own_user_agent()

    def break_off(self) -> None:
        """Ends the requests under way (as FetchFailed), those that wait for their turn too.

        Later ones are served as ever. Only the look-up of a host's name cannot be ended.
        """
        self._connections.break_off()

    def close(self) -> None:
        """Breaks off what is under way (as FetchFailed) and closes every connection."""
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def fetch_feed(self, request: FeedRequest) -> Fetched | NotModified | FetchFailed:
        """The feed's document, cut where it is too large; NotModified if server or hash says so."""
        known = {"etag": request.etag, "last-modified": request.last_modified}
        headers = {"Accept": ACCEPTED["feed"], **conditions(known)}
        access = request.access or Access.typed(request.url)
        result = self._fetch(_Job(request.url, headers, access, FEED_LIMIT_BYTES))
        if isinstance(result, Fetched) and result.body.hash == request.body_hash:
            result.body.close()
            return NotModified(
                request.url, result.headers, result.status, result.moved_to, result.reach
            )
        return result

    def fetch_page(self, url: str, access: Access | None = None) -> Fetched | FetchFailed:
        """The page's HTML. What is no web page (a PDF, a picture) is FetchFailed.

        `access` None is for an address that a person typed: whatever else led to it needs its own.
        """
        return _unconditional(self.fetch_page_again(url, access, {}))

    def fetch_page_again(
        self, url: str, access: Access | None, before: Mapping[str, str]
    ) -> Fetched | NotModified | FetchFailed:
        """The same for a page that answered with the headers `before`, if it is another by now."""
        headers = {"Accept": ACCEPTED["page"], **conditions(before)}
        job = _Job(url, headers, access or Access.typed(url), PAGE_LIMIT_BYTES, "page")
        return self._fetch(job)

    def fetch_picture(self, url: str, access: Access) -> Fetched | FetchFailed:
        """A picture's bytes, whole; what is said to be something else is FetchFailed."""
        headers = {"Accept": ACCEPTED["picture"]}
        return _unconditional(
            self._fetch(_Job(url, headers, access, PICTURE_LIMIT_BYTES, "picture"))
        )

    def _fetch(self, job: _Job) -> Fetched | NotModified | FetchFailed:
        """Asks, and follows redirects; every way to fail ends in FetchFailed."""
        hop = clean_url(job.url)
        if not hop:
            return FetchFailed(job.url, "is not an http or https address")
        with self._connections.watch(self._total_timeout) as watch:
            return self._follow(job, hop, watch)

    def _follow(self, job: _Job, hop: str, watch: Watch) -> Fetched | NotModified | FetchFailed:
        """The answer that counts for a job, from the first address to ask on."""
        lasting = True
        reach = job.access.reach
        seen: set[str] = set()
        while len(seen) <= REDIRECT_LIMIT:
            seen.add(hop)
            outcome = self._ask(job, hop, watch, reach)
            if isinstance(outcome, FetchFailed):
                return outcome
            reach = reach.after(host_of(hop), private=self._connections.came_privately(hop, watch))
            if not isinstance(outcome, _Redirect):
                moved_to = hop if lasting and len(seen) > 1 else ""
                return replace(outcome, moved_to=moved_to, reach=reach)
            lasting = lasting and outcome.lasting
            hop = outcome.target
            if not hop:
                return FetchFailed(job.url, "leads to an address that is not http or https")
            if hop in seen:
                return FetchFailed(job.url, "redirects in a circle")
        return FetchFailed(job.url, f"redirects more than {REDIRECT_LIMIT} times")

    def _ask(self, job: _Job, hop: str, watch: Watch, reach: Reach) -> _Outcome:
        """One request of one address, when it is this host's turn."""
        from urllib3.exceptions import HTTPError

        url, place = job.url, place_of(hop)
        headers = {"User-Agent": self._user_agent, "Accept-Encoding": accepted_encodings()}
        headers = job.access.headers_for(hop, headers | job.headers)
        try:
            with self._connections.turn(place, watch):
                if wait := self.waits.current(place):
                    left = seconds_left(wait)
                    return FetchFailed(url, wait_words(wait), wait.status, left, wait, asked=False)
                answer = self._connections.get(hop, headers, watch, reach)
                try:
                    outcome = _judge(job, hop, answer)
                finally:
                    answer.close()
                outcome = self._noted(place, outcome)
        except BodyTooLarge:
            return FetchFailed(url, size_words(job.limit_bytes))
        except BodyBroken as broken:
            return FetchFailed(url, self._ended_words(place, watch) or str(broken))
        except (HTTPError, OSError, ValueError) as error:
            return FetchFailed(url, self._words(error, place, watch))
        if words := self._ended_words(place, watch):
            # The watch ended the connection, which looks like the end of an unmeasured body.
            if isinstance(outcome, Fetched):
                outcome.body.close()
            return FetchFailed(url, words)
        return outcome

    def _noted(self, host: str, outcome: _Outcome) -> _Outcome:
        """What came of a request, with the wait that its answer means for the host."""
        if not isinstance(outcome, FetchFailed):
            self.waits.note(host, 200, None)
            return outcome
        wait = self.waits.note(host, outcome.status, outcome.retry_after)
        if wait is None:
            return outcome
        return replace(outcome, error=f"{outcome.error} and {wait_words(wait)}", wait=wait)

    def _words(self, error: Exception, place: str, watch: Watch) -> str:
        if words := self._ended_words(place, watch):
            return words
        if is_read_timeout(error):
            return late_words(place, self._total_timeout)
        return error_words(error, place, self._connect_timeout)

    def _ended_words(self, place: str, watch: Watch) -> str:
        """Why the request was ended from here; empty if it was not."""
        if watch.stopped or self._connections.closed:
            return "was stopped"
        return late_words(place, self._total_timeout) if watch.expired else ""


@dataclass(frozen=True, slots=True)
class _Job:
    """What is asked for and how: the same for every hop of a request."""

    url: str
    headers: dict[str, str]
    access: Access
    limit_bytes: int
    kind: Kind = "feed"


@dataclass(frozen=True, slots=True)
class _Redirect:
    """An answer that names another address; `target` is empty if that may not be followed."""

    target: str
    lasting: bool


_Outcome = Fetched | NotModified | FetchFailed | _Redirect


def _unconditional(result: Fetched | NotModified | FetchFailed) -> Fetched | FetchFailed:
    """The answer to a request without conditions, which nobody may say is as it was."""
    if isinstance(result, NotModified):
        return FetchFailed(result.url, status_words(304), 304)
    return result


def _judge(job: _Job, hop: str, answer: BaseHTTPResponse) -> _Outcome:
    """What an answer means; reads its body only if it counts."""
    url, limit, is_feed = job.url, job.limit_bytes, job.kind == "feed"
    headers = plain_headers(answer.headers)
    status = answer.status
    if status in _REDIRECTS and headers.get("location"):
        target = split_login(clean_url(as_utf8(headers["location"]), hop))[0]
        return _Redirect(target, status in _LASTING)
    if status == 304:
        answer.drain_conn()
        return NotModified(url, headers)
    if status != 200:
        wait = retry_seconds(headers.get("retry-after", ""))
        return FetchFailed(url, status_words(status), status, wait)
    if problem := type_problem(job.kind, headers.get("content-type", "")):
        return FetchFailed(url, problem, status)
    length = headers.get("content-length", "")
    if not is_feed and length.isdigit() and int(length) > limit:
        raise BodyTooLarge
    body = read_body(answer, headers.get("content-encoding", ""), limit, may_be_cut=is_feed)
    if job.kind == "page" and next(body.pieces(), b"").startswith(b"%PDF-"):
        body.close()
        return FetchFailed(url, "is a PDF, not a web page", status)
    return Fetched(url, hop, status, headers, body)
