"""Texts of several parts: where each begins, and what its heading is."""

from __future__ import annotations

import pytest

from reader.pipeline.split import split

TEXT = "The canal between the two reservoirs now carries four kilometres of panels in all."
CARDS = "\n\n".join(
    f"[Story {name} of the long day](https://a.example/{name})\n\n{TEXT}" for name in "abc"
)


def heads(text: str) -> list[tuple[int, str, int]]:
    sections = split(text)
    assert all(text[each.start :].lstrip("*[#").strip() for each in sections)
    return [(each.number, each.heading, each.level) for each in sections]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{TEXT}\n\n{TEXT}", []),
        ("", []),
        (f"## One\n\n{TEXT}\n\n### Two *more*\n\n{TEXT}", [(1, "One", 2), (2, "Two more", 3)]),
        (f"```\n# no heading\n\n# none\n```\n\n{TEXT}", []),
        (
            f"1\\. Panels\n\n{TEXT}\n\n2\\. Inverters\n\n{TEXT}\n\n3\\. Cables\n\n{TEXT}",
            [(1, "1. Panels", 2), (2, "2. Inverters", 2), (3, "3. Cables", 2)],
        ),
        (f"1\\. {TEXT}\n\n2\\. {TEXT}\n\n3\\. {TEXT} {TEXT}", []),
        (f"2\\. Panels\n\n{TEXT}\n\n5\\. Inverters\n\n{TEXT}\n\n9\\. Cables\n\n{TEXT}", []),
        (f"**Panels**\n\n{TEXT}\n\n**Cables**\n\n{TEXT}", [(1, "Panels", 2), (2, "Cables", 2)]),
        (f"**Note**\n\n{TEXT}", []),
        (
            CARDS,
            [(n, f"Story {c} of the long day", 2) for n, c in enumerate("abc", 1)],
        ),
        (
            "一、太阳能\n\n" + "运河上现在有四公里长的太阳能板，夏天还能防止水分蒸发。\n\n" * 2,
            [],
        ),
    ],
)
def test_sections_are_told_by_their_headings(text: str, expected: list[tuple[int, str, int]]):
    assert heads(text) == expected


def test_a_section_begins_where_its_heading_stands():
    text = f"{TEXT}\n\n## Second\n\n{TEXT}"
    (section,) = split(text)

    assert text[section.start :].startswith("## Second")


def test_a_text_of_headings_without_end_has_so_many_sections_and_no_more():
    assert len(split("\n\n".join(f"# {n}" for n in range(5000)))) == 500
