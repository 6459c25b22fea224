"""Who asks: the User-Agent that servers see (RFC 9110, 10.1.5)."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, metadata


@cache
def user_agent(contact: str = "") -> str:
    """`newsreader/0.1.0 (terminal news reader; +ADDRESS)`.

    The address is the package's, if it has one, and who reads here may be written to at `contact`,
    a web or mail address.
    """
    try:
        stated = metadata("newsreader")
    except PackageNotFoundError:
        name, urls = "newsreader", []
    else:
        name = f"newsreader/{stated['Version']}"
        urls = [url.partition(",")[2].strip() for url in stated.get_all("Project-URL") or ()][:1]
    # With a plus crawlers mark the web address that says who they are.
    places = (place if "@" in place else f"+{place}" for place in (*urls, contact) if place)
    return f"{name} ({'; '.join(['terminal news reader', *places])})"
