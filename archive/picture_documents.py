"""Pictures, and where they and pages are kept, as fields of an article's document, and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from archive.fields import Fields
from archive.models import PageRef
from archive.pictures import Picture


def picture_documents(pictures: Iterable[Picture]) -> list[dict[str, Any]]:
    """A document for each; what says nothing is left out."""
    return [
        {name: value for name, value in _fields(picture).items() if value} for picture in pictures
    ]


def pictures_from(children: Iterable[Fields]) -> tuple[Picture, ...]:
    """The pictures of documents. DamagedFile where a field is of another kind."""
    return tuple(_picture_from(child) for child in children)


def page_document(page: PageRef | None) -> dict[str, Any] | None:
    """Where raw bytes are kept, as a document; None where they are not."""
    return None if page is None else {"warc": page.warc, "offset": page.offset}


def page_from(read: Fields | None) -> PageRef | None:
    """Where they are kept by that document. DamagedFile where a field is of another kind."""
    if read is None:
        return None
    return PageRef(read.text("warc", required=True), read.number("offset"))


def _fields(picture: Picture) -> dict[str, Any]:
    return {
        "url": picture.url,
        "alt": picture.alt,
        "caption": picture.caption,
        "after": picture.after,
        "page": page_document(picture.page),
        "media_type": picture.media_type,
        "width": picture.width,
        "height": picture.height,
        "byte_count": picture.byte_count,
    }


def _picture_from(read: Fields) -> Picture:
    return Picture(
        url=read.text("url", required=True),
        alt=read.text("alt"),
        caption=read.text("caption"),
        after=read.text("after"),
        page=page_from(read.child("page")),
        media_type=read.text("media_type"),
        width=read.number("width"),
        height=read.number("height"),
        byte_count=read.number("byte_count"),
    )
