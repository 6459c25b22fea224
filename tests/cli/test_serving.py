"""serve: the app in a browser, for whoever has the address, over a real server and WebSocket."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("articles")


@pytest.fixture
def address(archive: Path) -> Iterator[str]:
    """The address that the server printed."""
    code = [sys.executable, "-m", "reader", "--archive", str(archive), "serve"]
    with subprocess.Popen(code, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as server:
        yield server.stdout.readline().decode().strip()
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 130


def status(url: str, **headers: str) -> int:
    try:
        with urlopen(Request(url, headers=headers), timeout=20) as answer:
            return answer.status
    except HTTPError as error:
        with error:
            return error.code


def test_only_the_address_with_the_token_is_answered(address: str) -> None:
    base, token = address.rstrip("/").rsplit("/", 1)
    assert base.startswith("http://127.0.0.1:")
    assert len(token) >= 32

    wrong = ("", "ws", "static/js/textual.js", "download/x", f"?token={token}", "%C3%A9/", "//")
    for path in (*wrong, f"{token}x/", f"{token[:-1]}/", f"x/{token}/", f"x/../{token}x"):
        assert status(f"{base}/{path}") == 403
    assert status(address) == 200
    assert status(f"{address}static/js/textual.js") == 200
    assert status(f"{address}focus.js") == 200
    assert status(f"{address}nothing") == 404


def test_other_names_and_foreign_pages_are_turned_away(address: str) -> None:
    port = address.split(":")[2].split("/")[0]

    assert status(address, Host="rebound.example") == 403
    assert status(address, Origin="http://foreign.example") == 403
    assert status(address, Origin="null") == 403
    assert status(address, Host=f"localhost:{port}") == 200


def test_the_page_asks_no_third_party_for_anything(address: str) -> None:
    with urlopen(address, timeout=20) as answer:
        page, policy = answer.read().decode(), answer.headers["Content-Security-Policy"]

    assert "https://" not in page
    assert "default-src 'none'" in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Set-Cookie"] is None


def test_all_that_the_page_names_is_below_the_address_with_the_token(address: str) -> None:
    with urlopen(address, timeout=20) as answer:
        page = answer.read().decode()

    named = re.findall(r"""(?:src|href|url|data-[a-z-]+)="((?:https?:|ws:|/)[^"]*)\"""", page)
    assert len(named) >= 3
    below = (address, address.replace("http:", "ws:"))
    assert [url for url in named if not url.startswith(below)] == []


def test_two_tabs_share_the_archive_and_are_left_by_their_own_key(address: str, run: Run) -> None:
    asyncio.run(star_in_one_of_two_tabs(address))

    titles = [row["title"] for row in run("list", "is:starred", "--json").json]
    assert titles == ["The night ferry sails again", "大規模言語モデルの評価"]


async def star_in_one_of_two_tabs(address: str) -> None:
    ws = f"{address}ws?width=100&height=30"
    async with (
        ClientSession() as session,
        session.ws_connect(ws) as first,
        session.ws_connect(ws) as second,
    ):
        await until_shown(first, b"night ferry")
        await until_shown(second, b"night ferry")
        await second.send_json(["stdin", "j"])  # to what is starred
        await until_shown(second, "大".encode())
        await first.send_json(["stdin", "\r"])
        await first.send_json(["stdin", "m"])
        await until_shown(second, b"night ferry")  # the other tab notices it by itself
        for tab in (first, second):
            await tab.send_json(["stdin", "Q"])
            await until_closed(tab)


async def until_shown(tab: ClientWebSocketResponse, wanted: bytes) -> None:
    shown, end = b"", monotonic() + 30
    while wanted not in shown:
        assert monotonic() < end, shown[-2000:]
        message = await tab.receive(timeout=30)
        assert message.type in {WSMsgType.BINARY, WSMsgType.TEXT}, shown[-2000:]
        shown += message.data if isinstance(message.data, bytes) else b""


async def until_closed(tab: ClientWebSocketResponse) -> None:
    while (await tab.receive(timeout=30)).type in {WSMsgType.BINARY, WSMsgType.TEXT}:
        pass


def test_a_port_that_is_taken_is_said_in_one_line(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        refused = run("serve", "--port", str(port))

    assert refused.code == 2
    assert refused.err.startswith(f"newsreader: port {port}: ")
    assert "--port" in refused.err


def test_without_the_extra_it_is_said_how_to_get_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve.server", None)
    monkeypatch.delitem(sys.modules, "reader.serve.server", raising=False)

    refused = run("serve")

    assert refused.code == 2
    assert "pip install 'newsreader[serve]'" in refused.err
