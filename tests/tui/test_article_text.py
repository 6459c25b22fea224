"""The reading pane: what it shows, and how it scrolls, restores and finds."""

from __future__ import annotations

import time

import pytest

from archive.models import Mark, Section
from archive.query import parse
from reader.tui.cells import cell_len
from reader.tui.widgets.article_text import ArticleText
from tests.tui.hosts import WidgetHost, article, new_text
from tests.tui.screen_text import full_lines, screen_lines, style_of, styled_lines

LONG = "\n\n".join(
    f"{'## Part ' + str(n // 10) + chr(10) * 2 if n % 10 == 0 else ''}"
    f"Paragraph {n} tells of the harbour wall, in a few more words than fit on one line."
    for n in range(100)
)


async def test_text_stands_in_the_middle_at_a_measure_of_eighty_cells() -> None:
    widget = new_text()
    async with WidgetHost(widget).run_test(size=(161, 30)) as pilot:
        widget.show(article("word " * 100), Mark(), outlet="The Outlet")
        await pilot.pause()

        lines = [line for line in screen_lines(widget) if "word word" in line]
        assert {len(line) - len(line.lstrip()) for line in lines} == {40}
        assert max(len(line.strip()) for line in lines) <= 80


@pytest.mark.parametrize("width", [2, 5, 12, 30, 41, 80, 160])
async def test_every_line_fills_the_pane_at_any_width(width: int) -> None:
    widget = new_text()
    text = (
        "# Head\n\n日本語 " * 5
        + "\n\n|a|b|\n|-|-|\n|1|2|\n\n```\ncode\n```\n\n- 👨\u200d👩\u200d👧 x"
    )
    async with WidgetHost(widget).run_test(size=(width, 60)) as pilot:
        widget.show(article(text), Mark(tags=("a",)), outlet="日本")
        await pilot.pause()

        assert {cell_len(line) for line in full_lines(widget)} == {widget.size.width}


async def test_without_an_article_it_says_why() -> None:
    widget = new_text()
    async with WidgetHost(widget).run_test(size=(60, 10)) as pilot:
        widget.show(article("words"), Mark(), outlet="")
        widget.empty_text = "Choose an [article].\n\nEnter opens it."
        widget.clear()
        await pilot.pause()

        assert [line.strip() for line in screen_lines(widget) if line] == [
            "Choose an [article].",
            "Enter opens it.",
        ]
        assert widget.article_id == ""
        assert widget.position == 0
        assert not widget.page_down()
        assert not widget.next_hit()
        assert not widget.next_section()
        assert widget.links == []


async def test_reading_goes_on_where_it_stopped_at_any_width() -> None:
    place = LONG.index("Paragraph 60")
    for width in (40, 100):
        widget = new_text()
        async with WidgetHost(widget).run_test(size=(width, 20)) as pilot:
            widget.show(article(LONG), Mark(position=place), outlet="The Outlet")
            await pilot.pause()

            assert screen_lines(widget)[0].strip().startswith("Paragraph 60")
            assert widget.position == place


async def test_the_text_on_top_stays_on_top_when_the_width_changes() -> None:
    widget = new_text()
    async with WidgetHost(widget).run_test(size=(100, 20)) as pilot:
        widget.show(article(LONG), Mark(position=LONG.index("Paragraph 60")), outlet="")
        await pilot.pause()
        await pilot.resize_terminal(50, 20)
        await pilot.pause()
        assert screen_lines(widget)[0].strip().startswith("Paragraph 60")

        await pilot.resize_terminal(120, 30)
        await pilot.pause()
        assert screen_lines(widget)[0].strip().startswith("Paragraph 60")


async def test_a_new_mark_of_the_same_article_leaves_the_view_alone() -> None:
    widget = new_text()
    async with WidgetHost(widget).run_test(size=(80, 20)) as pilot:
        widget.show(article(LONG), Mark(), outlet="")
        widget.scroll_lines(40)
        await pilot.pause()
        place = widget.position
        widget.show(article(LONG), Mark(starred=True, tags=("new",)), outlet="")
        await pilot.pause()
        assert widget.position == place

        widget.show(article("short", article_id="261123a2"), Mark(), outlet="")
        await pilot.pause()
        assert widget.position == 0


async def test_pages_turn_until_the_end_and_the_position_is_told() -> None:
    widget = new_text()
    host = WidgetHost(widget)
    async with host.run_test(size=(80, 20)) as pilot:
        widget.show(article(LONG), Mark(), outlet="")
        turned = 0
        while widget.page_down():
            turned += 1
        await pilot.pause()

        assert turned > 5
        assert widget.progress == 1.0
        told = host.of_kind(ArticleText.PositionChanged)
        assert told[-1].position == widget.position > LONG.index("Paragraph 80")
        assert [message.progress for message in told] == sorted(m.progress for m in told)
        assert screen_lines(widget)[-1].strip() == "https://outlet.example/paper-maps"
        assert widget.page_down(-1)
        widget.to_top()
        assert widget.position == 0
        assert not widget.scroll_lines(-1)
        widget.to_bottom()
        assert not widget.scroll_lines(1)


