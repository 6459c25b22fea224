"""Who asks: the User-Agent that servers see (RFC 9110, 10.1.5)."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, metadata


@cache
def user_agent() -> str:
    """`newsreader/0.1.0 (terminal news reader; +ADDRESS)`, the address if the package has one."""
    try:
        stated = metadata("newsreader")
    except PackageNotFoundError:
        return "newsreader (terminal news reader)"
    urls = [url.partition(",")[2].strip() for url in stated.get_all("Project-URL") or ()]
    about = "; +".join(["terminal news reader", *urls[:1]])
    return f"newsreader/{stated['Version']} ({about})"
