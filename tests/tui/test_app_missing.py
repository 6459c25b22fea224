"""A search that finds nothing says what would be found, and Enter looks for that."""

from __future__ import annotations

import pytest

from reader.library import Library
from tests.tui.driving import running


async def test_a_misspelt_word_is_mended_by_enter(
    stocked: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.tui.control.finding.REST", 0.01)
    async with running(stocked, (120, 40)) as driver:
        await driver.press("/")
        await driver.type("lihgthouse is:unread ")

        results = driver.desk.widgets.results
        assert await driver.until(lambda: "did you mean lighthouse?" in results.empty_text)
        assert "Enter searches for lighthouse is:unread." in results.empty_text
        await driver.press("Enter")
        assert await driver.until(lambda: results.total > 0)
        assert driver.desk.widgets.search_line.value.strip() == "lighthouse is:unread"