async def test_hits_are_shown_one_after_the_other_and_round() -> None:
    widget = new_text()
    async with WidgetHost(widget).run_test(size=(80, 12)) as pilot:
        text = "needle\n\n" + "hay\n\n" * 50 + "a *needle* more"
        widget.show(article(text), Mark(), outlet="", hits=parse("needle"))
        await pilot.pause()
        assert widget.hit_count == 2
        assert style_of(widget, "needle").style != style_of(widget, "hay").style

        assert widget.next_hit()
        await pilot.pause()
        first = style_of(widget, "needle").style
        assert widget.next_hit()
        await pilot.pause()
        assert any("a needle more" in line for line in screen_lines(widget))
        current = style_of(widget, "needle").style
        assert current is not None
        assert first is not None
        assert current.bgcolor == first.bgcolor is not None
        widget.next_hit()
        await pilot.pause()
        assert any(line.strip() == "needle" for line in screen_lines(widget))


@pytest.mark.parametrize(
    "text",
    [
        "on Gull Rock was lit",
        "on Gull *Rock* was lit",
        "on [Gull](https://a.b) **Rock** was lit",
        "on Gull\nRock was lit",
        "one line up to the end, where Gull Rock goes on",
    ],
)
async def test_all_words_of_a_phrase_are_the_current_hit(text: str) -> None:
    widget = new_text()
    async with WidgetHost(widget).run_test(size=(40, 12)) as pilot:
        widget.show(article(text), Mark(), outlet="", hits=parse('"Gull Rock"'))
        widget.next_hit()
        await pilot.pause()
        current = widget.app.theme_variables["hit"].lower()
        filled = [
            segment.text
            for line in styled_lines(widget)
            for segment in line
            if segment.style and segment.style.bgcolor and segment.style.bgcolor.name == current
        ]

        assert widget.hit_count == 1
        assert "".join(filled).replace(" ", "") == "GullRock"


async def test_a_new_mark_leaves_the_current_hit_marked() -> None:
    widget = new_text()
    async with WidgetHost(widget).run_test(size=(80, 12)) as pilot:
        query = parse("needle")
        widget.show(article("needle needle"), Mark(), outlet="", hits=query)
        await pilot.pause()
        widget.next_hit()
        widget.next_hit()
        widget.show(article("needle needle"), Mark(starred=True), outlet="", hits=query)
        await pilot.pause()

        assert widget.painter.current_hit == 1


async def test_sections_come_to_the_top_one_after_the_other() -> None:
    widget = new_text()
    async with WidgetHost(widget).run_test(size=(80, 20)) as pilot:
        section = Section(1, "Told", 2, LONG.index("Paragraph 15"))
        widget.show(article(LONG, sections=(section,)), Mark(), outlet="")
        tops = []
        for _ in range(4):
            assert widget.next_section()
            await pilot.pause()
            tops.append(screen_lines(widget)[0].strip())
        assert tops[0:2] == ["Part 0", "Part 1"]
        assert tops[2].startswith("Paragraph 15")
        assert tops[3] == "Part 2"

        widget.next_section(-1)
        await pilot.pause()
        assert screen_lines(widget)[0].strip().startswith("Paragraph 15")


async def test_links_are_listed_and_a_click_tells_its_address() -> None:
    widget = new_text()
    host = WidgetHost(widget)
    async with host.run_test(size=(60, 20)) as pilot:
        text = "See [the *old* map](https://maps.example/old) and https://b.example/x."
        widget.show(article(text, url=""), Mark(), outlet="")
        await pilot.pause()
        (old, bare) = widget.links
        assert old[:2] == ("the old map", "https://maps.example/old")
        assert bare[0] == bare[1] == "https://b.example/x"
        assert "the old map" in screen_lines(widget)[old[2]]

        x = screen_lines(widget)[old[2]].index("old map")
        await pilot.click(widget, offset=(x, old[2]))
        await pilot.click(widget, offset=(0, 0))
        await pilot.pause()
        assert [message.url for message in host.of_kind(ArticleText.LinkClicked)] == [old[1]]


@pytest.mark.parametrize("theme", ["newsreader-light", "nord", "ansi-light"])
async def test_every_style_of_the_text_exists_in_every_theme(theme: str) -> None:
    widget = new_text()
    text = "\n\n".join(
        [
            "# 1",
            "## 2",
            "### 3",
            "#### 4",
            "##### 5",
            "###### 6",
            "*a* **b** `c` ~~d~~ [e](https://f.g)",
            "> q",
            "- i",
            "```\nx" + "x" * 90 + "\n```",
            "|a|\n|-|\n|b|",
            "---",
            "![i](u)",
        ]
    )
    async with WidgetHost(widget, theme).run_test(size=(80, 60)) as pilot:
        mark = Mark(starred=True, tags=("t",), note="n")
        widget.show(article(text, notes=("note",)), mark, outlet="", hits=parse("x"))
        widget.next_hit()
        await pilot.pause()

        assert any("[image: i]" in line for line in screen_lines(widget))
        link = style_of(widget, "e").style
        assert link is not None


async def test_an_article_of_ten_thousand_words_is_swapped_at_once() -> None:
    widget = new_text()
    async with WidgetHost(widget).run_test(size=(160, 48)) as pilot:
        widget.show(article("short", article_id="261123a2"), Mark(), outlet="")
        await pilot.pause()
        text = "\n\n".join("The *quick* brown fox [jumps](https://a.b). " * 10 for _ in range(210))
        started = time.process_time()
        widget.show(article(text), Mark(), outlet="")
        widget.screen._on_timer_update()
        assert time.process_time() - started < 0.12

        assert any("The quick brown fox" in line for line in screen_lines(widget))
        layout = widget.layout_shown
        assert layout is not None
        for _ in range(200):
            if layout.is_done:
                break
            await pilot.pause(0.02)
        assert widget.virtual_size.height == len(layout.lines) > 600
