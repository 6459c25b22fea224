"""Tags as wholes: renamed, merged and removed on every article with those below them; coloured."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from typing import TYPE_CHECKING

from archive.characters import clean_line
from archive.errors import NotFound
from archive.models import MarkChange
from archive.named_records import NamedRecords
from archive.opening import Parts
from archive.query_tree import Query, Tagged
from archive.tag_colours import (
    TAG_COLOURS,
    TagColour,
    TagColours,
    renamed,
    tag_colour_document,
    tag_colour_from,
)
from archive.targets import find_article, find_mark, tagged

if TYPE_CHECKING:
    from archive.suggesting import Suggestion

MOST_COLOURS = 1_000
"""Tags with a colour from which on a file that is imported adds none."""

Change = Callable[[list[str], MarkChange, str], int]


class Tagging:
    """What is done with the tags of one archive; `change` marks articles as one step of undo."""

    def __init__(self, parts: Parts, change: Change) -> None:
        self._parts = parts
        self._change = change
        self._colours = NamedRecords(
            parts.root,
            TAG_COLOURS,
            "colour of the tag",
            tag_colour_from,
            tag_colour_document,
            tolerant=parts.read_only,
        )

    def rename(self, old: str, new: str) -> int:
        """Gives a tag another name, and those below it (`old/x`) theirs; how many articles had one.

        A tag that exists takes the articles in: so tags are merged. A name without a colour gets
        that of the old one, which keeps it: undo has nothing to take back there.
        """
        having = self._parts.index.article_ids(Query(Tagged(old)), hidden=True)
        change = MarkChange(rename_tag=(old, new))
        changed = self._change(having, change, f"rename tag {old} to {new}")
        if changed:
            self.add_colours(list(renamed(self.colours(), old, new)))
        return changed

    def remove(self, tag: str) -> int:
        """Takes a tag off every article; how many had it."""
        change = MarkChange(remove_tags=(tag,))
        return self._change(tagged(self._parts.index, tag), change, f"remove tag {tag}")

    def suggest(self, article_id: str) -> list[Suggestion]:
        """The tags that an article may want by those that others have; changes nothing. NotFound.

        What it costs is bounded, however many articles there are.
        """
        from archive.suggesting import suggestions

        article = find_article(self._parts.volumes, article_id)
        own = find_mark(self._parts.volumes, article_id).tags
        return suggestions(self._parts.index, article, own)

    def colours(self) -> TagColours:
        """The colours of all tags. DamagedFile, ArchiveTooNew."""
        return TagColours(self._colours.all())

    def colour(self, tag: str, colour: str) -> None:
        """Gives a tag a colour, one of COLOURS; an empty one takes its own away. A step of undo."""
        self._parts.check_writable()
        label = f"colour tag {tag} {colour or 'none'}"
        with self._parts.lock:
            if colour:
                self._colours.put(TagColour(clean_line(tag), colour), label)
            else:
                with suppress(NotFound):  # it has none
                    self._colours.remove(tag, label)

    def add_colours(self, stated: Collection[TagColour]) -> None:
        """Gives tags without a colour of their own these, as no step of undo."""
        if not stated:
            return
        known = {each.name.casefold() for each in self._colours.all()}
        fresh = [each for each in stated if each.name.casefold() not in known]
        if fresh and len(known) < MOST_COLOURS:
            self._parts.check_writable()
            with self._parts.lock:
                self._colours.add(fresh, MOST_COLOURS)
