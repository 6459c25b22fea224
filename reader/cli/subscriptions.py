"""add, remove, feeds: what is subscribed to."""

from __future__ import annotations

import threading
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from archive.characters import clean_line
from archive.errors import ArchiveError
from archive.models import Feed, FeedStatus
from reader.cli.choosing import chosen
from reader.cli.refreshing import run_refresh
from reader.cli.session import INTERRUPTED, open_library, stoppable
from reader.cli.table import Cell, Column, table
from reader.cli.terminal import Terminal
from reader.cli.wording import span
from reader.errors import ReaderError, UsageProblem
from reader.fields import health_fields
from reader.health import FeedHealth
from reader.library import Library
from reader.outcomes import FeedFound


def add(arguments: Namespace, terminal: Terminal) -> int:
    """Subscribes to each address, then refreshes what was added."""
    if not arguments.urls and not arguments.command:
        raise UsageProblem("add", "needs an address", "Give a URL, a file, or --command")
    with open_library(arguments, terminal, logged=True) as library:
        known = {status.feed.feed_url for status in library.feeds()}
        added: list[Feed] = []
        code = 0
        with stoppable(terminal) as stop:
            for find in _searches(library, arguments, stop):
                if stop.is_set():
                    break
                try:
                    found = chosen(find(), library, terminal)
                except ReaderError as error:
                    terminal.error(str(error))
                    code = max(code, 2 if isinstance(error, UsageProblem) else 1)
                    continue
                if found is None:
                    continue
                feed = library.subscriptions.add(found, arguments.folder, arguments.tag)
                is_new = feed.feed_url not in known
                known.add(feed.feed_url)
                feed = feed if is_new else _updated(library, feed, arguments)
                terminal.line(_subscribed(feed, is_new=is_new))
                terminal.flush()
                added.append(feed)
        if stop.is_set():
            return INTERRUPTED
        if not added:
            return code
        code = min(code, 1)  # a part is done, so it is not usage alone that was wrong
        if arguments.no_refresh:
            return code
        names = list(dict.fromkeys(feed.feed_id for feed in added))
        return run_refresh(library, terminal, names) or code


def _searches(
    library: Library, arguments: Namespace, stop: threading.Event
) -> Iterator[Callable[[], FeedFound]]:
    """How to find each feed that is asked for."""
    selector = arguments.select or ""
    for url in arguments.urls:
        yield partial(library.subscriptions.find, url, selector)
    if arguments.command:
        yield partial(library.subscriptions.find_command, arguments.command, selector, stop)


def remove(arguments: Namespace, terminal: Terminal) -> int:
    """Unsubscribes from each feed named."""
    with open_library(arguments, terminal) as library:
        code = 0
        for name in arguments.feed:
            try:
                feed = library.unsubscribe(name)
            except ArchiveError as error:
                terminal.error(str(error))
                code = 1
            else:
                terminal.line(
                    f"{feed.feed_id}  {clean_line(feed.name)}: unsubscribed, articles kept"
                )
        return code


def feeds(arguments: Namespace, terminal: Terminal) -> int:
    """Lists the feeds by folder and title, and below each that is in trouble how it fares."""
    with open_library(arguments, terminal) as library:
        found = sorted(library.subscriptions.health(), key=lambda one: _place(one.status))
    if arguments.json:
        return 0 if terminal.json_list(map(health_fields, found)) else 1
    if not found:
        terminal.note("No feeds yet. Subscribe with: newsreader add URL")
        return 1
    _print_feeds(found, terminal)
    return 0


def _updated(library: Library, feed: Feed, arguments: Namespace) -> Feed:
    """A feed that was known already, with the folder, tags and selector asked for now."""
    tags = tuple(dict.fromkeys((*feed.tags, *arguments.tag)))
    selector = arguments.select or feed.selector
    changed = replace(feed, folder=arguments.folder or feed.folder, tags=tags, selector=selector)
    if changed != feed:
        library.edit_feed(changed)
    return changed


def _subscribed(feed: Feed, *, is_new: bool) -> str:
    name = "" if feed.name == feed.feed_url else f"{clean_line(feed.name)}  "
    known = "" if is_new else "  (already subscribed)"
    return f"{feed.feed_id}  {name}{feed.feed_url}{known}"


def _place(status: FeedStatus) -> tuple[str, str]:
    return status.feed.folder.casefold(), status.feed.name.casefold()


def _print_feeds(feeds: Sequence[FeedHealth], terminal: Terminal) -> None:
    columns = (
        Column(limit=8),
        Column(limit=24, right=True, from_width=50),
        Column(limit=16, from_width=70),
        Column(flexible=True),
        Column(limit=8, right=True, from_width=70),
        Column(limit=8, right=True, from_width=70),
    )
    now = datetime.now(UTC)
    rows = [_row(one.status, now) for one in feeds]
    for one, line in zip(feeds, table(columns, rows, terminal), strict=True):
        terminal.line(line)
        if one.trouble:
            style = "warn" if one.state == "quiet" else "bad"
            terminal.line("    " + terminal.style(f"{one.state}: {one.trouble}", style))


def _row(status: FeedStatus, now: datetime) -> list[Cell]:
    feed, state = status.feed, status.state
    unread = f"{status.unread_count:,} of {status.article_count:,} unread"
    return [
        Cell(feed.feed_id, ("accent",)),
        Cell(unread, ("bold",) if status.unread_count else ("dim",)),
        Cell(feed.folder, ("dim",)),
        Cell(feed.name),
        Cell(_ago(state.refreshed_at, now), ("dim",)),
        Cell("gone" if state.gone_at else _until(state.next_refresh_at, now), ("dim",)),
    ]


def _ago(at: datetime | None, now: datetime) -> str:
    if at is None:
        return "never"
    length = span((now - at).total_seconds())
    return length if length == "now" else f"{length} ago"


def _until(at: datetime | None, now: datetime) -> str:
    if at is None or at <= now:
        return "due"
    return f"in {span((at - now).total_seconds())}".replace("in now", "in 1m")
