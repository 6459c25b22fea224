"""The floors that the text stage may not fall below, pinned in `floors.json`, and what is wanted.

A floor is a figure that was reached: the gate fails below it, and `--pin` raises it. Nothing
lowers one but a hand in the file, and a word of why in the change that does it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

from tests.quality.judging import ALL, Group

FILE = Path(__file__).with_name("floors.json")

# Of all pages together, but for `over bare`, which is wanted of every group.
WANTED = {"f1": 0.97, "furniture left": 0.01, "text lost": 0.005, "over bare": 0.0}
# These are the better the smaller they are.
CEILINGS = frozenset({"furniture left", "text lost"})

Floors = dict[str, dict[str, float]]


def figures(groups: Mapping[str, Group], facts: Mapping[str, tuple[int, int]]) -> Floors:
    """What has floors: figures by group, and under `facts` how many of each kind are right."""
    found = {
        name: {
            "f1": group.ours.f1,
            "furniture left": group.ours.furniture_left,
            "text lost": group.ours.text_lost,
            "shapes kept": group.ours.shapes_kept,
            "over bare": group.over_bare,
        }
        for name, group in groups.items()
    }
    return found | {"facts": {name: float(right) for name, (right, _) in facts.items()}}


def read_floors(file: Path = FILE) -> Floors:
    """The pinned floors, by group and figure."""
    floors: Floors = json.loads(file.read_text(encoding="utf-8"))
    return floors


def below(found: Floors, floors: Floors) -> list[str]:
    """What has fallen below its floor, or has none, in words."""
    wrong = [f"{name}: is pinned, and no page is in it" for name in floors.keys() - found.keys()]
    for name, each in found.items():
        for figure, value in each.items():
            floor = floors.get(name, {}).get(figure)
            if floor is None:
                wrong.append(f"{name}: {figure} has no floor: pin it with --pin")
            elif is_worse(figure, value, floor):
                wrong.append(f"{name}: {figure} is {value:.4f}, its floor is {floor:.4f}")
    return wrong


def raised(found: Floors, floors: Floors) -> Floors:
    """The floors with every figure that is better by now; what has none gets one."""
    return {
        name: {
            figure: better(figure, rounded(figure, value), floors.get(name, {}).get(figure))
            for figure, value in each.items()
        }
        for name, each in sorted(found.items(), key=lambda one: (one[0] in (ALL, "facts"), one[0]))
    }


def write_floors(floors: Floors, file: Path = FILE) -> None:
    """A group a line."""
    lines = [f"  {json.dumps(name)}: {json.dumps(each)}" for name, each in floors.items()]
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def is_worse(figure: str, value: float, floor: float) -> bool:
    """Whether a figure is on the wrong side of its floor."""
    return value > floor if figure in CEILINGS else value < floor


def better(figure: str, value: float, floor: float | None) -> float:
    """The stricter of two floors."""
    if floor is None or is_worse(figure, floor, value):
        return value
    return floor


def rounded(figure: str, value: float) -> float:
    """A floor of four digits that the value itself holds."""
    rounding = math.ceil if figure in CEILINGS else math.floor
    return rounding(value * 10_000) / 10_000


def missed(found: Floors) -> list[str]:
    """What is wanted and not reached yet, in words."""
    short = [
        f"{name}: {figure} is {each[figure]:.4f}, wanted is {wanted:g}"
        for name, each in found.items()
        for figure, wanted in WANTED.items()
        if figure in each and (name == ALL or figure == "over bare")
        if is_worse(figure, each[figure], wanted)
    ]
    return sorted(short)
