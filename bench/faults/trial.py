"""One trial: an operation meets a fault, and what is found in the archive afterwards.

Each step runs in a process of its own, forked from one that has everything loaded.
"""

from __future__ import annotations

import os
import pickle
import shutil
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from archive import Archive, ArchiveError
from bench.faults.injection import Fault, Faults
from bench.faults.looks import Look, differing, holdings, listing
from bench.faults.operations import Operation, now

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Case:
    """An operation, the archive it begins on, and how that looks before and after.

    `listings` are those of an index built anew, before and after.
    """

    operation: Operation
    start: Path
    before: Look
    after: Look
    listings: tuple[Look, Look]


def case_of(operation: Operation, prepared: Path, folder: Path) -> Case:
    """The case of an operation, whose archive is made in `folder` from the prepared one."""
    start, sound = folder / "start", folder / "sound"
    shutil.copytree(prepared, start)
    with Archive.open(start, now=now) as archive:
        operation.first(archive)
        before, listed_before = holdings(archive), _listed_anew(archive)
    operation.spoil(start)
    shutil.copytree(start, sound)
    with Archive.open(sound, now=now) as archive:
        operation.run(archive)
        after, listed_after = holdings(archive), _listed_anew(archive)
    shutil.rmtree(sound)
    if operation.in_opening:
        before, listed_before = after, listed_after
    return Case(operation, start, before, after, (listed_before, listed_after))


def calls_met(case: Case, fault: Fault, folder: Path) -> list[str]:
    """The calls that a fault can meet in a case."""
    shutil.copytree(case.start, folder)
    calls = in_child(lambda: _run(case, folder, fault, 0)[0])
    shutil.rmtree(folder)
    assert isinstance(calls, list)
    return calls


def try_case(case: Case, fault: Fault, turn: int, folder: Path) -> Iterator[str]:
    """What is wrong after the fault at that call; nothing if all is as it should be."""
    run, failed = folder / "run", folder / "failed"
    shutil.copytree(case.start, run)
    try:
        told = in_child(lambda: _run(case, run, fault, turn, failed))
        if told is None and fault != "kill":
            yield "the process died"
        _, outcome, words = told or ([], "killed", [])
        yield from words
        looked_at = [(run, outcome == "done")]
        if failed.exists():
            looked_at.append((failed, False))
        for path, is_done in looked_at:
            found = in_child(lambda path=path, is_done=is_done: list(_checked(case, path, is_done)))
            yield from found if found is not None else ["the check died"]
    finally:
        shutil.rmtree(run, ignore_errors=True)
        shutil.rmtree(failed, ignore_errors=True)


def in_child(work: Callable[[], T]) -> T | None:
    """What `work` returns in a forked process; None if that was killed."""
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hear)
        try:
            answer: Any = work()
        except BaseException:  # noqa: BLE001 - whatever it is, the parent tells it
            answer = [f"unexpected: {traceback.format_exc()}"]
        with os.fdopen(tell, "wb") as stream:
            pickle.dump(answer, stream)
        os._exit(0)
    os.close(tell)
    with os.fdopen(hear, "rb") as stream:
        said = stream.read()
    status = os.waitpid(child, 0)[1]
    return pickle.loads(said) if status == 0 else None


def _run(
    case: Case, folder: Path, fault: Fault, turn: int, failed: Path | None = None
) -> tuple[list[str], str, list[str]]:
    """The calls made, whether it is done in the end, and what is wrong. Runs in a child.

    An operation that failed is tried again without the fault; `failed` is how it left the archive.
    """
    faults = Faults(folder)
    archive: Archive | None = None
    words: list[str] = []
    try:
        if case.operation.in_opening:
            with faults.armed(fault, turn):
                archive = Archive.open(folder, now=now)
                case.operation.run(archive)
        else:
            archive = Archive.open(folder, now=now)
            with faults.armed(fault, turn):
                case.operation.run(archive)
    except ArchiveError:
        outcome = "failed"
    except Exception:  # noqa: BLE001 - what must not come out of an archive
        outcome = "failed"
        words.append(f"not an error of the archive: {traceback.format_exc(limit=-6)}")
    else:
        outcome = "done"
    calls = faults.calls
    if turn and outcome == "failed":
        if failed is not None:
            shutil.copytree(folder, failed)
        outcome, more = _tried_again(case, folder, archive)
        words += more
    if archive is not None:
        archive.close()
    return calls, outcome, words


def _tried_again(case: Case, folder: Path, archive: Archive | None) -> tuple[str, list[str]]:
    """The same in the same process, when there is room again."""
    if archive is None or archive.read_only:
        if archive is not None:
            archive.close()
        archive = Archive.open(folder, now=now)
    try:
        case.operation.run(archive)
    except ArchiveError:
        return "failed", [f"still fails when there is room: {traceback.format_exc(limit=-6)}"]
    stale = differing(holdings(archive), case.after)
    return "done", [f"tried again, it is not done: {stale}"] if stale else []


def _checked(case: Case, folder: Path, is_done: bool) -> Iterator[str]:
    """What is wrong with the archive in a fresh process."""
    with Archive.open(folder, now=now) as archive:
        mended = {each.kind for each in archive.recovered}
        allowed = {"interrupted", "damaged"} if case.operation.mends else {"interrupted"}
        if not mended <= allowed:
            yield f"opening had to mend: {archive.recovered}"
        found = archive.verify()
        if found:
            yield f"verify: {found}"
        held = holdings(archive)
        yield from _held(case, held, is_done)
        if held != case.after and case.operation.is_repeatable:
            case.operation.run(archive)
            held = holdings(archive)
            yield from (f"done again, differs: {each}" for each in differing(held, case.after))
        wrong = differing(listing(archive), _listing_of(case, held, archive))
        if wrong:
            yield f"the index differs from a rebuild: {wrong}"
    leftovers = [str(each) for each in folder.rglob("*.tmp")]
    if leftovers:
        yield f"left behind: {leftovers}"


def _listing_of(case: Case, held: Look, archive: Archive) -> Look:
    """How the lists of an archive that holds this should be; known, if it is as expected."""
    for look, listed in zip((case.before, case.after), case.listings, strict=True):
        if held == look:
            return listed
    return _listed_anew(archive)


def _listed_anew(archive: Archive) -> Look:
    archive.rebuild()
    return listing(archive)


def _held(case: Case, held: Look, is_done: bool) -> Iterator[str]:
    if is_done:
        lost = differing(held, case.after)
        if lost:
            yield f"acknowledged, but not there: {lost}"
    elif case.operation.is_whole:
        if held not in (case.before, case.after):
            wrong = (differing(held, case.before), differing(held, case.after))
            yield f"neither before nor after: {wrong[0]} / {wrong[1]}"
    else:
        wrong_ones = [
            name
            for name in held.keys() | case.before.keys()
            if held.get(name) not in (case.before.get(name), case.after.get(name))
        ]
        if wrong_ones:
            yield f"neither old nor new: {wrong_ones}"
