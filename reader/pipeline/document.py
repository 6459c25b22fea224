"""A feed's document, wherever it lies and whatever it is: asked for, then read.

The one place that tells feeds of the network from those of this machine, and pages that are
watched from feeds.
"""

from __future__ import annotations

import threading
from dataclasses import replace

from reader.addresses import COMMAND, FILE
from reader.pipeline.fetch import (
    FEED_LIMIT_BYTES,
    FeedRequest,
    Fetched,
    Fetcher,
    FetchFailed,
    NotModified,
)
from reader.pipeline.fetch_words import size_words
from reader.pipeline.parse import NOTHING_KNOWN, ParsedFeed
from reader.pipeline.traces import Traces
from reader.pipeline.workers import InputRefused, Workers

LONGER = f"It {size_words(FEED_LIMIT_BYTES)}; what stands behind that was left out."


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

    `known` are traces of a feed's entries that need not be read again. Of a document that is cut
    its whole entries are read, and a note says so; a page that is cut is none to watch.
    """
    is_cut = answer.body.is_cut
    document = (answer.body, answer.content_type, answer.final_url)
    if selector and is_cut:
        raise InputRefused(size_words(FEED_LIMIT_BYTES))
    if selector:
        watched: ParsedFeed = workers.run("watch_page", *document, selector)
        return watched
    try:
        parsed: ParsedFeed = workers.run("parse_feed", *document, known, is_cut)
    except InputRefused as refusal:
        raise InputRefused(size_words(FEED_LIMIT_BYTES) if is_cut else str(refusal)) from refusal
    return replace(parsed, notes=(*parsed.notes, LONGER)) if is_cut else parsed
