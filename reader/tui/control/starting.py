"""Ways to begin: the file of another reader, well-known feeds, the demo."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from archive.models import Feed
from reader.errors import ImportProblem
from reader.starter_feeds import STARTER_FEEDS, StarterFeed
from reader.tui.control.offers import is_new
from reader.tui.path_completion import expanded, paths_in
from reader.tui.screens.prompts import Confirm, LinePrompt

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk
    from reader.tui.screens.starters import StartersScreen

DEMO = "demo"
"""What the app returns when the demo is wanted in its place."""
PROBLEMS_SHOWN = 4
NOTHING = "Nothing new in this file."


class Report(Protocol):
    """What an import did (`ImportReport` of the library)."""

    @property
    def feed_count(self) -> int:
        """Feeds that are new."""

    @property
    def known_count(self) -> int:
        """Feeds that were known."""

    @property
    def article_count(self) -> int:
        """Articles that are new."""

    @property
    def changed_count(self) -> int:
        """Articles that were updated."""

    @property
    def problems(self) -> Sequence[str]:
        """A line for each bad one."""


class Starting:
    """What is offered first to a person without feeds, and stays at hand later."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def demo(self) -> None:
        """Leave, and have the demo opened in the app's place; else say what starts it."""
        if is_new(self._desk):
            self._desk.quit(DEMO)
        elif self._desk.library.is_kept:
            self._desk.say(
                "The demo is offered here as long as there are no feeds; newsreader demo starts it"
                " at any time."
            )
        else:
            self._desk.say("This is the demo.")

    def pick(self) -> None:
        """Offer the well-known feeds."""
        known = {status.feed.feed_url for status in self._desk.widgets.feeds.statuses}
        from reader.tui.screens.starters import StartersScreen

        screen = StartersScreen(
            STARTER_FEEDS,
            known,
            lambda feed: self._subscribe(screen, feed),
            self._desk.keymap.by_id["add_feed"].key,
        )
        self._desk.open(screen)

    def import_file(self) -> None:
        """Ask for a file and take it in; errors are told in the prompt."""
        prompt = LinePrompt(
            "Import the feeds of another reader",
            hint="The path of an OPML file (articles: JSON Lines).  Tab completes, Enter imports, "
            "Escape leaves.",
            submit=self._import,
            typed=self._complete,
        )
        self._desk.open(prompt)

    def _subscribe(self, screen: StartersScreen, feed: StarterFeed) -> None:
        self._desk.background.ask(
            "network",
            partial(self._desk.library.subscribe, feed.feed_url, feed.topic),
            partial(self._subscribed, screen, feed),
            failed=partial(self._not_subscribed, screen, feed),
        )

    def _subscribed(self, screen: StartersScreen, starter: StarterFeed, feed: Feed) -> None:
        screen.tell(starter)
        self._desk.subscriptions.load()
        self._desk.refreshing.start((feed.feed_url,))

    def _not_subscribed(self, screen: StartersScreen, feed: StarterFeed, error: Exception) -> None:
        if screen.is_current:
            screen.tell(feed, str(error))
        else:
            self._desk.warn(error)

    def _complete(self, prompt: LinePrompt, text: str) -> None:
        def offer(paths: Sequence[str]) -> None:
            if prompt.is_current:
                prompt.candidates = paths

        self._desk.background.ask("outside", partial(paths_in, text, _ENDINGS), offer, latest=True)

    def _import(self, prompt: LinePrompt, path: str) -> None:
        if not path.strip():
            prompt.dismiss(None)
            return
        prompt.wait(f"Reading {path.strip()} …")
        self._desk.background.ask(
            "network",
            partial(self._desk.library.import_file, str(expanded(path.strip()).absolute())),
            partial(self._imported, prompt),
            failed=partial(self._not_imported, prompt),
        )

    def _imported(self, prompt: LinePrompt, report: Report) -> None:
        self._desk.archive_changed()
        self._desk.grouping.look()
        said = said_of(report)
        if not report.feed_count and (report.problems or said == NOTHING):
            self._refuse(prompt, _in_one_line(report))
            return
        prompt.leave()
        if not report.feed_count:
            self._desk.say(said)
            return
        confirm = Confirm(f"{said} Refresh all feeds now?", "\n".join(_problem_lines(report)))
        self._desk.open(confirm, self._answered)

    def _answered(self, yes: bool | None) -> None:
        if yes:
            self._desk.refreshing.start()
        else:
            self._desk.say(self._desk.keymap.with_keys("{refresh_all} refreshes all feeds."))

    def _not_imported(self, prompt: LinePrompt, error: Exception) -> None:
        if isinstance(error, ImportProblem):  # the folder stands in the line above
            error = ImportProblem(Path(error.what).name, error.why, error.remedy)
        self._refuse(prompt, str(error))

    def _refuse(self, prompt: LinePrompt, why: str) -> None:
        """Say it where the path can be mended; as a notice if that was left meanwhile."""
        if prompt.is_current:
            prompt.refuse(why)
        else:
            self._desk.say(why, severity="error")


_ENDINGS = (".opml", ".xml", ".jsonl", ".ndjson")


def said_of(report: Report) -> str:
    """What an import did, as a sentence."""
    counts = (
        (report.feed_count, "feed", "added"),
        (report.known_count, "feed", "known already"),
        (report.article_count, "article", "added"),
        (report.changed_count, "article", "updated"),
    )
    said = [
        f"{count:,} {noun}{'' if count == 1 else 's'} {done}"
        for count, noun, done in counts
        if count
    ]
    return f"{', '.join(said)}." if said else NOTHING


def _in_one_line(report: Report) -> str:
    """What an import did that found no new feed, with the first bad line of how many."""
    said = said_of(report)
    if not report.problems:
        return f"{said} Escape leaves."
    more = len(report.problems) - 1
    rest = f", and {more:,} more" if more else ""
    return f"{said} Not taken: {report.problems[0].rstrip('.')}{rest}."


def _problem_lines(report: Report) -> list[str]:
    """The first bad lines, and how many more there are."""
    lines = [f"Not taken, {problem.rstrip('.')}." for problem in report.problems[:PROBLEMS_SHOWN]]
    more = len(report.problems) - len(lines)
    if more > 0:
        lines.append(f"And {more:,} more; newsreader import --verbose FILE names them all.")
    return lines
