"""The pages of newly archived articles are looked at again by refreshes, less and less often."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.models import Article, MarkChange
from reader.config import Settings
from reader.library import Library
from reader.pipeline.looks import MOST
from tests.servers import BRIDGE, FERRY, NewsSite, Server, Story

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PAGE = f"/news/{FERRY.slug}"


@dataclass
class Moved:
    """A library with a clock that a test moves on, and what its server was asked."""

    library: Library
    server: Server
    at: datetime = datetime(2026, 3, 4, 12, tzinfo=UTC)

    def later(self, by: timedelta, *names: str, **options: bool) -> list[str]:
        """The pages that a refresh asks for after so long."""
        self.at += by
        asked = len(self.server.requests)
        list(self.library.refresh(names, **options))
        return [path for path in self.server.paths()[asked:] if not path.endswith(".xml")]

    def article(self, query: str = "ferry") -> Article:
        (row,) = self.library.list(query)
        return self.library.get(row.article_id)


@pytest.fixture
def outlet(server: Server) -> NewsSite:
    return NewsSite(server).publish(FERRY)


@pytest.fixture
def moved(tmp_path: Path, outlet: NewsSite) -> Iterator[Moved]:
    """With one article of one feed, archived just now."""
    with opened(tmp_path, outlet, Settings(connections=4)) as found:
        yield found


@contextmanager
def opened(folder: Path, outlet: NewsSite, settings: Settings) -> Iterator[Moved]:
    archive = Archive.open(folder / "archive", now=lambda: found.at)
    library = Library(archive, settings, lambda: found.at)
    found = Moved(library, outlet.server)
    with library:
        library.subscribe(outlet.rss_url)
        list(library.refresh())
        yield found


def edited(outlet: NewsSite, words: str) -> None:
    """Publish another text of the page, which the feed does not tell of."""
    changed = replace(FERRY, body=f"{FERRY.body}<p>{words}</p>")
    outlet.server.put(PAGE, outlet.page(changed))


def test_a_page_is_looked_at_seven_times_in_thirty_days_and_never_again(moved: Moved) -> None:
    looks = [hour for hour in range(1, 24 * 40) if moved.later(HOUR)]

    assert looks == [1, 6, 24, 3 * 24, 7 * 24, 14 * 24, 30 * 24]


def test_looks_that_a_pause_left_out_are_one_look(moved: Moved) -> None:
    assert moved.later(5 * DAY) == [PAGE]
    assert moved.later(HOUR) == []
    assert moved.later(90 * DAY) == []


def test_a_silent_edit_becomes_a_revision_with_its_page_as_evidence(
    moved: Moved, outlet: NewsSite
) -> None:
    first = moved.article()
    edited(outlet, "The company denies it.")

    moved.later(HOUR)

    article = moved.article()
    assert "The company denies it." in article.text
    assert [one.text for one in article.revisions] == [first.text]
    page = moved.library.stored_page(article.article_id)
    assert page is not None
    assert b"The company denies it." in page.body


def test_a_look_is_conditional_and_an_unchanged_page_costs_no_room(moved: Moved) -> None:
    before = moved.library.pages_size()
    article = moved.article()

    moved.later(HOUR)

    assert moved.server.requests[-1].headers["if-none-match"].startswith('"')
    assert moved.library.pages_size() == before
    assert moved.article() == article


def test_a_page_that_differs_in_its_furniture_alone_is_not_kept_again(
    moved: Moved, outlet: NewsSite
) -> None:
    before = moved.library.pages_size()
    outlet.server.put(PAGE, outlet.page(FERRY).replace("</body>", "<!-- 4711 --></body>"))

    assert moved.later(HOUR) == [PAGE]
    assert moved.library.pages_size() == before
    assert moved.article().changed_at is None


def test_a_page_that_is_deleted_is_told_and_may_come_back(moved: Moved, outlet: NewsSite) -> None:
    outlet.server.put(PAGE, "gone", status=410)
    moved.later(HOUR)
    assert moved.article().gone_at == moved.at
    outlet.publish()

    moved.later(6 * HOUR)

    assert (moved.article().gone_at, moved.article().notes) == (None, ())


def test_a_host_that_wants_to_be_left_alone_is_looked_at_when_it_is_time_again(
    moved: Moved, outlet: NewsSite
) -> None:
    outlet.server.put(PAGE, "", status=429, headers={"Retry-After": "1"})
    assert moved.later(HOUR) == [PAGE]
    assert moved.article().notes == ()
    edited(outlet, "The company denies it.")

    assert moved.later(HOUR) == []
    time.sleep(1.2)  # the wait is one of the system's clock
    assert moved.later(4 * HOUR) == [PAGE]
    assert "The company denies it." in moved.article().text


def test_a_page_that_fails_is_a_note_and_no_failure_of_the_run(
    moved: Moved, outlet: NewsSite
) -> None:
    outlet.server.put(PAGE, "oops", status=500)
    moved.at += HOUR
    (outcome,) = moved.library.refresh()

    assert (outcome.error, outcome.failed_pages) == ("", 0)
    assert any("500" in note for note in moved.article().notes)


def test_only_so_many_pages_of_a_feed_are_looked_at_in_one_run(
    moved: Moved, outlet: NewsSite
) -> None:
    for start in (0, MOST):
        outlet.publish(*(Story(f"s{n}", f"S {n}", FERRY.body) for n in range(start, start + MOST)))
        moved.later(timedelta(minutes=1))

    first, second, third = (moved.later(HOUR * hours) for hours in (1, 0, 0))

    early = [f"/news/s{n}" for n in range(MOST)]
    assert sorted(first) == sorted([PAGE, *early])
    assert sorted(second) == sorted(f"/news/s{n}" for n in range(MOST, 2 * MOST))
    assert third == []


def test_a_page_saved_by_hand_is_looked_at_by_runs_that_name_no_feed(
    moved: Moved, outlet: NewsSite
) -> None:
    saved = outlet.server.put("/essay", outlet.page(BRIDGE).replace('"canonical"', '"other"'))
    list(moved.library.save_pages([saved]))
    moved.later(timedelta())

    assert moved.later(HOUR, outlet.rss_url) == [PAGE]
    assert moved.later(HOUR, due=True) == ["/essay"]
    assert moved.later(HOUR) == []


def test_what_was_imported_and_what_is_hidden_is_not_looked_at(
    moved: Moved, outlet: NewsSite, tmp_path: Path
) -> None:
    lines = tmp_path / "articles.jsonl"
    url = outlet.server.put("/news/imported", outlet.page(BRIDGE))
    lines.write_text(f'{{"url": "{url}", "title": "Imported", "feed_url": "{outlet.rss_url}"}}')
    moved.library.import_file(str(lines))
    moved.library.mark([moved.article().article_id], MarkChange(hidden_by="me"))

    assert moved.later(HOUR) == []


def test_the_setting_and_the_feed_s_own_switch_looks_off(
    tmp_path: Path, outlet: NewsSite, moved: Moved
) -> None:
    assert moved.later(HOUR, pages=False) == []
    (status,) = moved.library.feeds()
    feed = status.feed
    moved.library.edit_feed(replace(feed, settings=replace(feed.settings, pages=False)))
    assert moved.later(HOUR) == []
    settings = Settings(connections=4, recheck=False)
    with opened(tmp_path / "never", outlet, settings) as never:
        assert never.later(HOUR) == []
        assert never.later(HOUR, recheck=True) == [PAGE]


def test_who_comes_from_an_earlier_version_gets_no_flood_of_looks(
    moved: Moved, outlet: NewsSite
) -> None:
    state = moved.library._archive.fetch_states()[outlet.rss_url]
    moved.at += 10 * DAY
    forgotten = replace(state, looked_at=None, refreshed_at=moved.at)
    moved.library._archive.save_fetch_states([forgotten])

    assert moved.later(timedelta()) == []
    assert moved.later(4 * DAY) == [PAGE]
