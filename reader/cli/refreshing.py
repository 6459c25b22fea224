"""refresh, save: what brings articles in."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from archive.characters import clean_line
from reader.addresses import complete_address
from reader.cli.progress import Bar
from reader.cli.session import INTERRUPTED, open_library, stoppable
from reader.cli.terminal import Terminal
from reader.cli.wording import counted
from reader.errors import UsageProblem
from reader.fields import refreshed_fields
from reader.outcomes import FeedRefreshed, RefreshProgress

if TYPE_CHECKING:
    from reader.library import Library

BAR_DELAY = 0.3


def refresh(arguments: Namespace, terminal: Terminal) -> int:
    """Refreshes the named feeds, all, or those that are due."""
    if arguments.recheck and arguments.no_pages:
        raise UsageProblem("--recheck", "contradicts --no-pages", "Give one of them")
    with open_library(arguments, terminal, logged=True) as library:
        if not (arguments.feeds or library.feeds()):
            terminal.note("No feeds yet. Subscribe with: newsreader add URL")
        return run_refresh(
            library,
            terminal,
            arguments.feeds,
            as_json=arguments.json,
            due=arguments.due,
            recheck=arguments.recheck,
            pages=not arguments.no_pages,
            jobs=arguments.jobs,
        )


def run_refresh(
    library: Library,
    terminal: Terminal,
    names: Sequence[str],
    *,
    as_json: bool = False,
    **choices: Any,
) -> int:
    """Runs a refresh with its progress shown; returns the exit code.

    `choices` are those of `Library.refresh`. Ctrl+C ends it at the next safe point.
    """
    outcomes: list[dict[str, Any]] = []
    with (
        told_of_pictures(library, terminal),
        stoppable(terminal) as stop,
        Bar(terminal, "Refreshing", delay=BAR_DELAY) as bar,
    ):
        run = library.refresh(
            names,
            stop=stop,
            progress=lambda now: bar.update(*_progress(now)),
            **choices,
        )
        for outcome in run:
            outcomes.append(refreshed_fields(outcome))
            if not as_json:
                bar.clear()
                _print_outcome(outcome, terminal)
        stopped = stop.is_set()
    if as_json:
        terminal.json_list(outcomes)
    else:
        _print_sum(outcomes, terminal)
    if stopped:
        terminal.error("stopped: what was done so far is kept.")
    return INTERRUPTED if stopped else int(any(outcome["error"] for outcome in outcomes))


def save(arguments: Namespace, terminal: Terminal) -> int:
    """Archives each page; prints its id and title."""
    urls, wrong = [], 0
    for typed in arguments.urls:
        try:
            urls.append(complete_address(typed))
        except UsageProblem as error:
            terminal.error(str(error))
            wrong += 1
    if not urls:
        return 2
    failed = bool(wrong)
    with open_library(arguments, terminal, logged=True) as library, stoppable(terminal) as stop:
        with told_of_pictures(library, terminal), Bar(terminal, "Saving pages") as bar:
            for done, saved in enumerate(library.save_pages(urls, arguments.tag, stop)):
                bar.clear()
                if saved.error:
                    failed = True
                    terminal.error(saved.error)
                else:
                    terminal.line(f"{saved.article_id}  {clean_line(saved.title)}")
                    terminal.flush()
                bar.update(done + 1, len(urls))
        return INTERRUPTED if stop.is_set() else int(failed)


@contextmanager
def told_of_pictures(library: Library, terminal: Terminal) -> Iterator[None]:
    """Says what keeping pictures will cost where that is new, and what it cost at the end."""
    if remark := library.pictures.remark:
        terminal.note(f"{remark}.")
    before = library.pictures.kept()
    yield
    cost = library.pictures.cost_since(before)
    # To a file or mail it is told once: cron runs every hour.
    if cost and (terminal.out_is_terminal or not before.count):
        terminal.note(f"{cost}.")


def _progress(now: RefreshProgress) -> tuple[int, int, str]:
    """How much is done, of how much, and of what."""
    if now.pictures_total:
        done, total = now.pictures_done, now.pictures_total
        return done, total, f"pictures of {done}/{total} articles"
    feeds, pages = (now.feeds_done, now.feeds_total), (now.pages_done, now.pages_total)
    words = f"{feeds[0]}/{feeds[1]} feeds, {pages[0]}/{pages[1]} pages"
    return feeds[0] + pages[0], feeds[1] + pages[1], words


def _print_outcome(outcome: FeedRefreshed, terminal: Terminal) -> None:
    """A line a feed; on a terminal only for feeds that have something to say."""
    counts = (
        (outcome.new_count, "new"),
        (outcome.changed_count, "changed"),
        (outcome.failed_pages, "without page"),
    )
    news = ", ".join(f"{count} {word}" for count, word in counts if count)
    name = clean_line(outcome.title or outcome.feed_url)
    if outcome.error:
        # Not on stdout: who throws the listing away still wants to hear of it.
        terminal.error(f"{name}: {clean_line(outcome.error).rstrip('.')}.")
    elif news or outcome.notes or not terminal.out_is_terminal:
        remarks = "".join(f"; {clean_line(note)}" for note in outcome.notes)
        terminal.line(f"{terminal.style(name, 'bold')}: {news or 'nothing new'}{remarks}")
    for call in outcome.calls:
        if call.notify:
            terminal.line(
                f"{clean_line(call.rule_name)}: {call.article_id}  {clean_line(call.title)}"
            )
    terminal.flush()


def _print_sum(outcomes: list[dict[str, Any]], terminal: Terminal) -> None:
    """On a terminal, one line that sums the run up."""
    if not terminal.out_is_terminal or not outcomes:
        return
    new = sum(outcome["new_count"] for outcome in outcomes)
    failed = sum(1 for outcome in outcomes if outcome["error"])
    trouble = f", {failed} failed" if failed else ""
    total = f"{counted(new, 'new article')} from {counted(len(outcomes), 'feed')}{trouble}"
    terminal.line(terminal.style(total, "dim"))
