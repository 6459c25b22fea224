"""Measurements: each figure is printed beside its limit or its peer, taken in the same run."""
