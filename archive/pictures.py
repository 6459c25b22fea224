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
_EXTENSIONS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".bmp")


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

    A file whose address has another query only, as signed ones have each time, is the same.
    """
    if not fresh:
        return tuple(known)
    kept = {picture.url: picture for picture in known if picture.page}
    before = _addresses_before(known, fresh)
    merged: dict[str, Picture] = {}
    for one in fresh:
        url = before.get(one.url, one.url)
        was = kept.get(url, one)
        merged[url] = replace(was, alt=one.alt, caption=one.caption, after=one.after)
    found = list(merged)
    for at, picture in enumerate(known):
        if (url := picture.url) in kept and url not in merged:
            above = {each.url for each in known[:at]}
            found.insert(
                max((n + 1 for n, name in enumerate(found) if name in above), default=0), url
            )
    return tuple(merged.get(url) or kept[url] for url in found)


def _addresses_before(known: Iterable[Picture], fresh: Iterable[Picture]) -> dict[str, str]:
    """By the address of a fresh picture the known one that differs from it in the query alone."""
    old, new = _files(known), _files(fresh)
    return {new[stem]: old[stem] for stem in old.keys() & new.keys()}


def _files(pictures: Iterable[Picture]) -> dict[str, str]:
    """Addresses by what stands before their query, where that names a file and no other has it.

    What names no file is a program, and the query says which picture that gives.
    """
    found: dict[str, set[str]] = {}
    for picture in pictures:
        stem = picture.url.partition("?")[0]
        if stem.lower().endswith(_EXTENSIONS):
            found.setdefault(stem, set()).add(picture.url)
    return {stem: urls.pop() for stem, urls in found.items() if len(urls) == 1}
