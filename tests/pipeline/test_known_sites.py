"""Addresses of known sites become those of their feeds, without asking anyone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.pipeline.clean import clean_url
from reader.pipeline.known_sites import known_feeds, likely_feeds

YOUTUBE = "https://www.youtube.com/feeds/videos.xml"
GITHUB = "https://github.com/ada/engine"


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("https://www.youtube.com/channel/UCabc_-1", f"{YOUTUBE}?channel_id=UCabc_-1"),
        ("https://m.youtube.com/channel/UCabc/videos", f"{YOUTUBE}?channel_id=UCabc"),
        ("https://youtube.com/user/ada", f"{YOUTUBE}?user=ada"),
        ("https://www.youtube.com/playlist?list=PLx1&si=z", f"{YOUTUBE}?playlist_id=PLx1"),
        ("https://www.reddit.com/r/python/", "https://www.reddit.com/r/python/.rss"),
        ("https://old.reddit.com/r/a+b/new/", "https://www.reddit.com/r/a+b/new/.rss"),
        ("https://reddit.com/u/ada", "https://www.reddit.com/user/ada/.rss"),
        ("https://www.reddit.com/user/ada/m/news/", "https://www.reddit.com/user/ada/m/news/.rss"),
        (
            "https://www.reddit.com/r/tea/search/?q=oolong+fresh&restrict_sr=1&sort=new",
            "https://www.reddit.com/r/tea/search.rss?q=oolong+fresh&sort=new&restrict_sr=1",
        ),
        ("https://www.reddit.com/search?q=x", "https://www.reddit.com/search.rss?q=x"),
        (f"{GITHUB}/releases", f"{GITHUB}/releases.atom"),
        (f"{GITHUB}/tags", f"{GITHUB}/tags.atom"),
        (f"{GITHUB}/commits/dev/docs/a.md", f"{GITHUB}/commits/dev/docs/a.md.atom"),
        (f"{GITHUB}/tree/dev", f"{GITHUB}/commits/dev.atom"),
        ("https://github.com/ada", "https://github.com/ada.atom"),
        ("https://gitlab.com/a/b/c/-/tags", "https://gitlab.com/a/b/c/-/tags?format=atom"),
        ("https://tea.substack.com/p/first-flush", "https://tea.substack.com/feed"),
        ("https://substack.com/@tea", "https://tea.substack.com/feed"),
        ("https://medium.com/@ada/a-text-1f", "https://medium.com/feed/@ada"),
        ("https://medium.com/some-press", "https://medium.com/feed/some-press"),
        ("https://ada.medium.com/", "https://ada.medium.com/feed"),
        ("https://bsky.app/profile/ada.example", "https://bsky.app/profile/ada.example/rss"),
        ("https://www.tumblr.com/tea", "https://tea.tumblr.com/rss"),
        ("https://tea.tumblr.com/tagged/oolong", "https://tea.tumblr.com/tagged/oolong/rss"),
        ("https://tea.wordpress.com/2026/01/x/", "https://tea.wordpress.com/feed/"),
        ("https://tea.wordpress.com/tag/green/", "https://tea.wordpress.com/tag/green/feed/"),
        ("https://tea.blogspot.com/", "https://tea.blogspot.com/feeds/posts/default"),
        ("https://arxiv.org/list/cs.CL/recent", "https://rss.arxiv.org/rss/cs.CL"),
        ("https://stackoverflow.com/questions/tagged/c", "https://stackoverflow.com/feeds/tag/c"),
    ],
)
def test_a_page_of_a_known_site_has_its_feed(page: str, feed: str) -> None:
    assert [known.url for known in known_feeds(page)] == [feed]


def test_a_repository_has_several_feeds_releases_first() -> None:
    found = known_feeds(GITHUB + ".git")

    assert [known.url for known in found] == [
        f"{GITHUB}/{kind}.atom" for kind in ("releases", "commits", "tags")
    ]
    assert found[0].title == "ada/engine: releases"


@pytest.mark.parametrize(
    "page",
    [
        "https://www.youtube.com/@ada",
        "https://www.youtube.com/playlist",
        "https://github.com/topics/python",
        "https://github.com/features",
        "https://github.com/ada.atom",
        "https://github.com/ada/engine/releases.atom",
        "https://www.reddit.com/r/python/.rss",
        "https://www.reddit.com/search",
        "https://medium.com/feed/@ada",
        "https://tea.substack.com/feed",
        "https://notgithub.com/ada/engine",
        "https://github.com.example/ada/engine",
        "https://example.org/{0}/{base}",
    ],
)
def test_other_pages_and_feeds_themselves_are_left_as_they_are(page: str) -> None:
    assert known_feeds(page) == []


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("https://social.example/@ada", "https://social.example/@ada.rss"),
        ("https://social.example:8443/@ada/", "https://social.example:8443/@ada.rss"),
        ("https://social.example/tags/tea", "https://social.example/tags/tea.rss"),
        ("https://lemmy.example/c/tea@other.example", None),
        ("https://lemmy.example/c/tea", "https://lemmy.example/feeds/c/tea.xml"),
        (
            "https://code.example/ada/engine/releases",
            "https://code.example/ada/engine/releases.rss",
        ),
        ("https://example.org/about", None),
    ],
)
def test_servers_of_a_known_kind_may_have_theirs(page: str, feed: str | None) -> None:
    assert [known.url for known in likely_feeds(page)] == ([feed] if feed else [])


_HOSTS = st.sampled_from(
    ["github.com", "www.reddit.com", "youtube.com", "a.tumblr.com", "medium.com", "social.example"]
)
_WORDS = st.text(st.characters(codec="utf-8"), max_size=12)


@given(_HOSTS, st.lists(_WORDS, max_size=5).map("/".join), _WORDS)
def test_any_path_gives_addresses_of_the_web_or_none(host: str, path: str, query: str) -> None:
    page = clean_url(f"https://{host}/{path}?list={query}&q={query}")
    if page:
        found = [*known_feeds(page), *likely_feeds(page)]
        assert all(clean_url(feed.url) == feed.url for feed in found)
