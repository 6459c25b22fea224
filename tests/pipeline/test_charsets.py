"""Every encoding that XML, HTTP or a mark can state, or get wrong, through a whole feed."""

from __future__ import annotations

import codecs

import pytest

from reader.pipeline.parse import parse_feed

URL = "http://feed.example/feed.xml"
LATIN, GREEK, RUSSIAN = "Überfahrt nach Åland", "Νέα του λιμανιού", "Новости гавани"
JAPANESE, CHINESE, KOREAN, HEBREW = (
    "港のニュース速報",
    "海港新闻快讯",
    "항구의 새 소식",
    "חדשות הנמל",
)
POLISH, TURKISH, THAI, ARABIC = "Żeglarze wracają", "Şehir ve ışık", "ข่าวท่าเรือ", "أخبار الميناء"

OF_PYTHON = {
    "windows-874": "cp874", "x-sjis": "shift_jis", "x-x-big5": "big5", "windows-949": "cp949",
    "iso-8859-8-i": "iso-8859-8", "unicode11utf8": "utf-8",
}  # fmt: skip


def rss(title: str, stated: str = "") -> str:
    declaration = f'<?xml version="1.0" encoding="{stated}"?>' if stated else ""
    return (
        f'{declaration}<rss version="2.0"><channel><title>T</title><item><title>{title}</title>'
        f"<link>http://a.example/1</link><description>{title} {title}</description></item>"
        "</channel></rss>"
    )


def title_of(body: bytes, content_type: str = "") -> str:
    (entry,) = parse_feed(body, content_type, URL).entries
    return entry.title


@pytest.mark.parametrize(
    ("encoding", "title"),
    [
        ("iso-8859-1", LATIN), ("windows-1252", LATIN), ("iso-8859-15", LATIN),
        ("iso-8859-2", POLISH), ("windows-1250", POLISH), ("iso-8859-9", TURKISH),
        ("windows-1254", TURKISH), ("iso-8859-7", GREEK), ("windows-1253", GREEK),
        ("iso-8859-5", RUSSIAN), ("windows-1251", RUSSIAN), ("koi8-r", RUSSIAN),
        ("iso-8859-8", HEBREW), ("windows-1255", HEBREW), ("windows-1256", ARABIC),
        ("tis-620", THAI), ("windows-874", THAI), ("shift_jis", JAPANESE), ("euc-jp", JAPANESE),
        ("iso-2022-jp", JAPANESE), ("gb2312", CHINESE), ("gbk", CHINESE), ("gb18030", CHINESE),
        ("big5", "海港新聞快訊"), ("x-sjis", JAPANESE), ("x-x-big5", "海港新聞快訊"),
        ("euc-kr", KOREAN),
        ("windows-949", KOREAN), ("iso-8859-8-i", HEBREW), ("us-ascii", "Plain words"),
        ("utf-8", CHINESE), ("unicode11utf8", CHINESE),
    ],
)  # fmt: skip
@pytest.mark.parametrize("stated_in", ["document", "header"])
def test_an_encoding_is_read_where_it_is_stated(encoding: str, title: str, stated_in: str):
    in_header = stated_in == "header"
    document = rss(title, "" if in_header else encoding.upper())
    header = f"application/rss+xml; charset={encoding}" if in_header else ""
    codec = OF_PYTHON.get(encoding, encoding)

    assert title_of(document.encode(codec), header) == title


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)  # fmt: skip
def test_a_mark_wins_over_what_is_stated(mark: bytes, codec: str):
    body = mark + rss(CHINESE, "iso-8859-1").encode(codec)

    assert title_of(body, "text/xml; charset=windows-1252") == CHINESE


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_told_without_a_mark(codec: str):
    assert title_of(rss(RUSSIAN, "utf-8").encode(codec)) == RUSSIAN


@pytest.mark.parametrize(
    ("actual", "stated", "header", "title"),
    [
        ("utf-8", "iso-8859-1", "text/xml; charset=us-ascii", GREEK),
        ("utf-8", "windows-1251", "", RUSSIAN),
        ("utf-8", "utf-16", "text/xml; charset=utf-16", CHINESE),
        ("utf-8", "nonsense", 'text/xml; charset="', LATIN),
        ("utf-8", "unicode-escape", "text/xml; charset=base64", LATIN),
        ("windows-1251", "utf-8", "text/xml; charset=windows-1251", RUSSIAN),
        ("windows-1251", "windows-1251", "text/xml; charset=utf-8", RUSSIAN),
        ("windows-1252", "iso-8859-1", "", "“Quoted” – €5"),
        ("windows-1252", "us-ascii", "", LATIN),
        ("gb18030", "gb2312", "", "海港新闻镕"),
        ("cp932", "shift_jis", "", "①港の㈱"),
        ("cp949", "euc-kr", "", "똠방각하"),
        ("big5hkscs", "big5", "", "海港新聞囍嘅"),
    ],
)
def test_what_is_stated_wrongly_is_seen_through(actual: str, stated: str, header: str, title: str):
    assert title_of(rss(title, stated).encode(actual), header) == title


def test_a_few_bad_bytes_cost_no_more_than_themselves():
    body = rss(f"{RUSSIAN} X {CHINESE}", "utf-8").encode().replace(b"X", b"\xff")

    assert title_of(body) == f"{RUSSIAN} \ufffd {CHINESE}"


def test_numbers_of_characters_that_windows_means_are_those():
    assert title_of(rss("It&#146;s &#151; here", "iso-8859-1").encode()) == "It’s — here"
