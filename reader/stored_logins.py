"""Feeds that an earlier version stored with a user and password in their address.

The address loses them, with all that the archive keeps under it, and they go to the secrets of the
feed, where those of an address that is typed today go at once.
"""

from __future__ import annotations

import logging

from archive.archive import Archive
from archive.models import Feed
from reader.addresses import is_web_address, split_login
from reader.credentials import CredentialStore
from reader.errors import ReaderError

log = logging.getLogger(__name__)


def take_out_logins(archive: Archive) -> None:
    """Takes logins out of the stored addresses of feeds. ArchiveError.

    A feed stays as it is while another refresh has it, while its secrets cannot be kept, and where
    the bare address is another feed's.
    """
    for status in archive.feeds():
        feed = status.feed
        if any(map(_login_of, (feed.feed_url, *feed.former_urls))):
            with archive.fetching.claim(feed.feed_id) as is_ours:
                if is_ours:
                    _take_out(archive, feed)


def _take_out(archive: Archive, feed: Feed) -> None:
    """Secrets first, then the address, then what still names it: each step may be done again."""
    bare, login = split_login(feed.feed_url)
    if login:
        store = CredentialStore()
        try:
            if not store.of(bare).auth:
                store.change(bare, auth=login)
        except (ReaderError, OSError) as error:
            log.warning("the login of feed %s stays in its address: %s", feed.feed_id, error)
            return
        feed = archive.fetching.move(feed, bare)
    if feed.feed_url != bare:
        log.warning("the address of feed %s without its login is another feed's", feed.feed_id)
        return
    for url in feed.former_urls:
        if _login_of(url):
            feed = archive.fetching.forget_former(feed, url)


def _login_of(url: str) -> str:
    return split_login(url)[1] if is_web_address(url) else ""
