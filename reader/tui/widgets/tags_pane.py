"""The tags pane: every tag with the number of its articles, in the order of the alphabet."""

from __future__ import annotations

from collections.abc import Sequence

from archive.models import TagCount
from reader.tui.actions import with_keys
from reader.tui.widgets.side_list import SideList, SideRow


class TagsPane(SideList):
    """All tags; the key of a row is its tag."""

    def show(self, tags: Sequence[TagCount]) -> None:
        """Show these tags; the cursor stays on its tag."""
        self.empty_text = with_keys("No tags yet.\n\n{tag} tags an article.")
        ordered = sorted(tags, key=lambda count: count.tag.casefold())
        self.load(
            [
                SideRow(
                    count.tag,
                    count.tag,
                    count.article_count,
                    "#",
                    look="unread" if count.unread_count else "quiet",
                )
                for count in ordered
            ]
        )

    @property
    def tag(self) -> str | None:
        """The tag under the cursor."""
        return self.current.key if self.current else None
