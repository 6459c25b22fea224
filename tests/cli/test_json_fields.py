"""docs/json.md names every field that the commands print, and no other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.archive import Archive
from archive.highlights import Highlight
from archive.models import MarkChange
from tests.cli.conftest import FERRY, ROOT, Run

# The keys below these are of the reader's data: outlets and ids of articles.
BY_DATA = {"cells", "told"}
LIKE = {"search": "list", "show --format json": "list", "story": "stories"}
"""Commands that print the fields of another one too."""


def documented() -> dict[str, set[str]]:
    """The fields of each command by the table."""
    rows = re.findall(
        r"^\| `([^`]+)` \| (.*) \|$", (ROOT / "docs/json.md").read_text(), re.MULTILINE
    )
    found = {name: set(re.findall(r"`(\w+)`", says)) for name, says in rows}
    return {name: fields | found.get(LIKE.get(name, ""), set()) for name, fields in found.items()}


def fields_of(value: Any) -> Iterator[str]:
    """Every key of a document, however deep."""
    if isinstance(value, list):
        for each in value:
            yield from fields_of(each)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key in BY_DATA:
                yield from (name for each in inner.values() for name in fields_of(each))
            else:
                yield from fields_of(inner)


@pytest.fixture
def ferry_id(run: Run, archive: Path, tmp_path: Path) -> str:
    """An archive with two articles of one story, marked in every way; the id of the first."""
    other = {
        **FERRY,
        "url": "https://courier.example/ferry",
        "outlet": "Courier",
        "feed_url": "https://courier.example/rss",
        "text": "# Ferry\n\nThe ferry has 95 berths.\n\n## Fares\n\nIt costs fifty crowns.",
    }
    fares = {"heading": "Fares", "level": 2, "start": str(FERRY["text"]).index("## Fares")}
    picture = {"url": "https://a.example/boat.jpg", "alt": "The boat", "start": fares["start"]}
    first = FERRY | {"sections": [fares], "pictures": [picture]}
    lines = "\n".join(map(json.dumps, (first, other)))
    (tmp_path / "two.jsonl").write_text(lines)
    run("import", str(tmp_path / "two.jsonl"))
    article_id = str(run("list", "ninety", "--json").json[0]["id"])
    with Archive.open(archive) as opened:
        passage = Highlight("The boat has *ninety* berths.")
        opened.mark([article_id], MarkChange(read=True, add_highlights=(passage,)))
    tagged = run("tag", f"{article_id}#1", "+chips")
    assert tagged.code == 0, tagged
    run("searches", "add", "ferries", "ferry")
    run("rule", "add", "boats", "ferry", "+boat")
    run("names", "add", "Ada Lund", "阿达")
    return article_id


@pytest.mark.parametrize(
    "command",
    ["list", "search ferry", "feeds", "show --format json ID", "set f1", "tags", "searches",
     "rule list", "names", "highlights", "stories", "story ID", "verify", "compact --dry-run",
     "config", "tag --suggest ID", "refresh f1"],
)  # fmt: skip
def test_each_field_is_in_the_table(run: Run, ferry_id: str, outlet: Any, command: str) -> None:
    if command.endswith("f1"):
        run("add", outlet.rss_url, "--no-refresh")
    words = command.replace("ID", ferry_id).split()
    result = run(*words, *([] if "--format" in words else ["--json"]))
    name = max((each for each in documented() if command.startswith(each)), key=len)

    assert set(fields_of(result.json)) - documented()[name] == set()


def test_the_table_names_no_field_that_a_list_does_not_have(run: Run, ferry_id: str) -> None:
    listed = run("list", "--json").json

    assert {name for each in listed for name in fields_of(each)} == documented()["list"]
