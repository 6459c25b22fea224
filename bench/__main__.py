"""`make bench`: measure, print each figure beside its limit or its peer, keep the results.

make bench                          10,000 and 100,000 articles
make bench ARGS="--sizes 1000"      other sizes
"""

from __future__ import annotations

import argparse
import os
import platform
from datetime import UTC, datetime
from pathlib import Path

from bench.app_figures import app_figures
from bench.archive_figures import archive_figures
from bench.archives import archive_of
from bench.measure import Figure

RESULTS = Path(__file__).with_name("RESULTS.md")
HEAD = "| what | ours | beside | held |\n|---|---|---|---|"


def main() -> None:
    """Run the benchmarks that were asked for."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="10000,100000", help="numbers of articles")
    parser.add_argument("--keep", action="store_true", help="write bench/RESULTS.md")
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.sizes.split(",")]
    # As an installed program: compiled once, by the first of the starts, which is not counted.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    parts = [machine()]
    for size in sizes:
        folder = archive_of(size)
        parts.append(table(f"{size:,} articles", archive_figures(size, folder)))
    parts.append(table("The app and the command", app_figures(sizes)))
    if arguments.keep:
        RESULTS.write_text("# Figures\n\n" + "\n\n".join(parts) + "\n", encoding="utf-8")


def machine() -> str:
    """What the figures were taken on."""
    load = os.getloadavg()[0]
    line = (
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f} at the start."
    )
    print(line)
    return line


def table(title: str, figures) -> str:
    """Print figures as they come; the same as Markdown."""
    print(f"\n{title}\n{HEAD}", flush=True)
    lines = []
    for figure in figures:
        assert isinstance(figure, Figure)
        print(figure.line(), flush=True)
        lines.append(figure.line())
    return f"## {title}\n\n{HEAD}\n" + "\n".join(lines)


if __name__ == "__main__":
    main()
