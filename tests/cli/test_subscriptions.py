"""add, remove, feeds, refresh, save: over real outlets on loopback."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.archive import Archive
from archive.feed_models import FetchState
from archive.models import Feed
from tests.cli.conftest import Run
from tests.servers import BRIDGE, FERRY, NewsSite

FEED_FIELDS = {
    "id", "title", "feed_url", "site_url", "folder", "tags", "article_count", "unread_count",
    "refreshed_at", "next_refresh_at", "error", "http_status", "notes",
    "last_entry_at", "entries_per_week", "weeks", "health", "advice",
}  # fmt: skip
REFRESH_FIELDS = {
    "feed_url", "new_count", "changed_count", "unchanged_count", "failed_pages", "http_status",
    "error", "seconds", "notes", "notices",
}  # fmt: skip


def test_a_site_is_added_and_refreshed_at_once(run: Run, outlet: NewsSite) -> None:
    result = run("add", outlet.server.url("/"), "--folder", "Coast/North", "--tag", "sea")

    assert (result.code, result.err) == (0, "")
    assert result.lines == [
        f"f1  The Harbour Post  {outlet.rss_url}",
        "The Harbour Post: 3 new",
    ]
    (feed,) = run("feeds", "--json").json
    assert feed.keys() == FEED_FIELDS
    assert (feed["folder"], feed["tags"], feed["unread_count"]) == ("Coast/North", ["sea"], 3)
    assert feed["refreshed_at"].endswith("Z")
    assert all(row["tags"] == ["sea"] for row in run("list", "--json").json)


def test_adding_again_says_so_and_may_move_the_feed(run: Run, outlet: NewsSite) -> None:
    run("add", outlet.rss_url, "--no-refresh", "--tag", "sea")

    again = run("add", outlet.rss_url, "--no-refresh", "--folder", "Coast", "--tag", "north")

    assert again.lines == [f"f1  The Harbour Post  {outlet.rss_url}  (already subscribed)"]
    (feed,) = run("feeds", "--json").json
    assert (feed["folder"], feed["tags"]) == ("Coast", ["sea", "north"])


def test_one_bad_address_does_not_stop_the_others(run: Run, outlet: NewsSite) -> None:
    page = outlet.server.put("/page", "<p>Nothing here</p>")
    for path in ("/rss.xml", "/feed.json"):
        outlet.server.remove(path)

    result = run("add", "no address", page, outlet.atom_url, "--no-refresh")

    assert result.code == 1
    assert len(result.lines) == 1 or "f1" in result.out
    assert result.err.startswith("newsreader: no address: is not a web address.")
    assert "Traceback" not in result.err


def test_a_feed_is_removed_by_part_of_its_title_and_its_articles_stay(
    run: Run, outlet: NewsSite
) -> None:
    run("add", outlet.rss_url)

    removed = run("remove", "harbour")

    assert (removed.code, removed.out) == (0, "f1  The Harbour Post: unsubscribed, articles kept\n")
    assert run("feeds", "--json").out == "[]\n"
    assert len(run("list", "--json").json) == 3
    again = run("remove", "harbour")
    assert again.code == 1
    assert again.err.startswith("newsreader: harbour: ")


def test_a_name_that_means_several_feeds_is_wrong_usage(
    run: Run, outlet: NewsSite, second_outlet: NewsSite
) -> None:
    run("add", outlet.rss_url, outlet.atom_url, second_outlet.rss_url, "--no-refresh")

    result = run("refresh", "harbour")

    assert (result.code, result.out) == (2, "")
    assert result.err.count("\n") == 1


def test_a_refresh_reports_each_feed_and_fails_in_part(
    run: Run, outlet: NewsSite, second_outlet: NewsSite
) -> None:
    run("add", outlet.rss_url, second_outlet.rss_url, "--no-refresh")
    second_outlet.server.stop()

    refreshed = run("refresh", "--json", "--jobs", "2")

    assert refreshed.code == 1
    rows = {row["feed_url"]: row for row in refreshed.json}
    assert all(row.keys() == REFRESH_FIELDS for row in rows.values())
    assert rows[outlet.rss_url]["new_count"] == 3
    assert rows[outlet.rss_url]["error"] is None
    assert "refused" in rows[second_outlet.rss_url]["error"]
    shown = run("feeds")
    assert "refused the connection" in shown.out
    assert "3 of 3 unread" in shown.out
    assert "now" in shown.out
    assert run("feeds", columns=80).code == 0


def test_a_rule_tells_of_what_a_refresh_brings(run: Run, outlet: NewsSite) -> None:
    run("add", outlet.rss_url, "--no-refresh")
    run("rule", "add", "boats", f'title:"{FERRY.title}"', "--notify")

    refreshed = run("refresh")

    (row,) = run("list", f'title:"{FERRY.title}"', "--json").json
    assert f"boats: {row['id']}  {FERRY.title}" in refreshed.lines
    assert run("refresh", "--json").json[0]["notices"] == []


def test_only_feeds_that_are_due_are_asked(run: Run, outlet: NewsSite) -> None:
    run("add", outlet.rss_url)

    assert run("refresh", "--due", "--json").json == []
    assert run("refresh", "--due").code == 0
    assert run("refresh", "f1", "--json").json[0]["http_status"] == 304


def test_without_pages_the_feeds_own_words_are_archived(run: Run, outlet: NewsSite) -> None:
    run("add", outlet.rss_url, "--no-refresh")

    run("refresh", "--no-pages")

    assert {row["text_from"] for row in run("list", "--json").json} == {"feed", "summary"}
    assert not [path for path in outlet.server.paths() if path.startswith("/news/")]


def test_a_library_without_feeds_says_how_to_begin(run: Run) -> None:
    listed, refreshed = run("feeds"), run("refresh")

    assert (listed.code, refreshed.code) == (1, 0)
    assert "newsreader add URL" in listed.err
    assert "newsreader add URL" in refreshed.err


def test_single_pages_are_saved_and_failures_named(run: Run, outlet: NewsSite) -> None:
    saved = run("save", outlet.url_of(BRIDGE), outlet.server.url("/gone"), "--tag", "later")

    assert saved.code == 1
    (row,) = run("list", "--json").json
    assert (row["title"], row["tags"], row["feed_url"]) == (BRIDGE.title, ["later"], None)
    assert saved.out == f"{row['id']}  {BRIDGE.title}\n"
    assert saved.err == f"newsreader: {outlet.server.url('/gone')}: answered 404 Not Found.\n"


def test_a_person_sees_news_and_a_sum(run: Run, outlet: NewsSite) -> None:
    run("add", outlet.rss_url, "--no-refresh")

    first = run("refresh", columns=80)
    second = run("refresh", columns=80)

    assert first.lines == [
        "\x1b[1mThe Harbour Post\x1b[0m: 3 new",
        "\x1b[2m3 new articles from 1 feed\x1b[0m",
    ]
    assert second.lines == ["\x1b[2m0 new articles from 1 feed\x1b[0m"]
    assert FERRY.title in run("list", columns=120).out


def test_the_list_says_which_feeds_are_in_trouble_and_how(
    run: Run, outlet: NewsSite, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    states = {
        "Fine": FetchState(outlet.rss_url, refreshed_at=now, http_status=200),
        "Silent": FetchState("http://127.0.0.9/silent", refreshed_at=now, http_status=304),
        "Failing": FetchState(
            "http://127.0.0.9/fails",
            refreshed_at=now - timedelta(hours=2),
            next_refresh_at=now + timedelta(hours=3, minutes=1),
            error="answered 404 Not\x1b[2J Found",
            failure_count=3,
        ),
        "Gone": FetchState(
            "http://127.0.0.9/gone", refreshed_at=now, error="answered 410", gone_at=now
        ),
    }
    with Archive.open(tmp_path / "archive") as archive:
        for title, state in states.items():
            added = now - timedelta(days=0 if title == "Fine" else 30)
            archive.add_feed(Feed(state.feed_url, title=title, added_at=added))
        archive.save_fetch_states(states.values())

    lines = run("feeds").lines
    assert [" ".join(line.split()[5:]) for line in lines if line[0] == "f"] == [
        "Failing 2h ago in 3h",
        "Fine now due",
        "Gone now gone",
        "Silent now due",
    ]
    assert [line for line in lines if line[0] == " "] == [
        "    failing: answered 404 Not[2J Found, 3 times in a row",
        "    dead: answered 410",
        "    quiet: no entry since it was added 4 weeks ago",
    ]


def test_undo_takes_back_that_a_feed_was_given_up_or_changed(run: Run, outlet: NewsSite) -> None:
    run("add", outlet.rss_url, "--folder", "Coast", "--tag", "sea")
    before = run("feeds", "--json").json
    run("set", "f1", "title=Post of the harbour")
    run("remove", "f1")

    assert "unsubscribe from Post of the harbour" in run("undo").out
    assert [feed["title"] for feed in run("feeds", "--json").json] == ["Post of the harbour"]
    assert len(run("list", "feed:f1", "--json").json) == 3
    assert "change feed Post of the harbour" in run("undo").out
    assert run("feeds", "--json").json == before
    assert run("undo").code == 1


def test_a_feed_that_was_added_again_is_not_given_twice_by_undo(run: Run, outlet: NewsSite) -> None:
    run("add", outlet.rss_url, "--no-refresh")
    run("remove", "f1")
    run("add", outlet.rss_url, "--no-refresh", "--folder", "Coast")

    assert run("undo").code == 1
    assert [feed["folder"] for feed in run("feeds", "--json").json] == ["Coast"]


def test_undo_keeps_what_a_refresh_learned_of_a_feed_since(run: Run, outlet: NewsSite) -> None:
    run("add", outlet.rss_url)
    run("mark", "ferry", "--star")
    run("set", "f1", "folder=Coast")
    outlet.name = "The Harbour Times"
    outlet.publish()
    run("refresh")

    assert "change feed" in run("undo").out
    (feed,) = run("feeds", "--json").json
    assert (feed["folder"], feed["title"]) == ("", "The Harbour Times")
    assert len(run("list", "is:starred", "--json").json) == 1


def test_undo_of_another_interval_lets_the_former_one_count(run: Run, outlet: NewsSite) -> None:
    run("add", outlet.rss_url)
    (before,) = run("feeds", "--json").json
    run("set", "f1", "interval=60")
    (changed,) = run("feeds", "--json").json

    run("undo")

    (after,) = run("feeds", "--json").json
    assert changed["next_refresh_at"] < before["next_refresh_at"]
    assert changed["next_refresh_at"] < after["next_refresh_at"]
