"""serve in a headless Chromium: the app is painted, takes keys, and nothing else is fetched."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urljoin

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse

from tests.cli.conftest import Run
from tests.cli.test_serving import address

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

__all__ = ["address"]
pytestmark = [
    pytest.mark.usefixtures("articles"),
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]


@pytest.fixture
def debugger(tmp_path: Path) -> Iterator[str]:
    """The address of a browser's debugger (Chrome DevTools Protocol)."""
    profile = tmp_path / "profile"
    code = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1000,700",
        "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank",
    ]  # fmt: skip
    with subprocess.Popen(code, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as browser:
        port, end = profile / "DevToolsActivePort", monotonic() + 30
        while not (port.exists() and port.read_text().strip()):
            assert monotonic() < end
            assert browser.poll() is None
        yield f"http://127.0.0.1:{port.read_text().split()[0]}"
        browser.terminate()


class Page:
    """One tab of the browser, and the addresses that it asked for."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0
        self.asked: list[str] = []

    async def call(self, method: str, **params: Any) -> Any:
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": params})
        while True:
            message = await self._socket.receive_json(timeout=30)
            if message.get("method") == "Network.requestWillBeSent":
                self.asked.append(message["params"]["request"]["url"])
            if message.get("id") == self._number:
                return message.get("result")

    async def value(self, expression: str) -> Any:
        found = await self.call("Runtime.evaluate", expression=expression)
        return found["result"].get("value")

    async def until(self, expression: str) -> None:
        end = monotonic() + 30
        while not await self.value(expression):
            assert monotonic() < end, expression
            await asyncio.sleep(0.1)

    async def press(self, key: str) -> None:
        for kind in ("keyDown", "keyUp"):
            code = ord(key.upper())
            await self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, text=key, windowsVirtualKeyCode=code
            )


def test_the_app_takes_keys_at_once_and_fetches_nothing_else(
    address: str, debugger: str, run: Run
) -> None:
    asked = asyncio.run(star_the_first(address, debugger, run))

    icon = urljoin(address, "/favicon.ico")  # asked for by itself, refused, and without the token
    assert [url for url in asked if not url.startswith(address)] in ([], [icon])
    assert any(url.endswith(".ttf") for url in asked)


async def star_the_first(address: str, debugger: str, run: Run) -> list[str]:
    async with ClientSession() as session:
        async with session.get(f"{debugger}/json") as answer:
            (tab,) = [each for each in await answer.json() if each["type"] == "page"]
        async with session.ws_connect(tab["webSocketDebuggerUrl"]) as socket:
            page = Page(socket)
            await page.call("Network.enable")
            await page.call("Page.navigate", url=address)
            await page.until("document.activeElement.className == 'xterm-helper-textarea'")
            await page.press("l")
            await page.press("m")
            await starred(run)
            await page.press("Q")
            await page.until("document.body.classList.contains('-closed')")
            return page.asked


async def starred(run: Run) -> None:
    end = monotonic() + 30
    while "ferry" not in run("list", "is:starred").out:
        assert monotonic() < end
        await asyncio.sleep(0.2)
