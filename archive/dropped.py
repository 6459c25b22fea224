"""What was dropped of an article as furniture, as fields of its document and back.

Three lists of the same length, so that the words stand as plain texts in the file.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from archive.fields import Fields
from archive.models import Dropped


def dropped_document(dropped: tuple[Dropped, ...]) -> dict[str, Any]:
    """The fields of the article's document."""
    return {
        "removed": [each.text for each in dropped],
        "removed_why": [each.why for each in dropped] if any(each.why for each in dropped) else [],
        "removed_at": [each.at for each in dropped] if any(each.at for each in dropped) else [],
    }


def dropped_from(read: Fields) -> tuple[Dropped, ...]:
    """What such fields say. DamagedFile where one is of another kind."""
    texts = read.texts("removed")
    return joined(texts, read.texts("removed_why"), read.numbers("removed_at"))


def joined(
    texts: tuple[str, ...], why: tuple[str, ...], at: tuple[int, ...]
) -> tuple[Dropped, ...]:
    """What was dropped of three lists; the last two may be short."""
    given = zip_longest(texts, why[: len(texts)], at[: len(texts)])
    return tuple(Dropped(text, reason or "", place or 0) for text, reason, place in given)
