"""The screen that the measurements look at shows what a terminal would."""

from __future__ import annotations

from bench.screen import Box, Screen

BOX = Box(0, 3, 2, 12)


def screen_after(*parts: bytes) -> Screen:
    screen = Screen(20, 4)
    for part in parts:
        screen.feed(part)
    return screen


def row(number: int, text: str, style: str) -> bytes:
    return f"\x1b[{number};3H\x1b[{style}m{text}\x1b[0m".encode()


def test_text_stands_where_the_cursor_was_put():
    screen = screen_after(b"\x1b[2;5Habc\r\nd")

    assert screen.line(1) == " " * 4 + "abc" + " " * 13
    assert screen.line(2)[0] == "d"


def test_sequences_and_letters_may_be_cut_anywhere():
    whole = b"\x1b[2;5H\x1b[1;48;2;1;2;3m\xe2\x97\x8f \xe5\xad\x97x\x1b[0m"
    pieces = [whole[n : n + 1] for n in range(len(whole))]

    assert screen_after(*pieces).cells(Box(0, 4, 0, 20)) == screen_after(whole).cells(
        Box(0, 4, 0, 20)
    )


def test_a_wide_letter_takes_two_cells():
    (characters, _), *_ = screen_after("\x1b[1;1H字b".encode()).cells(Box(0, 1, 0, 4))

    assert characters == ["字", "", "b", " "]


def test_a_style_alone_changes_a_cell():
    plain = screen_after(row(1, "a", "48;2;0;0;0")).cells(BOX)

    assert screen_after(row(1, "a", "48;2;9;9;9")).cells(BOX) != plain


def test_the_cursor_is_the_row_with_another_background():
    rows = [row(n, "text", "1;48;2;0;0;0") for n in (1, 2, 3)]
    screen = screen_after(*rows, row(2, "text", "48;2;40;60;80"))

    assert screen.odd_row(BOX) == 1


def test_no_row_is_the_cursor_where_all_are_alike():
    rows = [row(n, "text", "48;2;0;0;0") for n in (1, 2, 3)]

    assert screen_after(*rows).odd_row(BOX) is None


def test_what_textual_asks_a_terminal_is_not_text():
    screen = screen_after(b"\x1b[?2026$p\x1b[>1u\x1b]0;title\x07\x1b[?25lx")

    assert screen.line(0).strip() == "x"
