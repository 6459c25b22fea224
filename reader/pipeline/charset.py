"""Which encoding a document is in, whatever its headers and its own declaration claim.

Order of belief: a byte order mark; the pattern of UTF-16 without one; UTF-8 when the bytes are
valid UTF-8 (other encodings are that by accident only in the shortest texts); the HTTP header;
the declaration in the document; a guess. Runs in worker processes.
"""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']"""
    rb"""|<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""",
    re.IGNORECASE,
)
_IN_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,400}?\?>")

_ZERO_PATTERNS = {
    "x000": "utf-32-le",
    "000x": "utf-32-be",
    "x0x0": "utf-16-le",
    "0x0x": "utf-16-be",
}

# What browsers read under these names (WHATWG Encoding, 4.2): the larger set that pages mean.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# Names of WHATWG Encoding that Python's codecs do not have.
_UNKNOWN_TO_PYTHON = {
    "windows-874": "cp874",
    "dos-874": "cp874",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "iso885911": "iso8859-11",
    "windows-949": "cp949",
    "gb_2312": "gb2312",
    "cn-big5": "big5",
    "x-big5": "big5",
    "unicode11utf8": "utf-8",
    "unicode20utf8": "utf-8",
}
# UTF-16 and 32 are told by the bytes before this: stated, they are a false claim. The others are
# codecs of Python's that are no encodings of documents.
_NOT_FOR_PAGES = (
    "utf-16", "utf-32", "utf-7", "idna", "punycode", "unicode", "raw", "undefined", "mbcs", "oem",
    "rot", "base64", "bz2", "hex", "quopri", "uu", "zlib",
)  # fmt: skip
# Seven-bit encodings: their bytes are valid UTF-8 too, so only their name tells.
_ESCAPED = frozenset({"iso2022_jp", "iso2022_kr", "hz"})


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a document; bytes that its encoding does not have become U+FFFD."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    if wide := _wide_encoding(body):
        return body.decode(wide, "replace")
    stated = _stated_encodings(body, content_type)
    for encoding in stated:
        if encoding in _ESCAPED:
            return body.decode(encoding, "replace")
    for encoding in ("utf-8", *stated):
        if (text := _decode_strictly(body, encoding)) is not None:
            return text
    return _decode_damaged(body, stated)


def drop_declaration(markup: str) -> str:
    """`markup` without its XML declaration, whose encoding no longer holds once it is text."""
    return _XML_DECLARATION.sub("", markup, count=1)


def _stated_encodings(body: bytes, content_type: str) -> list[str]:
    """What the header and the document claim, in Python's names, unknown ones left out."""
    names = []
    if match := _IN_HEADER.search(content_type):
        names.append(match[1])
    if declared := _DECLARED.search(body[:4096]):
        names.append((declared[1] or declared[2]).decode("ascii"))
    return [encoding for name in names if (encoding := _known_encoding(name))]


def _known_encoding(name: str) -> str:
    name = name.lower().removeprefix("x-")
    try:
        found = codecs.lookup(_UNKNOWN_TO_PYTHON.get(name, name))
    except LookupError:
        return ""
    return "" if found.name.startswith(_NOT_FOR_PAGES) else _WIDER.get(found.name, found.name)


def _wide_encoding(body: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, by where the zero bytes of its first `<` or `{` stand."""
    start = body[:4]
    if len(start) < 4:
        return ""
    zeros = "".join("0" if byte == 0 else "x" for byte in start)
    return _ZERO_PATTERNS.get(zeros, "")


def _decode_strictly(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except (UnicodeDecodeError, ValueError):
        return None


def _decode_damaged(body: bytes, stated: list[str]) -> str:
    """A text in no encoding throughout: UTF-8 with a few bad bytes, else a guess."""
    as_utf8 = body.decode("utf-8", "replace")
    bad_count = as_utf8.count("\ufffd")
    good_count = sum(1 for character in as_utf8 if character > "\x7f") - bad_count
    if good_count > 4 * bad_count:
        return as_utf8
    legacy = [encoding for encoding in stated if encoding != "utf-8"]
    if legacy:
        return body.decode(legacy[0], "replace")
    return _guess(body) or body.decode("cp1252", "replace")


def _guess(body: bytes) -> str:
    """charset-normalizer's best guess (it is in the tree for trafilatura); empty without one."""
    from charset_normalizer import from_bytes

    best = from_bytes(body[:65536]).best()
    return body.decode(best.encoding, "replace") if best else ""
