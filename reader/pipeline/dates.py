"""Dates as outlets write them, read strictly: a date is believed only if its text states it.

feedparser's own parsing invents (it made March into November, and 1772 of a time), so its parsed
values are not used; the text of a date is read here. Runs in worker processes; dateparser is
loaded only for dates in words.
"""

from __future__ import annotations

import email.utils
import re
import warnings
from datetime import UTC, datetime

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?:19|20)\d{6}(?!\d)")
_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[T ]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?\s*(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?",
    re.IGNORECASE,
)
_RFC822_YEAR = re.compile(r"\s(?:19|20)\d\d(?:\s|$)")
_NAMED_ZONE = re.compile(r"\b([A-Z]{2,5})\s*$")
# Names that email.utils does not know, in minutes east of Greenwich; ambiguous ones left out.
_ZONES = {
    "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "MEZ": 60, "CEST": 120, "MESZ": 120, "EET": 120,
    "SAST": 120, "EEST": 180, "MSK": 180, "PKT": 300, "WIB": 420, "HKT": 480, "SGT": 480,
    "AWST": 480, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
}  # fmt: skip
_LONGEST = 200


def parse_date(text: str, languages: tuple[str, ...] = ()) -> datetime | None:
    """The instant in UTC that `text` states; None unless it states a year, month and day.

    ISO 8601, RFC 3339, RFC 822 in its wild forms, then words in the languages that dateparser
    knows. A time without a zone is taken for UTC.
    """
    text = " ".join(text[:_LONGEST].split())
    if not _YEAR.search(text):
        return None
    return _in_utc(_parse_iso(text) or _parse_rfc822(text) or _parse_words(text, languages))


def parse_stamp(text: str) -> datetime | None:
    """The same for the written standards only, which is fast."""
    text = " ".join(text[:_LONGEST].split())
    return _in_utc(_parse_iso(text) or _parse_rfc822(text))


def _in_utc(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None


def _parse_iso(text: str) -> datetime | None:
    match = _ISO.fullmatch(text)
    if not match:
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    offset = (zone or "Z").upper().replace("UTC", "Z").replace("GMT", "Z").replace(":", "")
    stamp = f"{year}-{month}-{day}T{hour or '00'}:{minute or '00'}:{second or '00'}"
    shift = "+00:00" if offset == "Z" else f"{offset[:3]}:{offset[3:5] or '00'}"
    try:
        moment = datetime.fromisoformat(stamp + shift)
        return moment.replace(microsecond=int((fraction or "0").ljust(6, "0")[:6]))
    except ValueError:
        return None


def _parse_rfc822(text: str) -> datetime | None:
    """RFC 822 and 5322, with the zones that feeds name; two-digit years are not believed."""
    if not _RFC822_YEAR.search(text):
        return None
    zone = _NAMED_ZONE.search(text)
    minutes = _ZONES.get(zone[1]) if zone else None
    if zone and minutes is not None:
        text = f"{text[: zone.start()]}+{minutes // 60:02}{minutes % 60:02}"
    try:
        return email.utils.parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None


def _parse_words(text: str, languages: tuple[str, ...]) -> datetime | None:
    """Names of months and days in other languages, and other orders of the parts."""
    import dateparser

    settings = {
        "REQUIRE_PARTS": ["year", "month", "day"],
        "RETURN_AS_TIMEZONE_AWARE": True,
        "TIMEZONE": "UTC",
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for chosen in (list(languages) or None, None):
            try:
                moment: datetime | None = dateparser.parse(
                    text, languages=chosen, settings=settings
                )
            except (ValueError, OverflowError, RecursionError):
                continue
            if moment and str(moment.year) in text:
                return moment
    return None
