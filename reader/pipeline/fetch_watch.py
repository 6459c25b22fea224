"""A clock on each request, and connections that it can end at any moment: as they are made, too.

urllib3's own timeouts are per read, so a server that sends a byte now and then holds a thread for
ever. A `Watch` therefore shuts the socket when a request's time is up, or when it is to be broken
off, which ends any waiting on it. Looking up a host's name is the one wait that it cannot end.
"""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any, ClassVar

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    LocationParseError,
    NameResolutionError,
    NewConnectionError,
)
from urllib3.util import wait_for_write

from reader.pipeline.fetch_clock import Clock
from reader.pipeline.fetch_reach import PrivateAddress, is_private

# The connection learns of the request's watch in the thread that makes the request.
_WATCH: ContextVar[Watch | None] = ContextVar("watch", default=None)


class Watch:
    """The time that one request, with all its redirects, may take in seconds.

    Runs only while a request is under way, not while it waits for its turn. `expired` says that
    the time was up, `stopped` that the request was broken off. `peer` is the address that its
    last answer came from.
    """

    def __init__(self, seconds: float, clock: Clock) -> None:
        self._left = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self.expired = False
        self.stopped = False
        self.peer = ""

    @property
    def left(self) -> float:
        """Seconds left, never quite zero: urllib3 takes no timeout of 0."""
        return max(self._left, 0.001)

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Counts the time inside, and ends the connections made inside when it is up."""
        started = time.monotonic()
        token = _WATCH.set(self)
        try:
            with self._clock.alarm(self.left, self._expire):
                yield
        finally:
            _WATCH.reset(token)
            self._left -= time.monotonic() - started
            self._keep(None)

    def follow(self, connection_socket: socket.socket) -> None:
        """Makes that socket the one to be shut."""
        # A duplicate: TLS takes over the descriptor from the socket object that is connected.
        self._keep(
            socket.fromfd(
                connection_socket.fileno(), connection_socket.family, connection_socket.type
            )
        )

    def stop(self) -> None:
        """Ends the request now, and for good."""
        self.stopped = True
        self._shut()

    def _expire(self) -> None:
        self.expired = True
        self._shut()

    def _keep(self, followed: socket.socket | None) -> None:
        with self._lock:
            before, self._socket = self._socket, followed
        if before is not None:
            before.close()
        if self.expired or self.stopped:
            self._shut()

    def _shut(self) -> None:
        with self._lock, contextlib.suppress(OSError):
            if self._socket is not None:
                self._socket.shutdown(socket.SHUT_RDWR)


class _Watched(HTTPConnection):
    """A connection that shows its socket to the request's watch as soon as it has one."""

    public_only: ClassVar[bool] = False
    """Whether it refuses private addresses."""

    def _new_conn(self) -> socket.socket:
        try:
            return self._open()
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except UnicodeError as error:
            raise LocationParseError(self.host) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, "no connection in time") from error
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error

    def _open(self) -> socket.socket:
        """A connected socket to the first of the host's addresses that takes one."""
        failure = OSError(errno.EHOSTUNREACH, "the name has no address")
        family = urllib3.util.connection.allowed_gai_family()
        # `_dns_host` is what urllib3 looks up: the host with the full stop that it may end in.
        host = self._dns_host.strip("[]")
        for found in socket.getaddrinfo(host, self.port, family, socket.SOCK_STREAM):
            if self.public_only and is_private(str(found[4][0])):
                failure = PrivateAddress(errno.EACCES, "a private address")
                continue
            line = socket.socket(*found[:3])
            try:
                self._connect(line, found[4])
            except OSError as error:
                line.close()
                failure = error
            else:
                return line
        raise failure

    def _connect(self, line: socket.socket, address: tuple[Any, ...]) -> None:
        """As `socket.connect`, but that the watch can end it."""
        for option in self.socket_options or ():
            line.setsockopt(*option)
        timeout = self.timeout if isinstance(self.timeout, int | float) else None
        # Begun first and followed then: only a socket that is connecting can be shut.
        line.setblocking(False)
        state = line.connect_ex(address)
        _follow(line)
        if state in (errno.EINPROGRESS, errno.EWOULDBLOCK):
            if not wait_for_write(line, timeout):
                raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
            state = line.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        watch = _WATCH.get()
        if watch is not None and (watch.stopped or watch.expired):
            state = errno.ECONNABORTED
        if state:
            raise OSError(state, os.strerror(state))
        line.settimeout(timeout)

    def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override]  # as urllib3 does
        _follow(self.sock)  # a connection that was kept has not been seen by this watch
        _note_peer(self.sock)
        return super().getresponse()


class _WatchedTLS(_Watched, HTTPSConnection):
    """The same over TLS."""


class _Public(_Watched):
    """A connection that is made to public addresses only."""

    public_only = True


class _PublicTLS(_WatchedTLS):
    """The same over TLS."""

    public_only = True


def _follow(connection_socket: object) -> None:
    watch = _WATCH.get()
    if watch is not None and isinstance(connection_socket, socket.socket):
        watch.follow(connection_socket)


def _note_peer(connection_socket: object) -> None:
    watch = _WATCH.get()
    if watch is not None and isinstance(connection_socket, socket.socket):
        with contextlib.suppress(OSError):
            watch.peer = str(connection_socket.getpeername()[0])


class HTTPPool(urllib3.HTTPConnectionPool):
    """Connections whose requests a `Watch` can end."""

    ConnectionCls = _Watched


class HTTPSPool(urllib3.HTTPSConnectionPool):
    """The same over TLS."""

    ConnectionCls = _WatchedTLS


class PublicHTTPPool(urllib3.HTTPConnectionPool):
    """Such connections, to public addresses only: none is lent to requests that may reach more."""

    ConnectionCls = _Public


class PublicHTTPSPool(urllib3.HTTPSConnectionPool):
    """The same over TLS."""

    ConnectionCls = _PublicTLS


POOLS = {"http": HTTPPool, "https": HTTPSPool}
PUBLIC_POOLS = {"http": PublicHTTPPool, "https": PublicHTTPSPool}
"""The pools by scheme; kept connections are as much judged by where they lead as new ones."""
