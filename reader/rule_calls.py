"""Commands that rules run for articles that came in. They are the reader's own, never a feed's."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace

from archive.archive import Archive
from archive.characters import clean_line
from archive.errors import ArchiveError
from reader.outcomes import FeedRefreshed, RuleCall
from reader.pipe import article_input, pipe

SECONDS = 30.0
MOST_CALLS = 50
"""Commands run for one feed in one refresh: its first may bring a thousand articles."""

log = logging.getLogger(__name__)


def run_commands(archive: Archive, outcome: FeedRefreshed, stop: threading.Event) -> FeedRefreshed:
    """The outcome, after the commands of the rules that its articles met; notes say which failed.

    Each gets the article as Markdown on its input, and title, address and the rule's name in its
    environment; what it prints goes to the log. `stop` ends the one at work, and no more follow.
    """
    calls = [call for call in outcome.calls if call.command]
    notes: list[str] = []
    done = 0
    for call in calls[:MOST_CALLS]:
        if stop.is_set():
            break
        notes += filter(None, [_run(archive, call, stop)])
        done += 1
    if (left := len(calls) - done) > 0:
        notes.append(f"the commands of rules were not run for {left:,} more articles")
    return replace(outcome, notes=(*outcome.notes, *dict.fromkeys(notes)))


def _run(archive: Archive, call: RuleCall, stop: threading.Event) -> str:
    """Runs one command; what went wrong as a clause, empty if nothing did."""
    what = f"the command of rule {clean_line(call.rule_name)}"
    try:
        text, facts = article_input(archive.get(call.article_id))
        done = pipe(call.command, text, facts | {"NEWSREADER_RULE": call.rule_name}, SECONDS, stop)
    except (ArchiveError, OSError) as error:
        return f"{what} cannot be run: {clean_line(str(error))}"
    if done.text.strip():
        log.info("%s on %s: %s", what, call.article_id, clean_line(done.text[:2000]))
    if done.code is None and stop.is_set():
        return f"{what} was ended with the refresh"
    if done.code is None:
        return f"{what} took over {SECONDS:.0f} seconds and was ended"
    return f"{what} ended with {done.code}" if done.code else ""
