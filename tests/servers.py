"""Real HTTP servers on loopback for tests: well-behaved news sites, and every other kind.

`Server` answers paths as told: with documents (`put`), with bytes and pauses sent as they are
(`put_raw`), or with redirects. `NewsSite` fills one with the pages and feeds of a small outlet,
in words of our own, with the furniture that real pages have around their text. Both run until
`stop`, which also breaks off what is under way.
"""

from __future__ import annotations

import contextlib
import hashlib
import html
import json
import socket
import socketserver
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Self

RESET = "reset"
"""A piece that breaks the connection off (TCP RST), so that what was sent may be lost."""
Piece = bytes | float | str


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]


@dataclass
class _Document:
    status: int
    headers: dict[str, str]
    body: bytes


class Server:
    """An HTTP/1.1 server on a free port of `host`; `requests` lists what it was asked."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.requests: list[Request] = []
        self.open_count = 0
        self.most_open_at_once = 0
        self._answers: dict[str, _Document | tuple[Piece, ...]] = {}
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._stopped = threading.Event()
        self._server = _TCPServer((host, 0), _Handler)
        self._server.owner = self
        self.host, self.port = self._server.server_address[:2]
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}:{self.port}{path}"

    def put(
        self,
        path: str,
        body: str | bytes,
        content_type: str = "text/html; charset=utf-8",
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> str:
        """Answers that path with a document; conditional requests are answered with 304."""
        data = body.encode() if isinstance(body, str) else body
        stated = {"Content-Type": content_type} if content_type else {}
        if status == 200:
            stated["ETag"] = '"' + hashlib.sha1(data).hexdigest()[:12] + '"'
        self._answers[path] = _Document(status, stated | (headers or {}), data)
        return self.url(path)

    def put_raw(self, path: str, *pieces: Piece) -> str:
        """Answers that path with bytes as they are and pauses in seconds, then hangs up."""
        self._answers[path] = pieces
        return self.url(path)

    def redirect(self, path: str, target: str, status: int = 302) -> str:
        self._answers[path] = _Document(status, {"Location": target}, b"")
        return self.url(path)

    def remove(self, path: str) -> None:
        self._answers.pop(path, None)

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        with self._lock:
            return [request.path for request in self.requests]

    def stop(self) -> None:
        """Ends the server and every connection; asking it again is refused."""
        if self._stopped.is_set():
            return
        self._stopped.set()
        self._server.shutdown()
        self._server.server_close()
        with self._lock:
            for connection in self._sockets:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self._thread.join()

    def serve(self, connection: socket.socket) -> None:
        """Answers the requests of one connection."""
        with self._lock:
            self._sockets.add(connection)
        try:
            with contextlib.suppress(OSError), connection.makefile("rb") as stream:
                if stream.peek(1)[:1] == b"\x16":  # TLS, which is answered as web servers do
                    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
                    return
                while (request := _read_request(stream)) and self._answer(connection, request):
                    pass
        finally:
            with self._lock:
                self._sockets.discard(connection)

    def _answer(self, connection: socket.socket, request: Request) -> bool:
        """Whether the connection goes on after this answer."""
        with self._lock:
            self.requests.append(request)
            self.open_count += 1
            self.most_open_at_once = max(self.most_open_at_once, self.open_count)
        try:
            answer = self._answers.get(request.path)
            if isinstance(answer, tuple):
                self._send_pieces(connection, answer)
                return False
            connection.sendall(_as_bytes(answer or _NOT_FOUND, request))
            return True
        finally:
            with self._lock:
                self.open_count -= 1

    def _send_pieces(self, connection: socket.socket, pieces: tuple[Piece, ...]) -> None:
        for piece in pieces:
            if isinstance(piece, bytes):
                connection.sendall(piece)
            elif piece == RESET:
                # Closing without lingering: what the peer has not read yet is thrown away.
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                connection.close()
                return
            elif self._stopped.wait(piece):
                return


_NOT_FOUND = _Document(404, {"Content-Type": "text/html"}, b"<h1>404</h1>")


class _TCPServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    owner: Server


class _Handler(socketserver.BaseRequestHandler):
    server: _TCPServer

    def handle(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.server.owner.serve(self.request)


def _read_request(stream) -> Request | None:
    line = stream.readline(65536).decode("latin-1").split()
    if len(line) < 2:
        return None
    headers = {}
    while header := stream.readline(65536).decode("latin-1").strip():
        name, _, value = header.partition(":")
        headers[name.strip().lower()] = value.strip()
    return Request(line[1], headers)


def _as_bytes(document: _Document, request: Request) -> bytes:
    status, headers, body = document.status, dict(document.headers), document.body
    etag = headers.get("ETag")
    if etag and request.headers.get("if-none-match") == etag:
        status, body = 304, b""
    headers["Content-Length"] = str(len(body))
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} Whatever\r\n{head}\r\n".encode("latin-1") + body


@contextlib.contextmanager
def deaf_server() -> Iterator[str]:
    """The address of a server that takes no connection: its queue is full and nobody accepts."""
    with contextlib.ExitStack() as open_sockets:
        deaf = open_sockets.enter_context(socket.socket())
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        for _ in range(3):
            waiting = open_sockets.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(deaf.getsockname())
        yield f"http://127.0.0.1:{deaf.getsockname()[1]}/"


def raw(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """The bytes of an answer with these headers and no others."""
    head = "".join(f"{header}\r\n" for header in headers)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + body


@dataclass(frozen=True)
class Story:
    """An article of a `NewsSite`; `body` is HTML, `summary` text."""

    slug: str
    title: str
    body: str
    published: datetime = datetime(2026, 3, 4, 11, 10, tzinfo=UTC)
    updated: datetime | None = None
    summary: str = ""
    author: str = ""
    full_text_in_feed: bool = False


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{html.escape(text)}</p>" for text in texts)


FERRY = Story(
    "ferry",
    "The night ferry returns to the northern islands",
    _paragraphs(
        "After eleven years without a night boat, the ferry to the northern islands sails again.",
        "The harbour master counted ninety passengers on the first evening, most of them islanders "
        "who had come to the mainland for the market and wanted to sleep in their own beds.",
        "The company runs one boat, three nights a week, and keeps the old timetable on the wall.",
    )
    + "<h2>What it costs</h2>"
    + _paragraphs("A cabin costs as much as a room in the town, and the deck is free for walkers.")
    + "<ul><li>Cabin: forty crowns</li><li>Deck: nothing</li></ul>",
    summary="The ferry to the northern islands sails again.",
    author="Ada Lund",
)
BRIDGE = Story(
    "bridge",
    "Engineers find a 200-year-old beam inside the town bridge",
    _paragraphs(
        "Workers who opened the railing of the town bridge found an oak beam that nobody knew of.",
        "The beam carries a carpenter's mark and a date, and is as dry as on the day it was set.",
        "Engineers will leave it where it is. It holds nothing up, one of them said, but it has "
        "been there longer than anything that does.",
    ),
    published=datetime(2026, 3, 3, 8, 0, tzinfo=UTC),
    summary="An oak beam that nobody knew of.",
    author="Tomas Reed",
)
LIBRARY = Story(
    "library",
    "Library lends seeds in spring",
    _paragraphs(
        "The public library lends seeds from March on: beans, peas, and a tomato from the valley.",
        "Readers bring back seeds of their harvest in autumn, in the envelope they were given.",
    ),
    published=datetime(2026, 3, 1, 17, 30, tzinfo=UTC),
    summary="Beans, peas, and a tomato from the valley.",
    full_text_in_feed=True,
)


@dataclass
class NewsSite:
    """An outlet: `/` announces its feeds `/rss.xml`, `/atom.xml`, `/feed.json`; a page a story.

    `publish` may be called again with a changed story of the same slug.
    """

    server: Server
    name: str = "The Harbour Post"
    language: str = "en"
    stories: list[Story] = field(default_factory=list)

    def publish(self, *stories: Story) -> NewsSite:
        for story in stories:
            self.stories = [known for known in self.stories if known.slug != story.slug]
            self.stories.insert(0, story)
        self.stories.sort(key=lambda story: story.published, reverse=True)
        self._write()
        return self

    @property
    def rss_url(self) -> str:
        return self.server.url("/rss.xml")

    @property
    def atom_url(self) -> str:
        return self.server.url("/atom.xml")

    @property
    def json_url(self) -> str:
        return self.server.url("/feed.json")

    def url_of(self, story: Story) -> str:
        return self.server.url(f"/news/{story.slug}")

    def _write(self) -> None:
        self.server.put("/rss.xml", self.rss(), "application/rss+xml")
        self.server.put("/atom.xml", self.atom(), "application/atom+xml")
        self.server.put("/feed.json", self.json_feed(), "application/feed+json")
        self.server.put("/", self.home())
        for story in self.stories:
            self.server.put(f"/news/{story.slug}", self.page(story))

    def page(self, story: Story) -> str:
        return f"""<!doctype html><html lang="{self.language}"><head><meta charset="utf-8">
