"""The command line, run in this process with streams of its own, or as a process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from reader.cli import main

ROOT = Path(__file__).resolve().parents[2]

FERRY = {
    "url": "https://harbour.example/ferry",
    "title": "The night ferry sails again",
    "text": "# Ferry\n\nThe boat has *ninety* berths.\n\n## Fares\n\nA cabin costs forty crowns.",
    "feed_url": "https://harbour.example/rss",
    "outlet": "Harbour Post",
    "author": "Ada Lund",
    "published_at": "2026-03-04T11:10:00Z",
    "language": "en",
    "tags": ["sea"],
}
BRIDGE = {
    "url": "https://harbour.example/bridge",
    "title": "An oak beam inside the bridge",
    "text": "Nobody knew of the beam.",
    "feed_url": "https://harbour.example/rss",
    "outlet": "Harbour Post",
    "published_at": "2026-03-03T08:00:00Z",
    "read": True,
}
NEWSPAPER = {
    "url": "https://shinbun.example/1",
    "title": "大規模言語モデルの評価",
    "text": "新しい評価が公開された。",
    "feed_url": "https://shinbun.example/rss",
    "outlet": "日本経済新聞",
    "published_at": "2026-03-02T08:00:00Z",
    "language": "ja",
    "starred": True,
}


@dataclass(frozen=True)
class Result:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class Stream(TextIOWrapper):
    """A stream in memory that may say it is a terminal."""

    def __init__(self, encoding: str, *, is_terminal: bool) -> None:
        super().__init__(BytesIO(), encoding=encoding, errors="strict")
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal

    def text(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode("utf-8")


Run = Callable[..., Result]


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the archive that commands use, not made yet."""
    monkeypatch.setenv("NEWSREADER_ARCHIVE", str(tmp_path / "archive"))
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    return tmp_path / "archive"


@pytest.fixture
def run(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in this process; `columns` makes stdout a terminal of that width."""

    def run(
        *argv: str, columns: int = 0, encoding: str = "utf-8", err_is_terminal: bool = False
    ) -> Result:
        out = Stream(encoding, is_terminal=columns > 0)
        err = Stream("utf-8", is_terminal=err_is_terminal)
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            if columns:
                patch.setenv("COLUMNS", str(columns))
                patch.setenv("TERM", "xterm")
            code = main(argv)
        return Result(code, out.text(), err.text())

    return run


@pytest.fixture
def newsreader(archive: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs a command as a process."""

    def run(*argv: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "reader", *argv]
        options = {"capture_output": True, "cwd": ROOT, "timeout": 60} | options
        return subprocess.run(command, check=False, **options)

    return run


@pytest.fixture
def articles(run: Run, tmp_path: Path) -> dict[str, str]:
    """An archive of three articles, by short names: their ids."""
    file = tmp_path / "articles.jsonl"
    rows = (FERRY, BRIDGE, NEWSPAPER)
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert run("import", str(file)).code == 0
    listed = run("list", "--json").json
    by_url = {row["url"]: row["id"] for row in listed}
    named = {"ferry": FERRY, "bridge": BRIDGE, "paper": NEWSPAPER}
    return {name: by_url[row["url"]] for name, row in named.items()}


START = datetime(2026, 3, 4, 8, tzinfo=UTC)


def row(name: str, told: tuple[str, str], after: float, **more: Any) -> dict[str, Any]:
    """A line to import of an outlet of that name, published so many hours after the start."""
    title, text = told
    at = (START + timedelta(hours=after)).isoformat().replace("+00:00", "Z")
    return {
        "url": f"https://{name.lower()}.example/{title.replace(' ', '-')}",
        "title": title,
        "text": text,
        "outlet": name,
        "published_at": at,
        "language": "en",
    } | more


Import = Callable[..., dict[str, str]]


@pytest.fixture
def take_in(run: Run, tmp_path: Path) -> Import:
    """Imports lines; the ids of all articles by outlet."""

    def take_in(*rows: dict[str, Any]) -> dict[str, str]:
        file = tmp_path / "lines.jsonl"
        file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        assert run("import", str(file)).code == 0
        return {each["outlet"]: each["id"] for each in run("list", "--json").json}

    return take_in
