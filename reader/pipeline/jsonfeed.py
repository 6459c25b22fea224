"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1), read leniently: a wrong field is left out.

Runs in worker processes.
"""

from __future__ import annotations

import contextlib
import json
import re
from typing import Any

import orjson

from archive.characters import clean_line
from reader.pipeline.attached import attached_to_json
from reader.pipeline.clean import clean_url
from reader.pipeline.dates import DateReader
from reader.pipeline.identify import language_code
from reader.pipeline.parse import (
    ENTRY_LIMIT,
    Entry,
    FeedParseError,
    ParsedFeed,
    cut_note,
    text_as_html,
)

_ITEMS = re.compile(r'"items"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")


def parse_json_feed(text: str, url: str, *, is_cut: bool = False) -> ParsedFeed:
    """The feed in a decoded document. Raises FeedParseError if it is no JSON or no feed.

    One that `is_cut` at its end is read as far as its items are whole.
    """
    try:
        document = _load(_ended(text) if is_cut else text)
    except (ValueError, RecursionError):
        raise FeedParseError("is broken JSON") from None
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise FeedParseError("is JSON, but not a feed")
    items = [item for item in document["items"] if isinstance(item, dict)]
    language = language_code(_string(document, "language"))
    authors = _authors(document)
    dates = DateReader(filter(None, [language]))
    dated = sorted(items, key=lambda item: _string(item, "date_published"), reverse=True)
    kept = dated[:ENTRY_LIMIT] if len(items) > ENTRY_LIMIT else items
    return ParsedFeed(
        title=_line(document, "title"),
        site_url=clean_url(_string(document, "home_page_url"), url),
        entries=tuple(_entry(item, url, language, authors, dates) for item in kept),
        notes=(cut_note(len(items)),) if len(items) > ENTRY_LIMIT else (),
    )


def _ended(text: str) -> str:
    """The document, ended after its last whole item."""
    items = _ITEMS.search(text)
    end = items.end() if items else len(text)
    decoder = json.JSONDecoder(strict=False)
    with contextlib.suppress(ValueError, RecursionError):
        while between := _BETWEEN.match(text, end):
            _, end = decoder.raw_decode(text, between.end())
    return f"{text[:end]}]}}"


def _load(text: str) -> Any:
    """Orjson refuses lone surrogates and raw control characters, which feeds have: then json."""
    try:
        return orjson.loads(text)
    except ValueError:
        return json.loads(text, strict=False)


def _entry(
    item: dict[str, Any], url: str, feed_language: str, feed_authors: str, dates: DateReader
) -> Entry:
    content = _string(item, "content_html") or text_as_html(_string(item, "content_text"))
    published = dates.read(_string(item, "date_published"))
    updated = dates.read(_string(item, "date_modified"))
    return Entry(
        entry_id=_identity(item.get("id")),
        url=clean_url(_string(item, "url") or _string(item, "external_url"), url),
        title=_line(item, "title"),
        author=_authors(item) or feed_authors,
        published_at=published or updated,
        updated_at=updated,
        summary_html=text_as_html(_string(item, "summary")),
        content_html=content,
        language=language_code(_string(item, "language")) or feed_language,
        attached=attached_to_json(item, url),
    )


def _string(fields: dict[str, Any], key: str) -> str:
    value = fields.get(key)
    return value if isinstance(value, str) else ""


def _line(fields: dict[str, Any], key: str) -> str:
    return clean_line(_string(fields, key))


def _identity(value: Any) -> str:
    """The id; the specification wants a string and lets readers turn numbers into one."""
    usable = isinstance(value, str | int | float) and not isinstance(value, bool)
    return clean_line(str(value))[:2000] if usable else ""


def _authors(fields: dict[str, Any]) -> str:
    """Names of `authors` (1.1), else of `author` (1.0)."""
    stated = fields.get("authors")
    people = stated if isinstance(stated, list) and stated else [fields.get("author")]
    names = [_line(person, "name") for person in people if isinstance(person, dict)]
    return ", ".join(dict.fromkeys(filter(None, names)))
