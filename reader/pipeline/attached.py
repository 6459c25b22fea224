"""What a feed attaches to an entry: files, a picture, topics, comments, where it happened.

RSS 2.0 `enclosure`, `category`, `comments`; Atom links `enclosure` and `replies` (RFC 4287, RFC
4685); Media RSS (rssboard.org/media-rss); iTunes' podcast tags; JSON Feed's attachments. Runs in
worker processes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive.characters import clean_line
from archive.models import Enclosure
from reader.pipeline.clean import clean_url
from reader.pipeline.location import STATED_SO, location_of

# Of each kind so many are kept: more are no use to a reader, and a feed may state a million.
_MOST = 40
_LONGEST_CATEGORY = 100
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}")
_LARGEST_FILE = 1 << 50


_STATED_SO = frozenset({"links", "media_content", "media_thumbnail", "image"}) | STATED_SO
"""Under which names of feedparser's an item has files, pictures or a place."""


@dataclass(frozen=True, slots=True)
class Attached:
    """The topics are the outlet's own, not yet told from the reader's tags."""

    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    image_url: str = ""
    comments_url: str = ""
    location: str = ""


def attached_to_item(item: Mapping[str, Any], base: str) -> Attached:
    """What feedparser read of an RSS item or Atom entry; addresses are relative to `base`."""
    categories = category_names(
        tag.get("label") or tag.get("term")
        for tag in item.get("tags") or ()
        if isinstance(tag, Mapping)
    )
    if item.keys().isdisjoint(_STATED_SO):
        return Attached(categories, comments_url=_address(item.get("comments"), base))
    links = [link for link in item.get("links") or () if isinstance(link, Mapping)]
    media = [each for each in item.get("media_content") or () if isinstance(each, Mapping)]
    stated = [
        enclosure(link.get("href"), link.get("type"), link.get("length"), base)
        for link in links
        if link.get("rel") == "enclosure"
    ]
    stated += [
        enclosure(each.get("url"), each.get("type"), each.get("filesize"), base)
        for each in media
        if _kind(each) in ("audio", "video")
    ]
    enclosures = _distinct(stated)
    comments = item.get("comments") or next(
        (link.get("href") for link in links if link.get("rel") == "replies"), ""
    )
    return Attached(
        categories=categories,
        enclosures=enclosures,
        image_url=_image(item, media, enclosures, base),
        comments_url=_address(comments, base),
        location=location_of(item),
    )


def attached_to_json(item: Mapping[str, Any], base: str) -> Attached:
    """What a JSON Feed states of an item: `tags`, `attachments`, `image`, `banner_image`."""
    tags, files = item.get("tags"), item.get("attachments")
    stated = [
        enclosure(file.get("url"), file.get("mime_type"), file.get("size_in_bytes"), base)
        for file in (files if isinstance(files, list) else ())
        if isinstance(file, dict)
    ]
    images = (_address(item.get(name), base) for name in ("image", "banner_image"))
    return Attached(
        categories=category_names(tags if isinstance(tags, list) else ()),
        enclosures=_distinct(stated),
        image_url=next(filter(None, images), ""),
    )


def enclosure(url: object, media_type: object, length: object, base: str) -> Enclosure:
    """A file with what is believable of its type and length; without an address it has no url."""
    kind = media_type.strip().lower() if isinstance(media_type, str) else ""
    kind = kind.partition(";")[0].strip()
    return Enclosure(
        _address(url, base), kind if _MEDIA_TYPE.fullmatch(kind) else "", _byte_count(length)
    )


def category_names(names: Iterable[object]) -> tuple[str, ...]:
    """The names as clean lines, each once whatever its case."""
    lines = (clean_line(name) for name in names if isinstance(name, str))
    by_key = {line.casefold(): line for line in reversed(list(lines)) if line}
    kept = [line for line in reversed(by_key.values()) if len(line) <= _LONGEST_CATEGORY]
    return tuple(kept[:_MOST])


def _image(
    item: Mapping[str, Any],
    media: Iterable[Mapping[str, Any]],
    enclosures: Iterable[Enclosure],
    base: str,
) -> str:
    """The picture that stands for the entry: its thumbnail, its cover, else one it carries."""
    image = item.get("image")
    thumbnails = item.get("media_thumbnail") or ()
    candidates: Iterator[object] = iter(
        [
            *(each.get("url") for each in media if _kind(each) == "image"),
            *(each.get("url") for each in thumbnails if isinstance(each, Mapping)),
            image.get("href") if isinstance(image, Mapping) else "",
            *(each.url for each in enclosures if each.media_type.startswith("image/")),
        ]
    )
    return next(filter(None, (_address(each, base) for each in candidates)), "")


def _kind(media: Mapping[str, Any]) -> str:
    """What Media RSS says the object is: its medium, else the first part of its type."""
    medium = media.get("medium") or str(media.get("type") or "").partition("/")[0]
    return str(medium).strip().lower()


def _distinct(stated: Iterable[Enclosure]) -> tuple[Enclosure, ...]:
    by_url: dict[str, Enclosure] = {}
    for each in stated:
        if each.url:
            by_url.setdefault(each.url, each)
    return tuple(by_url.values())[:_MOST]


def _address(url: object, base: str) -> str:
    return clean_url(url, base) if isinstance(url, str) else ""


def _byte_count(length: object) -> int:
    """A length in bytes; 0 for what is none, such as a time or a guess below zero."""
    text = str(length).strip() if isinstance(length, str | int) else ""
    count = int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else 0
    return count if count < _LARGEST_FILE else 0
