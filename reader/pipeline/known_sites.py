"""Where well-known sites keep their feeds: from the address of a page to that of its feed.

A pure table: nothing is asked here. Where the feed's address needs an id that only the page knows
(a YouTube handle), the page announces it, and there is no row. The forms are those of the sites'
own documentation and pages in 2026.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, quote, urlencode, urlsplit

_NAME = r"([\w.~%+-]+)"
_REST = r"(?:/.*)?"
_IS_FEED = re.compile(r"\.(?:rss|atom|rdf|xml|json)$|/(?:feeds?|rss)(?:/|$)", re.IGNORECASE)

_NOT_GITHUB_USERS = (
    "about apps collections contact customer-stories dashboard enterprise events explore features "
    "issues join login marketplace new notifications orgs organizations pricing pulls search "
    "security settings site sponsors team topics trending users"
)
_NOT_MEDIUM = "about me m new-story plans search tag topics"


@dataclass(frozen=True, slots=True)
class KnownFeed:
    """A feed that a page of that address has, by what is known of its site."""

    url: str
    title: str = ""


Found = KnownFeed | list[KnownFeed] | str | None
Maker = Callable[[re.Match[str], SplitResult], Found]


@dataclass(frozen=True, slots=True)
class Rule:
    """Pages of `host` with a path of `path` have the feed of `feed`.

    Both are matched whole; host without `www.` and `m.`. `feed` is a template with the groups of
    the path as `{1}` and of the host as `{host1}`, or a function of the match and the address.
    """

    host: str
    path: str
    feed: str | Maker


def known_feeds(url: str) -> list[KnownFeed]:
    """The feeds of a page on a site that is known by its host, the most wanted first."""
    return list(_feeds(url, _RULES))


def likely_feeds(url: str) -> list[KnownFeed]:
    """Where a page's feed would lie on a server of a known kind, which any host may run.

    Only its answer shows whether it does: Mastodon and what is like it, Lemmy, Gitea.
    """
    return list(_feeds(url, _LIKELY))


def _feeds(url: str, rules: tuple[Rule, ...]) -> Iterator[KnownFeed]:
    parts = urlsplit(url)
    host = re.sub(r"^(?:www|m|mobile|old|new)\.", "", (parts.hostname or "").lower())
    path = parts.path.rstrip("/") or "/"
    if _IS_FEED.search(path):
        return
    for rule in rules:
        at_host, at_path = re.fullmatch(rule.host, host), re.fullmatch(rule.path, path)
        if at_host is None or at_path is None:
            continue
        found = _made(rule.feed, at_host, at_path, parts)
        if found:
            yield from found
            return


def _made(
    feed: str | Maker, at_host: re.Match[str], at_path: re.Match[str], parts: SplitResult
) -> list[KnownFeed]:
    if callable(feed):
        made = feed(at_path, parts)
        if isinstance(made, list):
            return made
        if isinstance(made, KnownFeed):
            return [made]
        return [KnownFeed(made)] if made else []
    groups = {f"host{n}": group or "" for n, group in enumerate(at_host.groups(), 1)}
    base = f"{parts.scheme}://{parts.netloc}"
    path = [at_path[0], *(group or "" for group in at_path.groups())]
    return [KnownFeed(feed.format(*path, base=base, **groups))]


def _query(parts: SplitResult, name: str) -> str:
    return parse_qs(parts.query).get(name, [""])[0]


def _youtube_playlist(_: re.Match[str], parts: SplitResult) -> str:
    found = _query(parts, "list")
    return f"{_YOUTUBE}?playlist_id={quote(found)}" if found else ""


def _reddit_search(match: re.Match[str], parts: SplitResult) -> str:
    """A search's feed, of a subreddit or of all; order and reach as on the page."""
    wanted = ("q", "sort", "t", "restrict_sr", "type")
    query = {name: value for name in wanted if (value := _query(parts, name))}
    if "q" not in query:
        return ""
    return f"https://www.reddit.com{match[1] or ''}/search.rss?{urlencode(query)}"


def _reddit_user(match: re.Match[str], _: SplitResult) -> str:
    return f"https://www.reddit.com/user/{match[1]}{match[2] or ''}/.rss"


def _github_repository(match: re.Match[str], _: SplitResult) -> list[KnownFeed]:
    owner, name = match[1], match[2].removesuffix(".git")
    if owner in _NOT_GITHUB_USERS.split():
        return []
    kinds = ("releases", "commits", "tags")
    return [
        KnownFeed(f"https://github.com/{owner}/{name}/{kind}.atom", f"{owner}/{name}: {kind}")
        for kind in kinds
    ]


def _github_user(match: re.Match[str], _: SplitResult) -> str:
    return "" if match[1] in _NOT_GITHUB_USERS.split() else f"https://github.com/{match[1]}.atom"


def _medium(match: re.Match[str], _: SplitResult) -> str:
    return "" if match[1] in _NOT_MEDIUM.split() else f"https://medium.com/feed/{match[1]}"


def _news_search(_: re.Match[str], parts: SplitResult) -> str:
    wanted = ("q", "hl", "gl", "ceid")
    query = {name: value for name in wanted if (value := _query(parts, name))}
    return f"https://news.google.com/rss/search?{urlencode(query)}" if "q" in query else ""


_YOUTUBE = "https://www.youtube.com/feeds/videos.xml"
_YOUTUBE_HOST = r"(?:music\.)?youtube\.com"

