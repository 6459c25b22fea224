"""What becomes of an archived text when its page or its feed says something else: never less."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from archive.models import Article
from reader.library import Library
from tests.servers import BRIDGE, FERRY, NewsSite, Story, raw

RESTATED = BRIDGE.published
Spoil = Callable[[NewsSite], object]
PATH = f"/news/{FERRY.slug}"
STUB = replace(FERRY, body="<p>To read on, subscribe. It takes a minute and helps us.</p>")
SPOILED: dict[str, tuple[Spoil, str]] = {
    "not found": (lambda site: site.server.put(PATH, "<h1>404</h1>", status=404), ""),
    "gone": (lambda site: site.server.put(PATH, "<h1>410</h1>", status=410), ""),
    "server error": (lambda site: site.server.put(PATH, "oops", status=500), "500"),
    "hung up": (lambda site: site.server.put_raw(PATH, b""), ""),
    "cut": (lambda site: site.server.put_raw(PATH, raw(b"<p>x", "Content-Length: 900")), ""),
    "empty": (lambda site: site.server.put(PATH, ""), ""),
    "no text": (
        lambda site: site.server.put(PATH, "<html><body><nav>Home</nav></body></html>"),
        "",
    ),
    "binary": (lambda site: site.server.put(PATH, b"\x00\x01" * 900), ""),
    "paywall": (lambda site: site.server.put(PATH, site.page(STUB)), "words in place of"),
}


def refresh(library: Library, **options: object) -> int:
    """How many articles changed."""
    return sum(one.changed_count for one in library.refresh(**options))


def ferry(library: Library) -> Article:
    (row,) = library.list("ferry feed:f1")
    return library.get(row.article_id)


@pytest.fixture
def first(library: Library, outlet: NewsSite) -> Article:
    """The article as it was archived at first."""
    library.subscribe(outlet.atom_url)
    refresh(library)
    return ferry(library)


def restate(site: NewsSite, story: Story) -> None:
    """Publish a changed entry, whose page changes with it."""
    site.publish(replace(story, updated=RESTATED))


def test_a_changed_text_is_a_revision_and_the_old_one_stays(
    library: Library, outlet: NewsSite, first: Article
) -> None:
    restate(outlet, replace(FERRY, body=FERRY.body + "<p>A second boat was ordered.</p>"))

    assert refresh(library) == 1
    second = ferry(library)
    restate(outlet, replace(FERRY, body=FERRY.body + "<p>It was not, says the company.</p>"))
    outlet.publish(replace(outlet.stories[0], updated=FERRY.published))
    assert refresh(library) == 1

    article = ferry(library)
    assert [one.text for one in article.revisions] == [first.text, second.text]
    assert "It was not" in article.text
    assert article.article_id == first.article_id


def test_a_changed_title_alone_is_a_revision(
    library: Library, outlet: NewsSite, first: Article
) -> None:
    restate(outlet, replace(FERRY, title="The night ferry returns, late"))

    assert refresh(library) == 1

    article = ferry(library)
    assert (article.title, article.text) == ("The night ferry returns, late", first.text)
    assert [one.title for one in article.revisions] == [FERRY.title]


def test_a_page_saved_by_hand_takes_a_new_title_of_its_own(
    library: Library, outlet: NewsSite
) -> None:
    list(library.save_pages([outlet.url_of(FERRY)]))
    outlet.publish(replace(FERRY, title="Late ferry"))

    assert refresh(library, recheck=True) == 1

    (row,) = library.list()
    article = library.get(row.article_id)
    assert (article.title, [one.title for one in article.revisions]) == (
        "Late ferry",
        [FERRY.title],
    )
    assert article.text == article.revisions[0].text


@pytest.mark.parametrize("way", ["recheck", "restated"])
@pytest.mark.parametrize("what", SPOILED)
def test_a_page_that_fails_or_gives_less_becomes_a_note(
    library: Library, outlet: NewsSite, first: Article, what: str, way: str
) -> None:
    spoil, words = SPOILED[what]
    if way == "restated":
        restate(outlet, FERRY)
    spoil(outlet)

    changed_count = refresh(library, recheck=way == "recheck")

    article = ferry(library)
    assert (changed_count, article.text, article.title) == (0, first.text, first.title)
    assert (article.revisions, article.word_count) == ((), first.word_count)
    assert len(article.notes) > len(first.notes)
    assert words in " ".join(article.notes) or (what == "server error" and way == "restated")
    assert (article.gone_at is not None) == (what in {"not found", "gone"})
    assert article.page == first.page


def test_a_failed_look_does_not_bring_a_deleted_page_back(
    library: Library, outlet: NewsSite, first: Article
) -> None:
    outlet.server.put(PATH, "gone", status=410)
    refresh(library, recheck=True)
    gone_at = ferry(library).gone_at
    outlet.server.put(PATH, "oops", status=500)
    refresh(library, recheck=True)

    assert ferry(library).gone_at == gone_at is not None

    outlet.publish()
    refresh(library, recheck=True)
    assert (ferry(library).gone_at, ferry(library).notes) == (None, first.notes)
