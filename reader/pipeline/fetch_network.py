"""Connections: pools, proxies, one TLS context, a turn for each host, and a clock on each request.

urllib3's own timeouts are per read, so a server that sends a byte now and then holds a thread for
ever. A `Watch` therefore shuts the socket when a request's time is up, which ends any read.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import ssl
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextvars import ContextVar
from urllib.parse import urlsplit, urlunsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

# The connection learns of the request's watch in the thread that makes the request.
_WATCH: ContextVar[Watch | None] = ContextVar("watch", default=None)


class Watch:
    """The time that one request, with all its redirects, may take in seconds.

    Runs only while a request is under way, not while it waits for its turn.
    """

    def __init__(self, seconds: float) -> None:
        self._left = seconds
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self.expired = False

    @property
    def left(self) -> float:
        """Seconds left, never quite zero: urllib3 takes no timeout of 0."""
        return max(self._left, 0.001)

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Counts the time inside; when it is up, the socket followed last is shut."""
        started = time.monotonic()
        timer = threading.Timer(self.left, self._expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            self._left -= time.monotonic() - started
            with self._lock:
                self._socket = None

    def follow(self, connection_socket: socket.socket) -> None:
        """Makes that socket the one to be shut."""
        with self._lock:
            self._socket = connection_socket
            if self.expired:
                _shut(connection_socket)

    def stop(self) -> None:
        """Ends the request now."""
        with self._lock:
            if self._socket is not None:
                _shut(self._socket)

    def _expire(self) -> None:
        self.expired = True
        self.stop()


def _shut(connection_socket: socket.socket) -> None:
    # Not SSLSocket.shutdown: that swaps out the TLS state under the thread that reads.
    with contextlib.suppress(OSError):
        socket.socket.shutdown(connection_socket, socket.SHUT_RDWR)


class _WatchedHTTP(HTTPConnection):
    """A connection that tells the request's watch its socket before it waits for the answer."""

    def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override]  # as urllib3 does
        _follow(self.sock)
        return super().getresponse()


class _WatchedHTTPS(HTTPSConnection):
    """The same over TLS."""

    def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override]  # as urllib3 does
        _follow(self.sock)
        return super().getresponse()


def _follow(connection_socket: object) -> None:
    watch = _WATCH.get()
    if watch is not None and isinstance(connection_socket, socket.socket):
        watch.follow(connection_socket)


class _HTTPPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _WatchedHTTP


class _HTTPSPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _WatchedHTTPS


class Connections:
    """Every connection of a Fetcher. Pools and the TLS context are made at the first request."""

    def __init__(self, connections: int, per_host: int, connect_timeout: float) -> None:
        self._pool_count = max(4 * connections, 16)
        self._per_host = per_host
        self._connect_timeout = connect_timeout
        self._lock = threading.Lock()
        self._managers: dict[str, urllib3.PoolManager] = {}
        self._turns: dict[str, threading.BoundedSemaphore] = {}
        self._watches: set[Watch] = set()
        self._tls: ssl.SSLContext | None = None
        self.closed = False

    def watch(self, seconds: float) -> Watch:
        """The clock of one request."""
        return Watch(seconds)

    @contextlib.contextmanager
    def turn(self, place: str, watch: Watch) -> Iterator[None]:
        """Waits until that host and port may be asked, then runs the watch for what is inside."""
        with self._lock:
            turn = self._turns.setdefault(place, threading.BoundedSemaphore(self._per_host))
        with turn, watch.running():
            with self._lock:
                self._watches.add(watch)
            token = _WATCH.set(watch)
            try:
                yield
            finally:
                _WATCH.reset(token)
                with self._lock:
                    self._watches.discard(watch)

    def get(self, url: str, headers: dict[str, str], watch: Watch) -> urllib3.BaseHTTPResponse:
        """The answer to a GET with its body unread. Raises what urllib3 and the system raise."""
        address = _ascii_host(url)
        manager = self._manager(address)
        timeout = urllib3.Timeout(connect=min(self._connect_timeout, watch.left), read=watch.left)
        # One more try: a server may close a kept connection just when it is used again.
        for last in (False, True):
            if self.closed:
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
                if last or watch.expired:
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

    def break_off(self) -> None:
        """Ends every request under way."""
        with self._lock:
            watches = list(self._watches)
        for watch in watches:
            watch.stop()

    def _manager(self, url: str) -> urllib3.PoolManager:
        """The pools for that address: direct, or through the environment's proxy for it."""
        proxy = _proxy_for(url)
        with self._lock:
            if proxy not in self._managers:
                self._managers[proxy] = self._new_manager(proxy)
            return self._managers[proxy]

    def _new_manager(self, proxy: str) -> urllib3.PoolManager:
        tls = self._tls = self._tls or ssl.create_default_context()
        if proxy:
            manager: urllib3.PoolManager = urllib3.ProxyManager(
                proxy, num_pools=self._pool_count, maxsize=self._pool_count, ssl_context=tls
            )
        else:
            manager = urllib3.PoolManager(
                num_pools=self._pool_count, maxsize=self._per_host, ssl_context=tls
            )
        manager.pool_classes_by_scheme = {"http": _HTTPPool, "https": _HTTPSPool}
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
