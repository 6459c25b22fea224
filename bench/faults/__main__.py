"""`make faults`: a kill or an error at every call on the file system, of every operation.

make faults                                  all of it, some minutes
make faults ARGS="--only tag --faults full"  operations with that word in their name, these faults
make faults ARGS="--short"                   a handful of calls of each operation
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from bench.faults.injection import FAULTS, Fault
from bench.faults.operations import OPERATIONS, prepare
from bench.faults.trial import calls_met, case_of, try_case

SHORT: dict[Fault, tuple[str, ...]] = {
    "kill": ("fsync", "replace", "sql COMMIT"),
    "full": ("fsync", "replace"),
    "I/O error": ("stat",),
}
"""Which calls a short run chooses from."""


def main() -> int:
    """Run what was asked for; 1 if anything is wrong."""
    parser = argparse.ArgumentParser(prog="faults", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--only", default="", help="a word in the operation's name")
    parser.add_argument("--faults", default=",".join(FAULTS))
    parser.add_argument("--turn", type=int, help="this call alone")
    options = parser.parse_args()
    faults = SHORT if options.short else FAULTS
    trials = wrong = 0
    with tempfile.TemporaryDirectory(prefix="newsreader-faults-", dir=in_memory()) as name:
        prepared = Path(name, "prepared")
        prepare(prepared)
        for number, operation in enumerate(OPERATIONS):
            if options.only not in operation.name:
                continue
            folder = Path(name, str(number))
            case = case_of(operation, prepared, folder)
            for fault in (each for each in faults if each in options.faults.split(",")):
                calls = calls_met(case, fault, folder / "counted")
                turns = chosen(calls, fault, options.turn, short=options.short)
                bad = 0
                for turn in turns:
                    said = list(try_case(case, fault, turn, folder))
                    bad += bool(said)
                    for words in said:
                        where = f"{operation.name}, {fault} at {turn} ({calls[turn - 1]})"
                        print(f"{where}: {words}", flush=True)
                trials, wrong = trials + len(turns), wrong + bad
                if not options.short:
                    print(f"{operation.name}, {fault}: {len(turns)} tried, {bad} wrong", flush=True)
    print(f"{trials} faults, {wrong} wrong")
    return 1 if wrong else 0


def chosen(calls: list[str], fault: Fault, only: int | None, *, short: bool) -> list[int]:
    """Which calls are to meet the fault, from 1 on."""
    if only is not None:
        return [only]
    every = range(1, len(calls) + 1)
    if not short:
        return list(every)
    marked = [turn for turn in every if calls[turn - 1] in SHORT.get(fault, ())]
    return sorted({1, *marked[1 :: len(marked) // 2 or 1], len(calls)} if marked else ())


def in_memory() -> str | None:
    """A folder in memory where there is one: a process that dies loses nothing it wrote there."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


if __name__ == "__main__":
    sys.exit(main())
