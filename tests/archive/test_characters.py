from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.characters import MAX_STACKED_MARKS, clean_line, clean_text

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=60)
NASTY = "".join(
    map(chr, [*range(0x20), *range(0x7F, 0xA0), 0x200B, 0x202E, 0x2066, 0x2028, 0xE0041])
)


@pytest.mark.parametrize(
    ("foreign", "expected"),
    [
        ("a\x1b[31mred\x1b[0m", "a[31mred[0m"),
        ("\x9b31mx\x9d0;title\x07y", "31mx0;titley"),
        ("left\u202eright\u2066\u200f\u061c", "leftright"),
        ("zero\u200bwidth\u2060joined\ufeff", "zerowidthjoined"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4"),
        ("a\ud800b\udfffc", "abc"),
        ("\ufff9base\ufffaruby\ufffb", "baseruby"),
        (" one\ttwo\r\n\u2028three\u3000\xa0four\x85five ", "one two three four five"),
        ("", ""),
    ],
)
def test_a_line_loses_what_could_harm_a_terminal(foreign: str, expected: str) -> None:
    assert expected == clean_line(foreign)


@pytest.mark.parametrize(
    "kept", ["می‌خواهم", "👨‍👩‍👧 ❤️", "[b]x[/b] [@click=app.quit]", "café 한국어 हिन्दी"]
)
def test_a_line_keeps_what_scripts_and_emoji_need(kept: str) -> None:
    assert kept == clean_line(kept) == clean_text(kept)


def test_a_text_keeps_its_lines_tabs_and_indents() -> None:
    expected = "a\n\tb\n    c\nd\n"

    assert expected == clean_text("a\r\n\tb\r    c\x1b\u2028d\n")


@pytest.mark.parametrize("mark", ["\u0301", "\u0e47", "\u20dd"])
def test_marks_stacked_over_eight_are_cut(mark: str) -> None:
    assert "o" + mark * MAX_STACKED_MARKS + "k" == clean_line("o" + mark * 500 + "k")


@given(ANY_TEXT)
@example(NASTY)
def test_any_line_comes_out_printable_and_stays_as_it_is(text: str) -> None:
    line = clean_line(text)

    assert not {unicodedata.category(character) for character in line} & {"Cc", "Cs", "Zl", "Zp"}
    assert line == clean_line(line)
    assert line == line.strip()


@given(ANY_TEXT)
@example(NASTY)
def test_any_text_comes_out_without_controls_and_stays_as_it_is(text: str) -> None:
    cleaned = clean_text(text)

    controls = {c for c in cleaned if unicodedata.category(c) in {"Cc", "Cs"}}
    assert controls <= {"\n", "\t"}
    assert cleaned == clean_text(cleaned)
