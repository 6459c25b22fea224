"""The methods by which a text is taken out of a page."""

from __future__ import annotations

from typing import Literal

Method = Literal["usual", "more", "less", "whole"]
METHODS: dict[Method, str] = {
    "usual": "as at first: what is the text, without furniture",
    "more": "more of the page, in doubt with furniture",
    "less": "less of the page, in doubt without some text",
    "whole": "all words of the page",
}
"""The methods, each in words."""
