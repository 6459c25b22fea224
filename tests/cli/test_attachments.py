"""What a feed states beside an article's text: topics, files, picture, comments, odd dates."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.servers import Server

EPISODE = """<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:georss="http://www.georss.org/georss">
<channel><title>Slow Boats</title><link>/</link><item>
<title>The barge</title><link>/barge</link><guid>barge-7</guid>{date}
<description>A week on a barge, told from the galley.</description>
<category>Canals</category><category>\x9b31mHostile \u202etopic [/b]</category>
<enclosure url="http://boats.example/7.mp3" length="31415926" type="audio/mpeg"/>
<enclosure url="javascript:alert(1)" length="1" type="audio/mpeg"/>
<itunes:image href="/cover.png"/><comments>http://boats.example/7#talk</comments>
<georss:featurename>Lock \u202e7</georss:featurename><georss:point>52.4 4.9</georss:point>
</item></channel></rss>"""


@pytest.fixture
def podcast(run: Run) -> Iterator[Server]:
    """A subscribed feed of one episode whose date lies far ahead."""
    with Server() as server:
        date = "<pubDate>Thu, 01 Jan 2099 00:00:00 GMT</pubDate>"
        server.put("/rss", EPISODE.format(date=date), "application/rss+xml")
        assert run("add", server.url("/rss")).code == 0
        yield server


def test_json_has_what_the_feed_states(run: Run, podcast: Server) -> None:
    (listed,) = run("list", "--json").json
    shown = run("show", listed["id"], "--format", "json").json

    assert shown["categories"] == ["Canals", "31mHostile topic [/b]"]
    assert shown["enclosures"] == [
        {"url": "http://boats.example/7.mp3", "type": "audio/mpeg", "length": 31415926}
    ]
    assert shown["image"] == podcast.url("/cover.png")
    assert shown["comments_url"] == "http://boats.example/7#talk"
    assert shown["location"] == "Lock 7 (52.4, 4.9)"
    assert shown["tags"] == []


def test_the_header_names_files_topics_and_comments(run: Run, podcast: Server) -> None:
    (listed,) = run("list", "--json").json
    lines = run("show", listed["id"]).lines

    assert "Place: Lock 7 (52.4, 4.9)" in lines
    assert "Topics: Canals, 31mHostile topic [/b]" in lines
    assert "Sound: http://boats.example/7.mp3 (audio/mpeg, 31.4 MB)" in lines
    assert "Comments: http://boats.example/7#talk" in lines


def test_a_date_that_cannot_be_true_is_shown_as_a_claim(run: Run, podcast: Server) -> None:
    (listed,) = run("list", "--json").json
    shown = run("show", listed["id"], "--format", "json").json

    assert listed["published_at"] is None
    assert shown["claimed_at"] == "2099-01-01T00:00:00Z"
    assert "claims 2099-01-01, not believed" in run("show", listed["id"]).lines[1]


def test_a_list_marks_that_the_date_is_not_the_outlets(run: Run, podcast: Server) -> None:
    seen = run("list", "--json").json[0]["archived_at"]
    (line,) = run("list", columns=120).lines
    (narrow,) = run("list", columns=60).lines

    assert f" {seen[:16].replace('T', ' ')}?" in strip_styles(line)
    assert f" {seen[:10]}?" in strip_styles(narrow)


def strip_styles(line: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", line)


def test_what_is_exported_comes_back(run: Run, podcast: Server, tmp_path: Path) -> None:
    exported = run("export", "--format", "jsonl").out
    kept = ("categories", "enclosures", "image", "comments_url", "claimed_at", "location")
    stated = {name: json.loads(exported)[name] for name in kept}
    (tmp_path / "all.jsonl").write_text(exported)
    other = ("--archive", str(tmp_path / "other"))
    assert run(*other, "import", str(tmp_path / "all.jsonl")).code == 0

    (listed,) = run(*other, "list", "--json").json
    shown = run(*other, "show", listed["id"], "--format", "json").json
    assert {name: shown[name] for name in kept} == stated
