"""The links that an HTTP answer states in its header `Link` (RFC 8288, 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from archive.characters import clean_line

# A target in angle brackets, or one parameter: `; name`, `; name=token`, `; name="quoted"`.
_PART = re.compile(
    r'\s*(?:,?\s*<([^<>]*)>|;\s*([\w!#$&+.^`|~*-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",;]+)))?)',
    re.ASCII,
)
_ESCAPED = re.compile(r"\\(.)")
# RFC 8187, 3.2: charset, language, and the value in escapes.
_EXTENDED = re.compile(r"utf-8'[\w-]*'(.*)", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class HeaderLink:
    """A link as the header states it; `target` may be relative to the answer's address."""

    target: str
    relations: tuple[str, ...] = ()
    media_type: str = ""
    title: str = ""


def links_in(header: str) -> Iterator[HeaderLink]:
    """The links of a header's value, up to the first that is broken.

    One with an `anchor` is about another document, and left out.
    """
    target, parameters = "", dict[str, str]()
    at = 0
    while part := _PART.match(header, at):
        at = part.end()
        if part[1] is not None:
            yield from _link(target, parameters)
            target, parameters = part[1].strip(), {}
        else:
            value = _ESCAPED.sub(r"\1", part[3]) if part[3] is not None else part[4]
            # RFC 8288, 3.3 and 3.4.1: of a parameter that stands twice the first counts.
            parameters.setdefault(part[2].lower(), value or "")
    yield from _link(target, parameters)


def _link(target: str, parameters: dict[str, str]) -> Iterator[HeaderLink]:
    if not target or "anchor" in parameters:
        return
    extended = _EXTENDED.fullmatch(parameters.get("title*", ""))
    yield HeaderLink(
        target,
        tuple(parameters.get("rel", "").lower().split()),
        parameters.get("type", "").partition(";")[0].strip().lower(),
        clean_line(unquote(extended[1]) if extended else parameters.get("title", "")),
    )
