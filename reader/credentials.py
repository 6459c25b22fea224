"""Passwords, cookies and headers of feeds: in the system's keyring, else in a file of the user's.

They are never in the archive, the log, an export or any output. The file credentials.json (0600,
beside the settings) lists the addresses of the feeds that have secrets. What they are stands there
too, unless the package of the extra `keyring` is installed and the system has a keyring that opens.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import orjson

from archive.locks import WriterLock
from reader.errors import ConfigError, ReaderError
from reader.paths import credentials_path, make_private
from reader.whole_file import put_whole

SERVICE = "newsreader"
"""What the keyring calls this program; the feed's address stands for the user."""
FEEDS = "feeds"
IN_KEYRING = "keyring"

Place = Literal["keyring", "file"]
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the server of a feed wants to see. `auth` is `user:password` (RFC 7617)."""

    auth: str = field(default="", repr=False)
    cookie: str = field(default="", repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)


NOTHING = Secrets()


class CredentialStore:
    """The secrets by the feed's address; safe from any thread and with other processes."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or credentials_path()
        self._lock = threading.RLock()
        self._seen: tuple[object, Document] | None = None
        self._opened: dict[str, Secrets] = {}

    def check(self) -> None:
        """Raises ConfigError where the file cannot be read."""
        self._feeds()

    def of(self, feed_url: str) -> Secrets:
        """The secrets of a feed. ConfigError as `check`, ReaderError where the keyring is shut."""
        with self._lock:
            stored = self._feeds().get(feed_url)
            if stored is None:
                return NOTHING
            if feed_url not in self._opened:
                known = _from_keyring(feed_url) if stored.get(IN_KEYRING) else stored
                self._opened[feed_url] = _secrets(known, str(self._path))
            return self._opened[feed_url]

    def place(self, feed_url: str) -> Place | None:
        """Where the secrets of a feed are, None if it has none. ConfigError as `check`."""
        stored = self._feeds().get(feed_url)
        if stored is None:
            return None
        return "keyring" if stored.get(IN_KEYRING) else "file"

    def change(self, feed_url: str, **secrets: Any) -> None:
        """Replaces these fields of a feed's Secrets. ConfigError, ReaderError, OSError."""
        with self._writing() as feeds:
            changed = replace(self.of(feed_url), **secrets)
            if feeds.pop(feed_url, {}).get(IN_KEYRING):
                _delete_from_keyring(feed_url)
            if changed == NOTHING:
                return
            document = {name: value for name, value in asdict(changed).items() if value}
            feeds[feed_url] = {IN_KEYRING: True} if _to_keyring(feed_url, document) else document

    def forget(self, feed_url: str) -> None:
        """Removes what is kept of a feed, if anything is. Errors as in `change`."""
        if self.place(feed_url) is not None:
            with self._writing() as feeds:
                if feeds.pop(feed_url, {}).get(IN_KEYRING):
                    _delete_from_keyring(feed_url)

    def move(self, feed_url: str, new_url: str) -> None:
        """Gives the secrets of a feed, if it has any, to another address. Errors as in `change`."""
        if (secrets := self.of(feed_url)) != NOTHING:
            self.put(new_url, secrets)
            self.forget(feed_url)

    def put(self, feed_url: str, secrets: Secrets) -> None:
        """Replaces all secrets of a feed. Errors as in `change`."""
        self.change(feed_url, **{name: getattr(secrets, name) for name in asdict(secrets)})

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Document]:
        """The feeds of the file, to be changed; written when all went well."""
        make_private(self._path.parent)
        lock = WriterLock(self._path.with_suffix(".lock"))
        try:
            with self._lock, lock:
                feeds = dict(self._feeds())
                yield feeds
                put_whole(self._path, orjson.dumps({FEEDS: feeds}, option=orjson.OPT_INDENT_2))
                self._seen = None
        finally:
            lock.close()

    def _feeds(self) -> Document:
        """The feeds of the file as it is now."""
        with self._lock:
            try:
                stat = self._path.stat()
                key = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
                if self._seen is None or self._seen[0] != key:
                    if stat.st_mode & 0o077:
                        self._path.chmod(0o600)  # a copy or an editor may have opened it to others
                    self._seen = key, self._parsed(self._path.read_bytes())
                    self._opened.clear()
            except FileNotFoundError:
                self._seen = None
                self._opened.clear()
                return {}
            except OSError as error:
                why = f"cannot be read ({error.strerror})"
                raise ConfigError(str(self._path), why, "Check its permissions") from error
            return self._seen[1]

    def _parsed(self, content: bytes) -> Document:
        try:
            feeds = orjson.loads(content)[FEEDS]
        except (orjson.JSONDecodeError, KeyError, TypeError):
            feeds = None
        if not isinstance(feeds, dict) or not all(isinstance(one, dict) for one in feeds.values()):
            raise _damaged(str(self._path))
        return feeds


def _secrets(document: Mapping[str, Any], where: str) -> Secrets:
    """The secrets of a document; ConfigError for one that is not what was written."""
    auth, cookie = document.get("auth", ""), document.get("cookie", "")
    headers = document.get("headers", [])
    pairs = isinstance(headers, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)
        for pair in headers
    )
    if not (isinstance(auth, str) and isinstance(cookie, str) and pairs):
        raise _damaged(where)
    return Secrets(auth, cookie, tuple((name, value) for name, value in headers))


def _damaged(where: str) -> ConfigError:
    remedy = "Mend it, or move it away and set the secrets again with newsreader set"
    return ConfigError(where, "is not what newsreader writes", remedy)


def _keyring() -> Any:
    """The package keyring, if it is installed and has a keyring of the system to use."""
    try:
        import keyring
        from keyring.backends import fail, null
    except ImportError:
        return None
    backend = keyring.get_keyring()
    return None if isinstance(backend, fail.Keyring | null.Keyring) else keyring


def _keyring_errors(keyring: Any) -> tuple[type[Exception], ...]:
    """What its backends raise, their own and the system's; ValueError: what is kept is no JSON."""
    return keyring.errors.KeyringError, OSError, RuntimeError, ValueError


def _to_keyring(feed_url: str, document: Document) -> bool:
    """Whether the keyring took the secrets; one that is locked or broken takes none."""
    keyring = _keyring()
    if keyring is None:
        return False
    try:
        keyring.set_password(SERVICE, feed_url, orjson.dumps(document).decode())
    except _keyring_errors(keyring):
        return False
    return True


def _from_keyring(feed_url: str) -> Document:
    keyring = _keyring()
    if keyring is None:
        raise _shut(feed_url, "the package keyring or the system's keyring is missing")
    try:
        found = orjson.loads(keyring.get_password(SERVICE, feed_url) or "{}")
    except _keyring_errors(keyring) as error:
        raise _shut(feed_url, type(error).__name__) from error
    return found if isinstance(found, dict) else {}


def _delete_from_keyring(feed_url: str) -> None:
    """Removes it there; what is gone already, or cannot be opened, is not asked for again."""
    if keyring := _keyring():
        with contextlib.suppress(*_keyring_errors(keyring)):
            keyring.delete_password(SERVICE, feed_url)


def _shut(feed_url: str, why: str) -> ReaderError:
    return ReaderError(
        feed_url,
        f"its secrets are in the keyring, which cannot be opened ({why})",
        "Open the keyring, or set them again with newsreader set",
    )
