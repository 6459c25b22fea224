"""The writer's lock, between threads and processes."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from archive.errors import ArchiveReadOnly
from archive.locks import WriterLock
from tests.archive.making import python

HOLD = """
import sys, time
from pathlib import Path
from archive.locks import WriterLock
with WriterLock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def seconds_to_take(lock: WriterLock) -> float:
    began = time.monotonic()
    with lock:
        return time.monotonic() - began


def test_another_process_waits_until_the_lock_is_free(tmp_path: Path) -> None:
    holder = python(HOLD, tmp_path / "lock", 0.5)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"

    waited = seconds_to_take(WriterLock(tmp_path / "lock"))

    assert 0.2 < waited < 5
    holder.communicate(timeout=10)


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    holder = python(HOLD, tmp_path / "lock", 60)
    assert holder.stdout is not None
    holder.stdout.readline()
    holder.kill()
    holder.communicate(timeout=10)

    assert seconds_to_take(WriterLock(tmp_path / "lock")) < 1


def test_the_holder_may_enter_again_and_other_threads_may_not(tmp_path: Path) -> None:
    lock = WriterLock(tmp_path / "lock")
    order: list[str] = []

    def other() -> None:
        with lock:
            order.append("other")

    with lock:
        thread = threading.Thread(target=other)
        thread.start()
        with lock:
            time.sleep(0.1)
            order.append("inner")
        order.append("outer")
    thread.join()

    assert order == ["inner", "outer", "other"]


def test_two_locks_of_one_process_exclude_each_other(tmp_path: Path) -> None:
    first, second = WriterLock(tmp_path / "lock"), WriterLock(tmp_path / "lock")
    order: list[str] = []

    def other() -> None:
        with second:
            order.append("second")

    with first:
        thread = threading.Thread(target=other)
        thread.start()
        time.sleep(0.1)
        order.append("first")
    thread.join()

    assert order == ["first", "second"]


def test_a_deleted_lock_file_does_not_part_the_writers(tmp_path: Path) -> None:
    lock = WriterLock(tmp_path / "lock")
    with lock:
        pass
    (tmp_path / "lock").unlink()
    with lock:
        assert (tmp_path / "lock").exists()


def test_a_lock_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()

    with pytest.raises(Exception, match="lock") as caught, WriterLock(tmp_path / "lock"):
        pass

    assert not isinstance(caught.value, OSError | ArchiveReadOnly)
