"""Tags: the tags pane, and the prompts that tag articles and change a tag as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from archive.models import MarkChange, Section, Summary, TagCount
from archive.tag_colours import COLOURS, TagColours
from reader.errors import UsageProblem
from reader.tagging import NO_COLOUR, colour_named, coloured, on_sections, suggested
from reader.tui.control.ordering import enter_list
from reader.tui.control.outline import pick_section
from reader.tui.control.unwritten import Change
from reader.tui.screens.prompts import Confirm, LinePrompt
from reader.tui.views import tag_view

if TYPE_CHECKING:
    from archive.suggesting import Suggestion
    from reader.tui.control.desk import Desk

_SAID = 3
"""Suggested tags of which it is said why."""


class Tagging:
    """All tags as last read, and what is done with them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tags: tuple[TagCount, ...] = ()
        self._colours = TagColours()
        self._suggested: tuple[str, ...] = ()

    def load(self) -> None:
        """Read all tags."""
        self._desk.background.ask("tags", self._desk.library.tags, self._show, latest=True)

    def load_colours(self) -> None:
        """Read the colours of tags."""
        read = self._desk.library.tagging.colours
        self._desk.background.ask("tags", read, self._show_colours)

    def toggle_pane(self) -> None:
        """Show the tags in the place of the feeds, or the feeds again."""
        if self._desk.panes.current == "tags":
            self.close()
        else:
            self.load()
            self._desk.panes.go("tags")

    def close(self) -> None:
        """Give the place back to the feeds; a tag's list that is shown stays."""
        self._desk.panes.go("feeds")

    def list_articles(self) -> None:
        """List the articles of the tag under the cursor."""
        tag = self._desk.widgets.tags.tag
        if tag is not None:
            self._desk.listing.show(tag_view(tag))
            enter_list(self._desk)

    def add(self) -> None:
        """Ask for tags to put on the articles meant."""
        rows = self._desk.marking.targets()
        if not rows:
            return
        self.load()
        prompt = LinePrompt(
            f"Tag {self._called(rows)}",
            hint="Tags, parted by commas.  Tab completes, Enter tags, Escape leaves.",
            candidates=by_use(self._tags),
            many=True,
        )
        self._suggested = ()
        self._desk.open(prompt, self._add)
        if len(rows) == 1:
            suggest = partial(self._desk.library.tagging.suggest, rows[0].article_id)
            self._desk.background.ask("tags", suggest, partial(self._suggest, prompt))

    def tag_section(self) -> None:
        """Ask for a section of the text, then for tags to put on it."""
        pick_section(self._desk, "Tag which section?", self._ask_for_section)

    def _ask_for_section(self, section: Section) -> None:
        self.load()
        prompt = LinePrompt(
            f"Tag the section “{section.heading}”",
            hint="Tags, parted by commas.  Tab completes, Enter tags, Escape leaves.",
            candidates=by_use(self._tags),
            many=True,
        )
        self._desk.open(prompt, partial(self._add_to_section, section))

    def take_off(self) -> None:
        """Ask for tags to take off the articles meant, and off their sections."""
        rows = self._desk.marking.targets()
        of_sections = {each.tag for row in rows for each in row.section_tags}
        present = sorted({tag for row in rows for tag in row.tags} | of_sections, key=str.casefold)
        if not present:
            self._desk.say("No tag to take off here." if rows else "No article here.")
            return
        prompt = LinePrompt(
            f"Take tags off {self._called(rows)}",
            hint="Tags, parted by commas.  Tab completes, Enter takes off, Escape leaves.",
            value=present[0] if len(present) == 1 else "",
            candidates=present,
            many=True,
        )
        self._desk.open(prompt, self._take_off)

    def rename(self) -> None:
        """Ask for the new name of the tag under the cursor."""
        tag = self._desk.widgets.tags.tag
        if tag is None:
            return
        prompt = LinePrompt(
            f"Rename the tag {tag}",
            hint="A tag that exists takes in this one's articles.  Enter renames, Escape leaves.",
            value=tag,
            candidates=[each for each in by_use(self._tags) if each != tag],
        )
        self._desk.open(prompt, partial(self._rename, tag))

    def colour(self) -> None:
        """Ask for the colour of the tag under the cursor."""
        tag = self._desk.widgets.tags.tag
        if tag is None:
            return
        prompt = LinePrompt(
            f"Colour of the tag {tag}",
            hint="Those below it have it too.  Tab completes, Enter colours, Escape leaves.",
            value=self._colours.of(tag),
            candidates=(*COLOURS, NO_COLOUR),
            submit=partial(self._colour, tag),
        )
        self._desk.open(prompt)

    def remove(self) -> None:
        """Ask, then take the tag under the cursor off every article."""
        tag = self._desk.widgets.tags.tag
        if tag is None:
            return
        count = next((each.article_count for each in self._tags if each.tag == tag), 0)
        undo = self._desk.keymap.with_keys("{undo} takes that back.")
        detail = f"It is taken off {count:,} article{'' if count == 1 else 's'}; {undo}"
        confirm = Confirm(f"Remove the tag {tag}?", detail)
        self._desk.open(confirm, partial(self._remove, tag))

    def _called(self, rows: Sequence[Summary]) -> str:
        count = self._desk.marking.selected_count()
        if count and self._desk.panes.current != "text":
            return f"{count:,} selected article{'' if count == 1 else 's'}"
        return f"“{rows[0].title}”"

    def _show(self, tags: list[TagCount]) -> None:
        self._tags = tuple(tags)
        self._desk.widgets.tags.show(tags)
        screen = self._desk.screen.app.screen
        if isinstance(screen, LinePrompt) and screen.wants_tags:
            screen.candidates = self._candidates()
        self._desk.title_changed()

    def _suggest(self, prompt: LinePrompt, found: list[Suggestion]) -> None:
        """Offer suggested tags first, and say why; it is the reader who takes them."""
        self._suggested = tuple(each.tag for each in found)
        if found and prompt.is_current:
            prompt.candidates = self._candidates()
            prompt.detail = "\n".join(f"Suggested: {suggested(each)}" for each in found[:_SAID])

    def _candidates(self) -> list[str]:
        return list(dict.fromkeys([*self._suggested, *by_use(self._tags)]))

    def _show_colours(self, colours: TagColours) -> None:
        if colours != self._colours:
            self._colours = colours
            widgets = self._desk.widgets
            widgets.tags.tag_colours = colours
            widgets.articles.tag_colours = colours
            widgets.results.tag_colours = colours
            widgets.text.tag_colours = colours

    def _add(self, text: str | None) -> None:
        tags = split_tags(text or "")
        if tags:
            named = ", ".join(tags)
            self._desk.marking.change(
                MarkChange(add_tags=tags), f"tagging {named}", f"Tagged {named}"
            )

    def _add_to_section(self, section: Section, text: str | None) -> None:
        tags = split_tags(text or "")
        if tags:
            change = on_sections([section], MarkChange(add_tags=tags))
            named = ", ".join(tags)
            self._desk.marking.change(
                change, f"tagging a section {named}", f"Section tagged {named}"
            )

    def _take_off(self, text: str | None) -> None:
        tags = split_tags(text or "")
        if tags:
            change = MarkChange(remove_tags=tags)
            named = ", ".join(tags)
            self._desk.marking.change(change, f"taking off {named}", f"Taken off: {named}")

    def _rename(self, tag: str, name: str | None) -> None:
        wanted = split_tags(name or "")
        if len(wanted) == 1 and wanted[0] != tag:
            self._write(
                partial(self._desk.library.tagging.rename, tag, wanted[0]),
                partial(self._renamed, tag, wanted[0]),
                f"renaming the tag {tag}",
            )

    def _renamed(self, tag: str, name: str, count: int) -> None:
        if self._desk.listing.view == tag_view(tag):
            self._desk.listing.show(tag_view(name))
        self._changed(f"{tag} is now {name}", count)

    def _colour(self, tag: str, prompt: LinePrompt, text: str) -> None:
        try:
            colour = colour_named(text)
        except UsageProblem as problem:
            prompt.refuse(str(problem))
            return
        prompt.leave()
        self._desk.unwritten.put(
            Change(
                partial(self._desk.library.tagging.colour, tag, colour),
                partial(self._coloured, tag, colour),
                self.load_colours,
                f"colouring the tag {tag}",
            )
        )

    def _coloured(self, tag: str, colour: str, _: None) -> None:
        self._desk.marking.undoable = True
        self._desk.say(coloured(tag, colour))
        self.load_colours()

    def _remove(self, tag: str, yes: bool | None) -> None:
        if yes:
            self._write(
                partial(self._desk.library.tagging.remove, tag),
                partial(self._changed, f"Removed the tag {tag}"),
                f"removing the tag {tag}",
            )

    def _write(self, write: Callable[[], int], done: Callable[[int], None], label: str) -> None:
        self._desk.unwritten.put(Change(write, done, self.load, label))

    def _changed(self, what: str, count: int) -> None:
        self._desk.marking.undoable = True
        self._desk.say(f"{what} ({count:,} article{'' if count == 1 else 's'}).")
        self._desk.archive_changed()


def split_tags(text: str) -> tuple[str, ...]:
    """The tags in what was typed, parted by commas, each once."""
    return tuple(dict.fromkeys(tag for part in text.split(",") if (tag := part.strip())))


def by_use(tags: Iterable[TagCount]) -> list[str]:
    """The tags that most articles have come first."""
    return [each.tag for each in sorted(tags, key=lambda each: -each.article_count)]
