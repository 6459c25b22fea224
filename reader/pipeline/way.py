"""How the text is taken out of a page: by which method, and by which rule of the reader's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Method = Literal["usual", "more", "less", "whole"]
METHODS: dict[Method, str] = {
    "usual": "as at first: what is the text, without furniture",
    "more": "more of the page, in doubt with furniture",
    "less": "less of the page, in doubt without some text",
    "whole": "all words of the page",
}
"""The methods, each in words."""


@dataclass(frozen=True, slots=True)
class Way:
    """A method, and CSS selectors: where the text is, and what of the page is to go first."""

    method: Method = "usual"
    text: str = ""
    drop: str = ""
