"""A server on loopback that gives the app to whoever has the token in its address.

The token is the first part of every path, of the page, its files and its WebSocket. A cookie would
go to every server on this machine, as cookies know no ports; a path goes to this one alone, and by
the policies sent with each answer no page tells it to others.

textual-serve runs one process of the app for each tab and carries its bytes over a WebSocket. It
has neither access control nor a page without third parties: both are added here.
"""

from __future__ import annotations

import hmac
import logging
import secrets
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web
from textual_serve.server import Server

HOST = "127.0.0.1"
_HERE = Path(__file__).parent
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
    "img-src 'self'; connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)

_Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class TokenServer(Server):
    """Serves `command`, a line of the shell; `say` is told the address to open.

    `port` 0 takes a free one. Raises OSError for a port that is taken.
    """

    def __init__(self, command: str, port: int, say: Callable[[str], None]) -> None:
        self._socket = socket.create_server((HOST, port))
        port = self._socket.getsockname()[1]
        super().__init__(command, HOST, port, title="newsreader", templates_path=_HERE)
        self._say = say
        self._token = secrets.token_urlsafe(24)
        self._names = {f"{HOST}:{port}", f"localhost:{port}"}

    @property
    def address(self) -> str:
        """What to open in the browser."""
        return f"{self.public_url}/{self._token}/"

    def run(self) -> None:
        """Serve until the process is interrupted; then every tab's app ends as by its own key."""
        logging.getLogger("textual-serve").setLevel(logging.ERROR)
        # No log of requests: the token stands in them.
        web.run_app(self._make_app(), sock=self._socket, print=None, access_log=None)

    async def on_startup(self, app: web.Application) -> None:  # noqa: ARG002 - aiohttp's call
        """Say the address once it can be opened."""
        self._say(self.address)

    async def _make_app(self) -> web.Application:
        below: web.Application = await super()._make_app()
        below.router.add_get("/focus.js", self._focus_script)
        app = web.Application(middlewares=[self._guard])
        app.add_subapp(f"/{self._token}/", below)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: _Answer) -> web.StreamResponse:
        """Turn away whoever lacks the token, calls us by a foreign name, or comes from a page."""
        given = request.path.split("/")[1]
        origin = request.headers.get("Origin", "")
        if (
            not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self._token.encode())
            or request.host not in self._names
            or (origin and origin.removeprefix("http://") not in self._names)
        ):
            raise web.HTTPForbidden(text="Open the address that newsreader serve printed.\n")
        response = await handler(request)
        if not response.prepared:
            response.headers["Content-Security-Policy"] = _POLICY.format(host=request.host)
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["Cache-Control"] = "no-store"
        return response

    async def _focus_script(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(_HERE / "focus.js")

    async def handle_index(self, request: web.Request) -> Any:
        """The page, with addresses by the name that it was opened under."""
        self.public_url = f"http://{request.host}"
        return await super().handle_index(request)
