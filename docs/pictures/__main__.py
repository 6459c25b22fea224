"""`make pictures`: draw the README's pictures anew, byte for byte the same if the app looks it.

make pictures                     all of them
make pictures ARGS="narrow"       one of them
"""

from __future__ import annotations

import argparse
import asyncio
import os
from pathlib import Path

from docs.pictures.scenes import SCENES, picture_of

HERE = Path(__file__).parent


def main() -> None:
    """Draw the pictures that were asked for."""
    parser = argparse.ArgumentParser(prog="pictures", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(SCENES)}")
    parser.add_argument("--to", type=Path, default=HERE, help="the folder they go to")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(SCENES):
        parser.error(f"there is no picture {', '.join(sorted(unknown))}")
    # What the app follows on a terminal, and would draw otherwise by.
    os.environ.pop("NO_COLOR", None)
    os.environ["LC_ALL"] = "C.UTF-8"
    for name in arguments.names or SCENES:
        path = arguments.to / f"{name}.svg"
        path.write_text(asyncio.run(picture_of(SCENES[name])), encoding="utf-8")
        print(f"{path} {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
