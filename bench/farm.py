"""Many feeds on loopback, each on an address of its own, in a process of their own.

    python -m bench.farm FEEDS ENTRIES MILLISECONDS BLOCKS

prints how many bytes the feeds have together, and their addresses once they are served, a line each
and then an empty one. Entries have that many blocks of text; every answer is that many milliseconds
late. A line on standard input puts a new entry into each feed in place of
its oldest, and is answered with a line; the end of standard input ends the farm. All documents are
made before they are asked for, so that serving costs next to nothing. Needs Linux, where all of
127.0.0.0/8 is this machine.
"""

from __future__ import annotations

import asyncio
import random
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from bench.corpus import Corpus

SEED = 815
BLOCK_WEIGHTS = (12, 24, 34, 40, 100)
"""Of headings, lists, pictures, quotes and paragraphs, added up."""
FIRST_AT = datetime(2025, 11, 1, 11, 10, tzinfo=UTC)
APART = timedelta(minutes=5)
_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
)


class FarmFeed:
    """One feed: its document, and the head of an answer that has it."""

    def __init__(self, number: int, entry_count: int, writer: Writer) -> None:
        self._number = number
        self._writer = writer
        self._items = [writer.item(number, entry) for entry in range(entry_count)]
        self._newest = entry_count - 1
        self._update()

    @property
    def size(self) -> int:
        """The bytes of its document."""
        return len(self._whole)

    def advance(self) -> None:
        """A new entry comes and the oldest goes."""
        self._newest += 1
        self._items = [*self._items[1:], self._writer.item(self._number, self._newest)]
        self._update()

    def answer(self, request: bytes) -> bytes:
        """The answer to a request: the document, or that it is as it was."""
        return self._unchanged if self._tag in request else self._whole

    def _update(self) -> None:
        items = "".join(reversed(self._items))
        title = f"<title>Outlet {self._number}</title>"
        site = f"<link>https://outlet{self._number}.example/</link><description>-</description>"
        body = f"{_HEAD}{title}{site}{items}</channel></rss>".encode()
        self._tag = f'"{self._number}-{self._newest}"'.encode()
        head = b"Content-Type: application/rss+xml\r\nETag: %b\r\n" % self._tag
        self._unchanged = b"HTTP/1.1 304 Not Modified\r\n%b\r\n" % head
        length = b"Content-Length: %d\r\n" % len(body)
        self._whole = b"HTTP/1.1 200 OK\r\n%b%b\r\n%b" % (head, length, body)


@dataclass
class Writer:
    """Writes entries as a blog's software does: a summary, and the whole text with its markup.

    Without `blocks` they have a title and nothing to read.
    """

    corpus: Corpus
    dice: random.Random
    blocks: int

    def item(self, feed: int, entry: int) -> str:
        """An entry of RSS."""
        url = f"https://outlet{feed}.example/{entry}"
        at = format_datetime(FIRST_AT + APART * entry + timedelta(seconds=feed))
        title = self._words(7).capitalize()
        text = self._text() if self.blocks else ""
        return (
            f"<item><title>{title}</title><link>{url}</link><guid>{url}</guid>"
            f"<pubDate>{at}</pubDate>{text}</item>"
        )

    def _text(self) -> str:
        blocks = "".join(self._block() for _ in range(self.blocks))
        return (
            f"<dc:creator>{self._words(2).title()}</dc:creator>"
            f"<category>{self._words(1)}</category><category>{self._words(1)}</category>"
            f"<description>{self._words(30)}</description>"
            f"<content:encoded><![CDATA[{blocks}]]></content:encoded>"
        )

    def _block(self) -> str:
        kinds = (self._heading, self._list, self._picture, self._quote, self._paragraph)
        return self.dice.choices(kinds, cum_weights=BLOCK_WEIGHTS)[0]()

    def _heading(self) -> str:
        return f"<h2>{self._words(5).capitalize()}</h2>\n"

    def _list(self) -> str:
        return f"<ul>{''.join(f'<li>{self._words(9)}</li>' for _ in range(4))}</ul>\n"

    def _picture(self) -> str:
        source = f"https://example.org/{self.dice.randrange(9999)}.jpg"
        return (
            f'<figure class="wp-block-image"><img src="{source}" alt="{self._words(4)}" width="640"'
            f' height="360" /><figcaption>{self._words(8)}</figcaption></figure>\n'
        )

    def _quote(self) -> str:
        return f"<blockquote><p>{self._words(25).capitalize()}.</p></blockquote>\n"

    def _paragraph(self) -> str:
        link = f'<a href="https://example.org/{self.dice.randrange(9999)}">{self._words(3)}</a>'
        return (
            f"<p>{self._words(20).capitalize()} {link} {self._words(18)} "
            f"<em>{self._words(2)}</em> {self._words(12)}.</p>\n"
        )

    def _words(self, count: int) -> str:
        return self.corpus.words_from(self.dice, count)


class Line(asyncio.Protocol):
    """One connection to a feed, kept as long as the other side wants."""

    def __init__(self, feed: FarmFeed, seconds: float) -> None:
        self._feed = feed
        self._seconds = seconds
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Someone came."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each request when its time has come."""
        self._received += data
        while b"\r\n\r\n" in self._received:
            request, _, self._received = self._received.partition(b"\r\n\r\n")
            asyncio.get_running_loop().call_later(self._seconds, self._answer, request)

    def _answer(self, request: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(self._feed.answer(request))


class Farm:
    """A farm that serves, as whoever started it sees it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._input, self._output = process.stdin, process.stdout
        self.megabytes = int(self._output.readline()) / 1e6
        self.urls = [line.strip() for line in iter(self._output.readline, "\n")]

    def advance(self) -> None:
        """Put a new entry into each feed, in place of its oldest."""
        self._input.write("\n")
        self._input.flush()
        self._output.readline()


@contextmanager
def farm(feeds: int, entries: int, milliseconds: int, blocks: int) -> Iterator[Farm]:
    """Feeds that are served while the context lasts."""
    numbers = map(str, (feeds, entries, milliseconds, blocks))
    command = [sys.executable, "-m", "bench.farm", *numbers]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Farm(process)
        finally:
            process.kill()


async def serve(feeds: list[FarmFeed], seconds: float) -> None:
    """Serve until standard input ends."""
    loop = asyncio.get_running_loop()
    port = 0
    for number, feed in enumerate(feeds):
        host = f"127.0.{number // 250 + 1}.{number % 250 + 1}"
        server = await loop.create_server(
            lambda feed=feed: Line(feed, seconds), host, port, family=socket.AF_INET
        )
        port = server.sockets[0].getsockname()[1]
        print(f"http://{host}:{port}/feed.xml")
    print(flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        for feed in feeds:
            feed.advance()
        print(flush=True)


def main() -> None:
    """Make the feeds and serve them."""
    count, entries, milliseconds, blocks = map(int, sys.argv[1:])
    writer = Writer(Corpus(0), random.Random(SEED), blocks)
    feeds = [FarmFeed(number, entries, writer) for number in range(count)]
    print(sum(feed.size for feed in feeds))
    asyncio.run(serve(feeds, milliseconds / 1000))


if __name__ == "__main__":
    main()
