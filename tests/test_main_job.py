"""The whole job as a user does it: the command as a process, outlets that go away, kill -9."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.servers import BRIDGE, FERRY, LIBRARY, NewsSite, Server, opml

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environ(home: Path, tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "HOME": str(home), "NEWSREADER_ARCHIVE": str(tmp_path / "archive")}


@pytest.fixture
def newsreader(environ: dict[str, str]) -> Run:
    def run(*args: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "reader", *args]
        return subprocess.run(
            command, capture_output=True, text=True, check=False, env=environ, timeout=120
        )

    return run


def rows(newsreader: Run, *args: str) -> list[dict]:
    return json.loads(newsreader("list", *args, "--limit", "1000", "--json").stdout)


def test_subscribe_refresh_and_read_after_the_network_is_gone(
    newsreader: Run, outlet: NewsSite, second_outlet: NewsSite, tmp_path: Path
) -> None:
    file = tmp_path / "subscriptions.opml"
    file.write_text(opml(outlet.rss_url, second_outlet.json_url, folder="North"), encoding="utf-8")

    imported = newsreader("import", str(file))
    refreshed = newsreader("refresh", "--json")
    outlet.server.stop()
    second_outlet.server.stop()

    assert (imported.returncode, refreshed.returncode) == (0, 0)
    assert sorted(one["new_count"] for one in json.loads(refreshed.stdout)) == [1, 3]
    (ferry,) = rows(newsreader, "title:ferry")
    shown = json.loads(newsreader("show", ferry["id"], "--format", "json").stdout)
    assert "three nights a week" in shown["text"]
    assert newsreader("tag", ferry["id"], "+boats", "+north").returncode == 0
    assert newsreader("mark", "bridge", "--read", "--star").returncode == 0
    assert [row["id"] for row in rows(newsreader, "tag:boats", "is:unread")] == [ferry["id"]]
    assert [row["title"] for row in rows(newsreader, "is:starred")] == [BRIDGE.title]
    (hit,) = json.loads(newsreader("search", "carpenter's", "mark", "--json").stdout)
    assert "carpenter's mark" in hit["snippet"]
    assert newsreader("undo").returncode == 0
    assert rows(newsreader, "is:starred") == []
    assert newsreader("verify").returncode == 0


def test_a_refresh_without_network_says_so_feed_by_feed_and_keeps_everything(
    newsreader: Run, outlet: NewsSite
) -> None:
    newsreader("add", outlet.rss_url)
    outlet.server.stop()

    refreshed = newsreader("refresh")

    assert refreshed.returncode == 1
    assert "refused" in refreshed.stdout + refreshed.stderr
    assert "Traceback" not in refreshed.stdout + refreshed.stderr
    assert len(rows(newsreader)) == 3


def test_kill_9_at_any_moment_of_a_refresh_leaves_an_archive_that_opens(
    newsreader: Run, environ: dict[str, str]
) -> None:
    dice = random.Random(20261123)
    sites = [Server(f"127.0.0.{n}") for n in range(2, 6)]
    stories = [replace(FERRY, slug=f"s{n}", title=f"Story number {n}") for n in range(12)]
    for server in sites:
        newsreader("add", NewsSite(server).publish(*stories).rss_url, "--no-refresh")
    acknowledged = 0
    for _ in range(6):
        command = [sys.executable, "-u", "-m", "reader", "refresh"]
        run = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environ
        )
        time.sleep(dice.uniform(0.4, 1.6))
        run.kill()
        printed, _ = run.communicate()
        acknowledged += 12 * sum("12 new" in line for line in printed.splitlines())

        listed = rows(newsreader)

        assert len(listed) >= acknowledged
        assert len({row["url"] for row in listed}) == len(listed)
    verified = newsreader("verify")
    final = newsreader("refresh", "--json")
    for server in sites:
        server.stop()

    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert final.returncode == 0
    assert len(rows(newsreader)) == 48


def test_kill_9_at_any_moment_of_a_tag_keeps_every_acknowledged_one(
    newsreader: Run, environ: dict[str, str], outlet: NewsSite
) -> None:
    newsreader("add", outlet.rss_url)
    dice = random.Random(4)
    acknowledged: set[str] = set()
    for n in range(10):
        command = [sys.executable, "-u", "-m", "reader", "tag", "is:unread", f"+t{n}"]
        run = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ)
        time.sleep(dice.uniform(0.1, 0.35))
        run.kill()
        printed, _ = run.communicate()
        if printed.strip():
            acknowledged.add(f"t{n}")

    tags = [set(row["tags"]) for row in rows(newsreader)]

    assert len(tags) == 3
    assert tags[0] == tags[1] == tags[2], "a tag by query is whole or not at all"
    assert acknowledged <= tags[0]
    assert newsreader("verify").returncode == 0


def test_many_processes_change_one_archive_and_nothing_is_lost(
    newsreader: Run, environ: dict[str, str], outlet: NewsSite, second_outlet: NewsSite
) -> None:
    newsreader("add", outlet.rss_url)
    newsreader("add", second_outlet.rss_url, "--no-refresh")
    commands = [["refresh"], ["refresh"], *(["tag", "is:unread", f"+p{n}"] for n in range(4))]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "reader", *command], stdout=subprocess.DEVNULL, env=environ
        )
        for command in commands
    ]
    codes = [run.wait(timeout=60) for run in running]

    listed = rows(newsreader)

    assert codes == [0] * len(commands)
    assert sorted(row["title"] for row in listed) == sorted(
        [FERRY.title, BRIDGE.title, LIBRARY.title, LIBRARY.title]
    )
    ours = [set(row["tags"]) for row in listed if row["feed_url"] == outlet.rss_url]
    assert ours == [{"p0", "p1", "p2", "p3"}] * 3
    assert newsreader("verify").returncode == 0
