"""Articles as JSON Lines: what is written reads back the same, and a bad line harms no other."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest

from archive.highlights import Highlight
from archive.models import Article, Dropped, Enclosure, Mark, Origin, Revision, Section
from reader.errors import ImportProblem
from reader.import_format import format_of
from reader.jsonl import ImportedArticle, read_articles, write_article

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
MINIMAL = {"url": "https://a.example/1", "title": "Harbour opens"}


def read(*lines: bytes) -> list[tuple[int, ImportedArticle | str]]:
    return list(read_articles(BytesIO(b"\n".join(lines)), now=NOW))


def read_one(**fields: Any) -> ImportedArticle:
    ((_, found),) = read(json.dumps(MINIMAL | fields).encode())
    assert isinstance(found, ImportedArticle)
    return found


def full_article() -> Article:
    return Article(
        url="https://a.example/1?x=1",
        title="Harbour opens",
        text="# Harbour\n\nShips  came.\n\n\tcode\n",
        archived_at=datetime(2026, 3, 4, 11, 10, 0, 123456, tzinfo=UTC),
        origins=(
            Origin("https://a.example/rss", "tag:a  1", "abc", "https://a.example/1"),
            Origin("https://b.example/rss", "2"),
        ),
        canonical_url="https://a.example/1",
        source_url="https://c.example/",
        site_name="Harbour News",
        feed_title="Harbour",
        author="Ada",
        byline="By Ada",
        published_at=datetime(2026, 3, 4, tzinfo=UTC),
        updated_at=datetime(2026, 3, 5, tzinfo=UTC),
        fetched_at=datetime(2026, 3, 6, tzinfo=UTC),
        changed_at=datetime(2026, 3, 7, tzinfo=UTC),
        gone_at=datetime(2026, 3, 8, tzinfo=UTC),
        sort_at=datetime(2026, 3, 4, tzinfo=UTC),
        language="en",
        word_count=3,
        text_from="feed",
        sections=(Section(1, "Harbour", 1, 0),),
        removed=(Dropped("Share this", "share", 12),),
        notes=("The page answered 500.",),
        revisions=(Revision(datetime(2026, 3, 4, tzinfo=UTC), "Old", "Old text"),),
        claimed_at=datetime(2099, 1, 1, tzinfo=UTC),
        categories=("Sea",),
        enclosures=(Enclosure("https://a.example/1.mp3", "audio/mpeg", 7),),
        image_url="https://a.example/1.png",
        comments_url="https://a.example/1#talk",
        location="Oslo (59.91, 10.75)",
    )


def test_what_is_written_reads_back_the_same() -> None:
    article = full_article()
    marked = (Highlight("Ships  came.", "# Harbour\n\n", "\n\n\tcode\n", 11),)
    mark = Mark(
        read=True,
        starred=True,
        tags=("a", "日本"),
        position=7,
        note="two\nlines",
        highlights=marked,
    )

    ((number, found),) = read(write_article(article, mark, None).rstrip(b"\n"))

    assert number == 1
    assert isinstance(found, ImportedArticle)
    assert (found.article, found.mark, found.html) == (article, mark, "")


def test_an_article_without_a_link_reads_back_the_same() -> None:
    article = replace(full_article(), url="", origins=(Origin("https://a.example/rss", "7"),))

    ((_, found),) = read(write_article(article, Mark(), None))

    assert isinstance(found, ImportedArticle)
    assert found.article == article


@pytest.mark.parametrize(
    "line",
    [
        {"title": "x"},
        {"title": "x", "url": ""},
        {"title": "x", "url": None, "feed_url": "https://a.example/rss"},
        {"title": "x", "origins": [{"feed_url": "https://a.example/rss", "entry_id": ""}]},
        {"title": "x", "origins": [{"entry_id": "7"}]},
    ],
)
def test_a_line_that_nothing_tells_from_others_has_no_url(line: dict[str, Any]) -> None:
    assert read(json.dumps(line).encode())[0] == (1, "has no url")


def test_an_entry_does_not_make_up_for_a_wrong_address() -> None:
    origin = {"feed_url": "https://a.example/rss", "entry_id": "7"}
    line = {"url": "ftp://a.example/", "title": "x", "origins": [origin]}

    assert read(json.dumps(line).encode()) == [(1, "url is no http or https address")]


def test_marks_that_say_nothing_read_back_as_such() -> None:
    ((_, found),) = read(write_article(full_article(), Mark(), None))

    assert isinstance(found, ImportedArticle)
    assert found.mark == Mark()


def test_a_line_of_url_and_title_is_an_article() -> None:
    found = read_one()

    assert (found.article.text_from, found.article.archived_at) == ("title", NOW)
    assert found.mark is None


def test_optional_fields_are_read() -> None:
    found = read_one(
        text="Ships came.",
        feed_url="https://a.example/rss",
        outlet="Harbour News",
        author="Ada",
        published_at="2026-03-04T12:10:00+01:00",
        language="en",
        tags=["sea", "sea", "port"],
        read=True,
        starred=False,
    )

    assert found.article.origins == (
        Origin("https://a.example/rss", MINIMAL["url"], "", MINIMAL["url"]),
    )
    assert found.article.outlet == "Harbour News"
    assert found.article.published_at == datetime(2026, 3, 4, 11, 10, tzinfo=UTC)
    assert found.article.word_count == 2
    assert found.mark == Mark(read=True, tags=("sea", "port"))


def test_html_is_handed_on_where_there_is_no_text() -> None:
    assert read_one(html="<p>Ships</p>").html == "<p>Ships</p>"
    assert read_one(html="<p>Ships</p>", text="Ships").html == ""


def test_a_title_that_is_stated_as_empty_is_the_first_sentence_of_the_text() -> None:
    assert (
        read_one(title="", text="Ships wait. The harbour is shut.").article.title == "Ships wait."
    )
    assert read_one(title=None, text="Ships wait.").article.title == "Ships wait."


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"{", "is not JSON (Expecting property name enclosed in double quotes)"),
        (b'["a"]', "is no JSON object"),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"[" * 200_000, "is not JSON (too deep)"),
        (b'{"title": "T"}', "has no url"),
        (b'{"url": 5, "title": "T"}', "url is no text"),
        (b'{"url": "javascript:1", "title": "T"}', "url is no http or https address"),
        (b'{"url": "http://[", "title": "T"}', "url is no http or https address"),
        (b'{"url": "https://a.example/"}', "has no title"),
        (b'{"url": "https://a.example/", "text": "T"}', "has no title"),
        (b'{"url": "https://a.example/", "title": ""}', "has no title"),
        (b'{"url": "https://a.example/", "title": "\\u200b"}', "title is no text"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_kept(line: bytes, problem: str) -> None:
    good = json.dumps(MINIMAL).encode()

    found = read(good, line, b"", good)

    assert found[1] == (2, problem)
    assert [number for number, one in found if isinstance(one, ImportedArticle)] == [1, 4]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"published_at": "yesterday"}, "published_at is no ISO 8601 date: left out"),
        ({"published_at": "0001-01-01T00:00+23:00"}, "published_at is no ISO 8601 date: left out"),
        ({"published_at": 1772622600}, "published_at is no date: left out"),
        ({"tags": "sea"}, "tags is no list: left out"),
        ({"tags": [1]}, "tags is no list of texts: left out"),
        ({"read": "yes"}, "read is neither true nor false: left out"),
        ({"author": ["Ada"]}, "author is no text: left out"),
        ({"revisions": [1]}, "revisions is no list of objects: left out"),
        ({"word_count": 2**64 - 1}, "word_count is below zero or too large: left out"),
        ({"word_count": 2**31 + 1}, "word_count is below zero or too large: left out"),
        ({"word_count": 2**80}, "word_count is no whole number: left out"),
        ({"position": -1}, "position is below zero or too large: left out"),
        ({"sections": [{"start": 2**63}]}, "start is below zero or too large: left out"),
        ({"archived_at": "9999-12-31T23:00Z"}, "archived_at is in the year 9999: left out"),
        ({"sort_at": "0001-01-01"}, "sort_at is in the year 1: left out"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_and_the_article_kept(fields: Any, problem: str) -> None:
    found = read(json.dumps(MINIMAL | fields).encode())

    assert isinstance(found[0][1], ImportedArticle)
    assert found[1:] == [(1, problem)]


def test_a_lone_surrogate_does_not_smuggle_in_a_huge_number() -> None:
    line = b'{"url": "http://a.example/", "title": "A\\ud800", "word_count": 1%030d, "text": "b"}'

    (_, found), problem = read(line % 0)

    assert isinstance(found, ImportedArticle)
    assert (found.article.title, found.article.word_count) == ("A", 1)
    assert problem == (1, "word_count is below zero or too large: left out")


def test_foreign_characters_are_cleaned() -> None:
    line = b'{"url": "https://a.example/", "title": "A\\u001b[31m\\ud800B", "text": "x\\u202ey"}'

    ((_, found),) = read(line)

    assert isinstance(found, ImportedArticle)
    assert (found.article.title, found.article.text) == ("A[31mB", "xy")


def test_a_byte_order_mark_and_windows_line_ends_are_no_error() -> None:
    content = b"\xef\xbb\xbf" + json.dumps(MINIMAL).encode() + b"\r\n\r\n"

    found = list(read_articles(BytesIO(content), now=NOW))

    assert [type(one) for _, one in found] == [ImportedArticle]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'\xef\xbb\xbf <?xml version="1.0"?>', "opml"),
        ("\ufeff<opml>".encode("utf-16-le"), "opml"),
        (b'\n{"url": ""}', "jsonl"),
        (b'words\n{"url": ""}', "jsonl"),
    ],
)
def test_a_format_is_told_by_content(head: bytes, expected: str) -> None:
    assert format_of(head, "file") == expected


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"\x7fELF\0\0", "is a binary file"),
        (b'[\n{"url": ""}]', "is one JSON list"),
        (b'{\n  "url": ""\n}', "is JSON over several lines"),
        (b"root:x:0:0:root:/root:/bin/sh\nbin:x:1:1", "is neither OPML nor JSON Lines"),
        ('{"url": ""}'.encode("utf-16"), "is UTF-16 text"),
    ],
)
def test_what_cannot_be_imported_is_said_in_one_line(head: bytes, reason: str) -> None:
    with pytest.raises(ImportProblem, match=reason):
        format_of(head, "file")
