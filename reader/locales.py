"""What the locale says of the terminal, for everything that draws signs."""

from __future__ import annotations

from collections.abc import Mapping


def shows_unicode(environ: Mapping[str, str]) -> bool:
    """Whether the locale says that the terminal shows UTF-8; where it says nothing, it does.

    POSIX: the first of LC_ALL, LC_CTYPE and LANG that is not empty counts. Python itself turns
    a bare `LANG=C` into UTF-8 before we can see it (PEP 538).
    """
    named = next((environ[key] for key in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(key)), "")
    return not named or "utf" in named.lower()
