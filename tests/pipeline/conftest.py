from __future__ import annotations

from collections.abc import Iterator

import pytest

from reader.pipeline.fetch import Fetcher
from reader.pipeline.workers import Workers
from tests.servers import BRIDGE, FERRY, LIBRARY, NewsSite, Server


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """What all names but those of this machine are asked of: its documents have whole addresses."""
    with Server() as server:
        monkeypatch.setenv("http_proxy", server.url())
        for name in ("no_proxy", "NO_PROXY"):
            monkeypatch.delenv(name, raising=False)
        yield server


@pytest.fixture
def site(server: Server) -> NewsSite:
    return NewsSite(server).publish(FERRY, BRIDGE, LIBRARY)


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(connect_timeout=3, total_timeout=5) as running:
        yield running


@pytest.fixture
def hasty_fetcher() -> Iterator[Fetcher]:
    """One that gives up after a second."""
    with Fetcher(connect_timeout=0.5, total_timeout=1.0) as running:
        yield running


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(count=1) as running:
        yield running
