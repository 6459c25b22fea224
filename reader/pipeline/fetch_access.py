"""On whose behalf a request is made: what it may reach, and what it carries."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from reader.pipeline.fetch_reach import Reach

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Access:
    """What goes with the requests of one feed. Without values: what a stranger may ask for.

    `login` (`user:password`) and `headers` are secrets: they go to the server of `home` (an address
    of the feed) alone, not after a redirect elsewhere, and not without TLS where `home` has it.
    """

    reach: Reach = field(default_factory=Reach)
    user_agent: str = ""
    home: str = ""
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    login: str = field(default="", repr=False)

    @classmethod
    def typed(cls, url: str, login: str = "") -> Self:
        """For an address that a person typed, with `user:password` where that was typed too."""
        return cls(Reach.of(url), home=url, login=login)

    def headers_for(self, url: str, usual: dict[str, str]) -> dict[str, str]:
        """What a request of that address carries: the usual headers, and the feed's over them."""
        carried = {"User-Agent": self.user_agent} if self.user_agent else {}
        secrets = dict((*basic_header(self.login), *self.headers))
        if secrets and is_same_server(self.home, url):
            carried |= secrets
        own = {name.lower() for name in carried}
        return {name: value for name, value in usual.items() if name.lower() not in own} | carried


def basic_header(login: str) -> tuple[tuple[str, str], ...]:
    """The header of RFC 7617 for `user:password`; none without that."""
    encoded = base64.b64encode(login.encode()).decode("ascii")
    return (("Authorization", f"Basic {encoded}"),) if login else ()


def is_same_server(home: str, url: str) -> bool:
    """Whether `url` is on the server of `home`, or on its port for TLS where `home` has none."""
    here, there = urlsplit(home), urlsplit(url)
    if not here.hostname or here.hostname != there.hostname:
        return False
    before = (here.scheme, here.port or _PORTS.get(here.scheme))
    after = (there.scheme, there.port or _PORTS.get(there.scheme))
    return before == after or (before, after) == (("http", 80), ("https", 443))
