"""Undoing the compression of a body piece by piece, each no larger than it may be.

gzip and deflate (RFC 1952, 1951) always; br (RFC 7932) and zstd (RFC 8878) where the packages of
the extra `compression` are installed, and only then asked for. All of them give back what came
before a stream was cut or damaged.
"""

from __future__ import annotations

import functools
import importlib
import zlib
from typing import Any, Protocol

from reader.pipeline.body import BodyBroken

_GZIP_MAGIC = b"\x1f\x8b"
_GZIP = zlib.MAX_WBITS | 16
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
# RFC 9659: over HTTP a window is at most 8 MB, so that no answer can claim more memory.
_ZSTD_WINDOW_LOG = 23
_CUT = "stopped in the middle of its answer"
_DAMAGED = "sent an answer with damaged compression"


class Inflater(Protocol):
    """What undoes the compression of one body."""

    @property
    def finished(self) -> bool:
        """Whether nothing that follows can count."""
        ...

    @property
    def whole(self) -> bool:
        """Whether the stream may end here."""
        ...

    def feed(self, chunk: bytes, limit: int, /) -> bytes:
        """What `chunk` holds; once `limit` bytes or more came, the rest may be left out."""
        ...

    def problem(self, *, cut: bool) -> str:
        """What is wrong with the stream, in words; `cut`: less came than the headers stated."""
        ...


def accepted_encodings() -> str:
    """The value of Accept-Encoding (RFC 9110, 12.5.3)."""
    names = ["gzip", "deflate"]
    names += ["br"] if _brotli() else []
    names += ["zstd"] if _zstd() else []
    return ", ".join(names)


def inflater_for(encoding: str, first: bytes) -> Inflater:
    """What undoes the compression that the bytes show; headers are often wrong about it.

    `encoding` is the Content-Encoding. Raises BodyBroken for one that was not asked for.
    """
    names = [name.strip().lower() for name in encoding.split(",") if name.strip()]
    names = [name for name in names if name not in ("identity", "none", "utf-8")]
    if first.startswith(_GZIP_MAGIC):
        return _Zlib(_GZIP)
    if first.startswith(_ZSTD_MAGIC) and _zstd():
        return _Stream(_ZstdFrames(_zstd()))
    if names == ["deflate"]:
        # RFC 9110, 8.4.1.2: zlib's format is meant, a bare stream is often sent.
        is_zlib = len(first) > 1 and first[0] & 0x0F == 8 and (first[0] << 8 | first[1]) % 31 == 0
        return _Zlib(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)
    if names == ["br"] and _brotli():
        return _Stream(_BrotliStream(_brotli()))
    if names and names[-1] not in ("gzip", "x-gzip", "deflate", "zstd" if _zstd() else ""):
        raise BodyBroken(f"sent its answer in a compression that was not asked for ({names[-1]})")
    return _Plain()


@functools.cache
def _brotli() -> Any:
    """The brotli package, if it is one that can stop a bomb (1.2 and later)."""
    try:
        module = importlib.import_module("brotli")
        module.Decompressor().process(b"", output_buffer_limit=1)
    except (ImportError, TypeError, AttributeError):
        return None
    return module


@functools.cache
def _zstd() -> Any:
    """The module of PEP 784, of the standard library from Python 3.14 on."""
    for name in ("compression.zstd", "backports.zstd"):
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    return None


class _Plain:
    """A body that is not compressed."""

    finished = False
    whole = False

    def feed(self, chunk: bytes, _limit: int) -> bytes:
        return chunk

    def problem(self, *, cut: bool) -> str:
        return _CUT if cut else ""


