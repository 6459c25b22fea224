"""The JSON fields of stories, as the command line's contract has them."""

from __future__ import annotations

from archive.story_models import Member, Related, Story
from archive.story_names import unit_name
from reader.fields import Fields, instant


def story_fields(story: Story) -> Fields:
    """A story as `stories` lists it."""
    return {
        "id": story.story_id,
        "title": story.title,
        "outlet_count": story.outlet_count,
        "article_count": story.article_count,
        "first_at": instant(story.first_at),
        "latest_at": instant(story.latest_at),
        "why": story.why,
        "outlets": list(dict.fromkeys(each.outlet for each in story.members)),
        "members": [_member(each) for each in story.members],
    }


def whole_story_fields(story: Story) -> Fields:
    """A story as `story` shows it."""
    return story_fields(story) | {"related": [_related(each) for each in story.related]}


def _member(member: Member) -> Fields:
    return {
        "id": unit_name(member.article_id, member.section),
        "title": member.title,
        "outlet": member.outlet,
        "published_at": instant(member.published_at),
        "why": member.why,
        "copy_of": member.copy_of,
    }


def _related(related: Related) -> Fields:
    return {
        "id": related.article_id,
        "section": related.section or None,
        "title": related.title,
        "outlet": related.outlet,
        "at": instant(related.at),
        "why": related.why,
    }
