"""Settings of a feed in library.json: there only where they differ, refused where damaged."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import Archive
from archive.documents import feed_document, feed_from
from archive.errors import DamagedFile
from archive.feed_models import FeedSettings
from archive.models import Feed

FEED = Feed("https://harbour.example/rss", title="Harbour")


@given(
    st.builds(
        FeedSettings,
        interval_minutes=st.integers(0, 10_080),
        pages=st.booleans(),
        user_agent=st.text(max_size=20),
        muted=st.booleans(),
    )
)
def test_what_is_written_is_read_back(settings: FeedSettings) -> None:
    feed = replace(FEED, feed_id="f1", settings=settings)
    document = feed_document(feed)

    assert feed_from(document, "f1") == feed
    assert ("settings" in document) == (settings != FeedSettings())


def test_a_refresh_that_notes_a_title_leaves_settings_as_they_are(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        feed = archive.add_feed(replace(FEED, settings=FeedSettings(muted=True)))
        archive.fetching.note_facts([replace(feed, title="The Harbour", settings=FeedSettings())])

        assert archive.feeds()[0].feed == replace(feed, title="The Harbour")


@pytest.mark.parametrize(
    "settings", [3, "on", [1], {"interval_minutes": "30"}, {"user_agent": 7}], ids=json.dumps
)
def test_settings_of_another_kind_are_damage(settings: object) -> None:
    document = feed_document(FEED) | {"settings": settings}

    with pytest.raises(DamagedFile):
        feed_from(document, "f1")
