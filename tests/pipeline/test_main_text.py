"""Which part of a page is its text: the prose among menus, comments, boxes and other texts."""

from __future__ import annotations

import json

import pytest

from reader.pipeline.extract import extract_page
from reader.pipeline.extracted import ExtractedPage

ONE = (
    "The harbour master said on Monday that the boat was full, that nobody had to stay behind, "
    "and that the next one would leave at noon."
)
TWO = (
    "Passengers who had waited since the early morning were given tea, a blanket and a promise "
    "that nobody wrote down."
)
THREE = (
    "Two of them said that they would come again in the spring, and one of them that he would "
    "never do so in his life."
)
TEXT = "\n\n".join((ONE, TWO, THREE))


def read(body: str, head: str = "<title>The boat is full - The Post</title>") -> ExtractedPage:
    markup = f"<html><head>{head}</head><body>{body}</body></html>"
    return extract_page(markup.encode(), "https://a.example/1", "text/html")


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts or (ONE, TWO, THREE))


def test_what_readers_answer_below_a_text_is_none_of_it():
    answers = "".join(
        f"<div class=say><b>Reader {n}</b> <a>Reply</a><div>{TWO} I was there, and it was so "
        f"for the whole of day {n}.</div></div>"
        for n in range(8)
    )
    body = f"<div class=tale><h2>The boat is full</h2>{paragraphs()}</div><div>{answers}</div>"

    assert read(body).text == f"## The boat is full\n\n{TEXT}"


def test_a_text_in_one_box_with_its_answers_stays():
    answers = "".join(f"<div class=say>{TWO[:60]} <a>Reply</a></div>" for _ in range(3))
    head = f"<header><h1>The boat is full</h1><p>{ONE} {TWO}</p></header>"
    body = f"<div><div class=tale>{paragraphs()}</div><div>{answers}</div></div>"

    assert read(f"{head}{body}").text.endswith(TEXT)


def test_a_thread_whose_first_post_is_like_the_others_is_kept_whole():
    posts = "".join(
        f"<div class=post><b>Ada</b><div class=content>{text}</div><a>Reply</a></div>"
        for text in (ONE, TWO, THREE)
    )

    found = read(f"<h1>The boat is full</h1><div>{posts}</div>").text

    assert [text for text in (ONE, TWO, THREE) if text in found] == [ONE, TWO, THREE]


@pytest.mark.parametrize(
    "lead",
    [
        "<h2>What the master said, and to whom.</h2>",
        "<div class=x-standfirst><b>What the master said, and to whom</b></div>",
        "<p class=dek>What the master said, and to whom</p>",
        "<div>What the master said, and to whom he said it.</div>",
    ],
)
def test_a_standfirst_belongs_to_the_text_and_a_byline_does_not(lead: str):
    byline = "<div>By Ada Quill | 4 March 2026</div>"
    head = f"<div class=top><h1>The boat is full</h1>{lead}{byline}</div>"
    page = read(f"{head}<div class=text>{paragraphs()}</div>")

    assert "What the master said, and to whom" in page.text
    assert "Quill" not in page.text
    assert page.author == "Ada Quill"
    assert f"{page.published_at:%Y-%m-%d}" == "2026-03-04"


@pytest.mark.parametrize(
    ("box", "why"),
    [
        ("<div class=k><p>Never miss a boat: get our newsletter every day.</p></div>", "asks"),
        ("<div class=k><b>Lees ook</b><br>De boot is vol</div>", "related"),
        ("<div class=k><a href=/1>The tide</a> <a href=/2>The fish</a></div>", "links"),
        (f"<blockquote>{ONE[:70]}</blockquote>", "pull quote"),
    ],
)
def test_a_box_in_the_text_is_dropped_and_said(box: str, why: str):
    page = read(f"<h1>The boat is full</h1>{paragraphs(ONE, TWO)}{box}{paragraphs(THREE)}")

    assert page.text == f"# The boat is full\n\n{TEXT}"
    assert [each.why for each in page.removed] == [why]
    assert page.removed[0].at == page.text.index(TWO) + len(TWO)


