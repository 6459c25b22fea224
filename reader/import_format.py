"""What a file to import is, told by its content, never by its name."""

from __future__ import annotations

from io import BufferedReader
from pathlib import Path
from typing import Literal

from reader.errors import ImportProblem

ImportFormat = Literal["opml", "jsonl"]

HEAD_SIZE = 4096
REMEDY = "Give OPML (feeds) or JSON Lines (articles)"


def opened(path: Path) -> tuple[BufferedReader, ImportFormat]:
    """The file `path`, open at its beginning, and its format; it may be a pipe.

    Raises ImportProblem when it cannot be read or is neither.
    """
    try:
        if path.is_dir():
            raise ImportProblem(str(path), "is a folder", REMEDY)
        stream = path.open("rb")
        try:
            # What is read from a pipe cannot be read again.
            return stream, format_of(stream.peek(HEAD_SIZE)[:HEAD_SIZE], str(path))
        except BaseException:
            stream.close()
            raise
    except FileNotFoundError:
        raise ImportProblem(str(path), "no such file", "Check its name") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ImportProblem(str(path), f"cannot be read ({reason})", "Check the path") from error


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
    lines = [line.strip() for line in start.splitlines()]
    if lines[0] == b"{":
        raise ImportProblem(name, "is JSON over several lines", "Write one article a line")
    # A bad first line is a bad line; where no line looks like an object the file is something else.
    if not any(line.startswith(b"{") for line in lines):
        raise ImportProblem(name, "is neither OPML nor JSON Lines", REMEDY)
    return "jsonl"
