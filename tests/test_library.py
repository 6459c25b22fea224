"""The main job through the library: subscribe, refresh, save; over real outlets on loopback."""

import io
import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from archive.models import Mark, MarkChange, Summary, Undone
from reader.errors import FeedUnusable, UsageProblem
from reader.library import Library
from reader.outcomes import FeedRefreshed
from tests.servers import BRIDGE, FERRY, LIBRARY, NewsSite, Server, Story, wait_until


def refresh(library: Library, *names: str, **options: object) -> dict[str, FeedRefreshed]:
    return {one.feed_url: one for one in library.refresh(names, **options)}


def rows_by_title(library: Library, query: str = "") -> dict[str, Summary]:
    return {row.title: row for row in library.list(query)}


def stamps(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in sorted(folder.rglob("*.json"))}


def longer(story: Story, text: str) -> Story:
    return replace(story, body=story.body + f"<p>{text}</p>", updated=story.published)


def test_a_site_is_subscribed_to_by_its_home_page(library: Library, outlet: NewsSite) -> None:
    feed = library.subscribe(outlet.server.url("/"), folder="Coast", tags=["sea"])

    assert (feed.feed_url, feed.name, feed.folder) == (outlet.rss_url, outlet.name, "Coast")
    assert [status.feed for status in library.feeds()] == [feed]


def test_subscribing_twice_gives_one_feed(library: Library, outlet: NewsSite) -> None:
    first = library.subscribe(outlet.rss_url)

    second = library.subscribe(outlet.rss_url)

    assert (first.feed_id, len(library.feeds())) == (second.feed_id, 1)


@pytest.mark.parametrize(
    ("path", "words"),
    [("/page", "no feed was found"), ("/nowhere", "404"), ("/binary", "no feed was found")],
)
def test_an_address_without_a_feed_is_refused_in_words(
    library: Library, path: str, words: str
) -> None:
    with Server() as server:
        server.put("/page", "<html><body><p>Nothing to subscribe to.</p></body></html>")
        server.put("/binary", b"\x00\x01\x02" * 50, "application/octet-stream")

        with pytest.raises(FeedUnusable, match=words) as caught:
            library.subscribe(server.url(path))

    assert caught.value.remedy
    assert library.feeds() == []


@pytest.mark.parametrize("typed", ["", "mailto:me@example.org", "ftp://example.org/x", "http://"])
def test_what_is_no_web_address_is_refused_without_asking_anyone(
    library: Library, typed: str
) -> None:
    with pytest.raises(UsageProblem, match="web address"):
        library.subscribe(typed)


@pytest.mark.parametrize("kind", ["rss_url", "atom_url", "json_url"])
def test_a_refresh_archives_the_text_of_every_page(
    library: Library, outlet: NewsSite, kind: str
) -> None:
    feed = library.subscribe(getattr(outlet, kind))

    outcome = refresh(library)[feed.feed_url]

    assert (outcome.new_count, outcome.failed_pages, outcome.error) == (3, 0, "")
    row = rows_by_title(library)[FERRY.title]
    article = library.get(row.article_id)
    assert "three nights a week" in article.text
    assert "## What it costs" in article.text
    assert FERRY.title not in article.text
    assert "- Cabin: forty crowns" in article.text
    assert "Sign in" not in article.text
    assert (article.text_from, article.published_at) == ("page", FERRY.published)
    assert (row.outlet, row.read, row.starred) == (outlet.name, False, False)


def test_a_feed_that_breaks_off_gives_what_is_whole_and_says_so(
    library: Library, outlet: NewsSite
) -> None:
    library.subscribe(outlet.rss_url)
    outlet.server.put("/rss.xml", outlet.rss()[:-200], "application/rss+xml")

    outcome = refresh(library)[outlet.rss_url]

    assert outcome.new_count >= 2
    assert "broken XML" in " ".join(outcome.notes)


def test_an_unchanged_feed_costs_no_page_and_no_write_to_a_volume(
    library: Library, outlet: NewsSite
) -> None:
    library.subscribe(outlet.rss_url)
    refresh(library)
    before, asked = stamps(library.path / "volumes"), len(outlet.server.paths())

    outcome = refresh(library)[outlet.rss_url]

    assert (outcome.http_status, outcome.new_count, outcome.changed_count) == (304, 0, 0)
    assert outlet.server.paths()[asked:] == ["/rss.xml"]
    assert stamps(library.path / "volumes") == before


