"""Markdown laid out in lines: what each kind of block looks like, and where its lines come from."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.models import Mark
from archive.query import parse
from archive.snippets import find_hits
from reader.reading_time import reading_minutes
from reader.tui.cells import cell_len, whole_graphemes
from reader.tui.render import NO_TEXT, Layout, read_document
from reader.tui.render_header import header_parts
from reader.tui.render_inline import Run
from reader.tui.wrap import wrap_code, wrap_text
from tests.tui.hosts import NOW, article

BLOCK_BITS = ("# ", "- ", "1. ", "> ", "\n", "\n\n", "    ", "```\n", "|a|b|\n|-|-|\n", "---")
INLINE_BITS = ("[a](https://b.c)", "![i](u)", "*", "**", "~~", "`", "<b>", "&amp;", "word ")
HARD_BITS = (
    *("日本語", "「", "。", "👨\u200d👩\u200d👧", "🇫🇷", "e\u0301\u0302", "\u00ad", "क्\u200dष"),
    *("https://a.b/" + "c" * 50, "\t", "\x1b[2J", "\u202e", "\ud800"),
)
MARKDOWN_BITS = (*BLOCK_BITS, *INLINE_BITS, *HARD_BITS)


def laid(text: str, width: int = 40, query: str = "", **fields: object) -> Layout:
    """An article of this text, laid out in full."""
    hits = parse(query)
    find = (lambda shown: find_hits(shown, hits)) if query else None
    document = read_document(article(text, **fields), Mark(), "The Outlet")
    layout = Layout(document, width, NOW, find)
    layout.lay_all()
    return layout


def body(text: str, width: int = 40, **fields: object) -> list[str]:
    """The lines of a text alone, without header and address."""
    lines = [line.text.rstrip() for line in laid(text, width, url="", **fields).lines]
    start = next(at for at, line in enumerate(lines) if set(line) == {"─"}) + 2
    return lines[start:]


def wrapped(text: str, width: int) -> list[str]:
    return [text[first:last] for first, last in wrap_text(text, width)]


def styles_of(layout: Layout, text: str) -> tuple[str, ...]:
    return next(run.styles for line in layout.lines for run in line.runs if text in run.text)


# Breaking lines


def test_latin_breaks_between_words_and_after_hyphens_inside_them() -> None:
    assert wrapped("the well-known  harbour wall", 10) == ["the well-", "known", "harbour", "wall"]
    assert wrapped("a -5 degrees --flag", 6) == ["a -5", "degree", "s", "--flag"]
    assert wrapped("ten\u00a0km away", 7) == ["ten\u00a0km", "away"]


def test_chinese_and_japanese_break_anywhere_but_before_closing_marks() -> None:
    assert wrapped("紙の地図が、静かに", 10) == ["紙の地図", "が、静かに"]
    assert wrapped("これは「紙」です", 8) == ["これは", "「紙」で", "す"]
    assert wrapped("中文 mixed 文字", 6) == ["中文", "mixed", "文字"]


def test_korean_breaks_between_words() -> None:
    assert wrapped("한국어 문장은 좋다", 9) == ["한국어", "문장은", "좋다"]


def test_long_addresses_break_behind_their_slashes() -> None:
    lines = wrapped("see https://outlet.example/a/long/path/to/somewhere now", 20)

    assert lines == ["see https://outlet.", "example/a/long/path/", "to/somewhere now"]


def test_families_and_flags_are_never_broken() -> None:
    family, flag = "👨\u200d👩\u200d👧", "🇫🇷"

    assert wrapped(family * 3, 4) == [family * 2, family]
    assert wrapped(flag * 3, 5) == [flag * 2, flag]


def test_code_is_cut_exactly_and_keeps_its_spaces() -> None:
    text = "    return 1"

    assert [text[a:b] for a, b in wrap_code(text, 6)] == ["    re", "turn 1"]
    assert wrap_code("", 6) == [(0, 0)]


@given(st.text(max_size=200), st.integers(min_value=2, max_value=90))
@settings(max_examples=200, deadline=None)
def test_lines_fit_and_hold_every_character_that_is_no_space(text: str, width: int) -> None:
    lines = wrapped(text, width)

    assert all("\n" not in line for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    starts = [first for first, _ in wrap_text(text, width)]
    assert starts == sorted(starts)


@given(
    st.lists(st.sampled_from(MARKDOWN_BITS), max_size=50).map("".join),
    st.integers(min_value=2, max_value=90),
)
@settings(max_examples=300, deadline=None)
def test_any_markdown_gives_lines_that_fit(text: str, width: int) -> None:
    layout = laid(text, width, "word 日本 a")

    before = 0
    for line in layout.lines:
        assert sum(cell_len(run.text) for run in line.runs) == cell_len(line.text) <= width
        assert line.start >= before
        assert not any(ord(letter) < 32 or letter in "\u202e\ud800" for letter in line.text)
        before = line.start
    assert sorted(layout.hit_lines) == list(range(len(layout.hit_lines)))


# Blocks


def test_paragraphs_are_wrapped_and_parted_by_one_line() -> None:
    assert body("one two\nthree\n\nfour", 8) == ["one two", "three", "", "four"]


def test_a_hard_break_breaks() -> None:
    assert body("one  \ntwo\\\nthree") == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("卖面的、写字的，\n都按原来的位置", "卖面的、写字的，都按原来的位置"),
        ("紙の地図が\n**カタログ**\nになる", "紙の地図がカタログになる"),
        ("他说\n“好”，\n走了", "他说“好”，走了"),
        ("ตลาด\nกลางคืน", "ตลาดกลางคืน"),
        ("한국어\n문장은", "한국어 문장은"),
        ("中文\nwords\n中文", "中文 words 中文"),
        ("“so”\n“it”", "“so” “it”"),
    ],
)
def test_a_line_break_in_the_source_is_no_space_where_words_have_none(
    text: str, shown: str
) -> None:
    assert body(text) == [shown]


def test_headings_differ_without_colour() -> None:
    text = "intro\n\n# One\n\n## Two\n\n### Three\n\n#### Four\n\n##### Five\n\n###### Six"

    assert body(text) == (
        [
            "intro",
            "",
            "",
            "One",
            "━━━",
            "",
            "",
            "Two",
            "───",
            "Three",
            "",
            "Four",
            "",
            "Five",
            "",
            "Six",
        ]
    )


def test_a_first_heading_that_repeats_the_title_is_left_out() -> None:
    assert body("# Paper  maps *return*\n\ntext", title="Paper maps *return*") == ["text"]
    assert body("# Another\n\ntext", title="Paper maps") == ["Another", "━━━━━━━", "text"]


def test_lists_hang_and_nest() -> None:
    text = "- one two three four\n- two and its\n  - inner\n    1. deep\n\n"

    assert body(text + "9. nine\n10. ten", 15) == [
        *("• one two three", "  four", "• two and its", "  ◦ inner", "    1. deep"),
        *("", " 9. nine", "10. ten"),
    ]


def test_a_loose_list_has_air_and_its_items_paragraphs() -> None:
    assert body("- one\n\n  more\n\n- two") == ["• one", "", "  more", "", "• two"]


def test_an_empty_item_is_still_seen() -> None:
    assert body("- \n- two") == ["•", "• two"]


def test_quotes_have_a_bar_that_goes_on_over_their_paragraphs() -> None:
    assert body("> one two three\n>\n> > deep\n\nout", 12) == (
        ["▎ one two", "▎ three", "▎", "▎ ▎ deep", "", "out"]
    )


def test_code_keeps_its_spaces_and_goes_on_behind_an_arrow() -> None:
    layout = laid("```python\ndef f():\n\treturn '[b]*x*'\n```", 18)
    lines = [line for line in layout.lines if line.fill == "code-block"]

    assert [line.text for line in lines] == ["  def f():", "      return '[b", "↪ ]*x*'"]


def test_tables_are_drawn_with_lines_and_aligned() -> None:
    assert body("| Year | Sold |\n|:-:|--:|\n| 2024 | 5 |\n| 25 | 日本 |") == [
        "┌──────┬──────┐",
        "│ Year │ Sold │",
        "├──────┼──────┤",
        "│ 2024 │    5 │",
        "│  25  │ 日本 │",
        "└──────┴──────┘",
    ]


def test_the_widest_column_of_a_table_gives_way_and_its_cells_wrap() -> None:
    lines = body("| Y | Remark |\n|---|---|\n| 24 | the highest ever seen |\n| 25 | low |", 20)

    assert lines == [
        "┌────┬─────────────┐",
        "│ Y  │ Remark      │",
        "├────┼─────────────┤",
        "│ 24 │ the highest │",
        "│    │ ever seen   │",
        "├────┼─────────────┤",
        "│ 25 │ low         │",
        "└────┴─────────────┘",
    ]


def test_a_table_of_too_many_columns_becomes_records() -> None:
    text = "| one | two | three | four |\n|-|-|-|-|\n| 111111 | 222222 | 333333 | 444444 |"

    assert body(text, 20) == ["one: 111111", "two: 222222", "three: 333333", "four: 444444"]


def test_html_is_text_and_images_are_named() -> None:
    text = "<b>bold</b> <script>x</script> ![A *map*](https://a.b/c.png) ![](d.png) ~~gone~~"

    assert " ".join(body(text, 80)) == (
        "<b>bold</b> <script>x</script> [image: A *map*] [image] gone"
    )
    assert body("<div>\nblock\n</div>") == ["<div> block </div>"]


def test_textual_markup_and_escapes_are_text() -> None:
    assert body("[bold]x[/bold] [/foo] \x1b[31mred\x1b[0m", 80) == (
        ["[bold]x[/bold] [/foo] [31mred[0m"]
    )


def test_inline_styles_are_told_apart() -> None:
    layout = laid("plain **strong** *soft* `code` ~~gone~~ [link](https://a.b) ***both***", 90)

    assert styles_of(layout, "plain") == ()
    assert styles_of(layout, "strong") == ("strong",)
    assert styles_of(layout, "soft") == ("emphasis",)
    assert styles_of(layout, "code") == ("code",)
    assert styles_of(layout, "gone") == ("strike",)
    assert styles_of(layout, "link") == ("link",)
    assert set(styles_of(layout, "both")) == {"strong", "emphasis"}


def test_only_addresses_that_may_be_followed_are_links() -> None:
    text = (
        "[a](https://a.b/c) [b](javascript:alert(1)) [c](ftp://x) [d](mailto:e@f.g) "
        "<https://h.i> and (https://j.k/l)."
    )
    layout = laid(text, 60, url="")

    assert layout.addresses == ["https://a.b/c", "mailto:e@f.g", "https://h.i", "https://j.k/l"]
    assert [layout.link_text(link) for link in range(4)] == [
        "a",
        "d",
        "https://h.i",
        "https://j.k/l",
    ]


def test_an_article_without_text_says_so_and_which_key_opens_its_page() -> None:
    shown = " ".join(line.text for line in laid("", 80).lines)

    assert NO_TEXT in shown


def test_quotes_nested_without_end_keep_their_text() -> None:
    assert "at the bottom" in " ".join(body("> " * 3000 + "at the bottom"))
    deep = "".join("  " * level + f"- level {level}\n" for level in range(200))
    assert "level 199" in " ".join(body(deep))


# Places in the text


def test_every_line_knows_where_it_stands_in_the_text() -> None:
    text = "First *words* here and more.\n\n## Head\n\n- item one\n- item **two**\n\n> quoted"
    layout = laid(text, 14)

    for line in layout.lines:
        for run in line.runs:
            if run.start >= 0 and run.text.strip():
                assert text[run.start : run.start + len(run.text)] == run.text
    places = {line.text.strip(): line.start for line in layout.lines}
    assert places["Head"] == text.index("Head")
    assert places["• item two"] == text.index("item **")


def test_a_place_in_the_text_is_found_again_at_any_width() -> None:
    text = "\n\n".join(f"Paragraph number {n} has a few words to wrap." for n in range(50))
    at = text.index("number 30") - len("Paragraph ")
    for width in (12, 30, 80):
        layout = laid(text, width)

        line = layout.lines[layout.line_of(at)]
        assert line.start <= at < line.start + width
    assert laid(text, 30).line_of(0) == 0


def test_lines_of_code_know_their_place_too() -> None:
    text = "intro\n\n```py\nfirst\nsecond\n```"
    layout = laid(text)

    second = next(line for line in layout.lines if "second" in line.text)
    assert second.start == text.index("second")


def test_hits_are_numbered_down_the_article_title_included() -> None:
    layout = laid("Maps, **map** and maps.\n\nA map\n\n`maps`", 80, "maps")

    shown = [run.text for line in layout.lines for run in line.runs if run.hit >= 0]
    assert shown == ["maps", "Maps", "maps", "maps"]
    assert list(layout.hit_lines) == [0, 1, 2, 3]
    assert layout.hit_lines[0] < layout.hit_lines[1] == layout.hit_lines[2]


def test_numbers_of_links_are_no_words_and_do_not_part_those_around_them() -> None:
    text = "See [the 1 map](https://a.example/) of [isles](https://b.example/1) 1 by 1."
    document = replace(read_document(article(text), Mark(), "Outlet"), numbered=True)
    found = {}
    for words in ("1", '"map of isles"', "isles"):
        layout = Layout(document, 80, NOW, partial(_hits, words))
        layout.lay_all()
        line = next(line for line in layout.lines if "map[1] of isles[2] 1 by 1." in line.text)
        runs = [run for run in line.runs if run.hit >= 0]
        found[words] = ["".join(run.text for run in part) for _, part in groupby(runs, _hit_of)]

    assert found == {
        "1": ["1", "1", "1"],
        '"map of isles"': ["map[1] of isles"],
        "isles": ["isles"],
    }


def _hits(words: str, text: str) -> list[tuple[int, int]]:
    return find_hits(text, parse(words))


def _hit_of(run: Run) -> int:
    return run.hit


def test_hits_are_made_whole_characters() -> None:
    text = "a👨\u200d👩\u200d👧b"

    assert whole_graphemes(text, [(3, 4)]) == [(1, 6)]
    assert whole_graphemes("abc", [(1, 2)]) == [(1, 2)]
    assert whole_graphemes(text, [(1, 2), (3, 5)]) == [(1, 6)]


# Header, and time


def test_the_header_says_where_the_article_comes_from() -> None:
    document = read_document(
        article("text", author="Jane Doe", notes=("The page is gone.",)),
        Mark(starred=True, tags=("to read", "maps"), note="Look\nagain"),
        "The [Outlet]",
    )
    layout = Layout(document, 90, NOW)
    layout.lay_all()
    lines = [line.text.replace("\u00a0", " ") for line in layout.lines]

    assert lines[:9] == [
        "",
        "Paper maps return",
        "★ The [Outlet] · Jane Doe · today, 09:00 · 2 min · 460 words · English",
        " to read   maps ",
        "",
        "✎ Look",
        "✎ again",
        "",
        "› The page is gone.",
    ]
    assert lines[-1] == "https://outlet.example/paper-maps"


def test_a_title_without_end_is_cut() -> None:
    layout = laid("text", 60, title="word " * 5000)

    title = [line.text for line in layout.lines if line.runs and line.runs[0].styles == ("title",)]
    assert len(title) <= 12
    assert title[-1].endswith("…")


@pytest.mark.parametrize(
    ("count", "language", "minutes"), [(0, None, 1), (2300, "en", 10), (5000, "ja-JP", 10)]
)
def test_reading_time_goes_by_the_language(count: int, language: str, minutes: int) -> None:
    assert reading_minutes(count, language) == minutes


def test_the_first_screen_of_a_long_article_is_laid_out_at_once() -> None:
    text = "\n\n".join("The *quick* brown fox [jumps](https://a.b). " * 10 for _ in range(210))
    started = time.process_time()
    layout = Layout(read_document(article(text), Mark(), ""), 80, NOW)
    layout.lay_lines(100)
    taken = time.process_time() - started

    assert len(text.split()) > 9_000
    assert not layout.is_done
    assert taken < 0.1


def test_reading_time_of_chinese_without_a_stated_language_goes_by_characters() -> None:
    chinese = replace(article("河岸的新闻" * 500), language=None, word_count=2500)
    parts = header_parts(chinese, Mark(), "", NOW, 80)

    assert "5 min" in "".join(run.text for part in parts for run in part.runs)


@pytest.mark.parametrize("starred", [False, True])
def test_no_line_of_the_header_begins_or_ends_with_a_dot(starred: bool) -> None:
    shown = article("text", author="Jane de la Doe", title="T", url="")
    document = read_document(shown, Mark(starred=starred), "The Valley and Harbour Morning Post")
    for width in range(8, 100):
        layout = Layout(document, width, NOW)
        layout.lay_all()
        lines = [line for line in layout.lines if any("meta" in run.styles for run in line.runs)]
        facts = [line.text.removeprefix("★ ") for line in lines]

        assert [fact for fact in facts if fact != fact.strip(" ·")] == []
        assert " ".join(facts).replace(" · ", " ").endswith("2 min 460 words English")


def test_facts_that_fit_a_line_share_it() -> None:
    layout = laid("text", 44, author="Owen Pryce", url="")

    assert [line.text for line in layout.lines[2:4]] == [
        "The Outlet · Owen Pryce · today, 09:00",
        "2 min · 460 words · English",
    ]


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("河岸的新闻，" * 25, "zh", "125 characters"),
        ("川の話です。" * 25, None, "125 characters"),
        ("News of the 河岸 side. " * 25, "zh", "125 words"),
    ],
)
def test_a_text_counted_by_characters_says_so(text: str, language: str | None, shown: str) -> None:
    layout = laid(text, 80, language=language, word_count=125)

    assert shown in [fact for line in layout.lines[:4] for fact in line.text.split(" · ")]
