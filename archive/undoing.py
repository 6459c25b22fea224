"""Undo over everything that an archive keeps steps of, the newest first."""

from __future__ import annotations

from collections.abc import Callable

from archive.models import Undone
from archive.opening import Parts
from archive.root_files import take_in_feeds
from archive.steps import Steps
from archive.stories import Stories


def undo(parts: Parts) -> Undone | None:
    """Takes back what the reader did last, of any process; None when nothing is left.

    That may be a change of marks, a decision on stories, a feed that was changed or given up, or a
    rule, a saved search or a colour of a tag that was made, changed or removed.
    """
    parts.check_writable()
    while True:
        at_ns, take_back = max(_newest(parts), key=lambda each: each[0])
        undone = take_back()
        if undone is not None or not at_ns:
            return undone


def _newest(parts: Parts) -> list[tuple[int, Callable[[], Undone | None]]]:
    """When the newest step of each kind was made, 0 for none, and what takes it back.

    Marks stand first, and so are asked where there is nothing: they may owe the end of an undo.
    """
    stories, steps = Stories(parts), Steps(parts.root)

    def take_back_step() -> Undone | None:
        with parts.lock:
            undone = steps.undo()
            take_in_feeds(parts)
        return undone

    return [
        (parts.marking.newest_at_ns(), parts.marking.undo),
        (stories.decided_at_ns(), stories.undo),
        (steps.newest_at_ns(), take_back_step),
    ]
