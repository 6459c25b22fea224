"""What an outlet states beside an article's text, as fields of its document and back."""

from __future__ import annotations

from typing import Any

from archive.fields import Fields, instant_text
from archive.models import Article, Enclosure
from archive.picture_documents import picture_documents, pictures_from


def stated_document(article: Article) -> dict[str, Any]:
    """The fields of the article's document."""
    return {
        "claimed_at": instant_text(article.claimed_at) if article.claimed_at else None,
        "categories": list(article.categories),
        "enclosures": [_enclosure_document(each) for each in article.enclosures],
        "image_url": article.image_url,
        "comments_url": article.comments_url,
        "location": article.location,
        "outlet_language": article.outlet_language,
        "pictures": picture_documents(article.pictures),
    }


def stated_from(read: Fields) -> dict[str, Any]:
    """The fields of an article by name. DamagedFile where one is of another kind."""
    return {
        "claimed_at": read.instant("claimed_at"),
        "categories": read.texts("categories"),
        "enclosures": tuple(_enclosure_from(child) for child in read.children("enclosures")),
        "image_url": read.text("image_url"),
        "comments_url": read.text("comments_url"),
        "location": read.text("location"),
        "outlet_language": read.text("outlet_language"),
        "pictures": pictures_from(read.children("pictures")),
    }


def _enclosure_document(enclosure: Enclosure) -> dict[str, Any]:
    fields = {
        "url": enclosure.url,
        "media_type": enclosure.media_type,
        "byte_count": enclosure.byte_count,
    }
    return {name: value for name, value in fields.items() if value}


def _enclosure_from(read: Fields) -> Enclosure:
    return Enclosure(
        read.text("url", required=True), read.text("media_type"), read.number("byte_count")
    )
