"""HTML to Markdown: every structure is kept, and plain text stays plain text."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.pipeline.extract import html_to_markdown

BASE = "http://h.example/a/b.html"


def convert(markup: str) -> str:
    return html_to_markdown(markup, BASE)


def shown(markdown: str) -> str:
    """What a reader sees of Markdown, with white space folded."""
    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", rendered)).split())


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("Loose text<p>and a paragraph</p>and more", "Loose text\n\nand a paragraph\n\nand more"),
        ("<div>One<div>Two</div>Three</div>", "One\n\nTwo\n\nThree"),
        ("<p>a\n  b\t c&nbsp;d</p>", "a b c d"),
        ("<p>写字的，\n  <b>都按</b>\n原来的\n位置</p>", "写字的，**都按**原来的位置"),
        ("<p>한국어\n문장은 and 中文\nwords</p>", "한국어 문장은 and 中文 words"),
        ("<p><b>\nbold\n</b>\nplain</p>", "**bold** plain"),
        ("one<br>\n<br>two", "one\n\ntwo"),
        ("one<br>two", "one  \ntwo"),
        ("one<br/><br/>two", "one\n\ntwo"),
        ("<h1>Head</h1><h3>Sub <em>x</em></h3>", "# Head\n\n### Sub *x*"),
        ("<h2></h2><p>x</p>", "x"),
        ("<ul><li>a<li>b</ul>", "- a\n- b"),
        ("<ol start=3><li>a</li><li>b</li></ol>", "3. a\n4. b"),
        ("<ul><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li></ul>", "- a\n  - b\n    1. c"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b"),
        ("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "- a\n\n  b\n\n- c"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n> > b"),
        ("<blockquote><ul><li>a</li></ul></blockquote>", "> - a"),
        ("<hr>", "---"),
        ("<b>bold</b> <i>it</i> <del>no</del> <code>x*y</code>", "**bold** *it* ~~no~~ `x*y`"),
        ("<b> spaced </b>out", "**spaced** out"),
        ("<b><strong>twice</strong></b>", "**twice**"),
        ("<b>one</b><b>two</b>", "**onetwo**"),
        ("<b></b><i> </i>x", "x"),
        ("a<b>“so”</b>b", "a“so”b"),
        ("<b>他说“好”。</b>然后", "他说“好”。然后"),
        ("<code>a`b</code>", "``a`b``"),
        ("<q>so</q>", "“so”"),
        ("H<sub>2</sub>O, m<sup>2</sup>, 1<sup>st</sup>", "H₂O, m², 1st"),
        ('<a href="/x?y=1&amp;z=2">l</a>', "[l](http://h.example/x?y=1&z=2)"),
        ('<a href="c (d).html">l</a>', "[l](http://h.example/a/c%20%28d%29.html)"),
        ('<a href="http://x.example/">http://x.example/</a>', "<http://x.example/>"),
        ('<a href="javascript:alert(1)">l</a>', "l"),
        ('<a href="data:text/html,x">l</a>', "l"),
        ('<a href=" java\nscript:x">l</a>', "l"),
        ('<a href="file:///etc/passwd">l</a>', "l"),
        ('<a href="#note">l</a>', "l"),
        ('<a href="mailto:a@b.example">l</a>', "[l](mailto:a@b.example)"),
        ('<a href="/x"><b>b</b> [c]</a>', "[**b** \\[c\\]](http://h.example/x)"),
        ('<a href="/x"><img src="i.png"></a>after', "after"),
        ('<a href="/x"><p>block</p></a>', "block"),
        ("<dl><dt>Term</dt><dd>Words</dd></dl>", "**Term**\n\nWords"),
        ("<script>alert(1)</script><style>x{}</style><p>a</p><!-- c -->", "a"),
        ("<p>a</p><iframe src=x></iframe><form><input value=q><button>go</button></form>", "a"),
        ("<p>unclosed <b>bold<p>next", "unclosed **bold**\n\nnext"),
        ('<base href="http://o.example/p/"><a href="q">l</a>', "[l](http://o.example/p/q)"),
        ("", ""),
        ("   ", ""),
        (
            "<img src='/c.png' alt='A comic' title='The joke'>",
            "[A comic The joke](http://h.example/c.png)",
        ),
    ],
)
def test_html_as_markdown(markup: str, expected: str):
    assert convert(markup) == expected


def test_code_keeps_its_lines_its_blanks_and_its_language():
    markup = (
        '<pre><code class="language-python">def f():\n    return 1\n\n\n# [x](y) *a*\n</code></pre>'
    )

    assert convert(markup) == "```python\ndef f():\n    return 1\n\n\n# [x](y) *a*\n```"


def test_code_with_a_fence_inside_gets_a_longer_one():
    assert convert("<pre>a\n```\nb</pre>") == "````\na\n```\nb\n````"


def test_a_table_of_data_is_a_table():
    markup = (
        "<table><caption>Prices</caption><tr><th>What</th><th>How | much</th></tr>"
        "<tr><td><b>Deck</b></td><td>0</td></tr><tr><td colspan=2>none</td></tr></table>"
    )

    assert convert(markup) == (
        "Prices\n\n| What | How \\| much |\n| --- | --- |\n| **Deck** | 0 |\n| none |  |"
    )


def test_columns_are_aligned_as_most_of_their_cells_state():
    markup = (
        "<table><tr><th>What</th><th align=center>Unit</th><th>Price</th><th>Sum</th></tr>"
        "<tr><td>Deck</td><td style='color:red; Text-Align: center'>m</td>"
        "<td class='has-text-align-right' data-align='right'>7</td><td>1</td></tr>"
        "<tr><td align=right>Rail</td><td>m</td><td align=right>12</td><td align=char>2</td></tr>"
        "</table>"
    )

    assert convert(markup).splitlines()[1] == "| --- | :---: | ---: | --- |"


def test_a_row_that_states_an_alignment_states_it_for_its_cells():
    markup = (
        "<table><tr align=right><td>1</td><td align=left>b</td></tr>"
        "<tr align=right><td colspan=2>2</td></tr></table>"
    )

    assert convert(markup) == "| 1 | b |\n| ---: | ---: |\n| 2 |  |"


def test_a_table_that_lays_out_a_page_is_its_cells():
    markup = "<table><tr><td><h2>Head</h2><p>Text</p></td><td><ul><li>a</li></ul></td></tr></table>"

    assert convert(markup) == "## Head\n\nText\n\n- a"


def test_a_claimed_span_of_a_billion_columns_is_not_believed():
    markup = "<table><tr><td colspan=999999999>a</td></tr><tr><td>b</td><td>c</td></tr></table>"

    assert len(convert(markup)) < 1000


def test_a_big_table_survives():
    rows = "".join(f"<tr><td>{n}</td><td>row {n}</td></tr>" for n in range(2000))
    text = convert(f"<table>{rows}</table>")

    assert text.count("\n") == 2000
    assert "| 1999 | row 1999 |" in text


@pytest.mark.parametrize(
    "text",
    [
        "# not a heading",
        "> not a quote",
        "- not a list",
        "+ not a list",
        "1. not a list",
        "7) no",
        "---",
        "===",
        "* * *",
        "___",
        "```",
        "~~~",
        "| a | b |",
        "[x]: http://evil.example",
        "[words](http://evil.example)",
        "![words](http://evil.example)",
        "<http://evil.example>",
        "<b>tags</b>",
        "&lt; stays &amp; so",
        "*stars* and **more**",
        "_under_ and snake_case",
        "2 * 3 * 4",
        "~~struck~~",
        "`code`",
        r"back\slash \* \[",
        "[sic] [1]",
        "a\n# b",
        "    indented",
        "Setext\n---",
        "Setext\n===",
        "a | b\n--- | ---",
        "https://x.example/a_b_c*d*",
        "[@click=app.quit]",
    ],
)
def test_text_that_looks_like_markdown_stays_text(text: str):
    for before, after in (("", ""), ("<p>x</p>", "<p>y</p>"), ("first<br>", "<br>last")):
        markdown = convert(f"{before}{html.escape(text)}{after}")
        words = [re.sub(r"<[^>]+>", "", part) for part in (before, html.escape(text), after)]

        assert shown(markdown) == " ".join(html.unescape(" ".join(words)).split())


UNSPACED_BREAK = re.compile(
    r"(?<=[。，好])(?= *\n)[ \n]+(?=[“”。，好])|(?<=[“”])(?= *\n)[ \n]+(?=[。，好])"
)
"""The line breaks of a source that are no spaces: between signs of a script written without."""


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab1 \n*_`[]()<>#-+.!|~\\&;:=>“”。，好/\"'", max_size=40))
def test_any_text_is_shown_as_it_is(text: str):
    words = UNSPACED_BREAK.sub("", text.strip())
    assert shown(convert(f"<p>{html.escape(text)}</p>")) == " ".join(words.split())


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<b>", "</b>", "<i>", "</i>", "<a href='/x'>", "</a>", "<ul>", "<li>", "</ul>", "<p>",
             "</p>", "<table>", "<tr>", "<td>", "</table>", "<pre>", "</pre>", "<br>", "<h2>",
             "</h2>", "<code>", "</code>", "<blockquote>", "</blockquote>", "<ol>", "</ol>", "word",
             " ", "*", "[x]", "“q”"]
        ),
        max_size=30,
    )
)  # fmt: skip
def test_any_markup_keeps_its_words(parts: list[str]):
    markdown = convert("".join(parts))

    assert shown(markdown).count("word") == parts.count("word")


def test_markup_nested_two_thousand_deep_is_read():
    assert "core" in convert("<div>" * 2000 + "core" + "</div>" * 2000)
    assert "core" in convert("<b><i>" * 1000 + "core")


def test_a_numbered_heading_is_not_escaped():
    assert html_to_markdown("<h2>1. Panels</h2><p>1. Words</p>", "") == "## 1. Panels\n\n1\\. Words"
