"""Addresses as people type them and as files that they import have them."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit, urlunsplit


def is_web_address(text: str) -> bool:
    """Whether the text is an http or https address with a host."""
    try:
        parts = urlsplit(text)
    except ValueError:  # an unclosed bracket in the host
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def split_login(url: str) -> tuple[str, str]:
    """A web address without its user and password, and those as `user:password` (RFC 3986, 3.2.1).

    The second is empty where the address states none.
    """
    parts = urlsplit(url)
    login, at, place = parts.netloc.rpartition("@")
    if not at:
        return url, ""
    user, _, password = login.partition(":")
    bare = urlunsplit(parts._replace(netloc=place))
    return bare, f"{unquote(user)}:{unquote(password)}" if login else ""
