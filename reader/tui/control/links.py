"""The links of the article being read: letters to follow one on screen, and a list of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING

from reader.browser import is_browsable
from reader.tui.screens.links import Choice, LinksScreen

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk

ALPHABET = "asdfghjklqwertyuiopzxcvbnm"
"""What links are named by: the row under the fingers first."""


class Links:
    """Letters stand on the links in sight from `follow` on, until one is opened or left."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._addresses: Mapping[str, str] = {}
        self._typed = ""

    @property
    def following(self) -> bool:
        """Whether the next key is a letter of a link."""
        return self._desk.widgets.text.letters_drawn

    def follow(self) -> None:
        """Put letters on the links in sight."""
        text = self._desk.widgets.text
        places = {at: url for at, url in text.links_in_sight.items() if is_browsable(url)}
        if not places:
            elsewhere = self._desk.keymap.with_keys("{links} lists those of the whole article.")
            self._desk.say(f"No link in sight. {elsewhere if text.links else ''}".rstrip())
            return
        names = letters_for(len(places))
        self._typed = ""
        self._addresses = dict(zip(names, places.values(), strict=True))
        text.draw_letters(dict(zip(places, names, strict=True)))
        self._desk.title_changed()

    def press(self, name: str) -> bool:
        """Take a key for the letters; False when none stand there, and the key is for others."""
        if not self.following:
            return False
        self._typed += name
        url = self._addresses.get(self._typed)
        if url is None and any(each.startswith(self._typed) for each in self._addresses):
            return True
        self.leave()
        if url is not None:
            self._desk.reading.browse(url)
        return True

    def leave(self) -> None:
        """Take the letters away."""
        if self.following:
            self._desk.widgets.text.draw_letters({})
            self._desk.title_changed()

    def list_all(self) -> None:
        """Show all links of the article, from which one can be opened or copied."""
        links = self._desk.widgets.text.links
        shown = [(text, url) for text, url, _ in links if is_browsable(url)]
        if not shown:
            self._desk.say("This article has no links, nor an address of its own.")
            return
        self._desk.open(LinksScreen(shown), self._chosen)

    def _chosen(self, choice: Choice | None) -> None:
        if choice is None:
            return
        act, url = choice
        if act == "open":
            self._desk.reading.browse(url)
        else:
            self._desk.screen.app.copy_to_clipboard(url)
            self._desk.say(f"Copied {url}")


def letters_for(count: int) -> Sequence[str]:
    """So many names of equal length, so that none begins another; one letter each if that does."""
    length = 1
    while len(ALPHABET) ** length < count:
        length += 1
    names = ("".join(letters) for letters in product(ALPHABET, repeat=length))
    return [name for name, _ in zip(names, range(count), strict=False)]
