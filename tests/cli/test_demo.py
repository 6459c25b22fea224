"""`newsreader demo`: the sample outlets through the real pipeline, with no network and no trace."""

import tempfile
from pathlib import Path

import pytest

from reader.config import Settings
from reader.demo.outlets import OUTLETS
from reader.demo.run import demo_library


def test_the_demo_archives_every_sample_article_and_leaves_nothing_behind(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)

    shown = run("demo", "--no-app")

    assert shown.code == 0
    for outlet in OUTLETS:
        for story in outlet.stories:
            assert story.title in shown.out
    assert list(tmp_path.glob("newsreader-demo-*")) == []


def test_without_a_terminal_the_demo_says_what_to_do_instead(run) -> None:
    shown = run("demo")

    assert shown.code == 2
    assert "newsreader demo --no-app" in shown.err


def test_the_sample_pages_lose_their_furniture_and_keep_their_text() -> None:
    with demo_library(Settings()) as library:
        texts = {row.title: library.get(row.article_id).text for row in library.list()}

    for outlet in OUTLETS:
        for story in outlet.stories:
            assert not any(words in texts[story.title] for words in outlet.furniture)
    tides = texts["How to read a tide table in five minutes"]
    assert "| 3 | 3/12 | 6/12 |" in tides
    assert "```python" in tides
