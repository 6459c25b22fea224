"""Where an entry says that it happened: GeoRSS (georss.org), and the W3C's `geo:lat`, `geo:long`.

Points and names of places are read, lines and areas are not. Runs in worker processes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archive.characters import clean_line

STATED_SO = frozenset({"where", "geo_lat", "geo_long", "georss_featurename"})
"""Under which names of feedparser's an item says it."""
_LONGEST_NAME = 100


def location_of(item: Mapping[str, Any]) -> str:
    """What feedparser read of an entry, as `Reykjavik (64.15, -21.94)`: latitude, then longitude.

    Degrees in WGS 84, to about a metre. Empty where the entry names no point and no place.
    """
    name = _text(item, "georss_featurename")[:_LONGEST_NAME].strip()
    point = _point(item)
    return f"{name} ({point})" if name and point else name or point


def _point(item: Mapping[str, Any]) -> str:
    where = item.get("where")
    if isinstance(where, Mapping) and where.get("type") == "Point":
        longitude, latitude = where["coordinates"][:2]
    else:
        latitude, longitude = _text(item, "geo_lat"), _text(item, "geo_long")
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        return ""
    if not (abs(north) <= 90 and abs(east) <= 180):  # which infinity and NaN are not, either
        return ""
    return f"{_degrees(north)}, {_degrees(east)}"


def _degrees(angle: float) -> str:
    return f"{round(angle, 5) + 0.0:.5f}".rstrip("0").rstrip(".")


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return clean_line(value) if isinstance(value, str) else ""
