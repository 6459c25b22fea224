"""Footnotes in the reading pane: a letter goes to the note, and another back."""

from __future__ import annotations

from dataclasses import replace

from reader.library import Library
from tests.tui.driving import running

LONG = "\n\n".join(f"Paragraph {number} of the report goes on and on." for number in range(40))
TEXT = (
    f"The mill was sold in 1904¹ to a miller.[2]\n\n{LONG}\n\n1. County records. ↩\n\n[2] His son."
)


async def test_a_footnote_is_gone_to_and_come_back_from(stocked: Library) -> None:
    article = stocked.get(stocked.list(limit=1)[0].article_id)
    stocked.texts.replace(replace(article, text=TEXT))
    async with running(stocked, (80, 24)) as driver:
        await driver.press("Enter", "Enter", ";")
        text = driver.desk.widgets.text
        assert "1904a to a miller.s2]" in driver.text()
        await driver.press("s")
        assert "[2] His son." in driver.text()
        assert text.scroll_offset.y > 0
        await driver.press("C-o")
        assert text.scroll_offset.y == 0
        await driver.press(";", "a")
        assert "1. County records. ↩" in driver.text()
        await driver.press(";")
        await driver.press("a")  # the arrow
        assert "sold in 1904¹" in driver.text()
        await driver.press("C-o", "C-o", "C-o")
        assert text.scroll_offset.y == 0
        assert "No place of this text was left by a jump." in driver.notices()


async def test_a_click_on_a_mark_goes_to_its_note(stocked: Library) -> None:
    article = stocked.get(stocked.list(limit=1)[0].article_id)
    stocked.texts.replace(replace(article, text=TEXT))
    async with running(stocked, (80, 24)) as driver:
        await driver.press("Enter", "Enter")
        (y, line) = next((y, line) for y, line in enumerate(driver.lines()) if "1904¹" in line)
        await driver.pilot.click(offset=(line.index("¹"), y))
        await driver.settle()

        assert "County records" in driver.text()
