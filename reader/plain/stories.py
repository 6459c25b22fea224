"""story: who else tells what the open article tells."""

from __future__ import annotations

from archive.errors import NotFound
from archive.stories import MOST_ALONG
from archive.story_models import Story
from reader.plain.articles import begin_with
from reader.plain.console import held_interrupts
from reader.plain.desk import Desk
from reader.plain.reading import open_article
from reader.plain.wording import counted

ALONE = "Nobody else tells this, as far as the archive has it."


def story(desk: Desk, _words: str) -> None:
    """Lists the articles of the story in order of publication, then what is related to it."""
    article_id = open_article(desk).article.article_id
    found = story_in_use(desk)
    if found is None:
        desk.console.line(ALONE)
        return
    ids = dict.fromkeys(each.article_id for each in found.members)
    near = dict.fromkeys(each.article_id for each in found.related if each.article_id not in ids)
    rows = desk.library.summaries([*ids, *near])
    if len(rows) < 2:
        desk.console.line(ALONE)
        return
    name = f"The story, told by {counted(found.outlet_count, 'outlet')}"
    name += f", and {len(near):,} related" if near else ""
    begin_with(desk, name, "first told first", rows, _remarks(desk, found, article_id))


def story_in_use(desk: Desk) -> Story | None:
    """The story of the open article, with what came last grouped as well; None of none."""
    article_id = open_article(desk).article.article_id
    with held_interrupts() as stop:
        desk.library.stories.group(stopped=stop.is_set, most=MOST_ALONG)
    try:
        return desk.library.stories.get(article_id)
    except NotFound:
        return None


def _remarks(desk: Desk, found: Story, open_id: str) -> dict[str, str]:
    """What is said of its articles, by id: what is open, a copy, near, or new to the reader."""
    remarks = {
        each.article_id: f"related by {each.why}" if each.why else "related"
        for each in found.related
    }
    unread = {each.article_id for each in found.members if not each.read}
    for each in desk.library.stories.novelties(found):
        if each.article_id in unread:
            remarks[each.article_id] = f"{each.new_percent} percent new to you"
    remarks |= {each.article_id: "a near copy" for each in found.members if each.copy_of}
    return remarks | {open_id: "the one that is open"}
