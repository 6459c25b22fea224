"""Subscription lists: read as far as they go, and written so that they read back the same."""

import pytest

from archive.models import Feed
from reader.errors import ImportProblem
from reader.opml import OpmlFeed, OpmlList, read_opml, write_opml


def outlines(body: str) -> OpmlList:
    content = f'<?xml version="1.0"?>\n<opml version="2.0"><body>\n{body}\n</body></opml>'
    return read_opml(content.encode(), "list.opml")


def test_folders_nest_and_order_stays() -> None:
    found = outlines(
        '<outline text="News"><outline text="Local">'
        '<outline text="Harbour" xmlUrl="https://a.example/rss" htmlUrl="https://a.example/"/>'
        '</outline><outline title="Port" xmlUrl="https://b.example/rss"/></outline>'
        '<outline xmlUrl="https://c.example/rss"/>'
    )

    assert found.problems == ()
    assert found.feeds == (
        OpmlFeed("https://a.example/rss", "https://a.example/", "News/Local", "Harbour"),
        OpmlFeed("https://b.example/rss", "", "News", "Port"),
        OpmlFeed("https://c.example/rss"),
    )


def test_the_case_of_attributes_does_not_matter() -> None:
    assert outlines('<OUTLINE TEXT="A" XMLURL="http://a.example/"/>').feeds[0].title == "A"


def test_a_category_is_the_folder_where_nothing_nests() -> None:
    found = outlines('<outline xmlUrl="https://a.example/" category="/Tech/AI,/News"/>')

    assert found.feeds[0].folder == "Tech/AI"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("feed://a.example/rss", "http://a.example/rss"),
        ("feed:https://a.example/rss", "https://a.example/rss"),
        ("  https://a.example/rss ", "https://a.example/rss"),
    ],
)
def test_addresses_of_feed_readers_are_understood(written: str, read: str) -> None:
    assert outlines(f'<outline xmlUrl="{written}"/>').feeds[0].feed_url == read


def test_broken_outlines_are_named_by_line_and_the_rest_is_kept() -> None:
    found = outlines(
        '<outline text="Bad" xmlUrl="javascript:alert(1)"/>\n'
        '<outline text="None" type="rss"/>\n'
        '<outline text="Broken" xmlUrl="http://[::1/"/>\n'
        '<outline text="Good" xmlUrl="https://good.example/rss"/>'
    )

    assert [feed.title for feed in found.feeds] == ["Good"]
    assert found.problems == (
        "line 3: javascript:alert(1) is no web address",
        "line 4: None has no feed address",
        "line 5: http://[::1/ is no web address",
    )


def test_an_address_listed_twice_is_one_feed() -> None:
    twice = '<outline xmlUrl="https://a.example/"/>' * 2

    assert len(outlines(twice).feeds) == 1


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    content = b'<opml><body>\n<outline text="A & B" xmlUrl="https://a.example/"/>\n<outline'

    found = read_opml(content, "list.opml")

    assert [feed.feed_url for feed in found.feeds] == ["https://a.example/"]
    assert found.problems
    assert all(problem.startswith("line ") for problem in found.problems)


def test_a_bare_ampersand_in_an_address_stays() -> None:
    found = outlines('<outline text="A &amp; B" xmlUrl="https://a.example/f?a=1&b=2&amp;c=3"/>')

    assert [feed.feed_url for feed in found.feeds] == ["https://a.example/f?a=1&b=2&c=3"]
    assert found.problems == ()


def test_utf_16_is_read() -> None:
    text = '<?xml version="1.0" encoding="utf-16"?><opml><outline text="新聞" xmlUrl="http://a.b/"/></opml>'

    assert read_opml(text.encode("utf-16"), "x").feeds[0].title == "新聞"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<rss><channel/></rss>", "is rss, not OPML"),
        (b"<html><body>Hi<br></body></html>", "is html, not OPML"),
        (b"<!doctype html><html><body>Hi</body></html>", "is not XML"),
        (b"plain words", "is not XML"),
        (b"", "is not XML"),
        (b"<", "is not XML"),
    ],
)
def test_what_is_no_opml_is_said_in_one_line(content: bytes, reason: str) -> None:
    with pytest.raises(ImportProblem) as caught:
        read_opml(content, "list.opml")

    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_entities_open_no_files_and_do_not_grow() -> None:
    content = (
        b'<!DOCTYPE opml [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY a0 "ha">'
        + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 9))
        + b']><opml><body><outline text="&a8;" xmlUrl="http://a.example/"/>'
        b'<outline text="&f;" xmlUrl="http://b.example/"/></body></opml>'
    )  # fmt: skip

    try:
        found = read_opml(content, "list.opml")
    except ImportProblem:
        return

    assert all(len(feed.title) < 100_000 and "root:" not in feed.title for feed in found.feeds)


def test_what_is_written_reads_back_the_same() -> None:
    feeds = [
        Feed("https://c.example/?a=1&b=2", title='"Quotes" & <tags>', folder="News/Local"),
        Feed("https://a.example/rss", title="新聞 العربية", site_url="https://a.example/"),
        Feed("https://b.example/rss", title="Own", user_title="Mine", folder="News"),
        Feed("https://d.example/rss", title="Clean\x1b[31m", folder="News/Local/Deep"),
        Feed("https://e.example/rss", folder="Other"),
    ]

    read = {feed.feed_url: feed for feed in read_opml(write_opml(feeds).encode(), "x").feeds}

    assert {url: (one.title, one.folder, one.site_url) for url, one in read.items()} == {
        "https://a.example/rss": ("新聞 العربية", "", "https://a.example/"),
        "https://b.example/rss": ("Mine", "News", ""),
        "https://c.example/?a=1&b=2": ('"Quotes" & <tags>', "News/Local", ""),
        "https://d.example/rss": ("Clean[31m", "News/Local/Deep", ""),
        "https://e.example/rss": ("", "Other", ""),
    }


def test_no_feeds_make_an_empty_list() -> None:
    assert read_opml(write_opml([]).encode(), "x") == OpmlList((), ())
