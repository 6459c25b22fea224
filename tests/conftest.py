"""Fixtures for the tests of whole parts: a library over a real folder, outlets on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.config import Settings
from reader.library import Library
from tests.servers import BRIDGE, FERRY, LIBRARY, NewsSite, Server


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own: no test touches the user's archive, settings, log or keyring."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "NEWSREADER_ARCHIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    return folder


@pytest.fixture
def outlet() -> Iterator[NewsSite]:
    """An outlet with three articles, the third of which its feeds give in full."""
    with Server() as server:
        yield NewsSite(server).publish(FERRY, BRIDGE, LIBRARY)


@pytest.fixture
def second_outlet() -> Iterator[NewsSite]:
    with Server("127.0.0.2") as server:
        yield NewsSite(server, name="Valley News").publish(LIBRARY)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "archive", Settings(connections=4)) as opened:
        yield opened