<title>{html.escape(story.title)} | {html.escape(self.name)}</title>
<meta property="og:title" content="{html.escape(story.title)} - {html.escape(self.name)}">
<meta property="og:site_name" content="{html.escape(self.name)}">
<meta property="article:published_time" content="{story.published.isoformat()}">
<link rel="canonical" href="{self.url_of(story)}"></head><body>
<div class="cookie-consent">We and our partners store cookies. <button>Accept all</button></div>
<header><a href="/">{html.escape(self.name)}</a><nav><ul><li><a href="/">Home</a></li>
<li><a href="/sport">Sport</a></li><li><a href="/login">Sign in</a></li></ul></nav></header>
<main><article><h1>{html.escape(story.title)}</h1>{story.body}</article></main>
<div class="share-buttons"><a href="#">Share</a> <a href="#">Copy link</a></div>
<aside class="related"><h3>Related</h3><ul><li><a href="/news/1">Other news</a></li></ul></aside>
<footer>Copyright. All rights reserved. <a href="/terms">Terms</a></footer></body></html>"""

    def home(self) -> str:
        links = "".join(
            f'<li><a href="/news/{story.slug}">{html.escape(story.title)}</a></li>'
            for story in self.stories
        )
        return f"""<!doctype html><html lang="{self.language}"><head><meta charset="utf-8">
