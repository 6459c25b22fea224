"""What an error of the disk means to whoever keeps an archive: as an ArchiveError with a remedy."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import ArchiveError, ArchiveReadOnly, WriteFailed

_ELSEWHERE = "writable, or name another with --archive DIR"
_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """An error of the disk inside as ArchiveError; that something is not there comes as it is."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise read_error(path, error) from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """An error of the disk inside as WriteFailed or ArchiveReadOnly."""
    try:
        yield
    except OSError as error:
        raise write_error(path, error) from error


def read_only_error(root: Path) -> ArchiveReadOnly:
    """The error for a write to an archive that was opened for reading."""
    return ArchiveReadOnly(
        str(root), "the archive was opened for reading only", f"Make its folder {_ELSEWHERE}"
    )


def write_error(path: Path, error: OSError) -> ArchiveError:
    """The error of the archive that tells what an OSError of a write means."""
    why = error.strerror or str(error)
    if error.errno in _READ_ONLY:
        return ArchiveReadOnly(
            str(path),
            f"it cannot be written ({why})",
            f"Make the archive's folder {_ELSEWHERE}",
        )
    if error.errno in _FULL:
        return WriteFailed(
            str(path), f"there is no room to write it ({why})", "Free some space and try again"
        )
    return WriteFailed(str(path), f"writing it failed ({why})", "Check the disk and try again")


def read_error(path: str | Path, error: OSError) -> ArchiveError:
    """The error of the archive for a file that cannot be read."""
    return ArchiveError(str(path), f"it cannot be read ({error.strerror})")
