"""Pages as text: what is kept, what is left, what is said of them, and what cannot break it."""

from __future__ import annotations

import html
import random
from datetime import UTC, datetime

import pytest

from reader.pipeline.extract import extract_page, html_to_markdown
from reader.pipeline.extracted import ExtractedPage
from reader.pipeline.workers import Workers, WorkerTimeout
from tests.servers import BRIDGE, FERRY, LIBRARY, NewsSite, Story

URL = "http://a.example/news/1"
LONG = "The harbour master said that the boat was full and that nobody had to stay behind. "


def ld(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


def extract(markup: str | bytes, content_type: str = "text/html") -> ExtractedPage:
    body = markup if isinstance(markup, bytes) else markup.encode()
    return extract_page(body, URL, content_type)


def article(inside: str, head: str = "", attributes: str = "") -> str:
    return (
        f"<!doctype html><html {attributes}><head><title>T</title>{head}</head>"
        "<body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>The heading</h1><p>{LONG * 3}</p>{inside}<p>{LONG * 3}</p></article>"
        "<footer>All rights reserved</footer></body></html>"
    )


@pytest.mark.parametrize("story", [FERRY, BRIDGE, LIBRARY])
def test_a_page_is_its_text_without_the_furniture(site: NewsSite, story: Story):
    page = extract_page(site.page(story).encode(), site.url_of(story), "text/html; charset=utf-8")

    assert (
        page.text
        == f"# {html_to_markdown(html.escape(story.title), URL)}\n\n"
        + html_to_markdown(story.body, URL)
    )
    assert page.heading == story.title
    assert page.site_name == "The Harbour Post"
    assert page.published_at == story.published
    assert page.canonical_url == site.url_of(story)
    assert page.language == "en"
    assert page.problem == ""


def test_the_structure_of_a_text_is_kept():
    page = extract(
        article(
            f"<h2>Part two</h2><p>{LONG}<a href='../x'>link</a> "
            "<b>bold</b> <em>em</em> <code>a_b</code></p>"
            f"<blockquote><p>{LONG}</p><p>second</p></blockquote>"
            "<ul><li>one</li><li>two<ul><li>inner</li></ul></li></ul><ol><li>first</li><li>second</li></ol>"
            "<pre><code class='language-sh'>make run\n\n  make test\n</code></pre>"
            "<table><tr><th>What</th><th>How much</th></tr><tr><td>Deck</td><td>0</td></tr></table>"
        )
    )

    for part in (
        "## Part two",
        "[link](http://a.example/x) **bold** *em* `a_b`",
        f"> {LONG.strip()}\n>\n> second",
        "- one\n- two\n  - inner",
        "1. first\n2. second",
        "```sh\nmake run\n\n  make test\n```",
        "| What | How much |\n| --- | --- |\n| Deck | 0 |",
    ):
        assert part in page.text


def test_a_wrapped_line_of_chinese_goes_on_without_a_space():
    wrapped = "第一晚来了六十多个摊位，卖面的、修鞋的、写字的，\n  都按原来的位置坐下。"
    page = extract(article(f"<p>{wrapped}</p><p>{wrapped}<b>Two</b>\nwords</p>"))

    assert page.text.count("写字的，都按原来的") == 2
    assert "坐下。**Two** words" in page.text


def test_columns_of_tables_stay_aligned_as_the_page_states():
    stated = "".join(f"<tr><td align=right>{n}</td><td>row {n}</td></tr>" for n in (1, 22))
    silent = "<tr><td>1</td><td>one</td></tr><tr><td>2</td><td>two</td></tr>"
    page = extract(article(f"<table>{silent}</table><p>and</p><table>{stated}</table>"))

    assert "| 1 | one |\n| --- | --- |\n| 2 | two |" in page.text
    assert "| 1 | row 1 |\n| ---: | --- |\n| 22 | row 22 |" in page.text


def test_links_that_run_something_are_reduced_to_their_text():
    page = extract(
        article(
            f"<p>{LONG}<a href='javascript:alert(1)'>run</a> <a href='data:text/html,x'>data</a> "
            "<a href='#here'>here</a> <a href='vbscript:x'>vb</a> "
            "<a href='mailto:a@b.example'>mail</a></p>"
        )
    )

    assert "run data here vb [mail](mailto:a@b.example)" in page.text


def test_a_page_with_references_to_control_characters_is_read():
    page = extract(article(f"<p>{LONG}before&#27;[31m after&#0;&#xd800;</p>"))

    assert "before \\[31m after" in page.text or "before [31m after" in page.text


def test_no_control_character_of_a_page_comes_through():
    page = extract(
        article(
            f"<p>{LONG}\x1b]0;title\x07 \u202eright\u2066 \x9b31m</p>",
            head="<meta name=author content='A\x1b[2J'>",
        )
    )
    text = page.text + page.author

    assert not set(text) & {"\x1b", "\x07", "\u202e", "\u2066", "\x9b"}


@pytest.mark.parametrize(
    ("encoding", "content_type", "meta"),
    [
        ("utf-8", "text/html", ""),
        ("utf-8", "text/html; charset=iso-8859-1", ""),
        ("iso-8859-1", "text/html", "<meta charset='iso-8859-1'>"),
        ("iso-8859-1", "text/html; charset=ISO-8859-1", ""),
        (
            "cp1252",
            "text/html",
            '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">',
        ),
        ("utf-16", "text/html", ""),
        ("utf-16-le", "text/html", ""),
        ("utf-8-sig", "text/html; charset=koi8-r", ""),
    ],
)
def test_pages_in_every_encoding_are_read(encoding: str, content_type: str, meta: str):
    body = article("<p>Überfahrt nach Åland, früh</p>", head=meta).encode(encoding)

    assert "Überfahrt nach Åland, früh" in extract(body, content_type).text


def test_chinese_in_an_old_encoding_is_read():
    text = "海港的消息传得很快，人们早上就来到码头等船。" * 5
    head = "<meta charset=gb2312>"
    body = f"<html><head>{head}</head><body><article><p>{text}</p></body></html>".encode("gb2312")

    assert text in extract(body).text


def test_big_tables_and_long_code_survive():
    rows = "".join(
        f"<tr><td>stop {n}</td><td>{n}:15</td><td>pier {n % 4}</td></tr>" for n in range(500)
    )
    code = "\n".join(f"line {n}" for n in range(500))
    page = extract(
        article(f"<table><tr><th>a</th><th>b</th><th>c</th></tr>{rows}</table><pre>{code}</pre>")
    )

    assert page.text.count("| pier ") == 500
    assert code in page.text


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<meta property='article:published_time' content='2026-03-04T12:10:00+01:00'>",
         "2026-03-04T11:10"),
        (ld('{"@type":"NewsArticle","datePublished":"2026-03-04T11:10:00Z"}'), "2026-03-04T11:10"),
        (ld('{"@graph":[{"@type":["BlogPosting"],"datePublished":"2026-03-04"}]}'),
         "2026-03-04T00:00"),
        ("<meta name='DC.date.issued' content='2026-03-04'>", "2026-03-04T00:00"),
        ("<meta property='article:published_time' content='soon'>", None),
        ("<meta name='viewport' content='width=2026-03-04'>", None),
        (ld('{"@type":"Organization","datePublished":"2026-03-04"}'), None),
        (ld("{broken"), None),
    ],
)  # fmt: skip
def test_a_date_is_taken_only_where_it_is_stated(head: str, expected: str | None):
    stated = extract(article("", head)).published_at

    assert stated == (
        None if expected is None else datetime.fromisoformat(expected).replace(tzinfo=UTC)
    )


