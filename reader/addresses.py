"""What counts as an address of a feed: typed by the reader, or found in a file or on a page.

A feed lies on the web, in a local file (`file:///path`, RFC 8089), or is what a command prints
(`exec:cmd arg`). The last two are for what the reader configures here, by `add`; nothing that comes
from outside (OPML, pages, redirects, imports) may name them.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from archive.characters import clean_line
from reader.errors import UsageProblem
from reader.pipeline.clean import clean_url

COMMAND = "exec:"
FILE = "file:"
LOOPBACK = ("localhost", "127.", "[::1]")
# RFC 3986 schemes; a name before a colon and digits is a host with its port.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)")
_PATH = re.compile(r"/|~|\.\.?/")
_FEED_FILES = frozenset({".xml", ".rss", ".atom", ".rdf", ".json", ".html", ".htm"})
# A Mastodon handle as people write it; the server has a dot or a port, unlike a user's name.
_HANDLE = re.compile(r"@([\w.-]+)@([\w-]+(?:\.[\w-]+)*(?:\.\w+|:\d+))", re.ASCII)
# `r/python` and `u/name`, as Reddit's readers write them.
_SUBREDDIT = re.compile(r"/?[ru]/[\w+-]+(?:/.*)?", re.ASCII)


def is_web_address(text: str) -> bool:
    """Whether the text is an http or https address with a host."""
    try:
        parts = urlsplit(text)
    except ValueError:  # an unclosed bracket in the host
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def split_login(url: str) -> tuple[str, str]:
    """A web address without its user and password, and those as `user:password` (RFC 3986, 3.2.1).

    The second is empty where the address states none.
    """
    parts = urlsplit(url)
    login, at, place = parts.netloc.rpartition("@")
    if not at:
        return url, ""
    user, _, password = login.partition(":")
    bare = urlunsplit(parts._replace(netloc=place))
    return bare, f"{unquote(user)}:{unquote(password)}" if login else ""


def is_local(feed_url: str) -> bool:
    """Whether a feed is a file or a command of this machine."""
    return feed_url.startswith((FILE, COMMAND))


def without_feed_scheme(address: str) -> str:
    """An address with browsers' old `feed:` or `feed://` undone."""
    lower = address.lower()
    if lower.startswith(("feed:http://", "feed:https://")):
        return address[len("feed:") :]
    return f"http{address[len('feed') :]}" if lower.startswith("feed://") else address


def complete_address(typed: str) -> str:
    """What was typed as an http or https address; raises UsageProblem when it is none."""
    typed = typed.strip()
    if handle := _HANDLE.fullmatch(typed):
        typed = f"{handle[2]}/@{handle[1]}"
    elif _SUBREDDIT.fullmatch(typed):
        typed = f"www.reddit.com/{typed.lstrip('/')}"
    full = typed
    if typed and not _SCHEME.match(typed):
        full = ("http://" if typed.startswith(LOOPBACK) else "https://") + typed
    url = clean_url(full)
    if not url:
        raise UsageProblem(
            clean_line(typed) or "the address",
            "is not a web address",
            "Give one that starts with http or https",
        )
    return url


def complete_feed_address(typed: str) -> str:
    """The same for a feed, which may be a file too: its path, or an address with `file:`.

    A bare name is a file only where one of that name is here and it ends as feeds do.
    """
    typed = without_feed_scheme(typed.strip())
    if typed.startswith(COMMAND):
        raise UsageProblem(
            clean_line(typed), "is no address", "For a command: newsreader add --command 'CMD ARG'"
        )
    if typed.lower().startswith(FILE):
        return file_address(path_of(typed))
    if _PATH.match(typed) or _is_feed_file(typed):
        path = Path(typed).expanduser()
        if path.exists() or not _SUBREDDIT.fullmatch(typed):
            return file_address(path)
    return complete_address(typed)


def file_address(path: Path) -> str:
    """A file's address; raises UsageProblem for what is no file that can be read."""
    path = path.absolute()
    if not path.is_file():
        why = "is a folder" if path.is_dir() else "is not there, or is no file"
        raise UsageProblem(str(path), why, "Give the path of a feed, or a web address")
    return f"{FILE}//{quote(str(path))}"


def command_address(command: str) -> str:
    """The address of a command's output; raises UsageProblem for what is no command.

    It is parted into words as a shell parts them, and run without one.
    """
    command = clean_line(command).strip()
    if not words_of(command):
        raise UsageProblem("--command", "is empty", "Give a program and its arguments")
    return COMMAND + command


def words_of(command: str) -> list[str]:
    """The program and its arguments; raises UsageProblem for an open quote."""
    try:
        return shlex.split(command.removeprefix(COMMAND))
    except ValueError as error:
        raise UsageProblem(command, f"is no command: {error}", "Close its quotes") from error


def _is_feed_file(typed: str) -> bool:
    """Whether a bare name is a file that is here, and none of a host."""
    if _SCHEME.match(typed) or Path(typed).suffix.lower() not in _FEED_FILES:
        return False
    return Path(typed).is_file()


def path_of(feed_url: str) -> Path:
    """The path of a file's address (RFC 8089): `file:///a/b`, `file:/a/b`, `file://localhost/a`.

    Raises UsageProblem for one of another machine.
    """
    rest = feed_url[len(FILE) :]
    if rest.startswith("//"):
        host, slash, path = rest[2:].partition("/")
        if host not in ("", "localhost"):
            raise UsageProblem(
                clean_line(feed_url), "names a file of another machine", "Give file:///PATH"
            )
        rest = slash + path
    return Path(unquote(rest))
