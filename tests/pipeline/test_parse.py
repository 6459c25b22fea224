"""Feeds of every format and in every state, as entries."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.pipeline.parse import Entry, FeedParseError, ParsedFeed, parse_feed
from tests.servers import BRIDGE, FERRY, LIBRARY, NewsSite

URL = "http://feed.example/d/feed.xml"
SHIP = "2026-03-04T11:10:00+00:00"


def parse(document: str | bytes, content_type: str = "") -> ParsedFeed:
    body = document if isinstance(document, bytes) else document.encode()
    return parse_feed(body, content_type, URL)


def rss(items: str, head: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">'
        f"<channel><title>T</title><link>/home</link>{head}{items}</channel></rss>"
    )


def item(**fields: str) -> str:
    return "<item>" + "".join(f"<{n}>{v}</{n}>" for n, v in fields.items()) + "</item>"


def one(document: str | bytes) -> Entry:
    (entry,) = parse(document).entries
    return entry


def title_of(markup: str) -> str:
    return one(rss(item(title=markup, link="http://a.example/"))).title


@pytest.mark.parametrize("form", ["rss", "atom", "json_feed"])
def test_one_site_reads_alike_in_three_formats(site: NewsSite, form: str):
    parsed = parse_feed(getattr(site, form)().encode(), "", site.server.url(f"/{form}"))

    assert parsed.title == "The Harbour Post"
    assert parsed.site_url == site.server.url("/")
    assert parsed.notes == ()
    assert {entry.language for entry in parsed.entries} == {"en"}
    assert [entry.title for entry in parsed.entries] == [s.title for s in (FERRY, BRIDGE, LIBRARY)]
    assert [entry.url for entry in parsed.entries] == list(
        map(site.url_of, (FERRY, BRIDGE, LIBRARY))
    )
    assert [e.published_at for e in parsed.entries] == [
        s.published for s in (FERRY, BRIDGE, LIBRARY)
    ]
    assert parsed.entries[0].author == "Ada Lund"
    assert "sails again" in parsed.entries[0].summary_html


def test_rdf_is_read():
    document = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="x"><title>Old feed</title><link>http://a.example/</link></channel>
      <item rdf:about="http://a.example/1"><title>One</title><link>http://a.example/1</link>
      <dc:date>2026-03-04T12:10:00+01:00</dc:date><dc:creator>Ada</dc:creator></item></rdf:RDF>"""
    entry = one(document)

    assert (entry.title, entry.url, entry.author) == ("One", "http://a.example/1", "Ada")
    assert entry.published_at == datetime(2026, 3, 4, 11, 10, tzinfo=UTC)


def test_summary_and_content_are_told_apart():
    entry = one(
        rss(
            "<item><title>x</title><description>short</description>"
            "<content:encoded><![CDATA[<p>The <b>long</b> one</p>]]></content:encoded></item>"
        )
    )

    assert entry.summary_html == "short"
    assert entry.content_html == "<p>The <b>long</b> one</p>"


def test_a_long_description_is_the_text():
    entry = one(
        rss(item(title="x", description="&lt;p&gt;" + "words and more " * 100 + "&lt;/p&gt;"))
    )

    assert entry.summary_html == ""
    assert entry.content_html.startswith("<p>words")


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("AT&amp;amp;T", "AT&T"),
        ("AT&amp;T &amp; more", "AT&T & more"),
        ("&lt;b&gt;Bold&lt;/b&gt; title", "Bold title"),
        ("<![CDATA[Cats &amp; <i>dogs</i>]]>", "Cats & dogs"),
        ("1 &lt; 2", "1 < 2"),
        ("[markup] [/foo] [@click=app.quit]x[/]", "[markup] [/foo] [@click=app.quit]x[/]"),
        ("two\n  lines\tand tabs", "two lines and tabs"),
        ("red \x1b[31mred", "red [31mred"),
        ("bell&#7; and&#27;[0m", "bell and [0m"),
        ("lone &#xd800; surrogate", "lone surrogate"),
        ("right\u202eto left", "rightto left"),
        ("quote &#146;s", "quote ’s"),
        ("family 👨‍👩‍👧", "family 👨‍👩‍👧"),
        ("x" * 10_000, "x" * 10_000),
    ],
)
def test_titles_are_decoded_once_and_clean(markup: str, expected: str):
    assert title_of(markup) == expected


