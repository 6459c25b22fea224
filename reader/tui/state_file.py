"""The small files in which the app remembers how it is used: JSON objects, private to their owner.

They belong to the app alone, and losing one costs little. So neither a damaged file nor one that
cannot be written is an error to a reader of news.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path

from reader.paths import make_private
from reader.whole_file import put_whole

LARGEST = 256 * 1024
"""Bytes read of a file; ours have some ten thousand at most."""

_LOG = logging.getLogger(__name__)


def read_state(path: Path) -> dict[str, object] | None:
    """The object in a file; None where there is none that can be read. Blocks."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            content = json.loads(file.read(LARGEST))
    except (OSError, ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def write_state(path: Path, content: Mapping[str, object], what: str) -> None:
    """Puts a file in place; if that fails, the log says that `what` cannot be kept. Blocks."""
    try:
        make_private(path.parent)
        put_whole(path, f"{json.dumps(content, indent=1)}\n".encode())
    except OSError as error:
        _LOG.warning("%s cannot be kept: %s", what, error)
