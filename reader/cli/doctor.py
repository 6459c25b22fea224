"""doctor: what is installed, where things lie, and what is wrong, a line each with a remedy."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from archive.characters import clean_line
from archive.errors import ArchiveError
from reader import log
from reader.cli.looks import check_theme
from reader.cli.session import config_file, open_library, settings_of
from reader.cli.terminal import Terminal
from reader.cli.wording import counted
from reader.errors import ConfigError
from reader.library import Library
from reader.paths import archive_path, config_path
from reader.sizes import size

PACKAGES = ("textual", "feedparser", "trafilatura", "tinydb", "urllib3", "lxml", "orjson", "warcio")
EXTRAS = {
    "compression": ("brotli", "answers in br and zstd are not asked for"),
    "serve": ("textual-serve", "the app is not shown in a browser"),
    "keyring": ("keyring", "passwords of feeds are kept in a file"),
    "images": ("textual-image", "articles have no pictures"),
}
"""What may be installed besides: a package of each extra, and what is so without it."""
SPACE_MIN = 100 * 1024 * 1024
WORTH_COMPRESSING = 10_000_000
SCREEN_MIN = (40, 10)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `remedy` is set when something is wrong with it."""

    name: str
    fact: str
    remedy: str = ""
    wrong: bool = False


def doctor(arguments: Namespace, terminal: Terminal) -> int:
    """Looks at everything; exit 1 when something is in trouble."""
    troubles = 0
    for finding in _findings(arguments, terminal):
        troubles += finding.wrong
        sign = terminal.style("trouble", "bad") if finding.wrong else terminal.style("ok", "good")
        gap = " " * (9 - (7 if finding.wrong else 2))
        fact = clean_line(finding.fact).rstrip(".")
        remedy = f". {finding.remedy.rstrip('.')}." if finding.remedy else ""
        terminal.line(f"{sign}{gap}{finding.name:14}{fact}{remedy}")
    return 1 if troubles else 0


def _findings(arguments: Namespace, terminal: Terminal) -> Iterator[Finding]:
    yield from _versions()
    yield from _configuration(arguments)
    yield _log_file(log.set_up(verbose=arguments.verbose))
    yield _terminal(terminal)
    yield from _archive(arguments, terminal)


def _versions() -> Iterator[Finding]:
    yield Finding("newsreader", _version("newsreader") or "not installed as a package")
    yield Finding("python", f"{platform.python_version()}, {sys.executable}")
    fts5 = sqlite3.connect(":memory:").execute("pragma compile_options").fetchall()
    has_fts5 = ("ENABLE_FTS5",) in fts5
    yield Finding(
        "sqlite",
        sqlite3.sqlite_version + ("" if has_fts5 else ", without full-text search (FTS5)"),
        "" if has_fts5 else "Use a Python whose SQLite has FTS5",
        wrong=not has_fts5,
    )
    for package in PACKAGES:
        found = _version(package)
        remedy = "" if found else f"Install it: pip install {package}"
        yield Finding(package, found or "is missing", remedy, wrong=not found)
    parts = [
        f"{extra} is installed" if _version(package) else f"{extra} is not ({without})"
        for extra, (package, without) in EXTRAS.items()
    ]
    yield Finding("extras", "; ".join(parts))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _configuration(arguments: Namespace) -> Iterator[Finding]:
    path = config_file(arguments) or config_path()
    try:
        settings = settings_of(arguments)
        problems = check_theme(arguments, settings) if _version("textual") else []
    except ConfigError as error:
        yield Finding("configuration", f"{error.what}: {error.why}", error.remedy, wrong=True)
        return
    yield Finding("configuration", str(path) if path.exists() else f"{path} (none, all defaults)")
    for problem in problems:
        yield Finding("theme", problem, wrong=True)


def _log_file(path: Path) -> Finding:
    folder = next((one for one in path.parents if one.exists()), path.parent)
    if os.access(path if path.exists() else folder, os.W_OK):
        return Finding("log", str(path))
    return Finding("log", f"{path} cannot be written", f"Make {folder} writable", wrong=True)


