"""Faults on purpose: a kill or an error at every call on the file system, and kills at random."""
