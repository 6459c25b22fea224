"""newsboat as a peer, where it is on the PATH: its cache of the same articles, and its command.

The cache is filled by newsboat itself, from feed documents of the same corpus, once for each size,
and kept as our archives are. newsboat 2.21 (and others before it) reads a cache of many feeds
through the wrong index, as its database has no statistics: its start then takes time by feeds
times articles. Real caches are so too; for the comparison the statistics are made (`ANALYZE`),
which is to its advantage.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from email.utils import format_datetime
from html import escape
from pathlib import Path

from archive.models import Article
from bench.archives import cache
from bench.corpus import FEED_COUNT, Corpus

PROGRAM = "newsboat"


@dataclass(frozen=True)
class Newsboat:
    """newsboat on a cache of so many articles."""

    folder: Path

    @property
    def command(self) -> list[str]:
        """What starts it, with an empty configuration."""
        files = (("-C", "config"), ("-u", "urls"), ("-c", "cache.db"))
        return [PROGRAM, *(part for option, name in files for part in (option, self._path(name)))]

    def analyze(self, wanted: bool) -> None:
        """Give its database statistics, or take them away as it comes without."""
        with closing(sqlite3.connect(self._path("cache.db"))) as database:
            # Without statistics from before there is nothing to take away.
            with contextlib.suppress(sqlite3.OperationalError):
                database.execute("DELETE FROM sqlite_stat1")
            if wanted:
                database.execute("ANALYZE")
            database.commit()

    def reload(self) -> None:
        """Ask all its feeds, as it does without its screen."""
        subprocess.run([*self.command, "-x", "reload"], check=True, stdout=subprocess.DEVNULL)

    def _path(self, name: str) -> str:
        return str(self.folder / name)


def version() -> str:
    """newsboat with its version, as it says it; empty where it is not on the PATH."""
    if shutil.which(PROGRAM) is None:
        return ""
    said = subprocess.run([PROGRAM, "-v"], capture_output=True, text=True, check=False).stdout
    return " ".join(said.split()[:2])


def newsboat_of(count: int) -> Newsboat:
    """newsboat with a cache of `count` articles; fills it when it is not there yet."""
    boat = Newsboat(cache() / f"newsboat-{count}")
    if (boat.folder / "complete").exists():
        return boat
    print(f"newsboat takes in {count:,} articles", file=sys.stderr)
    shutil.rmtree(boat.folder, ignore_errors=True)
    documents = boat.folder / "documents"
    documents.mkdir(parents=True)
    (boat.folder / "config").touch()
    addresses = write_feeds(Corpus(count), documents)
    (boat.folder / "urls").write_text("\n".join(addresses) + "\n", encoding="utf-8")
    boat.reload()
    shutil.rmtree(documents)
    (boat.folder / "complete").touch()
    return boat


def newsboat_on(folder: Path, urls: Iterable[str], threads: int) -> Newsboat:
    """newsboat in a new folder, subscribed to these feeds, that asks so many of them at once."""
    folder.mkdir()
    (folder / "config").write_text(f"reload-threads {threads}\n", encoding="utf-8")
    (folder / "urls").write_text("\n".join(urls) + "\n", encoding="utf-8")
    return Newsboat(folder)


def write_feeds(corpus: Iterable[Article], folder: Path) -> list[str]:
    """Write the feeds of a corpus, named as those of our archives; returns their addresses."""
    items = defaultdict(list)
    for article in corpus:
        items[article.feed_url].append(item(article))
    addresses = []
    for number in range(FEED_COUNT):
        file = folder / f"{number}.xml"
        file.write_text(
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
            f"<title>Outlet {number}</title><link>https://outlet{number}.example/</link>"
            f"<description>-</description>"
            f"{''.join(items[f'https://outlet{number}.example/feed.xml'])}</channel></rss>",
            encoding="utf-8",
        )
        addresses.append(file.as_uri())
    return addresses


def item(article: Article) -> str:
    """An article as an entry of RSS, with its whole text."""
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in article.text.split("\n\n"))
    at = article.published_at or article.archived_at
    return (
        f"<item><title>{escape(article.title)}</title><link>{article.url}</link>"
        f"<guid>{article.url}</guid><pubDate>{format_datetime(at)}</pubDate>"
        f"<author>{escape(article.author)}</author>"
        f"<description>{escape(text)}</description></item>"
    )