<title>{html.escape(self.name)}</title>
<link rel="alternate" type="application/rss+xml" title="{html.escape(self.name)}" href="/rss.xml">
<link rel="alternate" type="application/atom+xml" title="Atom" href="/atom.xml">
</head><body><main><ul>{links}</ul></main></body></html>"""

    def rss(self) -> str:
        items = "".join(self._rss_item(story) for story in self.stories)
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
            'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
            f"<title>{html.escape(self.name)}</title><link>{self.server.url()}</link>"
            f"<language>{self.language}</language>{items}</channel></rss>"
        )

    def _rss_item(self, story: Story) -> str:
        content = (
            f"<content:encoded><![CDATA[{story.body}]]></content:encoded>"
            if story.full_text_in_feed
            else ""
        )
        author = f"<dc:creator>{html.escape(story.author)}</dc:creator>" if story.author else ""
        return (
            f"<item><title>{html.escape(html.escape(story.title, quote=False))}</title>"
            f"<link>{self.url_of(story)}</link>"
            f'<guid isPermaLink="false">{story.slug}</guid>'
            f"<pubDate>{format_datetime(story.published)}</pubDate>"
            f"<description>{html.escape(story.summary)}</description>{author}{content}</item>"
        )

    def atom(self) -> str:
        entries = "".join(
            f'<entry><title type="text">{html.escape(story.title)}</title>'
            f"<id>tag:post,2026:{story.slug}</id>"
            f'<link rel="alternate" href="/news/{story.slug}"/>'
            f"<published>{story.published.isoformat()}</published>"
            f"<updated>{(story.updated or story.published).isoformat()}</updated>"
            f"<author><name>{html.escape(story.author or self.name)}</name></author>"
            f'<summary type="text">{html.escape(story.summary)}</summary></entry>'
            for story in self.stories
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
            f'xml:lang="{self.language}" xml:base="{self.server.url()}">'
            f"<title>{html.escape(self.name)}</title><id>{self.server.url()}</id>"
            f'<link rel="alternate" href="/"/>{entries}</feed>'
        )

    def json_feed(self) -> str:
        return json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": self.name,
                "home_page_url": self.server.url(),
                "language": self.language,
                "items": [
                    {
                        "id": story.slug,
                        "url": self.url_of(story),
                        "title": story.title,
                        "summary": story.summary,
                        "content_html": story.body if story.full_text_in_feed else "",
                        "date_published": story.published.isoformat(),
                        "authors": [{"name": story.author}] if story.author else [],
                    }
                    for story in self.stories
                ],
            },
            ensure_ascii=False,
        )


def opml(*feed_urls: str, folder: str = "") -> str:
    """A subscription list of those feeds."""
    outlines = "".join(f'<outline type="rss" text="x" xmlUrl="{url}"/>' for url in feed_urls)
    if folder:
        outlines = f'<outline text="{html.escape(folder)}">{outlines}</outline>'
    return f'<?xml version="1.0"?><opml version="2.0"><body>{outlines}</body></opml>'


def wait_until(condition, seconds: float = 10.0) -> bool:
    """Whether the condition came true in that time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return bool(condition())
