"""Feeds over the network: added, refreshed, removed, on real outlets on loopback."""

import os
import signal
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.archive import Archive
from archive.feed_models import FetchState
from archive.models import Feed
from tests.plain.conftest import COMMAND, ROOT, Plain, environ
from tests.servers import FERRY, NewsSite, Server, wait_until


def test_from_an_address_to_a_tagged_article_found_again(plain: Plain, outlet: NewsSite) -> None:
    result = plain(
        f"add {outlet.server.url()}", "unread", "1", "tag +boats", "search tag:boats ferry"
    )

    assert result.err == ""
    assert result.lines[:2] == ["Subscribed to The Harbour Post.", "The Harbour Post: 3 new."]
    assert "Heading: What it costs" in result.lines
    assert "Found for tag:boats ferry: 1, best match first. Here 1." in result.lines


def test_every_feed_has_a_line_and_a_failed_one_stops_none(
    plain: Plain, outlet: NewsSite, folder: Path
) -> None:
    with Archive.open(folder) as archive:
        archive.add_feed(Feed(outlet.rss_url, title="Harbour"))
        archive.add_feed(Feed(outlet.server.url("/gone.xml"), title="Gone"))

    result = plain("refresh", "feeds", "refresh harbour")

    assert "The Harbour Post: 3 new." in result.lines
    assert any(line.startswith("Gone: failed. ") for line in result.lines)
    assert "3 new articles from 2 feeds, 1 failed." in result.lines
    assert any(", last refresh failed: " in line for line in result.lines)
    assert result.lines[-1] == "The Harbour Post: nothing new."


def test_a_feed_is_removed_when_the_answer_is_yes(
    plain: Plain, folder: Path, outlet: NewsSite
) -> None:
    with Archive.open(folder) as archive:
        archive.add_feed(Feed(outlet.rss_url, title="Harbour"))

    result = plain("remove 1", "no", "remove harbour", "feeds", "rm 1", "y", "feeds", "remove")

    assert result.lines[1] == "Nothing was changed."
    assert result.lines[3:5] == ["Nothing was changed.", "1 feed."]
    assert "Unsubscribed from Harbour." in result.lines
    assert result.lines[-1].startswith("No feeds yet.")
    assert result.err.startswith("newsreader: remove: needs a feed.")


def test_an_address_that_does_not_answer_is_one_line_with_a_remedy(
    plain: Plain, outlet: NewsSite
) -> None:
    result = plain(f"add {outlet.server.url('/nothing')}", "add", "where")

    errors = result.err.splitlines()
    assert len(errors) == 2
    assert errors[0].startswith(f"newsreader: {outlet.server.url('/nothing')}: ")
    assert result.lines[-1].startswith("At the beginning")


def test_ctrl_c_stops_a_refresh_and_stays_in_the_session(folder: Path) -> None:
    with Server("127.0.0.7") as slow:
        slow.put_raw("/slow.xml", 25.0, b"")
        with Archive.open(folder) as archive:
            archive.add_feed(Feed(slow.url("/slow.xml"), title="Slow"))
        with subprocess.Popen(
            [*COMMAND, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, cwd=ROOT, env=environ(),
        ) as run:  # fmt: skip
            assert run.stdin is not None
            run.stdin.write(b"refresh\nwhere\n")
            run.stdin.flush()
            assert wait_until(slow.paths)
            os.kill(run.pid, signal.SIGINT)
            out, err = run.communicate(timeout=15)

    assert (run.returncode, err) == (0, b"")
    assert b"Stopped; what was done is kept.\n" in out
    assert b"At the beginning: no articles" in out


def test_a_refreshed_article_is_read_by_its_number(plain: Plain, outlet: NewsSite) -> None:
    result = plain(f"+{outlet.rss_url}", "list ferry", "1", "open")

    assert result.lines[-1] == outlet.url_of(FERRY)


def test_of_several_feeds_of_a_site_a_number_chooses(plain: Plain, outlet: NewsSite) -> None:
    outlet.server.put("/sport.xml", outlet.rss().replace(outlet.name, "Sport"), "text/xml")
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{path}">'
        for path, title in (("/rss.xml", "All"), ("/sport.xml", "Sport"))
    )
    page = outlet.server.put("/", f"<head>{links}</head>")

    result = plain(f"add {page}", "choose 3", "2", "add /no/such/file.xml")

    assert result.lines[:5] == [
        "There are 2 feeds.",
        f"1. The Harbour Post, {outlet.rss_url}",
        f"2. Sport, {outlet.server.url('/sport.xml')}",
        "A number, or choose NUMBER, subscribes to that one.",
        "Subscribed to Sport.",
    ]
    number, path = result.err.splitlines()
    assert number == "newsreader: 3: the site has 2 feeds. Give one of their numbers."
    assert path.startswith("newsreader: /no/such/file.xml: is not there, or is no file. ")


def test_the_list_of_feeds_says_how_each_fares(plain: Plain, folder: Path) -> None:
    now = datetime.now(UTC)
    quiet, dead = "http://127.0.0.9/quiet", "http://127.0.0.9/dead"
    with Archive.open(folder) as archive:
        for url, title in ((quiet, "Quiet"), (dead, "Dead"), ("http://127.0.0.9/x", "New")):
            archive.add_feed(Feed(url, title=title, added_at=now - timedelta(days=30)))
        archive.save_fetch_states(
            [
                FetchState(quiet, refreshed_at=now, next_refresh_at=now + timedelta(hours=3.5)),
                FetchState(dead, refreshed_at=now, gone_at=now, error="answered 410 Gone"),
            ]
        )

    lines = plain("feeds").lines

    assert lines[1].endswith(", dead: answered 410 Gone.")
    assert lines[2] == "2. New, 0 unread of no articles, never refreshed."
    assert lines[3].endswith(", next in 3 hours, quiet: no entry since it was added 4 weeks ago.")
