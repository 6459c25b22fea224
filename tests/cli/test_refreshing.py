"""refresh, as scripts and timers use it: what is told of servers that want to be left alone."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run
from tests.servers import NewsSite, Server, wait_until

Newsreader = Callable[..., subprocess.CompletedProcess[bytes]]


def test_a_wait_is_told_in_words_and_holds_for_the_next_process(
    run: Run, newsreader: Newsreader, outlet: NewsSite
) -> None:
    run("add", outlet.rss_url, outlet.atom_url, "--no-refresh")
    outlet.server.put("/rss.xml", "", status=429, headers={"Retry-After": "3600"})
    assert newsreader("refresh", "f1").returncode == 1
    asked = len(outlet.server.requests)
    second = newsreader("refresh")

    assert second.returncode == 1
    assert len(outlet.server.requests) == asked
    lines = second.stderr.decode().splitlines()
    assert len(lines) == 2
    form = r"newsreader: The Harbour Post: asked us to wait until 20\d\d-\d\d-\d\d \d\d:\d\d\."
    assert all(re.fullmatch(form, line) for line in lines)
    assert [bool(feed["error"]) for feed in run("feeds", "--json").json] == [True, True]


@pytest.mark.parametrize(
    ("contact", "place"),
    [("me@mail.example", "me@mail.example"), ("https://me.example/", "+https://me.example/")],
)
def test_the_user_agent_says_where_to_write_to(
    run: Run, outlet: NewsSite, tmp_path: Path, contact: str, place: str
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'contact = "{contact}"\n')

    assert run("--config", str(config), "add", outlet.rss_url).code == 0

    agents = {request.headers["user-agent"] for request in outlet.server.requests}
    assert len(agents) == 1
    assert agents.pop().endswith(f"(terminal news reader; {place})")


def test_due_holds_for_named_feeds_too(run: Run, outlet: NewsSite) -> None:
    run("add", outlet.rss_url)
    outlet.server.requests.clear()
    named = run("refresh", "--due", "f1", "--json")

    assert (named.code, named.json) == (0, [])
    assert outlet.server.requests == []


def test_a_feed_that_is_gone_is_marked_and_left_out(run: Run, outlet: NewsSite) -> None:
    run("add", outlet.rss_url)
    outlet.server.put("/rss.xml", "", status=410)
    first = run("refresh")
    outlet.server.requests.clear()
    second = run("refresh", "--json")
    listed = run("feeds", columns=100)
    [feed] = run("feeds", "--json").json
    advice = run("doctor").out

    assert first.code == 1
    assert "410 Gone: it is no more" in first.err
    assert (second.code, second.json, outlet.server.requests) == (0, [], [])
    assert "gone" in listed.lines[0]
    assert (feed["next_refresh_at"], feed["http_status"]) == (None, 410)
    assert "closed for good. Drop it" in advice


def test_a_move_is_told_and_the_opml_file_of_before_adds_nothing(
    run: Run, outlet: NewsSite, tmp_path: Path
) -> None:
    run("add", outlet.rss_url)
    file = tmp_path / "before.opml"
    run("export", "--format", "opml", "-o", str(file))
    new_url = outlet.server.put("/new.xml", outlet.rss(), "application/rss+xml")
    outlet.server.redirect("/rss.xml", new_url, 308)
    run("refresh")
    moved = run("refresh")
    imported = run("import", str(file))

    assert f"It has moved for good, and is asked at {new_url} from now on." in moved.out
    assert "0 feeds" in imported.out or "known" in imported.out
    assert [feed["feed_url"] for feed in run("feeds", "--json").json] == [new_url]
    assert {row["feed_url"] for row in run("list", "--json").json} == {new_url}


def test_a_feed_in_another_process_is_passed_over(
    run: Run, archive: Path, outlet: NewsSite
) -> None:
    with Server("127.0.0.3") as slow:
        site = NewsSite(slow)
        slow.put("/rss.xml", site.rss(), "application/rss+xml")
        run("add", outlet.rss_url, site.rss_url, "--no-refresh")
        slow.requests.clear()
        slow.put_raw("/rss.xml", 60.0)
        other = subprocess.Popen([sys.executable, "-m", "reader", "refresh", "f2"], cwd=ROOT)
        try:
            assert wait_until(lambda: slow.paths() == ["/rss.xml"], 30)
            result = run("refresh")
        finally:
            other.kill()
            other.wait()

        assert result.code == 0
        assert "nothing new; It is being refreshed by another run" in result.out
        assert "The Harbour Post: 3 new" in result.out
        assert slow.paths() == ["/rss.xml"]


def test_what_of_a_feed_was_not_read_is_told(run: Run, outlet: NewsSite) -> None:
    items = "".join(f"<item><title>Number {n}</title></item>" for n in range(1001))
    outlet.server.put("/many.xml", f"<rss version='2.0'><channel>{items}</channel></rss>")
    run("add", outlet.server.url("/many.xml"), "--no-refresh")
    [outcome] = run("refresh", "--no-pages", "--json").json
    [feed] = run("feeds", "--json").json

    note = "Of 1,001 entries only the newest 1,000 were read."
    assert (outcome["new_count"], outcome["error"], outcome["notes"]) == (1000, None, [note])
    assert (feed["health"], feed["notes"]) == ("ok", [note])
