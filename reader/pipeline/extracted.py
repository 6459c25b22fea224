"""What is taken out of a page, as `extract` gives it; here for those who do not extract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive.models import Dropped
from archive.pictures import Picture

RULE_FAILED = "The rule for this outlet's pages finds no text in this one"


@dataclass(frozen=True, slots=True)
class ExtractedPage:
    """A page reduced to its text.

    `heading` is the title that its body says, `text` Markdown (empty if none was found) without the
    furniture in `removed`. `published_at` is what the page states, in UTC, not yet judged.
    `language` is the text's, `stated_language` what the page calls its own. `source_url` is the
    original that it cites. `pictures` are those of its text. With `is_beginning` the rest of the
    text is for sale. `notes` are sentences about it. `problem` says in a clause what is wrong with
    the page: `holds no text that could be found`.
    """

    title: str = ""
    heading: str = ""
    text: str = ""
    author: str = ""
    site_name: str = ""
    published_at: datetime | None = None
    canonical_url: str = ""
    language: str = ""
    stated_language: str = ""
    byline: str = ""
    source_url: str = ""
    is_beginning: bool = False
    removed: tuple[Dropped, ...] = ()
    pictures: tuple[Picture, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""
