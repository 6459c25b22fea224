"""What a person may set of one feed: the keys, their values in words, and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from archive.characters import clean_line
from archive.models import Feed
from reader.errors import UsageProblem
from reader.switches import switch_words, switched

if TYPE_CHECKING:
    from reader.credentials import Secrets

INTERVAL_LEAST, INTERVAL_MOST = 5, 10_080
"""Minutes between two refreshes of a feed that a person may ask for: up to a week."""
AUTOMATIC = "auto"
SECRET_KEYS = ("header", "cookie", "auth")
NONE = "none"
# RFC 9110, 5.6.2. Those that say how a message is framed or routed are the connection's own.
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_OWN_HEADERS = frozenset(
    {"accept-encoding", "connection", "content-length", "host", "te", "trailer"}
    | {"transfer-encoding", "upgrade", "proxy-authorization"}
)

Fields = dict[str, Any]


def changed(feed: Feed, key: str, value: str) -> Feed:
    """The feed with that setting; raises UsageProblem, which names the key or the value."""
    if key not in SETTERS:
        known = ", ".join((*SETTERS, *SECRET_KEYS))
        raise UsageProblem(
            key or "an empty key", "is nothing that can be set", f"Known are {known}"
        )
    return SETTERS[key](feed, clean_line(value).strip())


def shown(feed: Feed) -> dict[str, str]:
    """Every setting but the secrets as it would be typed, by key."""
    settings = feed.settings
    return {
        "title": feed.name,
        "folder": feed.folder,
        "tags": ", ".join(feed.tags),
        "interval": str(settings.interval_minutes or AUTOMATIC),
        "pages": switch_words(settings.pages),
        "user_agent": settings.user_agent,
        "mute": switch_words(settings.muted),
    }


def settings_fields(feed: Feed, secrets: Secrets) -> Fields:
    """The settings of a feed as JSON; of secrets only that they are there."""
    settings = feed.settings
    return {
        "id": feed.feed_id,
        "feed_url": feed.feed_url,
        "title": feed.user_title or feed.title,
        "folder": feed.folder,
        "tags": list(feed.tags),
        "interval": settings.interval_minutes or None,
        "pages": settings.pages,
        "user_agent": settings.user_agent or None,
        "mute": settings.muted,
        "headers": [name for name, _ in secrets.headers],
        "cookie": bool(secrets.cookie),
        "auth": bool(secrets.auth),
    }


def changed_secrets(secrets: Secrets, key: str, value: str) -> Secrets:
    """The secrets with one of SECRET_KEYS set, or taken away by `none`; raises UsageProblem.

    A header goes in the place of one of its name. No error says the value.
    """
    if value != NONE and not (value and value.isprintable()):
        raise UsageProblem(key, "is empty or has control characters", f"{key}={NONE} takes it away")
    kept = "" if value == NONE else value
    match key:
        case "header":
            return replace(secrets, headers=_with_header(secrets.headers, kept) if kept else ())
        case "auth" if kept and not all(kept.partition(":")):
            raise UsageProblem("auth", "is no user and password", "Give USER:PASSWORD")
        case "auth":
            return replace(secrets, auth=kept)
        case _:
            return replace(secrets, cookie=kept)


def _with_header(headers: tuple[tuple[str, str], ...], text: str) -> tuple[tuple[str, str], ...]:
    name, colon, value = (part.strip() for part in text.partition(":"))
    if not colon or not _HEADER_NAME.fullmatch(name) or not value:
        raise UsageProblem("header", "is no header", "Give NAME: VALUE, in quotes")
    if name.lower() in _OWN_HEADERS:
        raise UsageProblem(f"header {name}", "is the connection's own", "Leave it out")
    if not value.isascii():
        raise UsageProblem(f"header {name}", "has other letters than ASCII", "Encode its value")
    kept = [pair for pair in headers if pair[0].lower() != name.lower()]
    return (*kept, (name, value))


def _title(feed: Feed, value: str) -> Feed:
    return replace(feed, user_title="" if value == feed.title else value)


def _folder(feed: Feed, value: str) -> Feed:
    parts = (part.strip() for part in value.split("/"))
    return replace(feed, folder="/".join(part for part in parts if part))


def _tags(feed: Feed, value: str) -> Feed:
    tags = dict.fromkeys(tag.strip() for tag in value.split(",") if tag.strip())
    return replace(feed, tags=tuple(tags))


def _interval(feed: Feed, value: str) -> Feed:
    minutes = 0
    if value != AUTOMATIC:
        digits = value if value.isascii() and value.isdecimal() else "0"
        minutes = int(digits[:9])
        if not INTERVAL_LEAST <= minutes <= INTERVAL_MOST:
            remedy = f"Give minutes from {INTERVAL_LEAST} to {INTERVAL_MOST}, or {AUTOMATIC}"
            raise UsageProblem(f"interval={value}", "is no interval", remedy)
    return replace(feed, settings=replace(feed.settings, interval_minutes=minutes))


def _pages(feed: Feed, value: str) -> Feed:
    return replace(feed, settings=replace(feed.settings, pages=switched("pages", value)))


def _mute(feed: Feed, value: str) -> Feed:
    return replace(feed, settings=replace(feed.settings, muted=switched("mute", value)))


def _user_agent(feed: Feed, value: str) -> Feed:
    if not value.isascii():
        raise UsageProblem("user_agent", "has other letters than ASCII", "Give plain letters")
    return replace(feed, settings=replace(feed.settings, user_agent=value))


SETTERS: Mapping[str, Callable[[Feed, str], Feed]] = {
    "title": _title,
    "folder": _folder,
    "tags": _tags,
    "interval": _interval,
    "pages": _pages,
    "user_agent": _user_agent,
    "mute": _mute,
}
"""How each key but the secret ones is set, in the order they are shown."""
