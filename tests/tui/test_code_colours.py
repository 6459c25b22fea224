"""Code in a text: what stands out in it, at its place, and what is left plain."""

from __future__ import annotations

import pytest

from archive.models import Mark
from reader.tui.code_colours import (
    LANGUAGES,
    MOST_CHARACTERS,
    MOST_CHARACTERS_OF_TEXT,
    MOST_LINES,
    CodeColours,
)
from tests.tui.hosts import WidgetHost, article, new_text
from tests.tui.screen_text import full_lines, style_of

CODE = 'def tide(hour):\n\t# the moon\n\treturn "high" * 12\n'


def told(code: str, language: str) -> list[tuple[str, str]]:
    return [
        (code[start:end], style) for start, end, style in CodeColours().parts_of(code, language)
    ]


def test_words_of_a_language_that_is_known_stand_out() -> None:
    found = told(CODE, "Python")

    assert ("def", "code-keyword") in found
    assert ("tide", "code-name") in found
    assert ("# the moon", "code-comment") in found
    assert "".join(words for words, style in found if style == "code-text") == '"high"'
    assert ("12", "code-number") in found


@pytest.mark.parametrize(
    "language", ["", "brainfuck", "x" * 10_000, "[b]", "text", "scala", "julia"]
)
def test_code_of_another_language_stays_plain(language: str) -> None:
    assert told(CODE, language) == []


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_each_language_is_told_and_parts_of_hostile_code_lie_in_it_in_order(language: str) -> None:
    for piece in ("((((", "/*", '\\"', "<!--", "{%", "'''", "a b ", "${`", "\n\t", "---\n"):
        code = piece * (MOST_CHARACTERS // len(piece))
        code = "\n".join(code.split("\n")[:MOST_LINES])
        parts = CodeColours().parts_of(code, language)
        edges = [edge for start, end, _ in parts for edge in (start, end)]

        assert edges == sorted(edges)
        assert all(0 <= edge <= len(code) for edge in edges)


def test_a_block_is_told_to_its_end_or_not_at_all() -> None:
    full = ("if 1\n" * MOST_LINES).rstrip("\n")
    longest = "if " + "1" * (MOST_CHARACTERS - 3)

    assert told(full, "python")[-1] == ("1", "code-number")
    assert told(full + "\n", "python") == []
    assert told(longest, "python")[0] == ("if", "code-keyword")
    assert told(longest + "1", "python") == []


def test_so_much_code_of_a_text_is_told_and_each_time_the_same() -> None:
    blocks = [f"if {number:0{MOST_CHARACTERS // 2 - 3}}" for number in range(150)]
    colours, again = CodeColours(), CodeColours()

    first = [bool(colours.parts_of(block, "python")) for block in blocks]
    assert first.count(True) * MOST_CHARACTERS // 2 == MOST_CHARACTERS_OF_TEXT
    assert first == sorted(first, reverse=True)
    assert [bool(again.parts_of(block, "python")) for block in blocks] == first


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


async def test_code_behind_much_code_is_drawn_plain_at_every_redraw() -> None:
    code = "\n".join([f"def tide(hour): return {'1' * 60}"] * 20)
    widget = new_text()
    async with WidgetHost(widget).run_test(size=(100, 30)) as pilot:
        one = article(text=f"```python\n{code}\n```\n\n" * 20 + "```python\ndef last(): pass\n```")
        widget.show(one, Mark(one.article_id), outlet="Harbour")
        await pilot.pause()
        assert style_of(widget, "tide").style.bold

        widget.scroll_end(animate=False)
        await pilot.pause()
        assert any("def last" in line for line in full_lines(widget))
        assert not style_of(widget, "last").style.bold
