"""Compacting: the room that an archive does not need, given back. No article is changed.

The index is built anew where much of it is of texts that are gone, and its empty pages are cut off;
old volumes are compressed if that is asked for. Files of one day are never merged: an article's
id names its file. Whoever is killed here leaves whole files, and opening removes what is double.
"""

from __future__ import annotations

from archive.catalogue import Progress
from archive.compressed import compress, has_same_lines
from archive.disk_errors import write_error
from archive.errors import DamagedFile, WriteFailed
from archive.names import articles_file, day_of
from archive.opening import Parts
from archive.sizes import compressible
from archive.storage import compressed_form, read_tables, replace_file, sync_folder


def compress_volumes(parts: Parts, progress: Progress | None = None) -> int:
    """Compresses the volumes older than a month; how many."""
    volumes = list(compressible(parts.root, day_of(parts.now())))
    count = 0
    for done, volume in enumerate(volumes):
        if progress:
            progress(done, len(volumes))
        with parts.lock:
            count += _compress(parts, volume)
    return count


def _compress(parts: Parts, volume: str) -> bool:
    """Whether a volume was compressed: one that somebody else did meanwhile was not."""
    name = articles_file(volume)
    path = parts.root / name
    parts.catalogue.bring_up(volume)
    try:
        read_tables(path)
        plain = path.read_bytes()
    except DamagedFile:
        parts.catalogue.salvage(volume)
        return False
    except FileNotFoundError:
        return False
    packed = compress(plain)
    if not has_same_lines(packed, plain):
        raise WriteFailed(str(path), "it does not come back from its compressed form")
    replace_file(compressed_form(path), packed)
    try:
        path.unlink()
        sync_folder(path.parent)
    except OSError as error:
        raise write_error(path, error) from error
    parts.volumes.forget(volume)
    parts.catalogue.took_compressed(volume)
    return True
