"""mend: a feed that is dead where it was, asked where it is now."""

from __future__ import annotations

from argparse import Namespace

from archive.characters import clean_line
from archive.models import Feed
from reader.cli.choosing import choice_of, chosen
from reader.cli.refreshing import run_refresh
from reader.cli.session import open_library
from reader.cli.terminal import Terminal
from reader.library import Library
from reader.outcomes import FeedMended


def mend(arguments: Namespace, terminal: Terminal) -> int:
    """Asks a feed at the address that is given, else at the one that its site names."""
    with open_library(arguments, terminal, logged=True) as library:
        feed = library.find_feed(arguments.feed)
        mended = (
            _moved(library, feed, arguments.url, terminal)
            if arguments.url
            else _mended(library, feed, terminal)
        )
        if mended is None:
            return 0
        feed = mended.feed
        terminal.line(f"{feed.feed_id}  {clean_line(feed.name)}  {feed.feed_url}")
        terminal.flush()
        if mended.note:
            terminal.note(mended.note)
        if arguments.no_refresh:
            return 0
        return run_refresh(library, terminal, [feed.feed_id])


def _moved(library: Library, feed: Feed, typed: str, terminal: Terminal) -> FeedMended | None:
    found = chosen(library.subscriptions.find(typed), library, terminal)
    return library.subscriptions.move(feed, found) if found else None


def _mended(library: Library, feed: Feed, terminal: Terminal) -> FeedMended | None:
    places = library.subscriptions.new_addresses(feed)
    remedy = f"for another: newsreader mend {feed.feed_id} URL"
    place = choice_of(places, terminal, remedy)
    return library.subscriptions.mend(feed, place.url) if place else None