def test_a_page_that_fails_leaves_the_feeds_text_and_says_why(
    library: Library, outlet: NewsSite
) -> None:
    for story in (FERRY, LIBRARY):
        outlet.server.remove(f"/news/{story.slug}")
    library.subscribe(outlet.rss_url)

    outcome = refresh(library)[outlet.rss_url]

    assert (outcome.new_count, outcome.failed_pages) == (3, 2)
    rows = rows_by_title(library)
    assert {title: row.text_from for title, row in rows.items()} == {
        FERRY.title: "summary",
        BRIDGE.title: "page",
        LIBRARY.title: "feed",
    }
    ferry, full = (library.get(rows[story.title].article_id) for story in (FERRY, LIBRARY))
    assert ferry.text == FERRY.summary
    assert "404" in " ".join(ferry.notes)
    assert "a tomato from the valley" in full.text


def test_failing_feeds_do_not_stop_the_others_and_say_why(
    library: Library, outlet: NewsSite, second_outlet: NewsSite
) -> None:
    library.subscribe(outlet.rss_url)
    library.subscribe(second_outlet.rss_url)
    broken = library.subscribe(outlet.atom_url)
    outlet.server.put("/atom.xml", "<html><body>Down for repairs</body></html>")
    second_outlet.server.stop()

    outcomes = refresh(library)

    assert outcomes[outlet.rss_url].new_count == 3
    assert "refused" in outcomes[second_outlet.rss_url].error
    assert outcomes[broken.feed_url].error
    stored = {status.feed.feed_url: status.state for status in library.feeds()}
    assert stored[second_outlet.rss_url].error == outcomes[second_outlet.rss_url].error
    assert stored[second_outlet.rss_url].next_refresh_at is not None


def test_an_edited_article_becomes_a_revision_and_the_earlier_text_stays(
    library: Library, outlet: NewsSite
) -> None:
    library.subscribe(outlet.atom_url)
    refresh(library)
    first = library.get(rows_by_title(library)[FERRY.title].article_id)
    edited = longer(FERRY, "A second boat was ordered on Friday.")
    outlet.publish(replace(edited, updated=BRIDGE.published))

    outcome = refresh(library)[outlet.atom_url]

    assert (outcome.new_count, outcome.changed_count, outcome.unchanged_count) == (0, 1, 2)
    article = library.get(first.article_id)
    assert "A second boat" in article.text
    assert [revision.text for revision in article.revisions] == [first.text]
    assert article.changed_at is not None
    assert rows_by_title(library, '"second boat"').keys() == {FERRY.title}
    assert library.count() == 3


def test_a_page_that_gives_much_less_than_before_replaces_nothing(
    library: Library, outlet: NewsSite
) -> None:
    library.subscribe(outlet.atom_url)
    refresh(library)
    first = library.get(rows_by_title(library)[FERRY.title].article_id)
    teaser = replace(FERRY, body="<p>Subscribe to read on.</p>", updated=BRIDGE.published)
    outlet.publish(teaser)

    refresh(library)

    article = library.get(first.article_id)
    assert (article.text, article.revisions) == (first.text, ())
    assert "Kept the earlier text" in " ".join(article.notes)


def test_one_page_in_two_feeds_is_one_article_with_two_feeds(
    library: Library, outlet: NewsSite
) -> None:
    for url in (outlet.rss_url, outlet.atom_url):
        library.subscribe(url)

    outcomes = refresh(library)

    assert {outcome.new_count for outcome in outcomes.values()} == {3}
    assert library.count() == 3
    assert [status.article_count for status in library.feeds()] == [3, 3]
    article = library.get(rows_by_title(library)[FERRY.title].article_id)
    assert {origin.feed_url for origin in article.origins} == {outlet.rss_url, outlet.atom_url}


def test_a_second_feed_adopts_articles_that_are_there_already(
    library: Library, outlet: NewsSite
) -> None:
    library.subscribe(outlet.rss_url)
    refresh(library)
    second = library.subscribe(outlet.json_url)

    outcome = refresh(library, second.feed_id)[second.feed_url]

    assert (outcome.new_count, library.count()) == (3, 3)
    assert outlet.server.paths().count("/news/ferry") == 1