def _terminal(terminal: Terminal) -> Finding:
    size = shutil.get_terminal_size()
    small = size.columns < SCREEN_MIN[0] or size.lines < SCREEN_MIN[1]
    colours = "colours" if terminal.colour else "no colours"
    fact = (
        f"{os.environ.get('TERM', 'TERM is not set')}, {size.columns}x{size.lines}, "
        f"{terminal.out.encoding}, {colours}"
    )
    if terminal.out_is_terminal and small:
        return Finding("terminal", fact, "Make the window larger: 80x24 is good", wrong=True)
    if not terminal.unicode:
        remedy = "Set a UTF-8 locale, for example LANG=C.UTF-8"
        return Finding("terminal", fact, remedy, wrong=True)
    return Finding("terminal", fact)


def _archive(arguments: Namespace, terminal: Terminal) -> Iterator[Finding]:
    path = archive_path(arguments.archive)
    try:
        settings_of(arguments)
    except ConfigError:  # said already: what is in the archive is looked at all the same
        arguments.config = os.devnull
    try:
        with open_library(arguments, terminal) as library:
            yield _contents(library)
            yield _raw_pages(library)
            yield _pictures(library)
            yield _space(path)
            yield _sizes(library)
            yield from _feeds(library)
    except ArchiveError as error:
        yield Finding("archive", f"{error.what}: {error.why}", error.remedy, wrong=True)


def _contents(library: Library) -> Finding:
    articles, feeds = library.totals().article_count, len(library.feeds())
    fact = f"{library.path}, {counted(articles, 'article')}, {counted(feeds, 'feed')}"
    if library.read_only:
        remedy = "Make the folder writable, or choose another with --archive"
        return Finding("archive", f"{fact}, read-only", remedy, wrong=True)
    if library.care.needs_rebuild:
        remedy = "Run newsreader rebuild"
        return Finding("archive", f"{fact}, its index due to be built anew", remedy, wrong=True)
    return Finding("archive", fact)


def _raw_pages(library: Library) -> Finding:
    """What the raw pages cost, and how no more are kept."""
    file_count, byte_count = library.pages_size()
    fact = f"{counted(file_count, 'file')}, {size(byte_count)}"
    if not library.settings.keep_pages:
        return Finding("raw pages", f"{fact}, no more are kept (keep_pages = false)")
    return Finding("raw pages", fact, "keep_pages = false in the settings keeps no more")


def _pictures(library: Library) -> Finding:
    """What pictures are kept and cost, as a part of the raw pages."""
    kept = library.pictures.kept()
    fact = f"{counted(kept.count, 'picture')} kept so far, {size(kept.byte_count)}"
    if not library.settings.images:
        return Finding("pictures", f"{fact}, no more are kept (images = false)")
    if not library.pictures.wanted:
        return Finding("pictures", "not kept", f"{library.pictures.remark}.", wrong=True)
    return Finding("pictures", fact, "images = false in the settings keeps no more")


def _space(path: Path) -> Finding:
    free = shutil.disk_usage(path).free
    fact = f"{free / 2**30:,.1f} GiB free"
    if free < SPACE_MIN:
        return Finding("disk", fact, "Free some space", wrong=True)
    return Finding("disk", fact)


def _sizes(library: Library) -> Finding:
    sizes = asdict(library.care.sizes())
    fact = ", ".join(f"{kind} {size(sizes[kind])}" for kind in sizes if kind != "pages")
    volumes = library.care.compressible()
    if (plain := sum(volumes.values())) < WORTH_COMPRESSING:
        return Finding("size", fact)
    found = f"{counted(len(volumes), 'old volume')} of {size(plain)} would take less than half"
    return Finding("size", fact, f"Run newsreader compact --compress: {found}")


def _feeds(library: Library) -> Iterator[Finding]:
    """The feeds that fail or are dead, as the app's health screen has them."""
    for health in library.subscriptions.health():
        if health.state in ("failing", "dead"):
            yield Finding(
                f"feed {health.feed.feed_id}",
                f"{health.feed.name}: {health.trouble}",
                health.advice,
                # One that answers and says nothing is no fault of this machine or of the network.
                wrong=bool(health.status.state.error),
            )
