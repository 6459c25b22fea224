"""Sizes in bytes as a person reads them, the same everywhere."""

from __future__ import annotations


def size(byte_count: int) -> str:
    """`512 B`, `14.2 kB`, `1,204.0 MB`: in thousands, as disks are sold."""
    if byte_count < 1_000:
        return f"{byte_count} B"
    if byte_count < 1_000_000:
        return f"{byte_count / 1_000:.1f} kB"
    return f"{byte_count / 1_000_000:,.1f} MB"
