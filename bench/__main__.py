"""`make bench`: measure, print each figure beside its limit or its peer, keep the results.

make bench                             everything, at 10,000 and 100,000 articles
make bench ARGS="--sizes 1000"         other sizes
make bench ARGS="--only keys,memory"   some parts; --help names them
make bench ARGS=--keep                 writes bench/RESULTS.md
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.measure import Figure
from bench.parts import PARTS
from bench.runs import RefreshFailed
from bench.terminal import NeverPainted
from bench.workspace import workspace

RESULTS = Path(__file__).with_name("RESULTS.md")
HEAD = "| what | ours | beside | held |\n|---|---|---|---|"
LEGEND = (
    "Values are medians with their middle half in brackets, or p50 / p95. Ratios are the median of "
    "pairs taken in turn, with their middle half."
)


def main() -> None:
    """Run the parts that were asked for."""
    arguments = parse(sys.argv[1:])
    # An end by a signal closes what is open, and ends what was started, as any other end does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    texts = [machine()]
    with workspace(arguments.sizes) as bench:
        for name in arguments.only:
            for title, figures in PARTS[name](bench):
                texts.append(table(title, figures))
    if arguments.keep:
        RESULTS.write_text("# Figures\n\n" + "\n\n".join(texts) + "\n", encoding="utf-8")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options; wrong ones end the program with a word."""
    parser = argparse.ArgumentParser(prog="bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="10000,100000", type=sizes, help="numbers of articles")
    parser.add_argument(
        "--only", default=",".join(PARTS), type=parts, help=f"of {', '.join(PARTS)}"
    )
    parser.add_argument("--keep", action="store_true", help="write bench/RESULTS.md")
    return parser.parse_args(arguments)


def sizes(text: str) -> list[int]:
    """Numbers, separated by commas."""
    return [int(size) for size in text.split(",")]


def parts(text: str) -> list[str]:
    """Names of parts, separated by commas, in the order in which they are measured."""
    asked = text.split(",")
    unknown = [name for name in asked if name not in PARTS]
    if unknown:
        raise argparse.ArgumentTypeError(f"there is no part {', '.join(unknown)}")
    return [name for name in PARTS if name in asked]


def machine() -> str:
    """What the figures were taken on."""
    load = os.getloadavg()[0]
    line = (
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f} at the start."
        f"\n\n{LEGEND}"
    )
    print(line)
    return line


def table(title: str, figures: Iterable[Figure]) -> str:
    """Print figures as they come; the same as Markdown."""
    print(f"\n{title}\n{HEAD}", flush=True)
    started = time.monotonic()
    lines = []
    for figure in until_stopped(figures):
        print(figure.line(), flush=True)
        lines.append(figure.line())
    print(f"({time.monotonic() - started:.0f} s)", file=sys.stderr, flush=True)
    return f"## {title}\n\n{HEAD}\n" + "\n".join(lines)


def until_stopped(figures: Iterable[Figure]) -> Iterator[Figure]:
    """The figures; where a program cannot be driven any further, a line that says so."""
    try:
        yield from figures
    except (NeverPainted, RefreshFailed) as problem:
        yield Figure("the rest of this table", "not measured", str(problem), held=False)


if __name__ == "__main__":
    main()
