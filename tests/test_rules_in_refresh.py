"""Rules act in a refresh, before anyone sees the new articles."""

from pathlib import Path

from archive.rule_models import Rule
from reader.library import Library
from tests.servers import BRIDGE, FERRY, NewsSite


def test_new_articles_are_tagged_and_hidden_as_they_come_in(
    library: Library, outlet: NewsSite
) -> None:
    feed = library.subscribe(outlet.rss_url, folder="Coast", tags=["sea"])
    library.rules.put(Rule("boats", f'folder:coast title:"{FERRY.title}"', tags=("boats",)))
    library.rules.put(Rule("beams", f'"{BRIDGE.title}" tag:sea', mute=True))

    (outcome,) = library.refresh()

    assert (outcome.feed_url, outcome.new_count) == (feed.feed_url, 3)
    assert {row.title: row.tags for row in library.list()}[FERRY.title] == ("boats", "sea")
    assert [row.title for row in library.list("is:hidden")] == [BRIDGE.title]
    assert library.totals().unread_count == library.feeds()[0].unread_count == 2
    undone = library.undo()
    assert undone
    assert undone.label == "add rule beams"  # what rules do with what comes in is no step


def test_rules_tell_of_new_articles_and_run_commands(
    library: Library, outlet: NewsSite, tmp_path: Path
) -> None:
    feed = library.subscribe(outlet.rss_url)
    kept = tmp_path / "kept.md"
    keep = f'cat >> "{kept}"; echo "$NEWSREADER_RULE $NEWSREADER_TITLE" >> "{kept}"'
    library.rules.put(Rule("boats", f'title:"{FERRY.title}"', notify=True, command=keep))
    library.rules.put(Rule("fails", f'title:"{BRIDGE.title}"', command="exit 3"))

    (outcome,) = library.refresh()

    (told,) = (call for call in outcome.calls if call.notify)
    assert (told.rule_name, told.title) == ("boats", FERRY.title)
    assert library.get(told.article_id).title == FERRY.title
    text = kept.read_text(encoding="utf-8")
    assert text.startswith(f"# {FERRY.title}\n\n{outlet.url_of(FERRY)}\n\n")
    assert text.endswith(f"boats {FERRY.title}\n")
    assert "the command of rule fails ended with 3" in outcome.notes
    assert feed.feed_url == outcome.feed_url
    (again,) = library.refresh()
    assert again.calls == ()


def test_a_page_that_is_saved_by_hand_is_met_by_rules_too(
    library: Library, outlet: NewsSite
) -> None:
    library.rules.put(Rule("boats", "ferry", star=True))
    (saved,) = library.save_pages([outlet.url_of(FERRY)])

    assert library.mark_of(saved.article_id).starred
