"""A raw page that was kept, extracted as one just fetched is. No network."""

from __future__ import annotations

from archive.warc_records import StoredPage
from reader.pipeline.extracted import ExtractedPage
from reader.pipeline.way import Way
from reader.pipeline.workers import Workers

AT_ONCE = 2
"""Pages that are under way at once: as many as there are worker processes."""


def extract_stored(workers: Workers, page: StoredPage, way: Way) -> ExtractedPage:
    """The text and facts of a raw page. WorkerFailed."""
    content_type = page.headers.get("content-type", "")
    read: ExtractedPage = workers.run("extract_page", page.body, page.url, content_type, way)
    return read
