"""compact: what the reader's rule no longer keeps is removed, and room on the disk given back."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from archive.retention import Retention
from reader.cli.marking import ASKED_ABOVE
from reader.cli.progress import Bar
from reader.cli.session import open_library, stoppable, stoppable_progress
from reader.cli.terminal import Terminal
from reader.cli.wording import counted
from reader.errors import UsageProblem
from reader.sizes import size

if TYPE_CHECKING:
    from archive.care import Care
    from archive.removal import Removal
    from archive.sizes import Sizes


_FIELD = re.compile(r"(?<![\w\"/])([a-z]+):(\w*)")


def compact(arguments: Namespace, terminal: Terminal) -> int:
    """Removes, compresses and shrinks; with `--dry-run` says what it would do."""
    with open_library(arguments, terminal) as library:
        care = library.care
        removal = care.plan_removal(_checked(library.settings.retention))
        before = care.sizes()
        if arguments.dry_run:
            volumes = care.compressible() if arguments.compress else {}
            _report(arguments, terminal, removal.article_count, len(volumes), before, None)
            return 0
        care.check_writable()
        if not _agreed(removal.article_count, arguments, terminal):
            terminal.note("Nothing was changed.")
            return 1
        removed_count = _remove(care, removal, terminal)
        compressed_count = 0
        if arguments.compress:
            with stoppable_progress(terminal, "Compressing") as progress:
                compressed_count = care.compress(progress)
        with stoppable_progress(terminal, "Building the index") as progress:
            care.shrink_index(progress)
        _report(arguments, terminal, removed_count, compressed_count, before, care.sizes())
    return 0


def _checked(rule: Retention) -> Retention:
    """The rule, if every word of its query was understood: a word that is not could mean all."""
    if rule.query:
        from archive.query import parse
        from archive.query_fields import FIELDS

        hints = list(parse(rule.query).hints)
        for field, value in _FIELD.findall(rule.query.lower()):
            if field not in FIELDS:
                hints.append(f"{field}:{value} means nothing")
        if hints:
            why = hints[0].rstrip(".")
            raise UsageProblem("retention.query", why, "Mend it in the settings file")
    return rule


def _agreed(count: int, arguments: Namespace, terminal: Terminal) -> bool:
    if not count or arguments.yes:
        return True
    if terminal.can_ask:
        return terminal.ask(
            f"This removes {counted(count, 'article')} for good; undo does not bring them back."
            " Go on?"
        )
    if count > ASKED_ABOVE:
        raise UsageProblem(
            "the rule of retention",
            f"removes {counted(count, 'article')} for good",
            "Look at it with --dry-run, then add --yes",
        )
    return True


def _remove(care: Care, removal: Removal, terminal: Terminal) -> int:
    """Removes wholly: Ctrl+C ends the command after it."""
    with stoppable(terminal) as stop, Bar(terminal, "Removing") as bar:
        count = care.remove(removal, bar.update)
        if stop.is_set():
            raise KeyboardInterrupt
    return count


def _report(
    arguments: Namespace,
    terminal: Terminal,
    removed_count: int,
    compressed_count: int,
    before: Sizes,
    after: Sizes | None,
) -> None:
    if arguments.json:
        terminal.json(
            {
                "dry_run": after is None,
                "removed_count": removed_count,
                "compressed_count": compressed_count,
                "before": asdict(before),
                "after": asdict(after) if after else None,
            }
        )
        return
    would = " would be" if after is None else ""
    terminal.line(f"{counted(removed_count, 'article')}{would} removed")
    if arguments.compress:
        terminal.line(f"{counted(compressed_count, 'volume')}{would} compressed")
    terminal.lines(_table(before, after))


def _table(before: Sizes, after: Sizes | None) -> Iterator[str]:
    """A line a kind: what it took, and what it takes now."""
    kinds = [*asdict(before), "total"]
    for kind in kinds:
        line = f"{kind:10}{size(getattr(before, kind)):>10}"
        yield line if after is None else f"{line} -> {size(getattr(after, kind)):>10}"
