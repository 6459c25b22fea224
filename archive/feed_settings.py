"""A feed's settings as part of its document: only what differs from the default."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from archive.feed_models import FeedSettings
from archive.fields import Fields

_DEFAULT = FeedSettings()


def settings_document(settings: FeedSettings) -> dict[str, Any]:
    """The settings that were set; empty where none was."""
    default = asdict(_DEFAULT)
    return {name: value for name, value in asdict(settings).items() if value != default[name]}


def settings_from(read: Fields | None) -> FeedSettings:
    """The settings of a document. DamagedFile where one is of another kind."""
    if read is None:
        return _DEFAULT
    return FeedSettings(
        interval_minutes=max(read.number("interval_minutes"), 0),
        pages=read.truth("pages", otherwise=_DEFAULT.pages),
        user_agent=read.text("user_agent"),
        muted=read.truth("muted"),
    )
