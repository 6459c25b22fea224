"""feeds, refresh, add, remove: what is subscribed to, and what it brings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from archive.characters import clean_line
from archive.models import Feed, FeedStatus
from reader.errors import UsageProblem
from reader.health import FeedHealth, lasting
from reader.outcomes import FeedChoice, FeedFound
from reader.plain.console import held_interrupts
from reader.plain.desk import Desk
from reader.plain.typed import number_of
from reader.plain.wording import counted, minute

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_FEEDS = "No feeds yet. add URL subscribes to a feed, or to the feed of a site."


def list_feeds(desk: Desk, _words: str) -> None:
    """Lists the feeds by folder and name."""
    found = desk.feeds()
    desk.shown = desk.numbered = "feeds"
    if not found:
        desk.console.say(NO_FEEDS)
        return
    desk.console.line(f"{counted(len(found), 'feed').capitalize()}.")
    health = {one.feed.feed_id: one for one in desk.library.subscriptions.health()}
    now = datetime.now(UTC)
    for number, status in enumerate(found, start=1):
        facts = (*_facts(status, now), *_trouble(health.get(status.feed.feed_id)))
        desk.console.say(f"{number}. {', '.join(facts)}.", "   ")
    desk.console.say("A number lists that feed's articles, unread NUMBER its unread ones.")


def refresh(desk: Desk, words: str) -> None:
    """Refreshes one feed or all; a line a feed as it ends. Ctrl+C stops it, not the session."""
    if not desk.library.feeds():
        desk.console.say(NO_FEEDS)
        return
    _refresh(desk, [desk.feed(words).feed_id] if words else [])


def add(desk: Desk, words: str) -> None:
    """Subscribes to each address, then refreshes what was added."""
    if not words:
        raise UsageProblem("add", "needs an address", "For example: add https://example.org")
    for url in words.split() if not Path(words).expanduser().exists() else [words]:
        desk.console.flush()
        found = desk.library.subscriptions.find(url)
        if found.others:
            _offer(desk, found)
        else:
            _take(desk, found.feed)


def add_choice(desk: Desk, words: str) -> None:
    """Subscribes to one of the feeds of a site that were said last."""
    number = number_of(words)
    if not 1 <= number <= len(desk.choices):
        size = counted(len(desk.choices), "feed")
        raise UsageProblem(words or "a number", f"the site has {size}", "Give one of their numbers")
    _take(desk, desk.library.subscriptions.find_offered(desk.choices[number - 1]).feed)


def _offer(desk: Desk, found: FeedFound) -> None:
    """Says the feeds of a site, numbered."""
    choices = (FeedChoice(found.feed.feed_url, found.feed.name), *found.others)
    desk.choices = [choice.url for choice in choices]
    desk.numbered = "choices"
    desk.console.line(f"There are {counted(len(choices), 'feed')}.")
    for number, choice in enumerate(choices, start=1):
        title = f"{clean_line(choice.title)}, " if choice.title else ""
        desk.console.say(f"{number}. {title}{choice.url}", "   ")
    desk.console.say("A number, or choose NUMBER, subscribes to that one.")


def _take(desk: Desk, feed: Feed) -> None:
    known = {status.feed.feed_url for status in desk.library.feeds()}
    feed = desk.library.subscriptions.add(feed)
    name = clean_line(feed.name)
    if feed.feed_url in known:
        desk.console.say(f"Already subscribed to {name}.")
        return
    desk.console.say(f"Subscribed to {name}.")
    _refresh(desk, [feed.feed_id])


def remove(desk: Desk, words: str) -> None:
    """Unsubscribes from a feed when asked twice; its articles stay."""
    if not words:
        raise UsageProblem("remove", "needs a feed", "Type feeds, then remove NUMBER")
    feed = desk.feed(words)
    name = clean_line(feed.name)
    if not desk.console.agrees(f"Unsubscribe from {name}, yes or no? Its articles stay."):
        desk.console.line("Nothing was changed.")
        return
    with held_interrupts():
        desk.library.unsubscribe(feed.feed_id)
    desk.console.say(f"Unsubscribed from {name}.")


def _refresh(desk: Desk, feed_ids: Sequence[str]) -> None:
    done = new = failed = 0
    desk.console.flush()
    with held_interrupts() as stop:
        for outcome in desk.library.refresh(feed_ids, stop=stop):
            done, new = done + 1, new + outcome.new_count
            failed += bool(outcome.error)
            name = clean_line(outcome.title or outcome.feed_url)
            if outcome.error:
                desk.console.say(f"{name}: failed. {clean_line(outcome.error)}")
            else:
                counts = ((outcome.new_count, "new"), (outcome.changed_count, "changed"),
                          (outcome.failed_pages, "without their page"))  # fmt: skip
                news = ", ".join(f"{count} {what}" for count, what in counts if count)
                remarks = "".join(f"; {clean_line(note).rstrip('.')}" for note in outcome.notes)
                desk.console.say(f"{name}: {news or 'nothing new'}{remarks}.")
            desk.console.flush()
        if stop.is_set():
            desk.console.line("Stopped; what was done is kept.")
    if done != 1:
        trouble = f", {failed} failed" if failed else ""
        articles = counted(new, "new article").capitalize()
        desk.console.say(f"{articles} from {counted(done, 'feed')}{trouble}.")


def _facts(status: FeedStatus, now: datetime) -> Iterator[str]:
    yield clean_line(status.feed.name)
    yield f"{status.unread_count:,} unread of {counted(status.article_count, 'article')}"
    if status.feed.folder:
        yield f"folder {clean_line(status.feed.folder)}"
    at = status.state.refreshed_at
    yield f"refreshed {minute(at)}" if at else "never refreshed"
    then = status.state.next_refresh_at
    if status.state.gone_at is None and at:
        yield f"next in {lasting(then - now)}" if then and then > now else "next is due"


def _trouble(health: FeedHealth | None) -> Iterator[str]:
    """How a feed fares, unless it is fine."""
    if health is not None and health.trouble:
        words = {"failing": "last refresh failed", "dead": "dead", "quiet": "quiet"}
        yield f"{words[health.state]}: {health.trouble}"
