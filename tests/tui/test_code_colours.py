"""Code in a text: what stands out in it, at its place, and what is left plain."""

from __future__ import annotations

import pytest

from archive.models import Mark
from reader.tui.code_colours import LANGUAGES, parts_of
from tests.tui.hosts import WidgetHost, article, new_text
from tests.tui.screen_text import full_lines, style_of

CODE = 'def tide(hour):\n\t# the moon\n\treturn "high" * 12\n'


def told(code: str, language: str) -> list[tuple[str, str]]:
    return [(code[start:end], style) for start, end, style in parts_of(code, language)]


def test_words_of_a_language_that_is_known_stand_out() -> None:
    found = told(CODE, "Python")

    assert ("def", "code-keyword") in found
    assert ("tide", "code-name") in found
    assert ("# the moon", "code-comment") in found
    assert "".join(words for words, style in found if style == "code-text") == '"high"'
    assert ("12", "code-number") in found


@pytest.mark.parametrize("language", ["", "brainfuck", "x" * 10_000, "[b]", "text"])
def test_code_of_another_language_stays_plain(language: str) -> None:
    assert told(CODE, language) == []


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_each_language_is_told_and_parts_of_hostile_code_lie_in_it_in_order(language: str) -> None:
    for piece in ("((((", "/*", '\\"', "<!--", "{%", "'''", "a b ", "${`", "\n\t", "---\n"):
        code = piece * (9_999 // len(piece))
        edges = [edge for start, end, _ in parts_of(code, language) for edge in (start, end)]

        assert edges == sorted(edges)
        assert all(0 <= edge <= len(code) for edge in edges)


async def test_code_is_drawn_as_it_is_written_with_its_colours() -> None:
    widget = new_text()
    async with WidgetHost(widget).run_test(size=(60, 30)) as pilot:
        one = article(text=f"Read this:\n\n```python\n{CODE}```\n\nAnd go.")
        widget.show(one, Mark(one.article_id), outlet="Harbour")
        await pilot.pause()
        lines = [line.strip() for line in full_lines(widget)]

        assert "def tide(hour):" in lines
        assert 'return "high" * 12' in lines
        plain = style_of(widget, "(hour").style
        for words in ("def", "# the moon", '"high"', "12"):
            assert style_of(widget, words).style.color != plain.color
        assert style_of(widget, "tide").style.bold
