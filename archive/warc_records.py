"""Pages as WARC 1.1 records, and back (ISO 28500:2017).

A page is a `response` (section 6.3); one whose body is stored already is a `revisit` (section 6.7)
of the profile identical-payload-digest, which says where that body is. Bodies are stored decoded,
as they were handed to the extractor: the headers that told of an encoding are kept under names of
their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from archive.errors import DamagedFile
from archive.fields import instant_from, instant_text
from archive.models import PageRef

if TYPE_CHECKING:
    from warcio.statusandheaders import StatusAndHeaders

HEAD_BYTES = 4096
"""As much of a record as its head needs, but for addresses of extreme length."""

_HIGHEST_STATUS = 999
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_ENCODINGS = ("content-encoding", "transfer-encoding", "content-length")
_ASKED = "X-Requested-URI"
# Not of the standard, but what Heritrix writes and warcio's tester knows.
_FILE, _OFFSET = "WARC-Refers-To-Filename", "WARC-Refers-To-File-Offset"


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page as it was fetched; header names are in lower case.

    `asked_url` is the address that was asked for, where redirects led from there to `url`; empty
    where that is not known.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime
    asked_url: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """The response that has the body of a revisit: what it is, and where it lies."""

    url: str
    fetched_at: datetime
    ref: PageRef


@dataclass(frozen=True, slots=True)
class Record:
    """What a record says. `digest` is that of the body; of a revisit, `page` has no body."""

    page: StoredPage
    digest: str
    original: Original | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What the first lines of a record say, without the page."""

    is_response: bool
    url: str
    asked_url: str
    fetched_at: str
    digest: str


def digest_of(body: bytes) -> str:
    """A body's digest as `WARC-Payload-Digest` has it (section 5.9): SHA-1 in base 32."""
    import base64
    import hashlib  # loads OpenSSL, which listings do without

    digest = hashlib.sha1(body, usedforsecurity=False).digest()
    return f"sha1:{base64.b32encode(digest).decode()}"


def record_bytes(page: StoredPage, original: Original | None = None) -> bytes:
    """The record of a page, compressed; a revisit of `original`, which has the same body."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    status = f"{min(max(page.status, 0), _HIGHEST_STATUS):03d} {_reason(page.status)}"
    lines = [*_header_lines(page.headers), ("Content-Length", str(len(page.body)))]
    headers = StatusAndHeaders(status, lines, protocol="HTTP/1.1")
    url, said = _one_line(page.url), {"WARC-Date": instant_text(page.fetched_at)}
    if page.asked_url:
        said[_ASKED] = _one_line(page.asked_url)
    if original is None:
        record = writer.create_warc_record(
            url,
            "response",
            payload=BytesIO(page.body),
            length=len(page.body),
            http_headers=headers,
            warc_headers_dict=said,
        )
    else:
        said |= {_FILE: original.ref.warc, _OFFSET: str(original.ref.offset)}
        record = writer.create_revisit_record(
            url,
            digest_of(page.body),
            _one_line(original.url),
            instant_text(original.fetched_at),
            http_headers=headers,
            warc_headers_dict=said,
        )
    writer.write_record(record)
    return out.getvalue()


def record_of(data: bytes, name: str) -> Record:
    """What an uncompressed record of the file `name` says. DamagedFile."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        record = next(iter(ArchiveIterator(BytesIO(data))))
        said = record.rec_headers
        page = StoredPage(
            url=said.get_header("WARC-Target-URI"),
            status=int(record.http_headers.get_statuscode()),
            headers=_headers_of(record.http_headers),
            body=record.content_stream().read(),
            fetched_at=instant_from(said.get_header("WARC-Date")),
            asked_url=said.get_header(_ASKED) or "",
        )
        original = None
        if record.rec_type == "revisit":
            original = Original(
                url=said.get_header("WARC-Refers-To-Target-URI"),
                fetched_at=instant_from(said.get_header("WARC-Refers-To-Date")),
                ref=PageRef(said.get_header(_FILE) or "", int(said.get_header(_OFFSET) or 0)),
            )
        return Record(page, said.get_header("WARC-Payload-Digest") or "", original)
    except (ArchiveLoadFailed, StopIteration, AttributeError, TypeError, ValueError) as error:
        raise DamagedFile(name, "it holds no page record there") from error


def head_of(data: bytes) -> Head | None:
    """What the beginning of an uncompressed record says; None where it is none."""
    if not data.startswith(b"WARC/1."):
        return None
    lines = data.partition(b"\r\n\r\n")[0].decode("utf-8", "replace").split("\r\n")[1:]
    said = {
        name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
    }
    return Head(
        is_response=said.get("warc-type") == "response",
        url=said.get("warc-target-uri", ""),
        asked_url=said.get(_ASKED.lower(), ""),
        fetched_at=said.get("warc-date", ""),
        digest=said.get("warc-payload-digest", ""),
    )


def _headers_of(headers: StatusAndHeaders) -> dict[str, str]:
    named = {key.lower(): value for key, value in headers.headers}
    return {key: named[key] for key in named if key != "content-length"}


def _header_lines(headers: Mapping[str, str]) -> list[tuple[str, str]]:
    """The headers that have a name as RFC 9110, section 5.6.2 allows it."""
    lines = []
    for name, value in headers.items():
        if _TOKEN.fullmatch(name):
            prefix = "X-Archive-Orig-" if name.lower() in _ENCODINGS else ""
            lines.append((prefix + name, _one_line(value)))
    return lines


def _one_line(text: str) -> str:
    """A header's text without what would end or break its line."""
    return "".join(each for each in text if each.isprintable()).strip()


def _reason(status: int) -> str:
    from http import HTTPStatus

    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
