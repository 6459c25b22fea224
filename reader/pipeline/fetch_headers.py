"""The headers of requests, and those of an answer, as urllib3 has them, made plain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from urllib3 import HTTPHeaderDict

ACCEPTED = {
    "feed": "application/rss+xml, application/atom+xml, application/feed+json, "
    "application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, "
    "text/html;q=0.5, */*;q=0.1",
    "page": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
    "picture": "image/webp, image/jpeg, image/png, image/gif, image/*;q=0.5",
}
"""The types that a request asks for, by what it is for (RFC 9110, 12.5.1)."""


def plain_headers(stated: HTTPHeaderDict) -> dict[str, str]:
    """The headers by lower-case names. Of one that stands several times the last counts.

    But `Link`, which servers split over several lines (RFC 9110, 5.3): that is joined.
    """
    plain = {name.lower(): value for name, value in stated.items()}
    if "link" in plain:
        plain["link"] = as_utf8(stated["link"])
    return plain


def conditions(before: Mapping[str, str]) -> dict[str, str]:
    """What makes a request conditional on the headers of an earlier answer (RFC 9110, 13.1)."""
    stated = {
        "If-None-Match": before.get("etag", ""),
        "If-Modified-Since": before.get("last-modified", ""),
    }
    return {name: value for name, value in stated.items() if value}


def as_utf8(value: str) -> str:
    """A header's value as its sender meant it: http.client reads every byte as a character."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return value
