"""How the columns of tables are aligned: what their cells state, and kept where they lose it.

A cell states it by its `align`, its style, or as WordPress does by `data-align`. trafilatura copies
cells without any of them, so what a page states is noted before and given back after.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from reader.pipeline.markdown_table import column_span, table_rows

if TYPE_CHECKING:
    from lxml.etree import _Element

_NOTED = "data-columns"
_STYLE = re.compile(r"text-align\s*:\s*(\w+)")
_ALIGNS = {"left": "left", "center": "center", "middle": "center", "right": "right"}


def column_aligns(table: _Element, rows: list[list[_Element]]) -> list[str]:
    """For each column left, center, right or nothing: what most of its cells state."""
    noted: str = table.get(_NOTED) or ""
    if noted:
        return noted.split(",")
    columns: list[Counter[str]] = []
    for row in rows:
        aligns = [align for cell in row for align in [_stated(cell)] * column_span(cell)]
        columns += [Counter() for _ in aligns[len(columns) :]]
        for column, align in zip(columns, aligns, strict=False):
            column[align] += 1
    return [max(column, key=lambda align: (column[align], align)) for column in columns]


def note_aligns(tree: _Element) -> dict[str, str]:
    """What the tables of a page state, by their words; those with tables inside are passed over."""
    noted = {}
    for table in tree.iter("table"):
        if next(table.iterdescendants("table"), None) is None:
            aligns = column_aligns(table, table_rows(table))
            if any(aligns):
                noted[_words(table)] = ",".join(aligns)
    return noted


def give_back_aligns(tree: _Element, noted: dict[str, str]) -> None:
    """Let the tables with the same words state the same."""
    for table in tree.iter("table") if noted else ():
        if aligns := noted.get(_words(table)):
            table.set(_NOTED, aligns)


def _stated(cell: _Element) -> str:
    for element in (cell, cell.getparent()):
        if element is not None:
            style = _STYLE.search((element.get("style") or "").lower())
            stated = style[1] if style else element.get("align") or element.get("data-align") or ""
            if align := _ALIGNS.get(stated.strip().lower()):
                return align
    return ""


def _words(table: _Element) -> str:
    return "".join("".join(table.itertext()).split())
