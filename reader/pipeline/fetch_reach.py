"""What of the private network a request may connect to, so that no feed can look into it.

Private is every address that the internet does not route to one host: RFC 1918, loopback,
link-local, 100.64.0.0/10 (RFC 6598), unique local and site-local IPv6, multicast, what is reserved,
and the IPv6 forms of such IPv4 addresses: mapped (RFC 4291, 2.5.5.2), 6to4 (RFC 3056) and NAT64
(RFC 6052; RFC 8215 is for local use as a whole).

An address that a person typed or imported may be private. From there on, what a server at a private
address says may lead to private addresses, as nobody outside wrote it; what a server at a public
one says may not. The address that counts is the one that is connected to, not the name's: a name
that means another address the second time (DNS rebinding) gains nothing. Behind a proxy, which
looks names up itself, only addresses written as numbers can be judged.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class PrivateAddress(OSError):
    """The address is private, and what led there was not."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The private addresses that may be connected to: none, those of some hosts, or all."""

    hosts: frozenset[str] = frozenset()
    everywhere: bool = False

    @classmethod
    def of(cls, url: str) -> Self:
        """That of an address which is the user's own: its host, wherever that is."""
        return cls(frozenset({host_of(url)}))

    def allows(self, host: str) -> bool:
        """Whether that host may be at a private address."""
        return self.everywhere or host in self.hosts

    def after(self, host: str, *, private: bool) -> Reach:
        """What an answer of that host may lead to, by where it was reached."""
        return Reach(self.hosts | {host} if private else self.hosts - {host}, private)


def host_of(url: str) -> str:
    """The host of an address, in lower case and without the full stop it may end in."""
    try:
        return (urlsplit(url).hostname or "").removesuffix(".")
    except ValueError:  # an unclosed bracket in the host
        return ""


def place_of(url: str) -> str:
    """Host and port, as waits and messages name a server; the port only where it is unusual."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return f"{host}:{parts.port}" if parts.port not in (None, usual) else host


def is_private(address: str) -> bool:
    """Whether an IP address is private; a zone (`%eth0`) is passed over. ValueError for a name."""
    found = _within(ipaddress.ip_address(address.partition("%")[0]))
    if isinstance(found, ipaddress.IPv6Address) and (found.is_site_local or found in _LOCAL_NAT64):
        return True
    return not found.is_global or found.is_multicast


def is_private_number(host: str) -> bool:
    """Whether a host is written as a private IP address, in any spelling that systems take.

    `2130706433`, `0x7f.1` and `127.1` are loopback for inet_aton(3), and so for every connection.
    """
    try:
        return is_private(host.strip("[]"))
    except ValueError:
        pass
    try:
        return is_private(socket.inet_ntoa(socket.inet_aton(host)))
    except (OSError, UnicodeError):
        return False


def _within(address: _Address) -> _Address:
    """The IPv4 address that an IPv6 address stands for, else the address itself."""
    if not isinstance(address, ipaddress.IPv6Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
