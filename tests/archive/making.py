"""What the tests of the archive are made of: articles, a clock, programs that run beside."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings

from archive import Article, Origin
from archive.archive import Archive

ROOT = Path(__file__).resolve().parent.parent.parent
START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
FEED = "https://weekly.example/feed.xml"


def clock() -> datetime:
    """The day on which the tests' archives are written."""
    return START


class Clock:
    """A clock that a test moves on."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def model_settings(examples: int, steps: int) -> settings:
    """How a state machine is run: the same each time, unless MODEL_EXAMPLES asks for more."""
    return settings(
        max_examples=int(os.environ.get("MODEL_EXAMPLES", str(examples))),
        stateful_step_count=steps,
        deadline=None,
        derandomize="MODEL_EXAMPLES" not in os.environ,
        suppress_health_check=list(HealthCheck),
    )


def make_article(number: int = 1, *, text: str = "", **fields: object) -> Article:
    """An article like others, told apart by its number."""
    known: dict[str, object] = {
        "url": f"https://weekly.example/{number}",
        "title": f"Harvest report {number}",
        "text": text or f"The harvest of field {number} came in early.",
        "archived_at": START + timedelta(minutes=number),
        "origins": (Origin(FEED, f"entry-{number}", "h1", f"https://weekly.example/{number}"),),
        "word_count": 8,
    }
    return Article(**(known | fields))  # type: ignore[arg-type]


def make_articles(count: int, first: int = 1) -> list[Article]:
    """Several of them."""
    return [make_article(number) for number in range(first, first + count)]


def make_crowded(folder: Path) -> None:
    """An archive of 4,799 articles, most of one instant: built anew, its index has finer rows."""
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    instants = [noon - timedelta(hours=2 * number) for number in range(1, 300)]
    instants += [noon - timedelta(days=40)] * 4_500
    with Archive.open(folder, now=lambda: noon + timedelta(days=2)) as archive:
        archive.save(
            [
                make_article(number, published_at=instant, archived_at=noon)
                for number, instant in enumerate(instants, start=1)
            ]
        )


def build_anew(folder: Path, news: Sequence[Article] = ()) -> None:
    """Saves articles, then builds the index anew, as another process does."""
    with Archive.open(folder) as archive:
        archive.save(news)
        assert archive.needs_rebuild
        archive.rebuild()


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Another process that runs `code` with the archive package at hand."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def become_nobody() -> None:
    """Give up root's rights, for which no folder is read-only; for a process of its own."""
    import hashlib  # noqa: F401 - nobody may not be allowed to read where Python lies
    import tempfile  # noqa: F401 - the same

    import warcio.archiveiterator  # noqa: F401 - the same

    if os.getuid() == 0:
        os.setgid(65534)
        os.setuid(65534)


def output_of(code: str, *arguments: object) -> str:
    """What `code` prints; its errors if it fails."""
    process = python(code, *arguments)
    out, err = process.communicate(timeout=180)

    assert process.returncode == 0, err
    return out.strip()
