"""Where a page has its text from, who signed it and when: what it says, and nothing invented."""

from __future__ import annotations

import pytest

from reader.pipeline.extract import extract_page
from reader.pipeline.extracted import ExtractedPage

URL = "https://outlet.example/2026/03/four-bakers.html"
TEXT = (
    "<p>The bakers of the old quarter are going back to a single oven that they share, and each of "
    "them bakes on a night of its own, as their grandparents did in the years before the war.</p>"
)
THREE = "".join(TEXT.replace("The", word) for word in ("The", "Now the", "So the"))


def read(inside: str = "", head: str = "", before: str = "", lang: str = "en") -> ExtractedPage:
    return extract_page(
        f"<html lang={lang}><head><title>T</title>{head}</head><body><article><h1>Four bakers</h1>"
        f"{before}{THREE}{inside}</article></body></html>".encode(),
        URL,
        "text/html",
    )


def link(address: str = "https://origin.example/bread") -> str:
    return f"<a href='{address}'>the text as it was first printed</a>"


@pytest.mark.parametrize(
    "inside",
    [
        f"<p>Fuente Original: {link()}</p>",
        f"<p>Source: {link()}</p>",
        f"<p>via {link()}</p>",
        f"<p><em>This article was originally published at {link()}.</em></p>",
        f"<p>Quelle: {link()}</p>",
        f"<p>来源：{link()}</p>",
        f"<p>Источник: {link()}</p>",
        "<p>原文链接：https://origin.example/bread</p>",
        "<p>Original source:</p><p>https://origin.example/bread</p>",
    ],
)
def test_the_original_that_a_page_cites_is_its_source(inside: str):
    assert read(inside).source_url == "https://origin.example/bread"


@pytest.mark.parametrize(
    "head",
    [
        "<link rel=canonical href='https://origin.example/bread'>",
        "<meta name=syndication-source content='https://origin.example/bread'>",
        "<meta name=original-source content='https://origin.example/bread'>",
    ],
)
def test_metadata_of_another_site_names_the_source(head: str):
    assert read(head=head).source_url == "https://origin.example/bread"


@pytest.mark.parametrize(
    "inside",
    [
        "",
        f"<p>They read about it in {link()}, and wrote to us.</p>",
        f"<p>Source: {link('https://www.outlet.example/other')}</p>",
        "<p>Source: the town's own figures.</p>",
        "<p>Source: <a href='javascript:alert(1)'>here</a></p>",
        f"<p>The source of the river is far away; see {link()}.</p>",
        f"<p>Source: {link()}</p>" + "".join(TEXT.replace("The", f"The {n}") for n in range(7)),
    ],
)
def test_other_links_are_no_source(inside: str):
    assert read(inside).source_url == ""


@pytest.mark.parametrize(
    ("byline", "author", "day"),
    [
        ("链研社🔶BNB💧SUI|3月 04, 2026 02:13", "链研社🔶BNB💧SUI", "2026-03-04T02:13"),
        ("By Ada Quill | 4 March 2026", "Ada Quill", "2026-03-04T00:00"),
        ("Von Hans Meier, 4. März 2026, 12:30 Uhr", "Hans Meier", "2026-03-04T12:30"),
        ("Posted on March 4, 2026 by Ann Lee", "Ann Lee", "2026-03-04T00:00"),
        ("Por Ana García el 3 de marzo de 2026", "Ana García", "2026-03-03T00:00"),
        ("2026年3月4日 11:10", "", "2026-03-04T11:10"),
        ("Updated 3 hours ago", "", None),
    ],
)
def test_a_byline_stands_verbatim_and_gives_author_and_date(
    byline: str, author: str, day: str | None
):
    page = read(before=f"<div class='byline'>{byline}</div>")

    assert (page.byline, page.author) == (byline, author)
    assert (f"{page.published_at:%Y-%m-%dT%H:%M}" if page.published_at else None) == day


def test_what_the_page_states_in_its_head_is_believed_before_its_byline():
    head = "<meta name=author content='Ada Quill'><meta name=date content='2026-01-02'>"
    page = read(head=head, before="<p class=byline>By Ben Pen | 4 March 2026</p>")

    assert (page.author, page.byline) == ("Ada Quill", "By Ben Pen | 4 March 2026")
    assert f"{page.published_at:%Y-%m-%d}" == "2026-01-02"


@pytest.mark.parametrize(
    ("stated", "author"),
    [
        ("By Ada Quill", "Ada Quill"),
        ("Posted by: Ada Quill", "Ada Quill"),
        ("Ada Quill, The Outlet 8:42 a.m. EDT October 2", "Ada Quill, The Outlet"),
        ("作者：李娜", "李娜"),
        ("Von der Brücke", "Von der Brücke"),
        ("User Admin", ""),
        ("name, someone@example.org", ""),
        ("104363", ""),
        ("更新时间", ""),
        ("来源： 日报 打印", ""),
    ],
)
def test_the_author_that_a_pages_data_state_is_a_name_or_nobody(stated: str, author: str):
    assert read(head=f"<meta name=author content='{stated}'>").author == author


@pytest.mark.parametrize("label", ["更新时间", "原创", "기사입력"])
def test_a_label_in_a_byline_is_no_author(label: str):
    assert read(before=f"<p class=byline>{label} | 2026-03-04 12:10</p>").author == ""


def test_a_year_before_there_were_pages_is_what_the_text_is_about():
    page = read(before="<ul><li>The oven was lit on August 14, 1935</li></ul>")

    assert page.published_at is None


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("Artículo generado mediante VillaBOT", "machine"),
        ("This summary was generated by AI.", "machine"),
        ("Key points (AI-generated)", "machine"),
        ("Note: parts of this page were written with the help of ChatGPT.", "machine"),
        ("Machine translation", "translation"),
        ("This article was automatically translated.", "translation"),
        ("Maschinell übersetzt", "translation"),
        ("本文由人工智能生成", "machine"),
    ],
)
def test_machine_made_and_translated_pages_are_labelled_as_the_page_says(line: str, word: str):
    (note,) = read(f"<p>{line}</p>").notes

    assert word in note
    assert line in note


@pytest.mark.parametrize(
    "line",
    [
        "When AI-generated code goes wrong, somebody has to read it.",
        "How much of what we read is generated by AI?",
        "What is AI-generated text?",
        "This week a company showed a poem written by AI.",
        "These novels were written by a machine, critics say.",
        "Machine translation has come a long way since.",
    ],
)
def test_a_line_about_machines_is_kept_and_no_label(line: str):
    page = read(f"<p>{line}</p>")

    assert page.notes == ()
    assert line in page.text


def test_a_paragraph_about_machines_is_no_label():
    said = (
        "He said that most of what is generated by AI is read by nobody at all, that the town has "
        "better uses for its money, and that the council should print fewer leaflets and answer "
        "more of the letters that it gets from people who live by the river."
    )

    assert read(f"<p>{said}</p>").notes == ()


def test_the_texts_language_and_the_outlets_are_told_apart():
    page = read(lang="es")

    assert (page.language, page.stated_language) == ("en", "es")
