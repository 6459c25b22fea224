"""What follows from the keys that a reader has: words of empty panes, hints, and their counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.control.offers import hints
from reader.tui.keymap import Keymap
from reader.tui.render import NO_TEXT
from reader.tui.ways import FOUR_WAYS, NOTHING_UNREAD, SHORTLY

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk


def give_keys(desk: Desk, keymap: Keymap) -> None:
    """Use these keys from now on, and say them wherever keys are said."""
    desk.keymap = keymap
    say = keymap.with_keys
    help_action = keymap.by_id["help"]
    desk.widgets.footer.pinned = (help_action.key, help_action.label)
    desk.widgets.feeds.take_ways(say(FOUR_WAYS), say(SHORTLY), say(NOTHING_UNREAD))
    desk.widgets.tags.none_words = say("No tags yet.\n\n{tag} tags an article.")
    desk.widgets.text.no_text = say(NO_TEXT + " {browse} opens its page.")
    numbered = not set(keymap.by_id["open_link"].keys).isdisjoint("123456789")
    desk.widgets.text.number_links(numbered)
    desk.widgets.footer.hints = hints(desk)
