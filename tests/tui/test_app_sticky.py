"""Rows that stay in a list although they no longer match: the arithmetic of their places."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from archive.models import MarkChange, Summary
from reader.tui.control.pending import PendingMarks
from reader.tui.control.sticky import LOWEST, around, merge, page

AT = datetime(2026, 11, 1, tzinfo=UTC)


def row(row_id: int, *, read: bool = False) -> Summary:
    return Summary(
        f"261101a{row_id}", row_id, f"Row {row_id}", "", "", "", "", AT, AT, AT, None, read, False,
        0, "page",
    )  # fmt: skip


class Listed:
    """Rows that match a query, listed as the library lists them."""

    def __init__(self, row_ids: set[int]) -> None:
        self.rows = [row(row_id) for row_id in sorted(row_ids, reverse=True)]

    def __call__(
        self, *, limit: int, before: int | None = None, after: int | None = None, offset: int = 0
    ) -> list[Summary]:
        if after is not None:
            above = [each for each in self.rows if each.row_id > after]
            end = max(0, len(above) - offset)
            return above[max(0, end - limit) : end]
        below = [each for each in self.rows if before is None or each.row_id < before]
        return below[offset : offset + limit]


row_ids = st.sets(st.integers(1, 60), max_size=40)


@given(row_ids, row_ids, st.integers(0, 50), st.integers(1, 20), st.data())
def test_a_page_is_the_same_piece_of_the_whole_list(
    matching: set[int], staying: set[int], first: int, count: int, data: st.DataObject
) -> None:
    sticky = [row(row_id, read=True) for row_id in staying - matching]
    whole = merge(Listed(matching).rows, sticky)
    index = data.draw(st.integers(-1, min(first, len(whole)) - 1))
    above = None if index < 0 else (index, whole[index].row_id)

    last = data.draw(st.integers(first + count, len(whole) + first + count))
    ends = len(whole) >= first + count
    below = (last, whole[last].row_id) if last < len(whole) else (len(whole), LOWEST)

    found = page(Listed(matching), sticky, first, count, above, below if ends else None)

    assert found == whole[first : first + count]


@given(row_ids, row_ids, st.integers(1, 60), st.integers(1, 8))
def test_the_part_around_a_row_is_the_same_piece_of_the_whole_list(
    matching: set[int], staying: set[int], row_id: int, reach: int
) -> None:
    listed = Listed(matching)
    sticky = [row(each, read=True) for each in staying - matching]
    whole = merge(listed.rows, sticky)
    position = len([each for each in listed.rows if each.row_id > row_id])

    loaded = around(listed, len(matching), position, sticky, row_id, reach)

    assert loaded.total == len(whole)
    assert list(loaded.rows) == whole[loaded.first : loaded.first + len(loaded.rows)]
    if any(each.row_id == row_id for each in whole):
        assert row_id in {each.row_id for each in loaded.rows}


def test_a_row_read_before_a_mark_was_written_shows_the_mark() -> None:
    pending = PendingMarks()
    read = pending.begin_read()
    ticket = pending.add([row(1)], MarkChange(read=True, add_tags=("sea",)))
    pending.done(ticket)

    shown = pending.lay_over([row(1), row(2)], read)

    assert [(each.read, each.tags) for each in shown] == [(True, ("sea",)), (False, ())]


def test_a_row_read_after_a_mark_was_written_is_believed() -> None:
    pending = PendingMarks()
    ticket = pending.add([row(1)], MarkChange(read=True))
    pending.done(ticket)

    shown = pending.lay_over([row(1)], pending.begin_read())

    assert not shown[0].read


def test_a_mark_that_could_not_be_written_is_no_longer_shown() -> None:
    pending = PendingMarks()
    ticket = pending.add([row(1)], MarkChange(starred=True))
    pending.drop(ticket)

    assert not pending.lay_over([row(1)], pending.begin_read())[0].starred