@pytest.mark.parametrize(
    "box",
    [
        "<div class=legal>The Post is a trading name of Harbour Papers, which is a firm.</div>",
        "<div class=licence>This text may be copied by whoever names the harbour.</div>",
        "<div class=note-x>The Post is a paper. Become a member for the price of a fish.</div>",
        "<hr><p>If you liked this, tell a friend about the boat.</p>",
    ],
)
def test_what_an_outlet_says_of_itself_below_a_text_is_none_of_it(box: str):
    page = read(f"<div><h1>The boat is full</h1>{paragraphs()}{box}</div>")

    assert page.text.removesuffix("\n\n---") == f"# The boat is full\n\n{TEXT}"


def test_paragraphs_of_a_law_and_words_of_leave_stay_where_they_are_the_text():
    law = "".join(f"<p class=legal>{text}</p>" for text in (ONE, TWO, THREE))
    leave = f"<p>Tell a friend, they said, and he told a friend. {TWO}</p>"

    assert read(f"<h1>The boat is full</h1>{law}").text == f"# The boat is full\n\n{TEXT}"
    assert "Tell a friend" in read(f"<h1>The boat</h1>{paragraphs()}<hr>{leave}").text


def test_a_byline_that_is_set_as_a_heading_is_no_heading():
    head = "<title>The boat is full</title><meta name=author content='Ada Quill'>"
    byline, other = "<h4>By Ada Quill</h4>", "<h4>By the river</h4>"

    assert "Quill" not in read(f"<h1>The boat is full</h1>{byline}{paragraphs()}", head).text
    assert "By the river" in read(f"<h1>The boat is full</h1>{other}{paragraphs()}", head).text


def test_what_is_made_like_a_known_box_goes_with_it():
    boxes = (
        "<div class=k>Advertisement</div>",
        "<div class=k>Glasshouses built while you wait.</div>",
    )
    page = read(f"<h1>The boat is full</h1><p>{ONE}</p>{''.join(boxes)}{paragraphs(TWO, THREE)}")

    assert page.text == f"# The boat is full\n\n{TEXT}"


@pytest.mark.parametrize(
    "kept",
    [
        "<ul><li><a href=/1>A first song</a></li><li><a href=/2>A second song</a></li></ul>",
        "<table><tr><th>Boat</th><th>Seats</th></tr><tr><td>Patience</td><td>4</td></tr></table>",
        "<dl><dt>Patience</dt><dd>A boat.</dd></dl>",
        "<blockquote>Nobody has to stay behind, he said, and went.</blockquote>",
        f"<p>You can subscribe to the boat at the office. {TWO}</p>",
        "<div class=zw>The second part</div>",
    ],
)
def test_what_stands_among_paragraphs_stays(kept: str):
    page = read(f"<h1>The boat is full</h1>{paragraphs(ONE, TWO)}{kept}{paragraphs(THREE)}")

    assert page.removed == ()
    assert len(page.text) > len(TEXT) + 20


def test_names_of_furniture_do_not_take_most_of_a_page():
    items = "".join(f"<div class='ticker promo'>{text}</div>" for text in (ONE, TWO, THREE))

    assert read(f"<h1>The boat is full</h1>{items}").text == f"# The boat is full\n\n{TEXT}"


def test_a_page_without_prose_gives_the_text_of_its_data():
    data = json.dumps({"@type": "NewsArticle", "articleBody": TEXT})
    page = read("<div id=app>Loading</div>", f"<script type='application/ld+json'>{data}</script>")

    assert page.text == TEXT


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("<h1><a href=/>The Post</a></h1><h2>The boat is full</h2>", "The boat is full | The Post"),
        ("<h1>The Post</h1><h3>The boat is full</h3>", "The Post: The boat is full"),
        ("<div>The Post</div><div>The boat is full</div>", "The boat is full - The Post"),
        ("<h1>The boat is full<a href=#x>¶</a></h1>", "The boat is full"),
        ("<font size=2>The Post</font><font size=6>The boat is full</font>", "The Post"),
    ],
)
def test_the_title_is_what_head_and_body_both_say(body: str, head: str):
    site = "<meta property=og:site_name content='The Post'>" if "<div>" in body else ""

    assert (
        read(f"{body}{paragraphs()}", f"<title>{head}</title>{site}").heading == "The boat is full"
    )


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Von Maren Tietjen 18.03.2026, 07:05 Uhr", "Maren Tietjen"),
        ("Reported By: Priya Raman Edited By: News Desk", "Priya Raman"),
        ("posted by <a>hopless</a> on 4 March 2026", "hopless"),
        ("<span>潮声</span><span>3月 04, 2026 11:10</span>", "潮声"),
        ("한지우 기자 2026.03.03 07:15", "한지우"),
        ("Тарас Бойчук, 20 лютого 2026, 14:05", "Тарас Бойчук"),
        ("Kultur · 4. März 2026, 10:00", ""),
        ("By the river, at noon", ""),
    ],
)
def test_the_author_is_read_from_the_line_below_the_title(line: str, author: str):
    page = read(f"<div><h1>The boat is full</h1><p>{line}</p>{paragraphs()}</div>")

    assert page.author == author


