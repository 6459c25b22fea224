"""A disk that is full, or a folder that may not be written any more, while the app runs.

Each test runs in a process of its own, whose files may not grow, or which may not write as nobody.
"""

from __future__ import annotations

import os
from pathlib import Path

from archive.archive import Archive
from tests.archive.making import output_of

BEGIN = """
import asyncio, os, resource, signal, sys
from pathlib import Path
from archive.models import MarkChange
from reader.config import Settings
from reader.library import Library
from tests.archive.making import become_nobody
from tests.tui.driving import running
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
NO_LIMIT = resource.RLIM_INFINITY
folder = Path(sys.argv[1])
def fill_disk():
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, NO_LIMIT))
def free_disk():
    resource.setrlimit(resource.RLIMIT_FSIZE, (NO_LIMIT, NO_LIMIT))
async def main():
    with Library.open(folder, Settings()) as library:
        async with running(library) as driver:
            await use(driver, library)
def cursor_row(driver):
    row = driver.desk.active_list.current
    return row.article_id, row.read, row.starred
"""
RUN = """
asyncio.run(main())
"""


def told_by(use: str, folder: Path) -> list[str]:
    """What the coroutine `use` prints that drives the app on the archive in a folder."""
    return output_of(BEGIN + use + RUN, folder).splitlines()


def test_marks_of_a_full_disk_wait_are_told_once_and_written_when_there_is_room(
    archive_folder: Path,
) -> None:
    said = told_by(
        """
async def use(driver, library):
    await driver.press("l")
    fill_disk()
    await driver.press("m", "j", "m", "j", "Enter")
    print(driver.desk.reading.summary.title, "Paragraph 0 goes on" in driver.text())
    print(driver.desk.unwritten.count, [notice[:29] for notice in driver.notices()])
    print([row.starred for row in driver.desk.active_list.loaded[:2]], library.count("is:starred"))
    free_disk()
    await driver.press("N")
    await driver.until(lambda: driver.desk.unwritten.count == 0)
    await driver.settle()
    print(driver.desk.unwritten.count, driver.notices()[-1], library.count("is:starred"))
    await driver.press("Q")
    print(driver.app.is_running)
""",
        archive_folder,
    )

    assert said == [
        "Report 3 on the lighthouse True",
        "3 ['Marks cannot be written now: ']",
        "[True, False] 1",
        "0 All changes are on disk now. 1",
        "False",
    ]
    with Archive.open(archive_folder) as archive:
        assert archive.verify() == []


def test_what_waits_for_the_disk_is_counted(archive_folder: Path) -> None:
    said = told_by(
        """
async def use(driver, library):
    def counts():
        feeds = driver.desk.widgets.feeds
        by_name = {each.feed.title: each.unread_count for each in feeds.statuses}
        return by_name["The Harbour Post"], feeds.counts.unread_count, feeds.counts.starred_count
    await driver.press("l")
    print(driver.desk.active_list.current.outlet, *counts())
    fill_disk()
    await driver.press("N", "m")
    await driver.until(lambda: counts()[1:] == (31, 2))
    print(*counts(), library.totals().unread_count)
    await driver.press("u")
    await driver.until(lambda: counts()[2] == 1)
    print(*counts())
    free_disk()
    driver.desk.unwritten.settle(lambda: None)
    await driver.until(lambda: library.totals().unread_count == 31)
    await driver.until(lambda: not driver.desk.unwritten.count)
    await driver.settle()
    print(*counts(), library.totals().unread_count)
""",
        archive_folder,
    )

    assert said == ["The Harbour Post 16 32 1", "15 31 2 32", "15 31 1", "15 31 1 31"]


def test_quitting_tries_once_more_and_asks_when_there_is_no_room(archive_folder: Path) -> None:
    said = told_by(
        """
async def use(driver, library):
    await driver.press("l")
    fill_disk()
    await driver.press("m", "j", "m", "Q")
    print([line for line in driver.lines() if "not on disk" in line][0].strip(" │┃|"))
    await driver.press("n")
    print(driver.app.is_running)
    free_disk()
    await driver.press("Q")
    print(driver.app.is_running, driver.desk.unwritten.count)
""",
        archive_folder,
    )

    assert "2 changes of your marks are not on disk. Quit and lose them?" in said[0]
    assert said[1:] == ["True", "False 0"]


def test_a_mark_that_waits_is_taken_back_without_the_disk(archive_folder: Path) -> None:
    said = told_by(
        """
async def use(driver, library):
    await driver.press("l")
    fill_disk()
    await driver.press("m")
    before = cursor_row(driver)
    await driver.press("u")
    print(before[2], cursor_row(driver)[2], driver.desk.unwritten.count)
    print(driver.notices()[-1])
    free_disk()
    await driver.press("j", "m")
    print(driver.desk.unwritten.count, library.count("is:starred"))
    await driver.press("u")
    print(library.count("is:starred"))
""",
        archive_folder,
    )

    assert said == [
        "True False 0",
        "Undone: starring, which was not on disk yet.",
        "0 0",
        "1",
    ]


def test_an_undo_that_finds_no_room_is_done_later(archive_folder: Path) -> None:
    said = told_by(
        """
async def use(driver, library):
    await driver.press("l", "m")
    print(library.count("is:starred"))
    fill_disk()
    await driver.press("u")
    print(library.count("is:starred"), driver.desk.unwritten.count)
    free_disk()
    driver.desk.unwritten.settle(lambda: None)
    await driver.settle()
    print(library.count("is:starred"), cursor_row(driver)[2], driver.desk.unwritten.count)
""",
        archive_folder,
    )

    assert said == ["2", "2 1", "1 False 0"]


def test_a_mark_of_an_article_that_is_gone_is_told_and_holds_up_no_other(
    archive_folder: Path,
) -> None:
    said = told_by(
        """
async def use(driver, library):
    await driver.press("l")
    fill_disk()
    write = driver.desk.marking._write
    write(["991122a1"], driver.desk.active_list.loaded[:1], MarkChange(read=True), "reading")
    await driver.settle()
    await driver.press("m")
    free_disk()
    driver.desk.unwritten.settle(lambda: None)
    await driver.settle()
    told = [notice for notice in driver.notices() if notice.startswith("9911")]
    print(driver.desk.unwritten.count, library.count("is:starred"), *told)
""",
        archive_folder,
    )

    assert said == ["0 2 991122a1: no article has that id. See `newsreader list`."]


def test_a_folder_that_may_not_be_written_any_more_leaves_the_app_for_reading(
    archive_folder: Path,
) -> None:
    for path in archive_folder.parents:  # nobody may come by
        if path.stat().st_uid == os.getuid() and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o055)
    said = told_by(
        """
async def use(driver, library):
    years = list(folder.glob("volumes/*"))
    await driver.press("l", "N", "u")
    notices = len(driver.notices())
    if os.getuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, 65534, 65534)
    become_nobody()
    for year in years:
        year.chmod(0o555)
    await driver.press("m", "j", "m", "Enter", "q")
    print(driver.desk.unwritten.count, *driver.notices()[notices:])
    for year in years:
        year.chmod(0o755)
    await driver.press("Q")
    print(driver.app.is_running, library.count("is:starred"))
""",
        archive_folder,
    )

    assert said == [
        (
            "3 Marks cannot be written now: it cannot be written (Permission denied). "
            "They wait here and are tried again."
        ),
        "False 1",
    ]