def test_atom_titles_are_read_by_their_type():
    document = """<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>
      <entry><id>1</id><title type="text">a &lt;b&gt; c</title></entry>
      <entry><id>2</id><title type="html">a &lt;b&gt;b&lt;/b&gt; &amp;amp; c</title></entry>
      <entry><id>3</id><title type="xhtml">
        <div xmlns="http://www.w3.org/1999/xhtml">a <b>b</b></div></title></entry>
      </feed>"""

    assert [entry.title for entry in parse(document).entries] == ["a <b> c", "a b & c", "a b"]


def test_links_are_relative_to_xml_base_and_else_to_the_feed():
    assert one(rss(item(title="x", link="/news/1"))).url == "http://feed.example/news/1"
    document = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://b.example/q/"><title>F</title>
      <entry xml:base="deep/"><id>1</id><title>x</title><link href="p"/>
      <content type="html">&lt;a href="r"&gt;l&lt;/a&gt;</content></entry></feed>"""
    entry = one(document)

    assert entry.url == "http://b.example/q/deep/p"
    assert entry.content_html == '<base href="http://b.example/q/deep/"><a href="r">l</a>'


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://x/"]
)
def test_links_that_leave_the_web_are_no_links(link: str):
    assert one(rss(item(title="x", link=link))).url == ""


def test_a_guid_is_a_link_only_if_it_is_an_address():
    assert one(rss(item(title="x", guid="http://a.example/1"))).url == "http://a.example/1"
    assert one(rss(item(title="x", guid="post-1"))).url == ""


def test_ids_are_those_of_the_feed_and_survive_its_move():
    document = rss(item(title="x", guid="post-1", link="/1"))
    here = parse_feed(document.encode(), "", "http://a.example/feed")
    there = parse_feed(document.encode(), "", "http://b.example/other/feed")

    assert here.entries[0].entry_id == there.entries[0].entry_id == "post-1"


def test_a_guid_that_repeats_for_different_entries_keeps_them_all():
    twins = "".join(
        item(title=f"t{n}", guid="same", link=f"http://a.example/{n}") for n in range(3)
    )
    first = parse(rss(twins)).entries
    later = parse(rss(item(title="new", guid="same", link="http://a.example/9") + twins)).entries

    assert len({entry.entry_id for entry in first}) == 3
    assert [entry.entry_id for entry in later[1:]] == [entry.entry_id for entry in first]


def test_an_entry_that_stands_twice_is_one():
    assert len(parse(rss(item(title="t", guid="1", link="http://a.example/1") * 2)).entries) == 1


def test_without_guids_the_link_is_the_id_and_else_title_and_date():
    linked = one(rss(item(title="t", link="https://www.a.example/1/?utm_source=x")))
    again = one(rss(item(title="other", link="http://a.example/1")))
    bare = one(rss(item(title="t", pubDate="Wed, 04 Mar 2026 11:10:00 GMT")))
    bare_again = one(
        rss(item(title="t", pubDate="Wed, 04 Mar 2026 11:10:00 GMT", description="new"))
    )

    assert linked.entry_id == again.entry_id == "a.example/1"
    assert bare.entry_id == bare_again.entry_id != ""


def test_the_hash_follows_words_and_dates_and_not_markup():
    def hash_of(description: str, date: str = "Wed, 04 Mar 2026 11:10:00 GMT") -> str:
        return one(rss(item(title="t", guid="1", description=description, pubDate=date))).entry_hash

    start = hash_of("&lt;p class='a'&gt;words&lt;/p&gt;")
    assert hash_of("&lt;p class='b'&gt;words&lt;/p&gt;") == start
    assert hash_of("&lt;p&gt;other words&lt;/p&gt;") != start
    assert hash_of("&lt;p&gt;words&lt;/p&gt;", "Thu, 05 Mar 2026 11:10:00 GMT") != start


@pytest.mark.parametrize(
    "date",
    ["Wed, 04 Mar 2026 12:10:00 +0100", "Wed, 4 March 2026 11:10 GMT", "04 Mar 2026 06:10:00 EST",
     "2026-03-04T11:10:00Z", "2026-03-04 11:10", "mercredi 4 mars 2026 11:10",
     "4. März 2026 11:10"],
)  # fmt: skip
def test_dates_of_many_kinds_are_read(date: str):
    assert one(rss(item(title="t", pubDate=date))).published_at == datetime(
        2026, 3, 4, 11, 10, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "date", ["", "yesterday", "11:10", "Wed, 04 Mar", "04/03", "soon", "2026", "0000-00-00"]
)
def test_dates_that_state_no_day_are_none(date: str):
    assert one(rss(item(title="t", pubDate=date))).published_at is None


def test_entries_of_atom_inherit_the_author_of_their_feed():
    document = """<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>
      <author><name>Ada</name></author><entry><id>1</id><title>x</title></entry></feed>"""

    assert one(document).author == "Ada"


def test_plain_text_content_becomes_html_that_shows_it():
    document = """<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>
      <entry><id>1</id><title>x</title><content type="text">a &lt;b&gt;

