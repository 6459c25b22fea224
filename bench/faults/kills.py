"""`make kills`: processes that use one archive are killed at random moments.

make kills                     1,000 of them; every fourth time two processes at once
make kills ARGS="--kills 50"   that many
make kills ARGS="--seed 7"     other moments
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from archive import Archive
from bench.faults.ledger import Ledger
from bench.faults.operations import now
from bench.faults.trial import in_child
from bench.faults.work import Worker

LONGEST = 0.25
"""Seconds until a kill, at most; most operations take some milliseconds."""
KILLS_AN_ARCHIVE = 20


def main() -> int:
    """Kill as often as was asked for; 1 if anything was lost."""
    parser = argparse.ArgumentParser(prog="kills", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    wrong = changes = 0
    with tempfile.TemporaryDirectory(prefix="newsreader-kills-") as name:
        folder, ledger = Path(name, "archive"), Ledger()
        for kill in range(options.kills):
            if kill % KILLS_AN_ARCHIVE == 0:
                shutil.rmtree(folder, ignore_errors=True)
                changes, ledger = changes + ledger.change_count, Ledger()
            dice = random.Random(options.seed * 1_000_003 + kill)
            for words in killed_at_work(folder, dice, kill, together=2 if kill % 4 == 3 else 1):
                ledger.take(words)
            found = in_child(lambda ledger=ledger: missing(folder, ledger))
            wrong += found != []
            for words in ["the check died"] if found is None else found:
                print(f"kill {kill}, seed {options.seed}: {words}", flush=True)
    print(f"{options.kills} kills, {changes + ledger.change_count} changes, {wrong} with losses")
    return 1 if wrong else 0


def missing(folder: Path, ledger: Ledger) -> list[str]:
    """What the ledger misses in the archive."""
    with Archive.open(folder, now=now) as archive:
        return list(ledger.missing(archive))


def killed_at_work(
    folder: Path, dice: random.Random, kill: int, together: int
) -> list[list[list[str]]]:
    """What each of some processes had said when all were killed at once."""
    workers = [
        started(folder, dice.randrange(10**9), 1000 * (10 * kill + place), alone=together == 1)
        for place in range(together)
    ]
    time.sleep(dice.uniform(0, LONGEST))
    for child, _ in workers:
        os.kill(child, signal.SIGKILL)
    said = []
    for child, hear in workers:
        with os.fdopen(hear, encoding="utf-8") as stream:
            lines = [line for line in stream if line.endswith("\n")]
        os.waitpid(child, 0)
        said.append([line.rstrip("\n").split("\t") for line in lines])
    return said


def started(folder: Path, seed: int, first: int, *, alone: bool) -> tuple[int, int]:
    """The id of a process at work, and where to hear what it says."""
    hear, tell = os.pipe()
    child = os.fork()
    if child:
        os.close(tell)
        return child, hear

    def say(*words: object) -> None:
        os.write(tell, ("\t".join(map(str, words)) + "\n").encode())

    with Archive.open(folder, now=now) as archive:
        Worker(archive, seed, first, say, undoes=alone).run(10**9)
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
