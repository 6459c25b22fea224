"""How the text is taken out of a page: by which method, and by which rule of the reader's."""

from __future__ import annotations

from dataclasses import dataclass

from reader.methods import Method


@dataclass(frozen=True, slots=True)
class Way:
    """A method, and CSS selectors: where the text is, and what of the page is to go first."""

    method: Method = "usual"
    text: str = ""
    drop: str = ""
