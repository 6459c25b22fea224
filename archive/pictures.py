"""Pictures of articles: what is known of them, and where in a text they stand.

A picture says of which words of the text it stands below, and no offset: so it stays in its place
when the text around it changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.models import PageRef


_AFTER = 80
"""Characters that say a place."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an article; its lead picture stands behind no words.

    `alt` says what is to be seen, for who cannot, `caption` is what the outlet writes below it.
    `after` are the words, as they stand in the text, at the end of the line that it follows. `page`
    is where its bytes are kept; only then `media_type`, `width` and `height` (in pixels) and
    `byte_count` are known.
    """

    url: str
    alt: str = ""
    caption: str = ""
    after: str = ""
    page: PageRef | None = None
    media_type: str = ""
    width: int = 0
    height: int = 0
    byte_count: int = 0

    @property
    def words(self) -> str:
        """Alternative text and caption in a line; empty where the outlet gives neither."""
        said = dict.fromkeys(filter(None, (self.alt, self.caption)))
        return " · ".join(said)


def line_before(text: str, at: int) -> str:
    """The words before a place at the end of a line, as a picture there says them."""
    return text[: max(0, at)].rpartition("\n")[2][-_AFTER:]


def places_of_pictures(text: str, pictures: Iterable[Picture]) -> list[int]:
    """Of each picture the offset in a text behind which it stands: ascending, 0 for above it.

    One whose words are not in the text any more stands where the one before it does.
    """
    places: list[int] = []
    at = 0
    for picture in pictures:
        if picture.after:
            found = text.find(picture.after, at)
            found = found if found >= 0 else text.find(picture.after)
            at = max(at, found + len(picture.after)) if found >= 0 else at
        places.append(at)
    return places


def merged_pictures(known: Sequence[Picture], fresh: Sequence[Picture]) -> tuple[Picture, ...]:
    """The pictures after a new look: the fresh ones, and of the known ones all that are kept.

    One whose address has another query only, as signed ones have each time, is the same.
    """
    if not fresh:
        return tuple(known)
    kept = {_key(picture, known): picture for picture in known if picture.page}
    merged: dict[str, Picture] = {}
    for one in fresh:
        key = _key(one, fresh)
        was = kept.get(key, one)
        merged[key] = replace(was, alt=one.alt, caption=one.caption, after=one.after)
    found = list(merged)
    for at, picture in enumerate(known):
        if (key := _key(picture, known)) in kept and key not in merged:
            above = {_key(each, known) for each in known[:at]}
            found.insert(
                max((n + 1 for n, name in enumerate(found) if name in above), default=0), key
            )
    return tuple(merged.get(key) or kept[key] for key in found)


def _key(picture: Picture, among: Iterable[Picture]) -> str:
    """What tells a picture: its address, without the query if no other's differs by that alone."""
    stem = picture.url.partition("?")[0]
    others = (each.url for each in among if each.url != picture.url)
    return picture.url if any(url.partition("?")[0] == stem for url in others) else stem