_RULES = (
    Rule(_YOUTUBE_HOST, rf"/channel/{_NAME}{_REST}", _YOUTUBE + "?channel_id={1}"),
    Rule(_YOUTUBE_HOST, rf"/user/{_NAME}{_REST}", _YOUTUBE + "?user={1}"),
    Rule(_YOUTUBE_HOST, r"/playlist", _youtube_playlist),
    Rule(r"vimeo\.com", rf"/channels/{_NAME}{_REST}", "https://vimeo.com/channels/{1}/videos/rss"),
    Rule(r"reddit\.com", r"(/r/[\w+-]+)?/search", _reddit_search),
    Rule(r"reddit\.com", rf"/(?:user|u)/{_NAME}(/m/\w+|/submitted|/comments)?", _reddit_user),
    Rule(
        r"reddit\.com",
        r"/(r/[\w+-]+(?:/(?:new|hot|top|rising|controversial|comments/\w+(?:/[^/]*)?))?)",
        "https://www.reddit.com/{1}/.rss",
    ),
    Rule(r"github\.com", rf"/{_NAME}/{_NAME}", _github_repository),
    Rule(
        r"github\.com",
        rf"/{_NAME}/{_NAME}/(releases|tags|commits|discussions)",
        "https://github.com/{1}/{2}/{3}.atom",
    ),
    Rule(
        r"github\.com",
        rf"/{_NAME}/{_NAME}/(?:commits|tree|blob)/(.+)",
        "https://github.com/{1}/{2}/commits/{3}.atom",
    ),
    Rule(r"github\.com", rf"/{_NAME}", _github_user),
    Rule(r"gitlab\.com", r"/(.+)/-/(releases)", "https://gitlab.com/{1}/-/{2}.atom"),
    Rule(r"gitlab\.com", r"/(.+)/-/(tags|issues|commits/.+)", "https://gitlab.com/{1}/-/{2}?format=atom"),
    Rule(r"gitlab\.com", rf"/({_NAME}/{_NAME})", "https://gitlab.com/{1}.atom"),
    Rule(r"codeberg\.org", rf"/({_NAME}/{_NAME}/(?:releases|tags))", "https://codeberg.org/{1}.rss"),
    Rule(r"codeberg\.org", rf"/({_NAME}(?:/{_NAME})?)", "https://codeberg.org/{1}.rss"),
    Rule(r"([\w-]+)\.substack\.com", r"/.*", "https://{host1}.substack.com/feed"),
    Rule(r"substack\.com", rf"/@{_NAME}{_REST}", "https://{1}.substack.com/feed"),
    Rule(r"medium\.com", rf"/tag/{_NAME}{_REST}", "https://medium.com/feed/tag/{1}"),
    Rule(r"medium\.com", rf"/(@?{_NAME}){_REST}", _medium),
    Rule(r"([\w-]+)\.medium\.com", r"/.*", "https://{host1}.medium.com/feed"),
    Rule(r"bsky\.app", rf"/profile/{_NAME}{_REST}", "https://bsky.app/profile/{1}/rss"),
    Rule(r"tumblr\.com", rf"/(?:blog/)?{_NAME}", "https://{1}.tumblr.com/rss"),
    Rule(r"([\w-]+)\.tumblr\.com", r"(/tagged/[^/]+)", "https://{host1}.tumblr.com{1}/rss"),
    Rule(r"([\w-]+)\.tumblr\.com", r"/.*", "https://{host1}.tumblr.com/rss"),
    Rule(
        r"([\w-]+)\.wordpress\.com",
        r"(/(?:category|tag|author)/.+)",
        "https://{host1}.wordpress.com{1}/feed/",
    ),
    Rule(r"([\w-]+)\.wordpress\.com", r"/.*", "https://{host1}.wordpress.com/feed/"),
    Rule(
        r"([\w-]+)\.blogspot\.com",
        r"/search/label/([^/]+)",
        "https://{host1}.blogspot.com/feeds/posts/default/-/{1}",
    ),
    Rule(
        r"([\w-]+)\.blogspot\.com", r"/.*", "https://{host1}.blogspot.com/feeds/posts/default"
    ),
    Rule(r"dev\.to", rf"/t/{_NAME}", "https://dev.to/feed/tag/{1}"),
    Rule(r"dev\.to", rf"/{_NAME}", "https://dev.to/feed/{1}"),
    Rule(r"lobste\.rs", r"/(t/[\w,-]+)", "https://lobste.rs/{1}.rss"),
    Rule(r"arxiv\.org", rf"/list/{_NAME}{_REST}", "https://rss.arxiv.org/rss/{1}"),
    Rule(r"news\.google\.com", r"/search", _news_search),
    Rule(
        r"([\w-]+\.stackexchange\.com|stackoverflow\.com|superuser\.com|serverfault\.com)",
        rf"/questions/tagged/{_NAME}",
        "https://{host1}/feeds/tag/{1}",
    ),
    Rule(
        r"([\w-]+\.stackexchange\.com|stackoverflow\.com|superuser\.com|serverfault\.com)",
        r"/questions/(\d+)(?:/.*)?",
        "https://{host1}/feeds/question/{1}",
    ),
)  # fmt: skip

_LIKELY = (
    Rule(r".+", r"/(@[\w.-]+)(?:/(?:with_replies|media))?", "{base}/{1}.rss"),
    Rule(r".+", r"/(@[\w.-]+/tagged|tags)/([^/]+)", "{base}/{1}/{2}.rss"),
    Rule(r".+", r"/(c|u)/([\w.-]+)", "{base}/feeds/{1}/{2}.xml"),
    Rule(r".+", rf"/({_NAME}/{_NAME}/releases)", "{base}/{1}.rss"),
)
"""A server of Mastodon's kind, its tags; Lemmy's communities and users; Gitea's releases."""
