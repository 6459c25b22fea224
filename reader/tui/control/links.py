"""The links of the article being read: letters to follow one on screen, and a list of all.

Marks of footnotes are links to their notes, and back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING

from reader.browser import is_browsable
from reader.tui.control.copying import copy
from reader.tui.render_inline import WITHIN

if TYPE_CHECKING:
    from reader.tui.control.desk import Desk
    from reader.tui.screens.links import Choice

ALPHABET = "asdfghjklqwertyuiopzxcvbnm"
"""What links are named by: the row under the fingers first."""
MOST_LEFT = 50
"""Places that were left, and can be gone back to."""


class Links:
    """Letters stand on the links in sight from `follow` on, until one is opened or left."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._addresses: Mapping[str, str] = {}
        self._typed = ""
        self._left: list[tuple[str, int]] = []

    @property
    def following(self) -> bool:
        """Whether the next key is a letter of a link."""
        return self._desk.widgets.text.letters_drawn

    def follow(self) -> None:
        """Put letters on the links in sight."""
        text = self._desk.widgets.text
        places = {at: url for at, url in text.links_in_sight.items() if _can_follow(url)}
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
            self.open(url)
        return True

    def open(self, url: str) -> None:
        """Open an address in the browser, or go to the place in the text that it stands for."""
        if not url.startswith(WITHIN):
            self._desk.reading.browse(url)
            return
        self.remember()
        layout = self._desk.widgets.text.finish()
        if layout is not None:
            line = layout.line_of(int(url.removeprefix(WITHIN)))
            self._desk.widgets.text.go_to_line(max(0, line - 1))

    def remember(self) -> None:
        """Keep the place in the text, to come back to it from where one goes."""
        text = self._desk.widgets.text
        self._left = [*self._left[1 - MOST_LEFT :], (text.article_id, text.position)]

    def back(self) -> None:
        """Go to the place that was left last in this text."""
        text = self._desk.widgets.text
        while self._left:
            article_id, position = self._left.pop()
            layout = text.finish()
            if article_id == text.article_id and layout is not None:
                text.go_to_line(layout.line_of(position))
                return
        self._desk.say("No place of this text was left by a jump.")

    def leave(self) -> None:
        """Take the letters away."""
        if self.following:
            self._desk.widgets.text.draw_letters({})
            self._desk.title_changed()

    def list_all(self) -> None:
        """Show all links of the article, from which one can be opened or copied."""
        if shown := self._listed():
            from reader.tui.screens.links import LinksScreen

            self._desk.open(LinksScreen(shown), self._chosen)

    def open_number(self, number: int) -> None:
        """Open the link that has a number in the list of all."""
        shown = self._listed()
        if 1 <= number <= len(shown):
            self._desk.reading.browse(shown[number - 1][1])
        elif shown:
            has = "link is 1" if len(shown) == 1 else f"links are 1 to {len(shown):,}"
            lists = self._desk.keymap.with_keys("{links} lists them.")
            self._desk.say(f"There is no link {number:,}: the {has}. {lists}")

    def _listed(self) -> list[tuple[str, str]]:
        """Text and address of what is listed; says so where there is nothing."""
        links = self._desk.widgets.text.links
        shown = [(text, url) for text, url, _ in links if is_browsable(url)]
        if not shown:
            self._desk.say("This article has no links, nor an address of its own.")
        return shown

    def _chosen(self, choice: Choice | None) -> None:
        if choice is None:
            return
        act, url = choice
        if act == "open":
            self._desk.reading.browse(url)
        else:
            copy(self._desk, url, url)


def _can_follow(url: str) -> bool:
    return url.startswith(WITHIN) or is_browsable(url)


def letters_for(count: int) -> Sequence[str]:
    """So many names of equal length, so that none begins another; one letter each if that does."""
    length = 1
    while len(ALPHABET) ** length < count:
        length += 1
    names = ("".join(letters) for letters in product(ALPHABET, repeat=length))
    return [name for name, _ in zip(names, range(count), strict=False)]
