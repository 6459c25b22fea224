"""A feed that has moved for good: 301 and 308 (RFC 9110, 15.4.2 and 15.4.9).

One such answer may be a mistake or a network's sign-in page. So an address is taken over when two
refreshes in a row were led there and found the feed; 302, 303 and 307 change nothing.
"""

from __future__ import annotations

from dataclasses import replace

from archive.errors import ArchiveError
from archive.feed_models import FetchState
from archive.models import Feed
from reader.pipeline.run import Run


def follow_move(
    run: Run, feed: Feed, before: FetchState, moved_to: str
) -> tuple[Feed, FetchState, tuple[str, ...]]:
    """The feed, under its new address once that is sure, its state, and what to tell.

    `moved_to` is where a good answer came from, if every redirect on the way was a lasting one.
    """
    if not moved_to or moved_to == feed.feed_url:
        return feed, replace(before, moved_to=""), ()
    if (other := _subscribed(run, feed, moved_to)) is not None:
        words = f"It has moved for good to {moved_to}, which is subscribed to as {other.feed_id}:"
        return feed, before, (f"{words} remove one of the two.",)
    if before.moved_to != moved_to:
        return feed, replace(before, moved_to=moved_to), ()
    moved = run.archive.fetching.move(feed, moved_to)
    left_behind = run.moved(feed, moved)
    state = replace(before, feed_url=moved.feed_url, moved_to="")
    told = (f"It has moved for good, and is asked at {moved_to} from now on.", left_behind)
    return moved, state, tuple(note for note in told if note)


def _subscribed(run: Run, feed: Feed, url: str) -> Feed | None:
    """Another feed of that address."""
    try:
        found = run.archive.find_feed(url)
    except ArchiveError:
        return None
    is_other = found.feed_id != feed.feed_id and found.feed_url == url
    return found if is_other else None
