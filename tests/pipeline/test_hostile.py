"""Whatever servers do, a refresh ends, says what happened, and reads the feeds beside them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from archive.models import Feed
from reader.config import Settings
from reader.library import Library
from reader.outcomes import FeedRefreshed
from tests.pipeline.hostile import CASES, GIVEN_UP, Case
from tests.servers import Server

TIME = 2.0
"""Seconds that a request may take here, in place of 30."""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, FeedRefreshed]]:
    """One refresh over all of them together: each outcome by the name of its case."""
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        patch.setenv("HOME", str(folder))
        patch.setattr("reader.network.TOTAL_SECONDS", TIME)
        library = stack.enter_context(Library.open(folder / "archive", Settings(connections=64)))
        names = {}
        for case in CASES:
            url = case.put(stack.enter_context(Server()))
            names[url] = case.name
            library._archive.add_feed(Feed(url))
        ran = {names[outcome.feed_url]: outcome for outcome in library.refresh()}
        texts = [library.get(row.article_id).text for row in library.list()]
        assert not any("root:" in text for text in texts)
        yield ran


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_server_that_misbehaves_has_its_outcome(
    case: Case, outcomes: dict[str, FeedRefreshed]
) -> None:
    outcome = outcomes[case.name]
    place = outcome.feed_url.split("/")[2]

    if case.may_be_late and outcome.error == GIVEN_UP:
        assert (outcome.http_status, outcome.new_count) == (200, 0)
        return
    assert outcome.error == case.error.replace("{place}", place)
    assert (outcome.http_status, outcome.new_count) == (case.status, case.new_count)
