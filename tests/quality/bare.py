"""Bare trafilatura: what the program would be without its own work on pages."""

from __future__ import annotations

import trafilatura

from reader.pipeline.by_trafilatura import OPTIONS
from tests.quality.corpus import Page
from tests.quality.measure import plain, tokens


def bare_text(page: Page) -> str:
    """A page's Markdown by trafilatura with the options of `reader.pipeline.by_trafilatura`.

    Where that is nothing, the feed's words stand in, as they would in any reader. A title as the
    first line is taken off, so that it is not held against it.
    """
    text = trafilatura.extract(page.body, url=page.url, **OPTIONS)
    if not text:
        return "\n\n".join(page.stated)
    first, _, rest = text.lstrip().partition("\n")
    return rest if tokens(plain(first)) == tokens(page.title) else text