def test_without_pages_the_feeds_own_texts_are_archived(library: Library, outlet: NewsSite) -> None:
    library.subscribe(outlet.rss_url)

    outcome = refresh(library, pages=False)[outlet.rss_url]

    assert (outcome.new_count, outcome.failed_pages) == (3, 0)
    assert {row.text_from for row in library.list()} == {"summary", "feed"}
    assert not any(path.startswith("/news/") for path in outlet.server.paths())


def test_new_articles_of_a_feed_get_its_tags(library: Library, outlet: NewsSite) -> None:
    library.subscribe(outlet.rss_url, tags=["sea", "north"])

    refresh(library)

    assert {row.tags for row in library.list()} == {("sea", "north")}
    assert library.undo() is None


def test_a_stopped_refresh_keeps_what_it_has_and_the_next_one_gets_the_rest(
    library: Library, outlet: NewsSite
) -> None:
    many = [replace(BRIDGE, slug=f"bridge-{n}", title=f"Bridge number {n}") for n in range(60)]
    outlet.publish(*many)
    library.subscribe(outlet.rss_url)
    stop = threading.Event()

    refresh(library, stop=stop, progress=lambda p: stop.set() if p.pages_done >= 25 else None)
    kept = library.count()
    refresh(library)

    assert 20 <= kept < 63
    assert library.count() == 63


def test_a_stop_breaks_off_requests_that_hang_and_blames_no_feed(
    library: Library, outlet: NewsSite
) -> None:
    library.subscribe(outlet.rss_url)
    refresh(library)
    hanging = outlet.server.put_raw("/rss.xml", b"HTTP/1.1 200 OK\r\n", 60.0)
    stop = threading.Event()

    run = threading.Thread(target=refresh, args=(library,), kwargs={"stop": stop})
    run.start()
    assert wait_until(lambda: outlet.server.paths()[-1] == "/rss.xml" and outlet.server.open_count)
    stop.set()
    run.join(20)

    assert not run.is_alive()
    (status,) = library.feeds()
    assert (status.feed.feed_url, status.state.error) == (hanging, "")


def test_recheck_finds_silent_edits_and_deleted_pages(library: Library, outlet: NewsSite) -> None:
    library.subscribe(outlet.rss_url)
    refresh(library)
    ids = {title: row.article_id for title, row in rows_by_title(library).items()}
    outlet.server.put("/news/ferry", outlet.page(longer(FERRY, "The company denies it.")))
    outlet.server.put("/news/bridge", "gone", status=410)

    outcome = refresh(library, recheck=True)[outlet.rss_url]

    assert outcome.changed_count == 1
    assert "The company denies it." in library.get(ids[FERRY.title]).text
    bridge = library.get(ids[BRIDGE.title])
    assert bridge.gone_at is not None
    assert "an oak beam" in bridge.text


def test_entries_of_one_feed_with_one_address_are_one_article(
    library: Library, outlet: NewsSite
) -> None:
    item = "<item><title>Twice</title><link>{}</link><guid>{}</guid></item>"
    link = outlet.url_of(FERRY)
    items = item.format(link, "a") + item.format(link + "?utm_source=x", "b")
    url = outlet.server.put(
        "/twice.xml",
        f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>',
        "application/rss+xml",
    )
    library.subscribe(url)

    outcome = refresh(library)[url]

    assert (outcome.new_count, library.count()) == (2, 1)
    assert refresh(library)[url].new_count == 0


def changelog(server: Server, *releases: str) -> str:
    """A feed whose entries all link to one page; each has a text of its own."""
    items = "".join(
        f"<item><title>Release {name}</title><link>{server.url('/log')}#{name}</link>"
        f"<guid>{name}</guid><description>What release {name} brings to the harbour.</description>"
        "</item>"
        for name in releases
    )
    return server.put(
        "/log.xml",
        f'<rss version="2.0"><channel><title>Log</title>{items}</channel></rss>',
        "application/rss+xml",
    )


def test_entries_that_share_an_address_are_articles_of_their_own(library: Library) -> None:
    with Server() as server:
        url = changelog(server, "one", "two")
        library.subscribe(url)
        refresh(library)
        changelog(server, "two", "three")

        outcome = refresh(library)[url]

    assert (outcome.new_count, outcome.unchanged_count) == (1, 1)
    assert rows_by_title(library).keys() == {"Release one", "Release two", "Release three"}
    assert rows_by_title(library, '"release two brings"').keys() == {"Release two"}