class _Zlib:
    """A gzip or deflate stream that may be cut, mislabelled or damaged."""

    def __init__(self, window_bits: int) -> None:
        self._window_bits = window_bits
        self._stream = zlib.decompressobj(window_bits)
        self._damaged = False

    @property
    def finished(self) -> bool:
        """Whether nothing that follows can count: it is damaged, or no further member came."""
        if self._damaged or not self._stream.eof:
            return self._damaged
        rest = self._stream.unused_data[: len(_GZIP_MAGIC)]
        return not (self._window_bits == _GZIP and _GZIP_MAGIC.startswith(rest))

    @property
    def whole(self) -> bool:
        """Whether the stream may end here; another gzip member may still follow."""
        return self._stream.eof

    def feed(self, chunk: bytes, limit: int) -> bytes:
        """At most `limit` bytes of what `chunk` holds."""
        out = self._inflate(chunk, limit)
        while self._next_member_has_come():
            # RFC 1952, 2.2: members follow each other and count as one stream.
            rest = self._stream.unused_data
            self._stream = zlib.decompressobj(self._window_bits)
            out += self._inflate(rest, max(limit - len(out), 1))
        return out

    def _next_member_has_come(self) -> bool:
        is_gzip = self._window_bits == _GZIP and not self._damaged
        return is_gzip and self._stream.eof and self._stream.unused_data.startswith(_GZIP_MAGIC)

    def _inflate(self, chunk: bytes, limit: int) -> bytes:
        before = self._stream.copy()
        try:
            return self._stream.decompress(chunk, limit)
        except zlib.error:
            self._damaged = True
            return self._salvage(before, chunk, limit)

    def problem(self, *, cut: bool) -> str:  # noqa: ARG002 - the stream's own end counts, not the length
        if self._damaged:
            return _DAMAGED
        return "" if self._stream.eof else _CUT

    @staticmethod
    def _salvage(stream: zlib._Decompress, chunk: bytes, limit: int) -> bytes:
        """What `chunk` gives before the damage: zlib drops the output of the call that fails."""
        out = bytearray()
        for index in range(len(chunk)):
            try:
                out += stream.decompress(chunk[index : index + 1], max(limit - len(out), 1))
            except zlib.error:
                break
        return bytes(out)


class _Codec(Protocol):
    """A decompressor of br or zstd, one call like the other's."""

    error: type[Exception]

    @property
    def eof(self) -> bool:
        """Whether the stream may end here."""
        ...

    @property
    def ended(self) -> bool:
        """Whether nothing that follows can belong to it."""
        ...

    def some(self, chunk: bytes, limit: int) -> bytes:
        """At least a byte while any is left, and not much over `limit`; then nothing."""
        ...


class _Stream:
    """A br or zstd stream that may be cut or damaged, or no such stream at all."""

    def __init__(self, codec: _Codec) -> None:
        self._codec = codec
        self._damaged = False
        self._plain = False
        self._begun = False

    @property
    def finished(self) -> bool:
        """Whether nothing that follows can count."""
        return self._damaged or (not self._plain and self._codec.ended)

    @property
    def whole(self) -> bool:
        """Whether the stream may end here."""
        return not self._plain and self._codec.eof

    def feed(self, chunk: bytes, limit: int) -> bytes:
        """What `chunk` holds, until it is over `limit`."""
        if self._plain:
            return chunk
        out = bytearray()
        rest = chunk
        try:
            while len(out) < limit and not self._codec.ended:
                part = self._codec.some(rest, limit - len(out))
                rest = b""
                if not part:
                    break
                out += part
        except self._codec.error:
            if not self._begun and chunk.lstrip()[:1] in (b"<", b"{"):
                self._plain = True  # the header is wrong: it is a document as it stands
                return chunk
            self._damaged = True
        self._begun = True
        return bytes(out)

    def problem(self, *, cut: bool) -> str:
        """What is wrong with the stream; its own end counts, not the length."""
        if self._plain:
            return _CUT if cut else ""
        if self._damaged:
            return _DAMAGED
        return "" if self._codec.eof else _CUT


class _BrotliStream:
    def __init__(self, module: Any) -> None:
        self.error: type[Exception] = module.error
        self._stream = module.Decompressor()

    @property
    def eof(self) -> bool:
        return bool(self._stream.is_finished())

    @property
    def ended(self) -> bool:
        return self.eof

    def some(self, chunk: bytes, limit: int) -> bytes:
        out: bytes = self._stream.process(chunk, output_buffer_limit=limit)
        return out


class _ZstdFrames:
    """Frames that follow each other count as one stream (RFC 8878, 3.1)."""

    def __init__(self, module: Any) -> None:
        self.error: type[Exception] = module.ZstdError
        self._module = module
        self._stream = self._new()
        self._rest = b""

    @property
    def eof(self) -> bool:
        return bool(self._stream.eof)

    @property
    def ended(self) -> bool:
        return self.eof and not _ZSTD_MAGIC.startswith(self._rest[: len(_ZSTD_MAGIC)])

    def some(self, chunk: bytes, limit: int) -> bytes:
        if not self._stream.eof:
            return self._decompressed(chunk, limit)
        self._rest += chunk
        out = b""
        while not out and self._stream.eof and self._rest.startswith(_ZSTD_MAGIC):
            self._stream = self._new()
            out = self._decompressed(self._rest, limit)
        return out

    def _decompressed(self, chunk: bytes, limit: int) -> bytes:
        out: bytes = self._stream.decompress(chunk, limit)
        self._rest = self._stream.unused_data
        return out

    def _new(self) -> Any:
        option = self._module.DecompressionParameter.window_log_max
        return self._module.ZstdDecompressor(options={option: _ZSTD_WINDOW_LOG})
