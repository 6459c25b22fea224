"""Dates as outlets write them, read strictly: a date is believed only if its text states it.

feedparser's own parsing invents (it made March into November, and 1772 of a time), so its parsed
values are not used; the text of a date is read here. Runs in worker processes; dateparser is
loaded only for dates in words.
"""

from __future__ import annotations

import email.utils
import re
import warnings
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

LANGUAGES = (
    "en", "es", "zh", "de", "fr", "it", "pt", "ru", "ja", "nl", "pl", "sv", "da", "nb", "fi", "cs",
    "uk", "tr", "ko", "hu", "ro", "el",
)  # fmt: skip
"""Whose names of months and days are known in every document; each more costs time at failures."""
MOST_UNREADABLE = 50

# Years that cannot be true are read as well, so that the claim can be shown.
_YEAR = re.compile(r"(?<!\d)(?:19|2\d)\d\d(?!\d)|(?:19|20)\d{6}(?!\d)")
# Seconds or milliseconds since 1970 (POSIX), of 2001 to 2033; no year and month at the beginning.
_UNIX_TIME = re.compile(r"(?!19\d\d(?:0[1-9]|1[0-2]))(1\d{9})(?:\d{3})?")
_DOTTED = re.compile(r"(?<!\d)\d{1,2}\.\s?\d{1,2}\.\s?\d{4}(?!\d)")
_MIDNIGHT = re.compile(r"(?<=[Tt\s])24:00(?::00(?:\.0+)?)?(?![\d:])")
_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[T ]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?\s*(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?",
    re.IGNORECASE,
)
_RFC822_YEAR = re.compile(r"\s(?:19|2\d)\d\d(?:\s|$)")
# The form of most feeds, in a quarter of the time.
_MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_USUAL_RFC822 = re.compile(
    rf"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), ([0-9]{{2}}) ({'|'.join(_MONTH_NAMES)})"
    r" ((?:19|2[0-9])[0-9]{2}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) (?:\+0000|GMT)"
)
_MONTHS = {name: at for at, name in enumerate(_MONTH_NAMES, 1)}
_NAMED_ZONE = re.compile(r"\b([A-Z]{2,5})\s*$")
# Names that email.utils does not know, in minutes east of Greenwich; ambiguous ones left out.
_ZONES = {
    "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "MEZ": 60, "CEST": 120, "MESZ": 120, "EET": 120,
    "SAST": 120, "EEST": 180, "MSK": 180, "PKT": 300, "WIB": 420, "HKT": 480, "SGT": 480,
    "AWST": 480, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
}  # fmt: skip
_LONGEST = 200
_LONGEST_WORDS = 80


def parse_date(text: str, languages: tuple[str, ...] = ()) -> datetime | None:
    """The instant in UTC that `text` states; None unless it states a year, month and day.

    Unix time, ISO 8601, RFC 3339, RFC 822 in its wild forms, then words in `LANGUAGES` and those
    given. A time without a zone is taken for UTC.
    """
    return DateReader(languages).read(text)


class DateReader:
    """Reads the dates of one document, which is in `languages` where those are stated.

    Words that no language knows are costly, as all are tried: after `MOST_UNREADABLE` of them the
    document's other words are not read.
    """

    def __init__(self, languages: Iterable[str] = ()) -> None:
        self._languages = list(dict.fromkeys((*languages, *LANGUAGES)))
        self._left = MOST_UNREADABLE
        self._parsers: dict[bool, DateDataParser] = {}

    def read(self, text: str) -> datetime | None:
        """The instant that a text states, as `parse_date` has it."""
        text = " ".join(text[:_LONGEST].split())
        if seconds := _UNIX_TIME.fullmatch(text):
            return datetime.fromtimestamp(int(seconds[1]), UTC)
        if not _YEAR.search(text):
            return None
        return parse_stamp(text) or _in_utc(self._read_words(text))

    def _read_words(self, text: str) -> datetime | None:
        """Names of months and days in other languages, and other orders of the parts."""
        if len(text) > _LONGEST_WORDS or not self._left:
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                moment = self._parser(text).get_date_data(text).date_obj
            except (ValueError, OverflowError, RecursionError):
                moment = None
        if isinstance(moment, datetime) and str(moment.year) in text:
            return moment
        self._left -= 1
        return None

    def _parser(self, text: str) -> DateDataParser:
        """dateparser, which learns the language of a document as it reads; `4.3.` is a 4 March."""
        has_dots = bool(_DOTTED.search(text))
        if has_dots not in self._parsers:
            from dateparser.data.languages_info import language_order
            from dateparser.date import DateDataParser

            self._parsers[has_dots] = DateDataParser(
                languages=[each for each in self._languages if each in language_order],
                use_given_order=True,
                settings={
                    "REQUIRE_PARTS": ["year", "month", "day"],
                    # Not "relative-time", which takes the `0s` of a broken stamp for "now".
                    "PARSERS": ["custom-formats", "absolute-time", "no-spaces-time"],
                    "RETURN_AS_TIMEZONE_AWARE": True,
                    "TIMEZONE": "UTC",
                    **({"DATE_ORDER": "DMY"} if has_dots else {}),
                },
            )
        return self._parsers[has_dots]


def parse_stamp(text: str) -> datetime | None:
    """The same for the written standards only, which is fast."""
    text = " ".join(text[:_LONGEST].split())
    # 24:00 is the end of the day (ISO 8601), which Python does not read.
    same_day = _MIDNIGHT.sub("00:00", text)
    moment = _parse_iso(same_day) or _parse_rfc822(same_day)
    return _in_utc(moment, timedelta(days=same_day != text))


def _in_utc(moment: datetime | None, later: timedelta = timedelta(0)) -> datetime | None:
    if moment is None:
        return None
    try:
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC) + later
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
    if usual := _USUAL_RFC822.fullmatch(text):
        day, month, year, hour, minute, second = usual.groups()
        with suppress(ValueError):
            date = int(year), _MONTHS[month], int(day)
            return datetime(*date, int(hour), int(minute), int(second), tzinfo=UTC)
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