def test_a_feed_that_changes_its_ids_does_not_double_its_articles(
    library: Library, outlet: NewsSite
) -> None:
    library.subscribe(outlet.rss_url)
    refresh(library)
    outlet.server.put("/rss.xml", outlet.rss().replace('Link="false">', 'Link="false">new-'))

    refresh(library)

    assert library.count() == 3


def test_a_page_cannot_take_the_place_of_another_sites_article(
    library: Library, outlet: NewsSite, second_outlet: NewsSite
) -> None:
    stolen = outlet.page(FERRY).replace("ferry", "barge").replace("three nights", "no nights")
    stolen = stolen.replace("/news/barge", "/news/ferry")
    second_outlet.server.put(f"/news/{LIBRARY.slug}", stolen)
    library.subscribe(second_outlet.rss_url)
    refresh(library)
    library.subscribe(outlet.rss_url)

    refresh(library)

    assert rows_by_title(library, '"three nights a week"').keys() == {FERRY.title}
    assert library.count() == 4


def test_what_the_user_changes_during_a_refresh_stays(library: Library, outlet: NewsSite) -> None:
    feed = library.subscribe(outlet.rss_url)
    outlet.name = "The Harbour Post and Pilot"
    outlet.publish()
    edit = replace(feed, user_title="Mine", folder="Sea", tags=("x",))

    refresh(library, progress=lambda _: library.edit_feed(edit))

    (status,) = library.feeds()
    assert (status.feed.user_title, status.feed.folder) == ("Mine", "Sea")


def test_leaving_a_refresh_half_way_stops_it(
    library: Library, outlet: NewsSite, second_outlet: NewsSite
) -> None:
    outlet.publish(
        *(replace(BRIDGE, slug=f"bridge-{n}", title=f"Bridge number {n}") for n in range(200))
    )
    for url in (outlet.rss_url, second_outlet.rss_url):
        library.subscribe(url)
    outcomes = library.refresh()

    first = next(outcomes)
    outcomes.close()

    assert first.feed_url == second_outlet.rss_url
    assert library.count() < 204


def test_a_recheck_looks_once_at_each_page_and_also_at_saved_ones(
    library: Library, outlet: NewsSite
) -> None:
    library.subscribe(outlet.rss_url)
    essay = outlet.page(BRIDGE).replace('rel="canonical"', 'rel="other"')
    saved = outlet.server.put("/essay", essay)
    list(library.save_pages([saved]))

    refresh(library, recheck=True)
    once = [path for path in outlet.server.paths() if path.startswith("/news/")]
    outlet.server.put("/essay", essay.replace("oak", "ash"))
    refresh(library, recheck=True)

    assert sorted(once) == ["/news/bridge", "/news/ferry", "/news/library"]
    (row,) = (row for row in library.list() if row.url == saved)
    assert "ash beam" in library.get(row.article_id).text


def test_a_page_that_was_gone_and_comes_back_loses_its_note(
    library: Library, outlet: NewsSite
) -> None:
    library.subscribe(outlet.rss_url)
    refresh(library)
    article_id = rows_by_title(library)[BRIDGE.title].article_id
    outlet.server.put("/news/bridge", "gone", status=404)
    refresh(library, recheck=True)
    assert "Gone from the web" in " ".join(library.get(article_id).notes)
    outlet.server.put("/news/bridge", "trouble", status=500)
    refresh(library, recheck=True)
    assert "500" in " ".join(library.get(article_id).notes)
    outlet.publish()

    refresh(library, recheck=True)

    article = library.get(article_id)
    assert (article.gone_at, article.revisions) == (None, ())


def test_the_raw_page_is_kept_as_it_was_fetched(library: Library, outlet: NewsSite) -> None:
    library.subscribe(outlet.rss_url)
    refresh(library)

    page = library.stored_page(rows_by_title(library)[FERRY.title].article_id)

    assert page is not None
    assert (page.url, page.body) == (outlet.url_of(FERRY), outlet.page(FERRY).encode())


