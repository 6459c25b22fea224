"""What may be asked of tags, for every front end that takes them as words."""

from __future__ import annotations

from archive.models import MarkChange
from archive.text import tag_key


def contradicted_tags(change: MarkChange) -> list[str]:
    """The tags that a change both adds and takes away, as they were written after the plus."""
    removed = {tag_key(tag) for tag in change.remove_tags}
    return [tag for tag in change.add_tags if tag_key(tag) in removed]
