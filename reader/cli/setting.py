"""set: what a person may set of one feed, and how it is set now."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace

from archive.characters import clean_line
from archive.models import Feed
from reader.cli.session import open_library
from reader.cli.terminal import Terminal
from reader.credentials import CredentialStore, Secrets
from reader.errors import UsageProblem
from reader.feed_settings import SECRET_KEYS, changed, changed_secrets, settings_fields, shown

_ASKED = {"auth": "USER:PASSWORD", "cookie": "NAME=VALUE", "header": "NAME: VALUE"}
_PLACES = {"keyring": "in the keyring", "file": "in a file that only you can read"}


def set_feed(arguments: Namespace, terminal: Terminal) -> int:
    """Sets what is asked for, all of it or nothing, and prints the feed's settings."""
    pairs = [_pair(word) for word in arguments.settings]
    with open_library(arguments, terminal) as library:
        before = feed = library.find_feed(arguments.feed)
        store = CredentialStore()
        kept = secrets = store.of(feed.feed_url)
        for key, value in pairs:
            if key in SECRET_KEYS:
                secrets = changed_secrets(secrets, key, value or _typed(key, terminal))
            else:
                feed = changed(feed, key, value)
        if feed != before:
            library.edit_feed(feed)
        if secrets != kept:
            store.put(feed.feed_url, secrets)
            _warn(feed, secrets, terminal)
        if arguments.json:
            terminal.json(settings_fields(feed, secrets))
        else:
            _print(feed, secrets, store.place(feed.feed_url) or "file", terminal)
    return 0


def _pair(word: str) -> tuple[str, str]:
    key, equals, value = word.partition("=")
    if not equals:
        raise UsageProblem(word, "says nothing to set", "Give KEY=VALUE, as in interval=30")
    return key.strip(), value


def _typed(key: str, terminal: Terminal) -> str:
    """A secret that is not on the command line, where every user of the machine could read it."""
    if terminal.can_ask:
        return getpass.getpass(f"{key} ({_ASKED[key]}): ").strip()
    return sys.stdin.readline().strip() if sys.stdin else ""


def _warn(feed: Feed, secrets: Secrets, terminal: Terminal) -> None:
    if secrets != Secrets() and feed.feed_url.startswith("http:"):
        terminal.note(f"Note: {feed.feed_url} is without TLS: who listens can read what is sent.")


def _print(feed: Feed, secrets: Secrets, place: str, terminal: Terminal) -> None:
    where = _PLACES[place]
    rows = {"feed": f"{feed.feed_id}  {feed.feed_url}"} | shown(feed)
    rows["header"] = (
        f"{', '.join(n for n, _ in secrets.headers)} ({where})" if secrets.headers else ""
    )
    rows["cookie"] = f"set ({where})" if secrets.cookie else ""
    rows["auth"] = f"set ({where})" if secrets.auth else ""
    for key, value in rows.items():
        terminal.line(f"{terminal.style(f'{key:11}', 'dim')} {clean_line(value) or '-'}")
