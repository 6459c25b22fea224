"""What a listing on the command line costs, as the command is installed."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Iterator, Sequence
from functools import partial

from bench.measure import Figure, in_turn, quantile, spread
from bench.programs import PYTHON_PASS, newsreader
from bench.workspace import Workspace

ROUNDS = 21
LIMIT = 150


def listing_figures(bench: Workspace) -> Iterator[Figure]:
    """CPU of `list --json` of 50 beside that of a Python that does nothing."""
    with bench.archive(bench.largest) as folder:
        command = newsreader(folder, "list", "--json", "--limit", "50")
        cpu_of(command)
        ours, bare = in_turn(ROUNDS, partial(cpu_of, command), partial(cpu_of, PYTHON_PASS))
    yield Figure(
        f"list --json of 50 of {bench.largest:,}, CPU",
        spread(ours),
        f"at most {LIMIT} ms at the median; python -c pass {spread(bare)}",
        quantile(ours, 0.5) <= LIMIT,
    )


def cpu_of(command: Sequence[str]) -> float:
    """Milliseconds of CPU, of user and system, that a program takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000
