"""The JSON fields of stories, as the command line's contract has them."""

from __future__ import annotations

from collections.abc import Sequence

from archive.story_models import Claim, Member, Novelty, Related, Statement, Story
from archive.story_names import unit_name
from reader.fields import Fields, instant
from reader.provenance import Provenance
from reader.timeline import Event


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


def whole_story_fields(
    story: Story,
    claims: Sequence[Claim],
    novelties: Sequence[Novelty],
    events: Sequence[Event],
    origin: Provenance,
) -> Fields:
    """A story as `story` shows it, with what outlets state, what is told already, and when."""
    new = {unit_name(each.article_id, each.section): each.new_percent for each in novelties}
    members = [
        _member(each)
        | {
            "by_machine": each.article_id in origin.by_machine,
            "new_percent": new.get(unit_name(each.article_id, each.section)),
        }
        for each in story.members
    ]
    return story_fields(story) | {
        "members": members,
        "related": [_related(each) for each in story.related],
        "sources": [
            {"url": url, "article_ids": list(cited_by)} for url, cited_by in origin.cited.items()
        ],
        "claims": [_claim(each) for each in claims],
        "told": {
            unit_name(each.article_id, each.section): [
                {"start": told.start, "end": told.end, "by": told.by} for told in each.told
            ]
            for each in novelties
        },
        "timeline": [_event(each) for each in events],
    }


def _claim(claim: Claim) -> Fields:
    cells = {outlet: [_statement(each) for each in cell] for outlet, cell in claim.cells.items()}
    return {"what": claim.what, "kind": claim.kind, "cells": cells, "differs": claim.differs}


def _statement(statement: Statement) -> Fields:
    return {
        "value": statement.value,
        "sentence": statement.sentence,
        "article_id": unit_name(statement.article_id, statement.section),
    }


def _event(event: Event) -> Fields:
    return {
        "at": instant(event.at),
        "outlet": event.outlet,
        "article_id": event.article_id,
        "what": event.what,
    }


def _member(member: Member) -> Fields:
    return {
        "id": unit_name(member.article_id, member.section),
        "title": member.title,
        "outlet": member.outlet,
        "published_at": instant(member.published_at),
        "why": member.why,
        "copy_of": member.copy_of,
        "read": member.read,
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
