"""An address handed to a browser: as an argument, never by a shell."""

from __future__ import annotations

import shlex
import subprocess
import threading
from urllib.parse import urlsplit

from reader.errors import ReaderError

BROWSABLE = frozenset({"http", "https"})
MAIL = "mailto"


class CannotBrowse(ReaderError):
    """No browser could be started, or the address is none for a browser."""


def is_browsable(url: str) -> bool:
    """Whether an address may be handed on: http or https with a host, or a mailto address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme == MAIL:
        return bool(parts.path)
    return parts.scheme in BROWSABLE and bool(parts.netloc)


def browse(url: str, command: str = "") -> str:
    """Open an address with a command, else with the system's browser; returns what to tell.

    Raises CannotBrowse. `command` is words as a shell splits them; the address comes last.
    """
    if not is_browsable(url):
        raise CannotBrowse(
            url or "This article", "it has no web address", "Its text is all there is"
        )
    if command.strip():
        _start([*_words(command), url])
    else:
        _open_in_system_browser(url)
    return f"Opened {url}"


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError as error:
        raise CannotBrowse(
            command, f"cannot be read ({error})", "Check the setting browser"
        ) from None


def _start(arguments: list[str]) -> None:
    try:
        process = subprocess.Popen(  # noqa: S603 - the command is the user's own setting, no shell reads it
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise CannotBrowse(
            arguments[0], error.strerror or "cannot be started", "Check the setting browser"
        ) from error
    # Somebody must take note of its end, or it stays a zombie as long as the app runs.
    threading.Thread(target=process.wait, name="newsreader-browser", daemon=True).start()


def _open_in_system_browser(url: str) -> None:
    import webbrowser  # no part of a start

    remedy = "Set browser in the configuration, or copy the address with y"
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        raise CannotBrowse("No browser", "none was found", remedy) from None
    if type(browser) is webbrowser.GenericBrowser:
        # It would run in this very terminal, under the app.
        raise CannotBrowse(browser.name, "it needs a terminal of its own", remedy)
    if not browser.open(url):
        raise CannotBrowse("The browser", "it did not start", remedy)
