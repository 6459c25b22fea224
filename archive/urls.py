"""Addresses as keys: what two URLs of one page have in common.

A key only compares; it is never fetched or shown. Unlike RFC 3986 equivalence it also drops what
publishers vary for one page: scheme, `www.`, tracking parameters, fragment, trailing slash.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

_TRACKING = re.compile(
    r"(?:utm_\w*|mtm_\w*|pk_\w*|matomo_\w*|hsa_\w*|_hs\w+|mc_[ce]id|at_(?:medium|campaign|custom\d)"
    r"|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mkt_tok"
    r"|_ga|_gl|ref_src|ref_url|cmpid|smid|spm|ocid|guce_referrer\w*|guccounter|vero_id|oly_\w+_id"
    r"|s_cid|ns_\w+|wt_mc|xtor|__twitter_impression)",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"https?://([a-z0-9.-]+)(/[A-Za-z0-9_.~/-]*)?")
"""An address of which nothing has to be escaped or left out; nearly every one is."""
_ESCAPE = re.compile("%[0-9a-fA-F]{2}")
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


@lru_cache(maxsize=4096)  # each is asked for several times on the way of the articles of a write
def url_key(url: str) -> str:
    """What identifies the page at that address; the text itself for what is no web address.

    A fragment that is a route (`#!/a`, `#/a`) names a page of its own and stays.
    """
    url = url.strip()
    if plain := _PLAIN.fullmatch(url):
        host, path = plain.groups("")
        return host.removeprefix("www.").removesuffix(".") + path.rstrip("/")
    try:
        parts = urlsplit(url)
    except ValueError:  # an unclosed bracket in the host
        return url
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return url
    host = parts.netloc.rpartition("@")[2].lower().removesuffix(_DEFAULT_PORTS[parts.scheme])
    key = host.removeprefix("www.").removesuffix(".") + _escaped(parts.path.rstrip("/"))
    if query := _own_parameters(parts.query):
        key += "?" + query
    if parts.fragment.startswith(("!", "/")):
        key += "#" + _escaped(parts.fragment)
    return key


def url_hash(key: str) -> int:
    """64 bits of a key, as SQLite stores a number.

    Of a million addresses two are alike in one archive of 37 million.
    """
    from hashlib import blake2b  # loads OpenSSL, which listings do without

    digest = blake2b(key.encode("utf-8", "ignore"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _own_parameters(query: str) -> str:
    """The query without tracking parameters, in an order that does not depend on the writer's."""
    parameters = [part for part in query.replace("&amp;", "&").split("&") if part]
    own = [part for part in parameters if not _TRACKING.fullmatch(part.partition("=")[0])]
    return _escaped("&".join(sorted(own)))


def _escaped(text: str) -> str:
    """The text with other letters than ASCII escaped and every escape in capitals."""
    text = quote(text, safe="%/?:@!$&'()*+,;=-._~[]|", errors="replace")
    return _ESCAPE.sub(lambda match: match[0].upper(), text)