second</content></entry></feed>"""

    assert one(document).content_html == "<p>a &lt;b&gt;</p><p>second</p>"


def test_a_sentence_of_the_feed_is_no_entry():
    assert parse(rss("<item></item><item><title></title></item>")).entries == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_feeds_in_other_encodings_of_unicode_are_read(encoding: str):
    document = rss(item(title="Überfahrt 海峡")).replace("utf-8", encoding.replace("-sig", ""))

    assert one(document.encode(encoding)).title == "Überfahrt 海峡"


@pytest.mark.parametrize(
    ("stated", "header", "actual"),
    [
        ("utf-8", "text/xml; charset=iso-8859-1", "utf-8"),
        ("iso-8859-1", "", "utf-8"),
        ("utf-8", "", "iso-8859-1"),
        ("iso-8859-1", "text/xml; charset=utf-8", "iso-8859-1"),
        ("utf-16", "", "utf-8"),
        ("no-such-charset", "text/xml; charset=nonsense", "utf-8"),
    ],
)
def test_a_wrong_charset_is_seen_through(stated: str, header: str, actual: str):
    document = rss(item(title="Überfahrt nach Åland")).replace("utf-8", stated)

    assert parse(document.encode(actual), header).entries[0].title == "Überfahrt nach Åland"


@pytest.mark.parametrize(
    "encoding", ["gb2312", "big5", "shift_jis", "euc-jp", "iso-2022-jp", "euc-kr", "koi8-r"]
)
def test_feeds_in_older_encodings_are_read(encoding: str):
    title = {"euc-kr": "항구의 소식", "koi8-r": "Новости гавани"}.get(
        encoding, "海港新聞" if encoding != "gb2312" else "海港新闻"
    )
    document = rss(item(title=title)).replace("utf-8", encoding)

    assert one(document.encode(encoding)).title == title


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"<!DOCTYPE html><html><head><title>x</title></head></html>", "is a web page, not a feed"),
        (b"<!-- hi --><html><body>x", "is a web page, not a feed"),
        (
            b'<?xml version="1.0"?><opml version="2.0"><body/></opml>',
            "is a list of feeds (OPML), not a feed",
        ),
        (b"just words", "is broken XML"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "is broken XML"),
        (b"<rss version='2.0'><channel><title>T</ti", "is broken XML"),
        (b"<rss xmlns:a='a b' version='2.0'><a:c/></rss>", "is broken XML"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is not a feed"),
        (b"{", "is broken JSON"),
        (b'{"version": 1}', "is JSON, but not a feed"),
        (b"[]", "is JSON, but not a feed"),
        (b'{"items": {}}', "is JSON, but not a feed"),
        (b"[" * 100_000, "is broken JSON"),
    ],
)
def test_what_is_no_feed_is_told_in_words(document: bytes, words: str):
    with pytest.raises(FeedParseError) as caught:
        parse(document)

    assert str(caught.value) == words


def test_an_empty_feed_is_a_feed():
    assert parse(rss("")).entries == ()
    assert (
        parse('{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": []}').title
        == "T"
    )


def test_a_feed_that_is_cut_keeps_what_came_and_says_so():
    whole = rss("".join(item(title=f"t{n}", guid=f"{n}") for n in range(5)))
    parsed = parse(whole[: whole.index("t4")])

    assert [entry.title for entry in parsed.entries][:4] == ["t0", "t1", "t2", "t3"]
    assert parsed.notes == ("The feed is broken XML; what could be read of it was kept.",)


def test_junk_before_the_feed_is_passed_over():
    assert one("\n\n  " + rss(item(title="x"))).title == "x"


def test_undefined_entities_are_read_as_html_does():
    assert title_of("caf&eacute; &nbsp;&mdash; &copy;") == "café — ©"


def test_entities_are_not_expanded_and_files_not_read():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    document = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        '<rss version="2.0"><channel><title>T</title>'
        "<item><title>&l9;&f;x</title></item></channel></rss>"
    )
    text = str(parse(document))

    assert len(text) < 5000
    assert "root:" not in text


def test_the_newest_thousand_of_very_many_entries_are_read():
    old_first = "".join(
        item(
            title=f"t{n}",
            guid=f"{n}",
            pubDate=f"{datetime.fromtimestamp(1.7e9 + n * 60, UTC):%Y-%m-%dT%H:%M:%SZ}",
        )
        for n in range(3000)
    )
    parsed = parse(rss(old_first))

    assert len(parsed.entries) == 1000
    assert parsed.entries[-1].title == "t2999"
    assert parsed.notes == ("Of 3,000 entries only the newest 1,000 were read.",)


def test_of_very_many_entries_without_dates_the_first_are_read():
    parsed = parse(rss("".join(item(title=f"t{n}", guid=f"{n}") for n in range(1500))))

    assert (len(parsed.entries), parsed.entries[0].title) == (1000, "t0")


def json_feed(*items: object, **fields: object) -> str:
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": items} | fields
    )


def test_json_feed_is_read_in_full():
    parsed = parse(
        json_feed(
            {"id": 7, "url": "/p", "title": "T [x]", "content_html": "<p>a</p>", "summary": "s & t",
             "date_published": "2026-03-04T12:10:00+01:00", "date_modified": "2026-03-05T00:00:00Z",
             "authors": [{"name": "Ada"}, {"name": "Tom"}], "tags": ["a", "a", 3],
             "language": "de-AT"},
            home_page_url="http://a.example/", language="en-GB",
        )
    )  # fmt: skip
    (entry,) = parsed.entries

    assert (parsed.title, parsed.site_url) == ("J", "http://a.example/")
    assert (entry.entry_id, entry.url, entry.title) == ("7", "http://feed.example/p", "T [x]")
    assert (entry.content_html, entry.summary_html) == ("<p>a</p>", "<p>s &amp; t</p>")
    assert entry.published_at == datetime(2026, 3, 4, 11, 10, tzinfo=UTC)
    assert entry.updated_at == datetime(2026, 3, 5, tzinfo=UTC)
    assert (entry.author, entry.language) == ("Ada, Tom", "de")


def test_json_feed_1_0_and_text_content_and_inherited_authors():
    parsed = parse(json_feed({"id": "1", "content_text": "a <b>\nc"}, author={"name": "Ada"}))

    assert parsed.entries[0].author == "Ada"
    assert parsed.entries[0].content_html == "<p>a &lt;b&gt;<br>c</p>"


def test_wrong_fields_of_json_feed_are_left_out():
    parsed = parse(
        json_feed(
            {"id": None, "url": 3, "title": ["x"], "content_html": "<p>kept</p>", "authors": "Ada",
             "date_published": 5, "tags": "a"},
            "no item", None, title={"a": 1},
        )
    )  # fmt: skip
    (entry,) = parsed.entries

    assert (parsed.title, entry.url, entry.title, entry.author) == ("", "", "", "")
    assert entry.content_html == "<p>kept</p>"


def test_json_with_control_characters_and_surrogates_is_read():
    document = '{"items": [{"id": "1", "title": "a\tb \\ud800 c", "content_text": "x"}]}'

    assert one(document).title == "a b c"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_feed_is_entries_or_a_refusal(data: st.DataObject):
    whole = bytearray(
        rss(item(title="t&amp;", guid="1", description="&lt;p&gt;x", pubDate=SHIP) * 3).encode()
    )
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(whole) - 1))
        piece = data.draw(
            st.sampled_from([b"<", b">", b"&", b"\0", b"\xff", b"]]>", b"<!--", b"&#xd800;", b""])
        )
        whole[place : place + data.draw(st.integers(0, 30))] = piece
    try:
        entries = parse(bytes(whole)).entries
    except FeedParseError:
        return

    assert len({entry.entry_id for entry in entries}) == len(entries)