def test_the_time_of_the_article_is_a_statement_and_that_of_a_comment_is_not():
    beside = article("<time datetime='2026-03-04T11:10:00Z'>4 March</time>")
    below = article("").replace(
        "<footer>",
        "<p><time datetime='2026-01-01'>1</time><time datetime='2026-01-02'>2</time></p><footer>",
    )

    assert extract(beside).published_at == datetime(2026, 3, 4, 11, 10, tzinfo=UTC)
    assert extract(below).published_at is None


def test_the_heading_is_that_of_the_text_and_not_the_logo():
    page = extract(article("").replace("<nav>", "<header><h1>The Logo</h1></header><nav>"))

    assert page.heading == "The heading"


def test_author_site_and_language_are_as_stated():
    page = extract(
        article(
            "",
            '<meta property="og:site_name" content="The Post">'
            '<meta name="author" content="Ada Lund">'
            '<link rel="canonical" href="/canonical">'
            '<meta property="og:title" content="T - The Post">',
            'lang="en-GB"',
        )
    )

    assert (page.author, page.site_name, page.language) == ("Ada Lund", "The Post", "en")
    assert page.canonical_url == "http://a.example/canonical"


def test_authors_of_json_ld_come_first_and_addresses_are_no_names():
    data = (
        '{"@type":"Article","author":[{"name":"Ada"},{"name":"Tom"}],"publisher":{"name":"Post"}}'
    )
    page = extract(
        article(
            "",
            f'<script type="application/ld+json">{data}</script><meta name=author content="http://a.example/ada">',
        )
    )

    assert (page.author, page.site_name) == ("Ada, Tom", "Post")
    assert extract(article("", "<meta name=author content='https://a.example/ada'>")).author == ""


@pytest.mark.parametrize(
    "body",
    [b"", b"   ", b"<html></html>", b"<html><body><script>x</script></body></html>"],
)
def test_a_page_without_text_says_so(body: bytes):
    page = extract(body)

    assert page.text == ""
    assert page.problem in ("is empty", "holds no text that could be found")


def test_short_pages_keep_every_sentence():
    page = extract(
        "<html><body><article><h1>Note</h1><p>One line only.</p><p>And a second.</p></article>"
    )

    assert "One line only." in page.text
    assert "And a second." in page.text


def test_markup_nested_without_end_is_read():
    assert LONG.strip() in extract(article("<div><span>" * 600 + f"<p>{LONG}</p>")).text


def test_a_page_too_long_to_be_read_ends_at_the_deadline():
    body = article("".join(f"<p>{n} {LONG}</p>" for n in range(50_000))).encode()[:5_000_000]
    late = pytest.raises(WorkerTimeout, match=r"within 4 seconds$|more than 4 s of computing")
    with Workers(count=1, deadline=4) as workers, late:
        workers.run("extract_page", body * 2, URL, "text/html")


def test_feed_content_keeps_its_short_paragraphs():
    assert html_to_markdown("<p>Yes.</p><p>No.</p>ok", URL) == "Yes.\n\nNo.\n\nok"


def test_a_page_of_thousands_of_paragraphs_is_read_whole():
    paragraphs = "".join(f"<p>Paragraph {n} tells of the night ferry.</p>" for n in range(4000))
    page = extract_page(
        f"<body><article><h1>Ferry</h1>{paragraphs}</article>".encode(), "http://a.example/", ""
    )

    assert "Paragraph 0 tells" in page.text
    assert page.text.count("tells of the night ferry.") == 4000


def test_binary_data_that_calls_itself_a_page_is_no_article():
    noise = random.Random(7).randbytes(20_000)

    page = extract_page(noise, "http://a.example/x", "text/html; charset=utf-8")

    assert (page.text, page.problem) == ("", "is no text but binary data")