def test_single_pages_are_saved_by_address_and_tagged(library: Library, outlet: NewsSite) -> None:
    good, missing = outlet.url_of(FERRY), outlet.server.url("/nowhere")

    saved, failed = library.save_pages([good, missing], tags=["later"])

    (row,) = library.list()
    assert (saved.article_id, saved.error) == (row.article_id, "")
    assert (row.title, row.tags, row.published_at) == (FERRY.title, ("later",), FERRY.published)
    assert "404" in failed.error


def test_importing_articles_twice_updates_and_does_not_double_them(
    library: Library, tmp_path: Path
) -> None:
    lines = [
        {"url": "https://a.example/1", "title": "One", "text": "First *text*.", "tags": ["x"]},
        {"url": "https://a.example/2", "title": "Two", "html": "<p>Second <b>text</b>.</p>"},
    ]
    file = tmp_path / "articles.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)) + "\n{broken\n", encoding="utf-8")

    first, second = library.import_file(str(file)), library.import_file(str(file))

    assert (first.article_count, first.changed_count) == (2, 0)
    assert (second.article_count, second.changed_count) == (0, 0)
    assert [problem.split(":")[0] for problem in first.problems] == ["line 3"]
    assert library.get(rows_by_title(library)["Two"].article_id).text == "Second **text**."
    assert rows_by_title(library, "tag:x").keys() == {"One"}


def test_an_import_changes_only_the_marks_that_its_lines_state(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "articles.jsonl"
    line = {"url": "https://a.example/1", "title": "One", "text": "Text."}
    file.write_text(json.dumps(line), encoding="utf-8")
    library.import_file(str(file))
    (row,) = library.list()
    library.mark([row.article_id], MarkChange(read=True, starred=True, note="mine", position=3))
    file.write_text(json.dumps(line | {"tags": ["x"]}), encoding="utf-8")

    library.import_file(str(file))

    assert library.mark_of(row.article_id) == Mark(True, True, ("x",), 3, "mine")
    assert library.undo() == Undone("import", 1)
    assert library.mark_of(row.article_id) == Mark(True, True, (), 3, "mine")


def test_a_file_that_states_an_article_twice_is_imported_alike_each_time(
    library: Library, tmp_path: Path
) -> None:
    lines = [{"url": "https://a.example/1", "title": "One", "text": text} for text in "AB"]
    file = tmp_path / "articles.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")

    reports = [library.import_file(str(file)) for _ in range(3)]

    assert [report.changed_count for report in reports] == [0, 0, 0]
    (row,) = library.list()
    assert library.get(row.article_id).text == "B"


def test_one_bad_line_of_html_costs_that_line_alone(library: Library, tmp_path: Path) -> None:
    lines = [
        {"url": "https://a.example/1", "title": "One", "html": "<p>a &#&#4;4; b</p>"},
        {"url": "https://a.example/2", "title": "Two", "text": "Good."},
    ]
    file = tmp_path / "articles.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")

    library.import_file(str(file))

    assert "Two" in rows_by_title(library)


def test_an_export_read_back_elsewhere_is_the_same(
    library: Library, outlet: NewsSite, tmp_path: Path
) -> None:
    library.subscribe(outlet.atom_url)
    refresh(library)
    outlet.publish(longer(replace(FERRY, updated=BRIDGE.published), "One more line."))
    refresh(library)
    library.tag("ferry", add=["boats"])
    exported = b"".join(library.export_jsonl())
    file = tmp_path / "out.jsonl"
    file.write_bytes(exported)

    with Library.open(tmp_path / "elsewhere", library.settings) as other:
        report = other.import_file(str(file))
        again = b"".join(other.export_jsonl())

    assert report.article_count == 3
    assert sorted(io.BytesIO(again)) == sorted(io.BytesIO(exported))


def test_a_feed_of_hostile_titles_is_archived_as_plain_text(library: Library) -> None:
    titles = [
        "[/foo] [@click=app.quit]x[/]",
        "\x1b]0;owned\x07 title",
        "\u202eright to left",
        "x" * 10_000,
    ]
    with Server() as server:
        site = NewsSite(server)
        site.publish(*(replace(BRIDGE, slug=str(n), title=t) for n, t in enumerate(titles)))
        library.subscribe(site.json_url)
        refresh(library)

    stored = {row.title for row in library.list()}

    assert len(stored) == 4
    assert not any(char in title for title in stored for char in "\x1b\x07\u202e")
    assert "[/foo] [@click=app.quit]x[/]" in stored
