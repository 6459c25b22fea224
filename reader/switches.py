"""What is on or off, as a person types it."""

from __future__ import annotations

from reader.errors import UsageProblem


def switched(key: str, value: str) -> bool:
    """Whether `on` was typed, or `off`; raises UsageProblem for anything else."""
    if value not in ("on", "off"):
        raise UsageProblem(f"{key}={value}", "is neither on nor off", f"Give {key}=on or {key}=off")
    return value == "on"


def switch_words(value: bool) -> str:
    """The word for it."""
    return "on" if value else "off"
