"""The line-by-line session as a process: commands piped in, on a real archive."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.models import Article, Feed
from tests.archive.making import FEED, START, make_article

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "reader", "--plain", "--archive"]

TEXT = """The boat has *ninety* berths, says [the harbour](https://harbour.example/a).

## Fares

A cabin costs forty crowns. ![A cabin](https://harbour.example/cabin.jpg)

- Deck: nothing
- Dog: [two crowns](https://harbour.example/dogs)
"""


@dataclass(frozen=True)
class Result:
    """What a session said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Plain = Callable[..., Result]


def environ() -> dict[str, str]:
    return os.environ | {"TZ": "UTC"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The archive's folder, not made yet."""
    return tmp_path / "archive"


@pytest.fixture
def plain(folder: Path) -> Plain:
    """Runs a session on these commands, a line each."""

    def run(*commands: str | bytes) -> Result:
        lines = [one if isinstance(one, bytes) else one.encode() for one in commands]
        done = subprocess.run(
            [*COMMAND, str(folder)],
            input=b"\n".join(lines),
            capture_output=True,
            cwd=ROOT,
            env=environ(),
            timeout=60,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def many(folder: Path) -> list[Article]:
    """An archive of 25 articles of one feed, newest first."""
    with Archive.open(folder, now=lambda: START) as archive:
        archive.add_feed(Feed(FEED, title="Field Weekly"))
        saved = archive.save(
            [make_article(number, feed_title="Field Weekly") for number in range(1, 26)]
        )
    return saved[::-1]


@pytest.fixture
def ferry(folder: Path) -> Article:
    """An archive of one article with all that a text may have."""
    article = make_article(
        title="The night ferry",
        text=TEXT,
        site_name="Harbour Post",
        author="Ada Lund",
        published_at=START,
        word_count=700,
        language="en",
    )
    with Archive.open(folder, now=lambda: START) as archive:
        return archive.save([article])[0]


def piped(folder: Path) -> subprocess.Popen[bytes]:
    """A session whose lines come from and go to pipes, as it runs."""
    return subprocess.Popen(
        [*COMMAND, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, cwd=ROOT, env=environ(),
    )  # fmt: skip
