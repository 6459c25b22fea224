"""The elements of plain HTML (`plain_html`), as far as pictures are looked for in them.

They answer what is asked of lxml's there, by the same names. Runs in worker processes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from reader.pipeline.plain_html import EMPTY, attributes_of

_NOTHING = EMPTY - {"img"}
"""Elements in which nothing can be, and which nobody asks for."""


class PlainElement:
    """An element: `start` and `end` are the places of its tags among the tokens.

    `elements` has all of the document in order, its own at `place` and those in it up to `last`.
    """

    __slots__ = (
        "_attributes",
        "elements",
        "end",
        "last",
        "parent",
        "place",
        "start",
        "tag",
        "tokens",
    )

    def __init__(
        self,
        tag: str,
        tokens: Sequence[str],
        start: int,
        elements: list[PlainElement],
        parent: PlainElement | None,
    ) -> None:
        self.tag = tag
        self.tokens = tokens
        self.start = self.end = start
        self.elements = elements
        self.place = self.last = len(elements)
        self.parent = parent
        self._attributes: dict[str, str] | None = None
        elements.append(self)

    def get(self, name: str) -> str | None:
        """What an attribute says; None without it."""
        if self._attributes is None:
            self._attributes = attributes_of(self.tokens[self.start + 1])
        return self._attributes.get(name)

    def iter(self, *tags: str) -> Iterator[PlainElement]:
        """The element and those in it that have one of these tags, in order."""
        for at in range(self.place, self.last + 1):
            each = self.elements[at]
            if each.tag in tags:
                yield each

    def iterancestors(self, *tags: str) -> Iterator[PlainElement]:
        """Those around it, the nearest first; with one of these tags, if any are given."""
        around = self.parent
        while around is not None:
            if not tags or around.tag in tags:
                yield around
            around = around.parent

    def itertext(self) -> Sequence[str]:
        """The pieces of text in it."""
        return self.tokens[self.start + 2 : self.end : 3]


@contextmanager
def plain_tree(tokens: Sequence[str]) -> Iterator[PlainElement]:
    """The body of plain HTML, by what `read_plain` says of it: each tag is closed in its turn.

    No element can be asked for others afterwards: they hold each other, and would stay in memory.
    """
    root = _tree(tokens)
    try:
        yield root
    finally:
        root.elements.clear()


def _tree(tokens: Sequence[str]) -> PlainElement:
    elements: list[PlainElement] = []
    around = root = PlainElement("body", tokens, -2, elements, None)
    for at, tag in enumerate(tokens[1::3]):
        if tag in _NOTHING:
            continue
        if tag[0] != "/":
            element = PlainElement(tag, tokens, 3 * at + 1, elements, around)
            if tag not in EMPTY:
                around = element
        else:
            around.end = 3 * at + 1
            around.last = len(elements) - 1
            around = around.parent or root
    return root
