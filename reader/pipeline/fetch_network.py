"""Connections: pools, proxies, one TLS context, a turn for each host, and ending all of it."""

from __future__ import annotations

import base64
import contextlib
import ipaddress
import ssl
import threading
import urllib.request
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit, urlunsplit

import urllib3

from reader.pipeline.fetch_clock import Clock
from reader.pipeline.fetch_reach import (
    PrivateAddress,
    Reach,
    host_of,
    is_private,
    is_private_number,
)
from reader.pipeline.fetch_watch import POOLS, PUBLIC_POOLS, Watch


class Connections:
    """Every connection of a Fetcher. Pools and the TLS context are made at the first request."""

    def __init__(self, connections: int, per_host: int, connect_timeout: float) -> None:
        self._pool_count = max(4 * connections, 16)
        self._per_host = per_host
        self._connect_timeout = connect_timeout
        self._lock = threading.Lock()
        self._managers: dict[tuple[str, bool], urllib3.PoolManager] = {}
        self._turns: dict[str, threading.BoundedSemaphore] = {}
        self._watches: set[Watch] = set()
        self._clock = Clock()
        self._tls: ssl.SSLContext | None = None
        self.closed = False

    @contextlib.contextmanager
    def watch(self, seconds: float) -> Iterator[Watch]:
        """The clock of one request; while inside, the request can be broken off."""
        watch = Watch(seconds, self._clock)
        with self._lock:
            self._watches.add(watch)
        try:
            yield watch
        finally:
            with self._lock:
                self._watches.discard(watch)

    @contextlib.contextmanager
    def turn(self, place: str, watch: Watch) -> Iterator[None]:
        """Waits until that host and port may be asked, then runs the watch for what is inside."""
        with self._lock:
            turn = self._turns.setdefault(place, threading.BoundedSemaphore(self._per_host))
        with turn, watch.running():
            yield

    def get(
        self, url: str, headers: dict[str, str], watch: Watch, reach: Reach
    ) -> urllib3.BaseHTTPResponse:
        """The answer to a GET with its body unread. Raises what urllib3 and the system raise.

        PrivateAddress, which urllib3 may have wrapped, where `reach` does not allow it.
        """
        address = _ascii_host(url)
        watch.peer = ""
        manager = self._manager(address, public_only=not reach.allows(host_of(url)))
        timeout = urllib3.Timeout(connect=min(self._connect_timeout, watch.left), read=watch.left)
        # One more try: a server may close a kept connection just when it is used again.
        for last in (False, True):
            if self.closed or watch.stopped:
                raise ConnectionAbortedError
            try:
                return manager.request(
                    "GET",
                    address,
                    headers=headers,
                    timeout=timeout,
                    redirect=False,
                    retries=False,
                    preload_content=False,
                    decode_content=False,
                    enforce_content_length=False,
                )
            except urllib3.exceptions.ProtocolError:
                if last or watch.expired or watch.stopped:
                    raise
        raise AssertionError("the second try returns or raises")

    def close(self) -> None:
        """Ends every request under way and closes every connection."""
        self.closed = True
        self.break_off()
        with self._lock:
            managers = list(self._managers.values())
        for manager in managers:
            manager.clear()
        self._clock.close()

    def break_off(self) -> None:
        """Ends every request under way, also one that waits for its turn or connects."""
        with self._lock:
            watches = list(self._watches)
        for watch in watches:
            watch.stop()

    def came_privately(self, url: str, watch: Watch) -> bool:
        """Whether the answer for that address came from a private one, as far as can be known."""
        if _proxy_for(_ascii_host(url)) or not watch.peer:
            return is_private_number(host_of(url))
        return is_private(watch.peer)

    def _manager(self, url: str, *, public_only: bool) -> urllib3.PoolManager:
        """The pools for that address: direct, or through the environment's proxy for it."""
        proxy = _proxy_for(url)
        if proxy:
            if public_only and is_private_number(host_of(url)):
                raise PrivateAddress
            public_only = False  # the proxy itself may be anywhere
        with self._lock:
            if (proxy, public_only) not in self._managers:
                self._managers[proxy, public_only] = self._new_manager(proxy, public_only)
            return self._managers[proxy, public_only]

    def _new_manager(self, proxy: str, public_only: bool) -> urllib3.PoolManager:
        tls = self._tls = self._tls or ssl.create_default_context()
        if proxy:
            manager: urllib3.PoolManager = urllib3.ProxyManager(
                proxy,
                num_pools=self._pool_count,
                maxsize=self._pool_count,
                ssl_context=tls,
                proxy_headers=_proxy_headers(proxy),
            )
        else:
            manager = urllib3.PoolManager(
                num_pools=self._pool_count, maxsize=self._per_host, ssl_context=tls
            )
        manager.pool_classes_by_scheme = PUBLIC_POOLS if public_only else POOLS
        return manager


def _proxy_for(url: str) -> str:
    """The proxy that the environment names for that address; never one for loopback."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if _is_loopback(host) or urllib.request.proxy_bypass(host):
        return ""
    proxies = urllib.request.getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all") or ""
    return proxy if not proxy or "://" in proxy else f"http://{proxy}"


def _proxy_headers(proxy: str) -> dict[str, str]:
    """What a proxy wants of a user and password in its address, percent-encoded there."""
    parts = urlsplit(proxy)
    if parts.username is None:
        return {}
    login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    encoded = base64.b64encode(login.encode()).decode("ascii")
    return {"Proxy-Authorization": f"Basic {encoded}"}


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _ascii_host(url: str) -> str:
    """`url` with its host in ASCII (IDNA). Raises ValueError if the host is no name."""
    parts = urlsplit(url)
    if parts.netloc.isascii():
        return url
    user, at, place = parts.netloc.rpartition("@")
    host, colon, port = place.partition(":")
    netloc = user + at + host.encode("idna").decode("ascii") + colon + port
    return urlunsplit(parts._replace(netloc=netloc))
