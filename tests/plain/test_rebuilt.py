"""Lists that are heard while another process builds the index anew, with other row numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.archive import Archive
from tests.archive.making import START, build_anew, make_article, make_crowded
from tests.archive.test_kept_counts import LONG
from tests.plain.conftest import piped

PAGE_ENDS = b"A number reads that article.\n"


def numbered(out: bytes) -> list[int]:
    """The numbers in the titles of the articles that were said."""
    lines = [line for line in out.decode().splitlines() if line[:1].isdigit()]
    return [int(line.split("Harvest report ")[1].split(".")[0]) for line in lines]


@pytest.mark.parametrize("first", [b"list\n", b"fold\nlist\n"])
def test_a_list_goes_on_where_it_was(folder: Path, first: bytes) -> None:
    make_crowded(folder)
    if first.startswith(b"fold"):
        copies = [
            make_article(n, text=f"{LONG} Field {n}.", archived_at=START) for n in (9001, 9002)
        ]
        with Archive.open(folder) as archive:
            archive.save(copies)
            archive.stories.group()
    with piped(folder) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        run.stdin.write(first)
        run.stdin.flush()
        said = b""
        while not said.endswith(PAGE_ENDS):
            line = run.stdout.readline()
            assert line, said
            said += line
        build_anew(folder)
        more, err = run.communicate(b"next\nnext 15\n", timeout=60)

    assert (run.returncode, err) == (0, b"")
    numbers = numbered(said + more)
    folded_first = [numbers.pop(0)] if first.startswith(b"fold") else []
    assert folded_first in ([], [9002], [9001])
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(folded_first + numbers) == 35
