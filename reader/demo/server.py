"""Serves the sample outlets on loopback, each on a free port of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from reader.demo.documents import documents
from reader.demo.outlets import OUTLETS, Outlet

LOOPBACK = "127.0.0.1"


class _Handler(BaseHTTPRequestHandler):
    """Answers with the documents of its server."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        found = self.server.documents.get(self.path.split("?")[0])
        kind, text = found or ("text/html", "<h1>404</h1>")
        body = text.encode()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base class
        """Say nothing: the terminal belongs to the app."""


class _Server(ThreadingHTTPServer):
    """One outlet's server."""

    daemon_threads = True

    def __init__(self, outlet: Outlet, now: datetime) -> None:
        super().__init__((LOOPBACK, 0), _Handler)
        self.address = f"http://{LOOPBACK}:{self.server_address[1]}"
        self.documents = documents(outlet, self.address, now)


@contextmanager
def served_outlets(now: datetime) -> Iterator[list[str]]:
    """The addresses of the sample outlets, which answer while the block runs."""
    with ExitStack() as stack:
        addresses = []
        for outlet in OUTLETS:
            server = stack.enter_context(_Server(outlet, now))
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            stack.callback(server.shutdown)
            addresses.append(server.address)
        yield addresses
