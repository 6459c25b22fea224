"""What a fault may meet: each operation of an archive, with the archive that it begins on."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive import Archive, Article, Feed, FetchState, MarkChange, NotFound, Origin
from archive.revisions import revise
from reader.imports import import_articles

FEED = "https://weekly.example/feed.xml"
START = datetime(2026, 11, 1, 8, tzinfo=UTC)
DAYS = 3
PAGE = b"<p>Barley, wheat and oats.</p>" * 40


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that is done to an archive.

    `is_whole`: after a kill it is there wholly or not at all; else each article and each mark is.
    `is_repeatable`: done again after a kill, it ends as if there had been none. `first` is done
    before, undisturbed; `spoil` does something to the closed archive's folder, which opening
    `mends`.
    """

    name: str
    run: Callable[[Archive], object]
    first: Callable[[Archive], object] = lambda _: None
    spoil: Callable[[Path], object] = lambda _: None
    is_whole: bool = True
    is_repeatable: bool = True
    in_opening: bool = False
    mends: bool = False


def article(number: int, **fields: object) -> Article:
    """An article told apart by its number."""
    known: dict[str, object] = {
        "url": f"https://weekly.example/{number}",
        "title": f"Harvest report {number}",
        "text": f"The harvest of field {number} came in early. " * (number % 5 + 1),
        "archived_at": START + timedelta(minutes=number),
        "origins": (Origin(FEED, f"entry-{number}", "h1"),),
    }
    return Article(**(known | fields))  # type: ignore[arg-type]


def articles(count: int, first: int) -> list[Article]:
    """Several of them."""
    return [article(number) for number in range(first, first + count)]


def prepare(folder: Path) -> None:
    """Makes the archive that every operation begins on: three days of articles, some marked."""
    for day in range(DAYS):
        with Archive.open(folder, now=lambda day=day: START + timedelta(days=day)) as archive:
            archive.save(articles(4, first=100 * day))
            if day == 0:
                archive.add_feed(Feed(FEED, title="Weekly"))
                archive.save_fetch_states([FetchState(FEED, etag="first")])
                archive.tag("261101a2", add=["oats"])
                archive.pages.append("https://weekly.example/1", 200, {}, PAGE, START)


def now() -> datetime:
    """The clock of what is done to it."""
    return START + timedelta(days=DAYS - 1)


def _save_over_volumes(archive: Archive) -> None:
    large = article(900, text=f"wheat {'w' * 1000} " * 1_100)
    archive.save([large, article(901), article(902)])


def _import(archive: Archive) -> None:
    lines = [
        b'{"url": "https://other.example/%d", "title": "Import %d", "text": "A text of barley.",'
        b' "read": true, "tags": ["in"]}\n' % (number, number)
        for number in range(6)
    ]
    again = b'{"url": "https://weekly.example/1", "title": "Harvest report 1", "text": "Later.",'
    stream = io.BufferedReader(io.BytesIO(b"".join([*lines, again + b' "starred": true}\n'])))  # type: ignore[arg-type]
    import_articles(archive, stream, now, lambda html, _: html, None, 0)


def _remove_feed(archive: Archive) -> None:
    try:
        archive.remove_feed("f1")
    except NotFound:
        if archive.feeds():
            raise


def _append_page(archive: Archive) -> None:
    ref = archive.pages.append("https://weekly.example/2", 200, {}, PAGE, START)
    if archive.pages.read(ref).body != PAGE:
        raise AssertionError("the page is not what was kept")


def _change_text(archive: Archive) -> None:
    archive.save([revise(archive.get("261101a1"), "New", "New text.", START + timedelta(days=1))])


def _star_some(archive: Archive) -> None:
    archive.mark("", MarkChange(starred=True))


def _cut_volume(folder: Path) -> None:
    path = folder / "volumes/2026/2026-11-02.json"
    path.write_bytes(path.read_bytes()[:-150])


def _spoil_files(folder: Path) -> None:
    _cut_volume(folder)
    for name in ("fetch.json", "volumes/2026/2026-11-01.marks.json"):
        (folder / name).write_bytes(b"")
    (folder / ".library.json.77.tmp").write_bytes(b"half")


def _drop_index(folder: Path) -> None:
    for path in folder.glob("index.sqlite*"):
        path.unlink()


def _read(archive: Archive) -> None:
    archive.get("261101a1")


OPERATIONS = (
    Operation("save new articles", lambda a: a.save(articles(3, first=900))),
    Operation("save over two volumes", _save_over_volumes, is_whole=False),
    Operation("save a changed article", _change_text),
    Operation("mark one", lambda a: a.mark("261102a1", MarkChange(read=True, note="good"))),
    Operation("tag in three volumes", lambda a: a.tag("", add=["rye"])),
    Operation("undo in one volume", lambda a: a.undo()),
    Operation("undo in three volumes", lambda a: a.undo(), first=_star_some, is_repeatable=False),
    Operation(
        "rename a tag",
        lambda a: a.tagging.rename("rye", "oats"),
        first=lambda a: a.tag("", add=["rye"]),
    ),
    Operation("import", _import, is_whole=False),
    Operation(
        "save what a refresh learned", lambda a: a.save_fetch_states([FetchState(FEED, etag="e")])
    ),
    Operation("add a feed", lambda a: a.add_feed(Feed("https://b.example/f", title="Oats"))),
    Operation("change a feed", lambda a: a.update_feed(replace(a.find_feed("f1"), folder="Farm"))),
    Operation("remove a feed", _remove_feed),
    Operation("append a page", _append_page),
    Operation("rebuild", lambda a: a.rebuild()),
    Operation("open", _read, in_opening=True),
    Operation("open damaged", _read, spoil=_spoil_files, in_opening=True, mends=True),
    Operation("open without an index", _read, spoil=_drop_index, in_opening=True),
)