def test_headings_that_lists_hide_and_links_that_head_paragraphs_are_headings():
    cards = "".join(
        f"<div class=e><div class=u><a href=/{n}>Part {n}</a></div><div class=x>{text}</div></div>"
        for n, text in enumerate((ONE, TWO, THREE))
    )
    items = "".join(f"<li><h3>Part {n}</h3><p>{text}</p></li>" for n, text in enumerate((ONE, TWO)))

    assert read(f"<div>{cards}</div>").text.count("## [Part ") == 3
    assert read(f"<h1>The boat is full</h1><ol>{items}</ol>").text.count("\n### Part ") == 2


def test_a_manual_s_page_has_its_own_title_and_the_headings_that_lead_to_themselves():
    head = "<title>cranes feed - The Harbour Manual</title>"
    bar = "<div class=menu><h1>The Harbour Manual</h1></div>"
    options = (
        '<h2 id="use"><a href="#use">How to use them</a></h2>'
        f"<p>{ONE}</p>"
        '<dl><dt id="wet"><a href="#wet"><code>--wet</code></a></dt><dd>Also in the rain.</dd></dl>'
        f"<p>{TWO}</p>"
    )
    body = f"{bar}<main><h1>cranes-feed(1) <button>Copy it</button></h1>{options}</main>"

    found = read(body, head)

    assert found.heading == "cranes-feed(1)"
    assert "## How to use them" in found.text
    assert "`--wet`" in found.text
    assert "Harbour Manual" not in found.text


def test_entries_of_a_reference_stay_with_their_headings_whatever_they_are_called():
    entries = "".join(
        f"<section id=way.{name}><a href=/src>Source</a> <a href=#way.{name}>§</a>"
        f"<h4 class=code-header>way <a href=/{name}>{name}</a>(<a href=/boat>Boat</a>)</h4>"
        f"</section><p>What {name} does with a boat that is full.</p>"
        for name in ("count", "hint", "sort")
    )
    stamp = "<p class=meta id=n1><a href=#n1>Written in the morning</a></p>"

    found = read(f"<main><h1>Ways of a boat</h1>{paragraphs()}{stamp}{entries}</main>").text

    assert found.count("\n#### way ") == 3
    assert "way [hint]" in found
    assert "Written in the morning" not in found


@pytest.mark.parametrize(
    "below",
    ["<p>12:30</p>", f"<p>Soon.</p><div>{TWO[:40]}</div>", "More as it comes in.",
     "<figure><img src=a.jpg><figcaption>The boat at noon</figcaption></figure>"],
)  # fmt: skip
def test_a_page_with_nothing_below_its_long_headline_is_read(below: str):
    title = "The boat is full, says the harbour master, and the next one leaves at noon on a Monday"

    found = read(f"<article><h1>{title}</h1>{below}</article>", f"<title>{title}</title>")

    assert found.heading == title


def test_tables_of_thousands_of_rows_are_judged_once():
    rows = "".join(f"<tr>{f'<td>{n} boats</td>' * 6}</tr>" for n in range(4_000))

    found = read(f"<h1>The boat is full</h1>{paragraphs()}<table>{rows}</table>{paragraphs()}")

    assert "3999 boats" in found.text
