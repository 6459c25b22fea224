"""Failures of the network in words that a reader of news understands.

Each function returns one plain clause, without a full stop and without the address it is about
(the caller names that), e.g. `example.org refused the connection`.
"""

from __future__ import annotations

import errno
import http.client
import socket
import ssl
from typing import Literal

from reader.pipeline.fetch_reach import PrivateAddress

Kind = Literal["feed", "page", "picture"]
"""What a request is for."""

PROXY = "the proxy that the environment names"
_UNTOLD = ("application/octet-stream", "application/unknown")


def status_words(status: int) -> str:
    """What an answer of that HTTP status says: `answered 404 Not Found`."""
    phrase = http.client.responses.get(status, "")
    return f"answered {status} {phrase}".rstrip()


def size_words(limit_bytes: int) -> str:
    """That a body is over its limit: `is larger than 5 MB`."""
    return f"is larger than {limit_bytes // 1_000_000} MB"


def late_words(place: str, seconds: float) -> str:
    """That a server took too long: `example.org did not answer within 30 seconds`."""
    return f"{place} did not answer within {seconds:g} second{'' if seconds == 1 else 's'}"


def type_problem(wanted: Kind, content_type: str) -> str:
    """Why a body of that Content-Type is not what is wanted; empty if it may be.

    A feed may come as anything.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if wanted == "picture":
        return _picture_problem(kind)
    return _page_problem(kind) if wanted == "page" else ""


def _picture_problem(kind: str) -> str:
    if kind.startswith("image/svg"):
        return "is a drawing in SVG, which is a program and not kept"
    if not kind or kind.startswith("image/") or kind in _UNTOLD:
        return ""
    return f"is of the type {kind[:60]}, not a picture"


def _page_problem(kind: str) -> str:
    if not kind or kind.startswith("text/") or kind.endswith(("/xml", "+xml")):
        return ""
    if kind in _UNTOLD:
        return ""
    main, _, sub = kind.partition("/")
    names = {"image": "a picture", "audio": "a sound", "video": "a film", "font": "a font"}
    name = "a PDF" if sub in ("pdf", "x-pdf") else names.get(main, f"of the type {kind[:60]}")
    return f"is {name}, not a web page"


def is_read_timeout(error: BaseException) -> bool:
    """Whether a server that was connected sent nothing for too long."""
    from urllib3.exceptions import ReadTimeoutError

    return isinstance(error, ReadTimeoutError)


def error_words(error: BaseException, place: str, connect_timeout: float) -> str:
    """Why a request to `place` (a host with its port) failed."""
    from urllib3 import exceptions as errors

    root = _root_cause(error)
    if isinstance(root, PrivateAddress):
        return f"{place} is an address of a private network, where nothing public may lead"
    if words := _proxy_words(error, root):
        return words
    place = PROXY if isinstance(error, errors.ProxyError) else place
    if isinstance(error, errors.NameResolutionError) or isinstance(root, socket.gaierror):
        return f"the name {place.rsplit(':', 1)[0]} is not known"
    # urllib3 derives NewConnectionError, a refusal, from ConnectTimeoutError.
    refused = isinstance(error, errors.NewConnectionError)
    if isinstance(error, errors.ConnectTimeoutError) and not refused:
        return late_words(place, connect_timeout)
    if isinstance(error, errors.TimeoutError) and not refused:
        return f"{place} stopped answering"
    if isinstance(root, ssl.SSLCertVerificationError):
        return f"{place} has no valid certificate ({_certificate_words(root)})"
    if isinstance(root, ssl.SSLError):
        return f"{place} does not speak TLS as it should"
    if isinstance(root, OSError):
        return f"{place} {_system_words(root)}"
    if isinstance(error, errors.ProtocolError) or isinstance(root, http.client.HTTPException):
        return f"{place} did not answer as a web server does"
    return f"{place} cannot be asked ({type(error).__name__})"


def _proxy_words(error: BaseException, root: BaseException) -> str:
    """What is wrong with the proxy but not with its connection; empty for anything else."""
    from urllib3.exceptions import ProxySchemeUnknown

    if isinstance(error, ProxySchemeUnknown):
        return f"{PROXY} is none of http or https"
    if str(root).startswith("Tunnel connection failed"):  # so says http.client
        return f"{PROXY} does not let the request through"
    return ""


def _root_cause(error: BaseException) -> BaseException:
    """The innermost exception: urllib3 wraps what the system and ssl raise."""
    seen = {id(error)}
    while (inner := _inner(error)) is not None and id(inner) not in seen:
        seen.add(id(inner))
        error = inner
    return error


def _inner(error: BaseException) -> BaseException | None:
    wrapped = getattr(error, "original_error", None) or getattr(error, "reason", None)
    for candidate in (wrapped, error.__cause__, *error.args):
        if isinstance(candidate, BaseException):
            return candidate
    return error.__context__


def _certificate_words(error: ssl.SSLCertVerificationError) -> str:
    return getattr(error, "verify_message", "") or "it cannot be verified"


def _system_words(error: OSError) -> str:
    known = {
        errno.ECONNREFUSED: "refused the connection",
        errno.ECONNRESET: "broke off the connection",
        errno.EPIPE: "broke off the connection",
        errno.ECONNABORTED: "broke off the connection",
        errno.EHOSTUNREACH: "cannot be reached",
        errno.ENETUNREACH: "cannot be reached: there is no network",
        errno.ETIMEDOUT: "did not answer",
    }
    if isinstance(error, http.client.RemoteDisconnected):
        return "closed the connection without an answer"
    return known.get(error.errno or 0, "cannot be reached")
