"""What a file to import is, told by its content, never by its name."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from reader.errors import ImportProblem

ImportFormat = Literal["opml", "jsonl"]

HEAD_SIZE = 4096
REMEDY = "Give an OPML file (subscriptions) or JSON Lines (articles)"


def import_format(path: Path) -> ImportFormat:
    """The format of the file `path`; raises ImportProblem when it cannot be read or is neither."""
    try:
        if path.is_dir():
            raise ImportProblem(str(path), "is a folder", REMEDY)
        with path.open("rb") as stream:
            head = stream.read(HEAD_SIZE)
    except FileNotFoundError:
        raise ImportProblem(str(path), "no such file", "Check its name") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ImportProblem(str(path), f"cannot be read ({reason})", "Check the path") from error
    return format_of(head, str(path))


def format_of(head: bytes, name: str) -> ImportFormat:
    """The format of a file that begins with `head`; `name` is what an error calls it."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        # XML says itself what it is in UTF-16; JSON Lines are UTF-8.
        text = head.decode("utf-16", "replace").lstrip("\ufeff \t\r\n")
        if text.startswith("<"):
            return "opml"
        raise ImportProblem(name, "is UTF-16 text", "JSON Lines must be saved as UTF-8")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise ImportProblem(name, "is empty", REMEDY)
    if b"\0" in head:
        raise ImportProblem(name, "is a binary file", REMEDY)
    if start.startswith(b"["):
        raise ImportProblem(name, "is one JSON list", "Write one article a line, without brackets")
    if start.startswith(b"<"):
        return "opml"
    # Single bad lines are passed over later, so one that may be an object is enough.
    if any(line.lstrip().startswith(b"{") for line in start.splitlines()):
        return "jsonl"
    raise ImportProblem(
        name, "is neither OPML nor JSON Lines", "Export OPML from your other reader"
    )
