"""A feed's document, wherever it lies and whatever it is: asked for, then read.

The one place that tells feeds of the network from those of this machine, and pages that are
watched from feeds.
"""

from __future__ import annotations

import threading

from reader.addresses import COMMAND, FILE
from reader.pipeline.fetch import FeedRequest, Fetched, Fetcher, FetchFailed, NotModified
from reader.pipeline.parse import NOTHING_KNOWN, ParsedFeed
from reader.pipeline.traces import Traces
from reader.pipeline.workers import Workers


def fetch_document(
    fetcher: Fetcher, request: FeedRequest, stop: threading.Event | None = None
) -> Fetched | NotModified | FetchFailed:
    """The document at a feed's address; only for addresses that the reader configured."""
    if request.url.startswith((FILE, COMMAND)):
        from reader.pipeline.local import read_file, run_command

        return read_file(request) if request.url.startswith(FILE) else run_command(request, stop)
    return fetcher.fetch_feed(request)


def parse_document(
    workers: Workers, answer: Fetched, selector: str = "", known: Traces = NOTHING_KNOWN
) -> ParsedFeed:
    """The feed in an answer, or what matches the selector there; raises WorkerFailed.

    `known` are traces of a feed's entries that need not be read again.
    """
    document = (answer.body, answer.content_type, answer.final_url)
    parsed: ParsedFeed = (
        workers.run("watch_page", *document, selector)
        if selector
        else workers.run("parse_feed", *document, known)
    )
    return parsed
