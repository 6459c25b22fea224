"""The list of articles: what it draws, how its cursor moves, and when it asks for rows."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from archive.models import Section
from archive.query import parse
from reader.tui.ages import AGE_CELLS, age, moment
from reader.tui.cells import cell_len, cut, graphemes
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.row_windows import WINDOW, RowWindows
from reader.tui.widgets.rows import lay_row, lay_snippet, row_snippet
from tests.tui.hosts import NOW, WidgetHost, new_list, summaries, summary
from tests.tui.screen_text import full_lines, screen_lines, style_of, styled_lines

NASTY_TITLES = (
    "[bold]not[/bold] markup [/foo] [@click=app.quit]quit[/]",
    "\x1b[31mred\x1b[0m and \x9b2J and \x1b]0;title\x07",
    "\u202egnorw\u202c way \u2066round\u2069",
    "日本語のとても長い見出しが、ここにあります。幅は二倍です。" * 4,
    "👨\u200d👩\u200d👧\u200d👦 and 🇫🇷🇩🇪 and 👍🏽 and ☀\ufe0f " * 8,
    "Z" + "\u0334\u0335\u0336\u0337" * 30 + "algo",
    "line\none\r\ntwo\ttab\u2028three",
    "क्\u200dष and می\u200cخواهم and กำลัง",
    "soft\u00adhyphen " * 20,
    "x" * 10_000,
    "مرحبا بالعالم من الصحافة " * 10,
    "",
)


def row_text(row: list[tuple[str, str]]) -> str:
    return "".join(text for text, _ in row)


@pytest.mark.parametrize("width", [30, 31, 56, 80, 120, 160])
@pytest.mark.parametrize("title", NASTY_TITLES)
def test_a_row_fills_its_width_exactly_whatever_its_title(title: str, width: int) -> None:
    row = lay_row(summary(0, title=title, outlet=title, starred=True), width, NOW, selected=True)

    assert cell_len(row_text(row)) == width
    assert sum(cell_len(text) for text, _ in row) == width


@pytest.mark.parametrize("width", range(1, 30))
def test_a_pane_far_too_narrow_is_filled_as_well(width: int) -> None:
    assert cell_len(row_text(lay_row(summary(0, title="日本語"), width, NOW))) == width


def test_a_row_shows_mark_title_outlet_star_and_age() -> None:
    row = row_text(lay_row(summary(0, starred=True), 60, NOW))

    assert row.startswith(" ● Title 0 ")
    assert "  The Outlet   ★   1h " in row


def test_an_age_that_is_not_the_outlets_date_has_a_mark() -> None:
    claimed = summary(0, claimed_at=datetime(2099, 1, 1, tzinfo=UTC))
    old = replace(claimed, sort_at=datetime(1999, 5, 5, tzinfo=UTC))

    assert row_text(lay_row(claimed, 60, NOW)).endswith("  The Outlet       1h?")
    assert row_text(lay_row(old, 60, NOW)).endswith("  The Outlet     1999?")
    assert cell_len(row_text(lay_row(old, 40, NOW))) == 40


def test_a_read_row_has_no_mark() -> None:
    assert row_text(lay_row(summary(0, read=True), 60, NOW)).startswith("   Title 0")


def test_a_narrow_row_leaves_the_outlet_out() -> None:
    row = row_text(lay_row(summary(0), 40, NOW))

    assert "Outlet" not in row
    assert row.endswith(" 1h ")


def test_a_title_without_a_star_has_its_room() -> None:
    title = "How to read a tide table in five minutes"

    assert row_text(lay_row(summary(0, title=title), 40, NOW)).endswith(" tide table in fi…   1h ")
    starred = row_text(lay_row(summary(0, title=title, starred=True), 40, NOW))
    assert starred.endswith(" tide table in…  ★   1h ")


def test_what_is_cut_ends_in_an_ellipsis_and_never_in_half_a_character() -> None:
    family = "👨\u200d👩\u200d👧"

    assert cut("日本語", 4) == "日…"
    assert cut("日本語", 5) == "日本…"
    assert cut(family * 3, 5) == family * 2 + "…"
    assert cut("🇫🇷🇩🇪🇮🇹", 4) == "🇫🇷…"
    assert cut("abc", 3) == "abc"
    assert cut("abc", 0) == ""


def test_the_spans_of_graphemes_cover_the_whole_text() -> None:
    text = "a🇫🇷🇩🇪e\u0301日👍🏽"

    assert "".join(text[first:last] for first, last, _ in graphemes(text)) == text
    flags = "🇫🇷🇩🇪"
    assert [flags[first:last] for first, last, _ in graphemes(flags)] == ["🇫🇷", "🇩🇪"]


@pytest.mark.parametrize(
    ("back", "shown"),
    [
        (timedelta(hours=-5), "now"),
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=5), "5m"),
        (timedelta(minutes=59, seconds=59), "59m"),
        (timedelta(hours=3), "3h"),
        (timedelta(days=2), "2d"),
        (timedelta(days=34, hours=23), "34d"),
        (timedelta(days=35), "Oct"),
        (timedelta(days=357), "Dec"),
        (timedelta(days=358), "2025"),
        (timedelta(days=9999), "1999"),
    ],
)
def test_an_age_is_short(back: timedelta, shown: str) -> None:
    assert age(NOW - back, NOW) == shown


def test_an_age_has_its_day_where_there_is_room() -> None:
    at = datetime(2026, 3, 4, 12, tzinfo=UTC)
    now = datetime(2026, 11, 26, 12, tzinfo=UTC)

    assert age(at, now, with_day=True) == "4 Mar"
    assert age(at.replace(day=24), now, with_day=True) == "24 Mar"
    assert age(at.replace(year=2024), now, with_day=True) == "2024"
    assert age(now - timedelta(days=30), now, with_day=True) == "30d"


def test_any_age_fits_its_column_beside_a_star() -> None:
    ages = [age(NOW - timedelta(minutes=1.5**step), NOW) for step in range(40)]
    row = row_text(lay_row(summary(0, starred=True, sort_at=NOW - timedelta(days=999)), 40, NOW))

    assert max(map(cell_len, ages)) == AGE_CELLS
    assert row.endswith(" ★ 2024 ")


def test_a_moment_of_today_is_called_so() -> None:
    assert moment(NOW - timedelta(hours=3), NOW) == "today, 09:00"
    assert moment(NOW - timedelta(days=300), NOW) == "27 Jan 2026, 12:00"


def test_a_snippet_is_moved_until_its_first_hit_is_seen() -> None:
    text = "a long beginning " * 10 + "the harbour wall stood"
    start = text.index("harbour")
    row = lay_snippet(summary(0, snippet=text), 40, [(start, start + 7)])

    assert ("harbour", "hit") in row
    assert row_text(row).startswith("   …")
    assert cell_len(row_text(row)) == 40


@pytest.mark.parametrize(
    ("heading", "width", "expected"),
    [
        ("Crabs", 60, "   Crabs: …"),
        ("", 60, "   #2: …"),
        ("A heading that is far too long for the line of a row", 80,
         "   A heading that is far too l…: …"),
        ("A heading that is far too long for the line of a row", 40, "   …"),
    ],
)  # fmt: skip
def test_the_section_of_a_match_is_named_also_where_its_snippet_is_moved(
    heading: str, width: int, expected: str
) -> None:
    section = Section(2, heading, 2, 0)
    row = summary(0, snippet="a long beginning " * 10 + "the harbour wall stood", section=section)
    start = row_snippet(row).index("harbour")
    pieces = lay_snippet(row, width, [(start, start + 7)])

    assert row_text(pieces).startswith(expected)
    assert ("harbour", "hit") in pieces
    assert cell_len(row_text(pieces)) == width


async def test_titles_are_shown_as_text_and_never_acted_on() -> None:
    widget = new_list()
    async with WidgetHost(widget).run_test(size=(100, 20)) as pilot:
        widget.load([summary(i, title=title) for i, title in enumerate(NASTY_TITLES)], 12)
        await pilot.pause()

        lines = full_lines(widget)
        assert " ● [bold]not[/bold] markup [/foo] [@click=app.quit]quit[/]" in lines[0]
        assert " ● [31mred[0m and 2J and ]0;title" in lines[1]
        assert "line one two tab three" in lines[6]
        assert "(no title)" in lines[11]
        assert {cell_len(line) for line in lines} == {widget.size.width}
        assert not any(ord(letter) < 32 or letter in "\x9b\u202e" for letter in "".join(lines))


async def test_unread_is_bold_and_marked_and_read_is_neither() -> None:
    widget = new_list()
    async with WidgetHost(widget).run_test(size=(60, 5)) as pilot:
        widget.load([summary(0), summary(1, title="Old", read=True), summary(2)], 3)
        await pilot.pause()

        unread, read = style_of(widget, "Title 2").style, style_of(widget, "Old").style
        assert unread is not None
        assert read is not None
        assert (unread.bold, read.bold) == (True, None)


@pytest.mark.parametrize("theme", ["newsreader-dark", "newsreader-light", "nord", "ansi-dark"])
async def test_the_cursor_is_a_bar_over_the_whole_row_in_every_theme(theme: str) -> None:
    widget = new_list()
    async with WidgetHost(widget, theme).run_test(size=(60, 5)) as pilot:
        widget.load(summaries(3), 3)
        widget.focus()
        widget.move_to(1)
        await pilot.pause()

        rows = styled_lines(widget)
        bars = [
            {segment.style.bgcolor for segment in row[:-1] if segment.style} for row in rows[:3]
        ]
        assert len(bars[1]) == 1
        assert bars[0] == bars[2] != bars[1]


async def test_the_bar_is_dimmed_while_another_pane_has_the_focus() -> None:
    widget = new_list()
    async with WidgetHost(widget).run_test(size=(60, 5)) as pilot:
        widget.load(summaries(3), 3)
        widget.focus()
        await pilot.pause()
        focused = style_of(widget, "Title 0").style
        widget.blur()
        await pilot.pause()

        blurred = style_of(widget, "Title 0").style
        assert focused is not None
        assert blurred is not None
        assert focused.bgcolor != blurred.bgcolor


async def test_the_cursor_stays_inside_the_list_and_tells_where_it_is() -> None:
    widget = new_list()
    host = WidgetHost(widget)
    async with host.run_test(size=(60, 10)) as pilot:
        widget.load(summaries(30), 30)
        widget.move_by(-5)
        widget.move_by(2)
        widget.move_to(1000)
        await pilot.pause()

        assert widget.cursor == 29
        assert widget.current == summary(29)
        heard = [message.article_id for message in host.of_kind(ArticleList.Highlighted)]
        assert heard == ["261123a0", "261123a2", "261123a29"]
        assert screen_lines(widget)[-1].startswith(" ● Title 29")


async def test_an_empty_list_says_why_in_its_middle() -> None:
    widget = new_list()
    async with WidgetHost(widget).run_test(size=(40, 10)) as pilot:
        widget.empty_text = "Nothing unread.\nR refreshes [all] feeds."
        widget.load([], 0)
        widget.move_by(1)
        widget.page()
        await pilot.pause()

        assert widget.current is None
        assert widget.next_unread() is None
        assert [line.strip() for line in screen_lines(widget) if line] == [
            "Nothing unread.",
            "R refreshes [all] feeds.",
        ]


async def test_a_page_moves_cursor_and_view_alike() -> None:
    widget = new_list()
    async with WidgetHost(widget).run_test(size=(60, 10)) as pilot:
        widget.load(summaries(100), 100)
        widget.move_to(4)
        widget.page()
        await pilot.pause()
        assert (widget.cursor, widget.top_row) == (14, 10)

        widget.page(-0.5)
        assert (widget.cursor, widget.top_row) == (9, 5)


async def test_rows_that_are_missing_are_asked_for_once_and_drawn_dim_until_they_come() -> None:
    widget = new_list()
    host = WidgetHost(widget)
    async with host.run_test(size=(60, 10)) as pilot:
        widget.load(summaries(200), 5000)
        await pilot.pause(0.1)
        assert host.of_kind(ArticleList.RowsNeeded) == []

        widget.move_to(195)
        await pilot.pause(0.1)
        widget.move_to(202)
        await pilot.pause(0.1)
        (asked,) = host.of_kind(ArticleList.RowsNeeded)
        assert (asked.first, asked.count) == (200, WINDOW)
        assert asked.above == (199, summary(199))
        assert asked.below is None
        assert widget.current is None
        assert "┄┄┄┄" in screen_lines(widget)[-1]

        widget.supply(200, summaries(200, 200), asked.generation)
        await pilot.pause()
        assert widget.current == summary(202)
        assert host.of_kind(ArticleList.Highlighted)[-1].article_id == "261123a202"
        assert "Title 204" in screen_lines(widget)[-1]


async def test_scrolling_fast_asks_only_for_where_it_stops() -> None:
    widget = new_list()
    host = WidgetHost(widget)
    async with host.run_test(size=(60, 40)) as pilot:
        widget.load(summaries(200), 100_000)
        for _ in range(1000):
            widget.page()
        await pilot.pause(0.2)

        asked = host.of_kind(ArticleList.RowsNeeded)
        assert len(asked) == 1
        assert asked[0].first <= widget.top_row < asked[0].first + asked[0].count


async def test_an_answer_for_an_earlier_list_is_dropped() -> None:
    widget = new_list()
    host = WidgetHost(widget)
    async with host.run_test(size=(60, 10)) as pilot:
        widget.load(summaries(5), 300)
        await pilot.pause(0.1)
        asked = host.of_kind(ArticleList.RowsNeeded)[0]
        widget.load([summary(0, title="Another list")], 1)
        widget.supply(asked.first, summaries(200, 5), asked.generation)

        assert widget.loaded == [summary(0, title="Another list")]


async def test_a_list_that_turns_out_shorter_ends_where_its_rows_do() -> None:
    widget = new_list()
    async with WidgetHost(widget).run_test(size=(60, 10)) as pilot:
        widget.load(summaries(8), 300)
        widget.move_to(250)
        widget.supply(8, [])
        await pilot.pause()

        assert widget.total == 8
        assert widget.cursor == 7


async def test_the_cursor_stays_on_its_article_at_its_height_when_newer_ones_flow_in() -> None:
    widget = new_list()
    host = WidgetHost(widget)
    async with host.run_test(size=(60, 10)) as pilot:
        widget.load(summaries(100), 100)
        widget.move_to(50)
        await pilot.pause()
        before = [line for line in screen_lines(widget) if "Title 50" in line]
        place = screen_lines(widget).index(before[0])
        newer = [summary(-7 + n, title=f"New {n}") for n in range(7)]
        widget.load([*newer, *summaries(100)], 107, cursor_id=summary(50).article_id)
        await pilot.pause()

        assert widget.cursor == 57
        assert "Title 50" in screen_lines(widget)[place]
        assert len(host.of_kind(ArticleList.Highlighted)) == 2


async def test_a_view_that_was_scrolled_away_from_the_cursor_stays_where_it_is() -> None:
    widget = new_list()
    async with WidgetHost(widget).run_test(size=(60, 10)) as pilot:
        widget.load(summaries(100), 100)
        widget.move_to(5)
        widget.scroll_to_row(40)
        await pilot.pause()
        widget.load([summary(-1), *summaries(100)], 101, cursor_id=summary(5).article_id)
        await pilot.pause()

        assert widget.cursor == 6
        assert screen_lines(widget)[0].startswith(" ● Title 40")


async def test_an_article_that_left_the_list_leaves_the_cursor_at_its_index() -> None:
    widget = new_list()
    async with WidgetHost(widget).run_test(size=(60, 10)):
        widget.load(summaries(20), 20)
        widget.move_to(3)
        rest = [row for row in summaries(20) if row != summary(3)]
        widget.load(rest, 19, cursor_id=summary(3).article_id)

        assert widget.cursor == 3
        assert widget.current == summary(4)


async def test_new_marks_are_shown_in_place() -> None:
    widget = new_list()
    async with WidgetHost(widget).run_test(size=(60, 5)) as pilot:
        widget.load(summaries(3), 3)
        await pilot.pause()
        assert "★" not in screen_lines(widget)[1]
        stranger = summary(99)
        widget.replace([replace(summary(1), starred=True, read=True), stranger])
        await pilot.pause()

        assert "★" in screen_lines(widget)[1]
        assert screen_lines(widget)[1].startswith("   Title 1")


async def test_the_next_unread_is_looked_for_both_ways() -> None:
    widget = new_list()
    async with WidgetHost(widget).run_test(size=(60, 5)):
        widget.load([summary(i, read=i not in (1, 6)) for i in range(9)], 9)
        widget.move_to(3)

        assert widget.next_unread(1) == 6
        assert widget.next_unread(-1) == 1
        widget.move_to(6)
        assert widget.next_unread(1) is None


async def test_a_selection_is_shown_told_and_kept_until_another_list_comes() -> None:
    widget = new_list()
    host = WidgetHost(widget)
    async with host.run_test(size=(60, 5)) as pilot:
        widget.load(summaries(3), 3)
        widget.toggle_select()
        widget.move_by(1)
        await pilot.pause()
        assert widget.selected == {summary(0).article_id}
        assert screen_lines(widget)[0].startswith("▌● Title 0")

        widget.select_loaded()
        assert len(widget.selected) == 3
        widget.load(summaries(3), 3, cursor_id=summary(1).article_id)
        assert len(widget.selected) == 3
        widget.load(summaries(3), 3)
        await pilot.pause()
        assert widget.selected == frozenset()
        counts = [message.count for message in host.of_kind(ArticleList.SelectionChanged)]
        assert counts == [1, 3, 0]


async def test_a_click_moves_the_cursor_and_a_second_one_opens() -> None:
    widget = new_list()
    host = WidgetHost(widget)
    async with host.run_test(size=(60, 5)) as pilot:
        widget.load(summaries(3), 3)
        await pilot.click(widget, offset=(10, 2))
        await pilot.pause()
        assert widget.cursor == 2
        assert host.of_kind(ArticleList.Opened) == []

        await pilot.click(widget, offset=(10, 2))
        await pilot.click(widget, offset=(10, 4))
        await pilot.pause()
        assert [message.article_id for message in host.of_kind(ArticleList.Opened)] == ["261123a2"]
        assert widget.cursor == 2


async def test_the_wheel_scrolls_and_leaves_the_cursor() -> None:
    widget = new_list()
    async with WidgetHost(widget).run_test(size=(60, 10)) as pilot:
        widget.load(summaries(100), 100)
        await pilot.pause()
        widget._scroll_down_for_pointer(animate=False)
        await pilot.pause()

        assert widget.top_row > 0
        assert widget.cursor == 0


async def test_results_take_two_lines_with_their_hits_emphasised() -> None:
    widget = new_list()
    async with WidgetHost(widget).run_test(size=(60, 10)) as pilot:
        rows = [
            summary(0, title="Harbour wall", snippet="Ships wait outside the harbour."),
            summary(1, title="Old town", snippet="日本の harbour [b]"),
        ]
        widget.show_snippets = True
        widget.load(rows, 2, hits=parse("harbour"))
        await pilot.pause()

        assert [line.strip() for line in screen_lines(widget)[1:4:2]] == [
            "Ships wait outside the harbour.",
            "日本の harbour [b]",
        ]
        assert style_of(widget, "Harbour").text == "Harbour"
        assert style_of(widget, "harbour").style != style_of(widget, "Ships").style
        widget.move_by(1)
        await pilot.click(widget, offset=(10, 1))
        assert widget.cursor == 0


async def test_a_hundred_thousand_rows_open_at_once_and_a_move_draws_two_lines() -> None:
    widget = new_list()
    async with WidgetHost(widget).run_test(size=(160, 48)) as pilot:
        started = time.process_time()
        widget.load(summaries(200), 100_000)
        assert time.process_time() - started < 0.25
        widget.focus()
        await pilot.pause()
        drawn: list[int] = []
        plain = widget.render_line

        def counting(y: int) -> object:
            drawn.append(y)
            return plain(y)

        widget.render_line = counting  # type: ignore[method-assign, assignment]
        widget.move_by(1)
        await pilot.pause()

        assert sorted(drawn) == [0, 1]


def test_windows_join_and_the_gap_between_them_touches_what_is_loaded() -> None:
    windows = RowWindows(1000)
    windows.put(0, summaries(200))
    windows.put(350, summaries(100, 350))

    assert windows.spans == [(0, 200), (350, 450)]
    assert windows.missing(195, 230) == (200, 150)
    assert windows.neighbours(200, 150) == ((199, summary(199)), (350, summary(350)))
    assert windows.missing(0, 199) is None
    assert windows.missing(340, 360) == (200, 150)
    windows.put(200, summaries(150, 200))
    assert windows.spans == [(0, 450)]


def test_a_gap_far_from_everything_is_asked_for_around_the_place() -> None:
    windows = RowWindows(100_000)
    windows.put(0, summaries(200))
    first, count = windows.missing(50_010, 50_050) or (0, 0)

    assert first <= 50_010 < 50_050 < first + count
    assert count == WINDOW
    assert windows.missing(99_990, 100_020) == (99_800, 200)


def test_rows_far_from_the_screen_are_dropped_and_can_be_asked_for_again() -> None:
    windows = RowWindows(2000)
    windows.put(0, summaries(2000))
    windows.keep_near(1000, 400)

    assert windows.spans == [(800, 1200)]
    assert len(windows) == 400
    assert windows.index_of(summary(3).article_id) is None
    assert windows.missing(790, 820) == (600, 200)
