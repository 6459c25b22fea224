"""Feeds of this machine: a file, or what a command prints. The reader alone configures them.

Both are read with the caps of a feed from the network, and what goes wrong is a value like there.
A command is run without a shell, in a session of its own that is ended whole at its deadline.
"""

from __future__ import annotations

import contextlib
import logging
import os
import selectors
import signal
import stat
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from archive.characters import clean_line
from reader.addresses import path_of, words_of
from reader.errors import ReaderError
from reader.pipeline.body import Body, BodyBroken
from reader.pipeline.fetch import (
    FEED_LIMIT_BYTES,
    FeedRequest,
    Fetched,
    FetchFailed,
    NotModified,
)
from reader.pipeline.fetch_reach import Reach

COMMAND_SECONDS = 30.0
_LOOK_SECONDS = 0.1
# What is of this machine may lead anywhere, as what a server at a private address says.
_REACH = Reach(everywhere=True)
_PIECE_BYTES = 1 << 16
_MOST_COMPLAINT_BYTES = 4000

log = logging.getLogger(__name__)

Outcome = Fetched | NotModified | FetchFailed


def read_file(request: FeedRequest) -> Outcome:
    """The document in a file; never a device or a pipe, which could have no end."""
    try:
        path = path_of(request.url)
        # Without O_NONBLOCK the opening of a pipe waits for a writer.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return FetchFailed(request.url, "is no file")
            with Body.filled(FEED_LIMIT_BYTES) as body:
                while not body.is_cut and (piece := file.read(_PIECE_BYTES)):
                    body.write(piece)
    except BodyBroken as broken:
        return FetchFailed(request.url, str(broken))
    except FileNotFoundError:
        return FetchFailed(request.url, "the file is not there")
    except IsADirectoryError:
        return FetchFailed(request.url, "is no file")
    except (OSError, ValueError, ReaderError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return FetchFailed(request.url, f"the file cannot be read: {reason}")
    return _judged(request, body)


def run_command(
    request: FeedRequest,
    stop: threading.Event | None = None,
    seconds: float = COMMAND_SECONDS,
) -> Outcome:
    """What a command prints, if it ends well within `seconds`; its stderr goes to the log.

    It runs in the home folder, without input. `stop` ends it too.
    """
    try:
        words = words_of(request.url)
    except ReaderError as error:
        return FetchFailed(request.url, error.why)
    try:
        process = subprocess.Popen(  # noqa: S603 - the reader's own command, as a list, without a shell
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=_home(),
            start_new_session=True,
        )
    except FileNotFoundError:
        return FetchFailed(request.url, f"the program {words[0]} was not found")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return FetchFailed(request.url, f"the program {words[0]} cannot be run: {reason}")
    try:
        with process, Body.filled(FEED_LIMIT_BYTES) as body:
            _take_in(request.url, process, body, seconds, stop)
    except BodyBroken as broken:
        return FetchFailed(request.url, str(broken))
    return _judged(request, body)


def _take_in(
    url: str,
    process: subprocess.Popen[bytes],
    body: Body,
    seconds: float,
    stop: threading.Event | None,
) -> None:
    """Puts what a command prints into the body, and ends it. BodyBroken says what went wrong."""
    said = _Said(body)
    try:
        why = _listen(process, said, seconds, stop)
    finally:
        _end(process)
    complaint = clean_line(said.complaint.decode("utf-8", "replace"))
    if complaint:
        log.warning("%s: %s", url, complaint)
    if not why and process.returncode and not body.is_cut:
        why = _ending_words(process.returncode, complaint)
    if why:
        raise BodyBroken(why)


@dataclass(slots=True)
class _Said:
    """What a command has printed so far; of its complaints the beginning."""

    body: Body
    complaint: bytearray = field(default_factory=bytearray)

    def complain(self, piece: bytes) -> None:
        self.complaint += piece
        del self.complaint[_MOST_COMPLAINT_BYTES:]


def _listen(
    process: subprocess.Popen[bytes],
    said: _Said,
    seconds: float,
    stop: threading.Event | None,
) -> str:
    """Takes what a command prints until it ends, or its body is cut; why it was not let go on."""
    deadline = monotonic() + seconds
    with selectors.DefaultSelector() as pipes:
        for pipe, take in ((process.stdout, said.body.write), (process.stderr, said.complain)):
            if pipe is not None:
                os.set_blocking(pipe.fileno(), False)
                pipes.register(pipe.fileno(), selectors.EVENT_READ, take)
        while not said.body.is_cut:
            # Before the look at the pipes: what it printed last is in them once it has ended.
            ended = _has_ended(process)
            ready = pipes.select(0 if ended else _LOOK_SECONDS) if pipes.get_map() else []
            for key, _ in ready:
                _take(pipes, key.fd, key.data)
            if ended and not ready:
                return ""
            if stop is not None and stop.is_set():
                return "was stopped"
            if monotonic() > deadline:
                return f"did not end within {seconds:g} seconds"
            if not ended and not pipes.get_map():
                threading.Event().wait(_LOOK_SECONDS)
    return ""


def _take(pipes: selectors.BaseSelector, descriptor: int, take: Callable[[bytes], object]) -> None:
    piece = b""
    with contextlib.suppress(BlockingIOError):
        piece = os.read(descriptor, _PIECE_BYTES)
        take(piece)
    if not piece:
        pipes.unregister(descriptor)


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether it has, without taking its status: till then no other group can have its number."""
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends what is left of a command's session."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _ending_words(code: int, complaint: str) -> str:
    how = f"ended with code {code}" if code > 0 else f"was ended by signal {-code}"
    last = complaint[-200:]
    return f"the command {how}" + (f": {last}" if last else "")


def _judged(request: FeedRequest, body: Body) -> Outcome:
    """The document, or that it is as it was."""
    if body.hash == request.body_hash:
        body.close()
        return NotModified(request.url, status=0, reach=_REACH)
    return Fetched(request.url, request.url, 0, {}, body, reach=_REACH)


def _home() -> Path:
    home = Path.home()
    return home if home.is_dir() else Path("/")
