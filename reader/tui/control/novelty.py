"""What is new to the reader: what was told before is dimmed in the text, `gn` lists the rest.

What reads the texts of stories is loaded when it is asked for, so that the app starts sooner.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from archive.errors import ArchiveError
from archive.models import Article
from reader.tui.control.story_in_use import ask_story

if TYPE_CHECKING:
    from archive.story_models import Member, Novelty, Story
    from reader.library import Library
    from reader.tui.control.desk import Desk

    New = tuple[Member, Novelty, Article]

WAITING = "Looking what is new …"
LABEL = "What is new to you"
NOTHING_READ = "You have read nothing of this story yet: all of it is new."
ALL_TOLD = "The unread articles of this story tell nothing new."
ALL_NEW = "All of this text is new to you."
NO_MORE = "Nothing new below."
_MOST_SHOWN = 20
"""Unread articles whose new sentences are listed, the latest."""


def dim_told(desk: Desk, article: Article) -> None:
    """Dim what articles that were read told before, once it is known."""
    told = partial(_told_in, desk.library, article.article_id)
    desk.background.ask("story", told, partial(_dim, desk, article), latest=True)


def _told_in(library: Library, article_id: str) -> list[tuple[int, int]]:
    """The sentences of an article that were told, from start to end."""
    try:
        story = library.stories.get(article_id)
        found = library.stories.novelties(story, article_id)
    except ArchiveError:  # not grouped yet, or gone: nothing is dimmed
        return []
    return [(told.start, told.end) for each in found for told in each.told]


def _dim(desk: Desk, article: Article, told: Sequence[tuple[int, int]]) -> None:
    shown = desk.widgets.text.article
    if shown is not None and (shown.article_id, shown.text) == (article.article_id, article.text):
        desk.widgets.text.dim(told)


def next_new(desk: Desk) -> None:
    """Bring the next passage that is new to the top."""
    text = desk.widgets.text
    told, layout = text.told, text.finish()
    if layout is None:
        return
    if not told:
        desk.say(ALL_NEW)
        return
    lines = [layout.words_line_of(start) for start in _new_passages(text.article, told)]
    if not text.go_beyond(lines):
        desk.say(NO_MORE)


def _new_passages(article: Article | None, told: Sequence[tuple[int, int]]) -> list[int]:
    """Where sentences begin that are new and stand behind one that is not, or first."""
    from archive.sentences import sentences_of

    starts = {start for start, _ in told}
    sentences = sentences_of(article.text) if article else ()
    passages, is_new = [], False
    for each in sentences:
        if each.start not in starts and not is_new:
            passages.append(each.start)
        is_new = each.start not in starts
    return passages


def show_new(desk: Desk) -> None:
    """Show what unread articles of the story in use tell that those that were read do not."""
    ask_story(desk, WAITING, _new_in_story, partial(_show, desk))


def _new_in_story(library: Library, story: Story) -> list[New] | None:
    """The unread members with what of them was told; None where nothing of the story was read."""
    from archive.story_texts import originals

    found = {(each.article_id, each.section): each for each in library.stories.novelties(story)}
    unread = [each for each in originals(story.members) if not each.read]
    shown = [
        (each, novelty, library.get(each.article_id))
        for each in unread[-_MOST_SHOWN:]
        if (novelty := found.get((each.article_id, each.section)))
    ]
    return shown if found else None


def _show(desk: Desk, found: Sequence[New] | None) -> None:
    if not found:
        desk.say(NOTHING_READ if found is None else ALL_TOLD)
        return
    text = "\n\n".join(_part(member, novelty, article) for member, novelty, article in found)
    first = found[0][2]
    page = Article(url="", title=LABEL, text=text, archived_at=first.archived_at)
    count = f"{len(found)} unread article{'s' if len(found) > 1 else ''}"
    now = desk.widgets.text.now
    from reader.tui.screens.whole_page import WholePageScreen

    desk.screen.app.push_screen(WholePageScreen(page, count, now, LABEL))


def _part(member: Member, novelty: Novelty, article: Article) -> str:
    """What is new of one article, under its outlet and title."""
    from archive.story_texts import story_text

    told = {each.start for each in novelty.told}
    sentences = [each for each in story_text(article, member).sentences if each.start not in told]
    new = "\n\n".join(article.text[each.start : each.end] for each in sentences)
    return f"## {member.outlet}: {member.title}\n\n*{novelty.new_percent} % new*\n\n{new}"
