"""News sites on loopback, in a process of their own: feeds, and the pages behind their entries.

    python -m bench.web FEEDS PAGES_EACH

prints the feeds' addresses once they are served, a line each and then an empty one, and ends with
its standard input. Everything is made before, so that serving costs next to nothing.
"""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bench.corpus import Corpus
from bench.pages import news_page

SEED = 4711
OLDEST_HOURS = 5000


class Site(ThreadingHTTPServer):
    """One outlet on a port of its own; `documents` are bodies with their types by path."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.documents: dict[str, tuple[str, bytes]] = {}

    @property
    def base(self) -> str:
        """The outlet's address."""
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Answers with a document, and keeps the connection."""

    server: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        kind, body = self.server.documents.get(self.path, ("text/plain", b""))
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's own name
        """Says nothing."""


@contextmanager
def sites(feeds: int, pages: int) -> Iterator[list[str]]:
    """Addresses of feeds that are served while the context lasts."""
    command = [sys.executable, "-m", "bench.web", str(feeds), str(pages)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield [line.strip() for line in iter(process.stdout.readline, "\n")]
        finally:
            process.stdin.close()
            process.kill()


def main() -> None:
    """Serve until standard input ends."""
    feeds, pages = map(int, sys.argv[1:])
    corpus, dice = Corpus(0), random.Random(SEED)
    for number in range(feeds):
        site = Site()
        fill(site, number, pages, corpus, dice)
        threading.Thread(target=site.serve_forever, daemon=True).start()
        print(f"{site.base}/feed.xml", flush=True)
    print(flush=True)
    sys.stdin.read()


def fill(site: Site, number: int, pages: int, corpus: Corpus, dice: random.Random) -> None:
    """Make an outlet's pages and its feed, whose entries have a summary and a link."""
    items = []
    for page in range(pages):
        path = f"/news/{page}"
        site.documents[path] = ("text/html; charset=utf-8", news_page(corpus, dice).encode())
        published = datetime.now(UTC) - timedelta(hours=dice.randrange(OLDEST_HOURS))
        items.append(
            f"<item><title>{corpus.words_from(dice, 8).capitalize()}</title>"
            f"<link>{site.base}{path}</link><guid>{site.base}{path}</guid>"
            f"<pubDate>{format_datetime(published)}</pubDate>"
            f"<description>{corpus.words_from(dice, 30)}</description></item>"
        )
    feed = (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>Site {number}</title><link>{site.base}/</link><description>-</description>"
        f"{''.join(items)}</channel></rss>"
    )
    site.documents["/feed.xml"] = ("application/rss+xml", feed.encode())


if __name__ == "__main__":
    main()
