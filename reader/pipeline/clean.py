"""Bytes, markup and addresses from outside, made safe for what reads them next.

In: decoding a document whatever it says of its encoding, taking out what makes parsers fail or
hang, judging addresses. Not in: characters of finished texts, which are `archive.characters`'s.

Runs in worker processes, but for `clean_url`, which needs the standard library only.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

# Newline, tab and carriage return are the only C0 characters that XML 1.0 (2.2) and HTML allow.
_RAW_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
_ASCII_CONTROLS = bytes(code for code in range(128) if _RAW_CONTROLS.match(chr(code)))
_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]+)|0*([0-9]+));?")
_MOST_DIGITS = 7  # of the last code point, 1114111, without leading zeros
_ALLOWED_CONTROLS = frozenset({9, 10, 13})
# Controls, and what is invisible or turns the direction of an address that is shown.
_UNSAFE_IN_URL = re.compile(
    "[\x00-\x20\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\U000e0000-\U000e007f]"
)
_ABSOLUTE = re.compile("https?://", re.IGNORECASE)
# Most addresses: what the full reading below gives back as it is, told in a tenth of its time.
_AS_IT_IS = re.compile(
    r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::[1-9][0-9]{0,3})?"
    r"(?:/[!-\"$->@-~]*)?(?:\?[!-\"$-~]+)?(?:\#[!-~]+)?"
)
# As many are written in pages: a path from the root without anything that joining would change.
_FROM_ROOT = re.compile(r"(?:/[A-Za-z0-9_~%+,=@!()-][A-Za-z0-9_~%+,=@!().-]*)+/?")
_WHITE_SPACE_IN_URL = re.compile(r"[\t\r\n]")


def clean_markup(markup: str) -> str:
    """`markup` without control characters, and with a space for each numeric reference to such.

    A space and not nothing, because what stands around it may join up to another reference, as in
    `&#&#4;4;`.

    feedparser raises on `&#xd800;`, and trafilatura returns nothing for a page with one `&#27;`.
    References to 128-159 mean Windows-1252 in HTML (WHATWG, "numeric character reference end
    state") and in old feeds, and become the characters they mean.
    """
    return _REFERENCE.sub(_safe_reference, _without_controls(markup))


def _without_controls(markup: str) -> str:
    if markup.isascii():  # then it takes a quarter of the time
        return markup.encode().translate(None, _ASCII_CONTROLS).decode()
    return _RAW_CONTROLS.sub("", markup)


def _safe_reference(match: re.Match[str]) -> str:
    digits = match[1] or match[2]
    code = int(digits, 16 if match[1] else 10) if len(digits) <= _MOST_DIGITS else sys.maxsize
    if 0x80 <= code <= 0x9F:
        return bytes([code]).decode("cp1252", "ignore") or " "
    if code > 0x10FFFF or code in (0xFFFE, 0xFFFF) or 0xD800 <= code <= 0xDFFF:
        return " "
    if (code < 0x20 or code == 0x7F) and code not in _ALLOWED_CONTROLS:
        return " "
    return match[0]


def clean_url(url: str, base: str = "") -> str:
    """`url` made absolute on `base`, or an empty string unless it is http or https with a host.

    White space at the ends and line breaks within are dropped as browsers do (WHATWG URL, 4.4);
    other characters that no address may hold are percent-encoded, so that an address is one word.
    """
    url = _WHITE_SPACE_IN_URL.sub("", url.strip())
    if not url:
        return ""
    if _AS_IT_IS.fullmatch(url):
        return url
    if _FROM_ROOT.fullmatch(url) and (origin := _origin(base)):
        return origin + url
    try:
        joined = url if _ABSOLUTE.match(url) else urljoin(base, url)
        parts = urlsplit(joined)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        return ""
    whole = urlunsplit(parts)
    if whole.isascii() and whole.isprintable() and " " not in whole:
        return whole
    if _UNSAFE_IN_URL.search(parts.netloc):
        return ""
    return _UNSAFE_IN_URL.sub(lambda match: quote(match[0]), whole)


@lru_cache(maxsize=256)
def _origin(base: str) -> str:
    """The beginning of an address up to its path; empty where that takes the full reading."""
    return re.split("(?<=[^:/])[/?#]", base, maxsplit=1)[0] if _AS_IT_IS.fullmatch(base) else ""
