"""The JSON fields of the command line's contract, made in one place for listings and exports.

Instants are ISO 8601 in UTC with `Z`; what is not stated is null.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from archive.fields import instant_text
from archive.highlights import highlight_documents
from archive.models import Article, Feed, FeedStatus, Mark, Problem, Summary
from archive.pictures import places_of_pictures
from archive.section_tags import section_tag_documents, tags_by_section

if TYPE_CHECKING:
    from reader.health import FeedHealth
    from reader.outcomes import FeedRefreshed

Fields = dict[str, Any]


def instant(at: datetime | None) -> str | None:
    """`2026-03-04T11:10:00Z`; a fraction of a second is kept where there is one."""
    return instant_text(at) if at else None


def summary_fields(summary: Summary) -> Fields:
    """An article as `list` shows it; `section_tags` only if any of its sections has a tag."""
    fields: Fields = {
        "id": summary.article_id,
        "title": summary.title,
        "url": summary.url,
        "feed_url": summary.feed_url or None,
        "outlet": summary.outlet,
        "author": summary.author,
        "published_at": instant(summary.published_at),
        "archived_at": instant(summary.archived_at),
        "language": summary.language,
        "read": summary.read,
        "starred": summary.starred,
        "tags": list(summary.tags),
        "word_count": summary.word_count,
        "text_from": summary.text_from,
        "story_id": summary.story_id,
        "changed_at": instant(summary.changed_at),
        "gone_at": instant(summary.gone_at),
        "copy_of": summary.copy_of,
    }
    if summary.section_tags:
        fields["section_tags"] = section_tag_documents(summary.section_tags)
    return fields


def found_fields(summary: Summary) -> Fields:
    """An article as `search` shows it."""
    section = summary.section
    return summary_fields(summary) | {
        "snippet": summary.snippet,
        "section": section
        and {"id": f"{summary.article_id}#{section.number}", "heading": section.heading},
    }


def article_fields(article: Article, mark: Mark, feed: Feed | None) -> Fields:
    """An article in full, as `show --format json` gives it; `feed` is the one that brought it."""
    return {
        "id": article.article_id,
        "title": article.title,
        "url": article.url,
        "feed_url": article.feed_url or None,
        "outlet": (feed.user_title if feed else "") or article.outlet,
        "author": article.author,
        "published_at": instant(article.published_at),
        "archived_at": instant(article.archived_at),
        "language": article.language,
        "outlet_language": article.outlet_language or None,
        "read": mark.read,
        "starred": mark.starred,
        "tags": list(mark.tags),
        "hidden_by": mark.hidden_by or None,
        "word_count": article.word_count,
        "text_from": article.text_from,
        "story_id": None,
        "changed_at": instant(article.changed_at),
        "gone_at": instant(article.gone_at),
        "copy_of": None,
        "text": article.text,
        "sections": _sections(article, mark),
        "removed": [each.text for each in article.removed],
        "removed_why": [each.why for each in article.removed],
        "removed_at": [each.at for each in article.removed],
        "byline": article.byline,
        "source_url": article.source_url,
        "canonical_url": article.canonical_url or None,
        "claimed_at": instant(article.claimed_at),
        "categories": list(article.categories),
        "enclosures": [
            {"url": one.url, "type": one.media_type or None, "length": one.byte_count or None}
            for one in article.enclosures
        ],
        "image": article.image_url or None,
        "pictures": _pictures(article),
        "comments_url": article.comments_url or None,
        "location": article.location or None,
        "notes": list(article.notes),
        "highlights": highlight_documents(mark.highlights),
        "revisions": revision_fields(article),
        "page": {"warc": article.page.warc, "offset": article.page.offset}
        if article.page
        else None,
    }


def revision_fields(article: Article) -> list[Fields]:
    """Every text the article had, oldest first, the present one last."""
    earlier = [(old.archived_at, old.title, old.text) for old in article.revisions]
    present = (article.changed_at or article.archived_at, article.title, article.text)
    return [
        {"archived_at": instant(at), "title": title, "text": text}
        for at, title, text in [*earlier, present]
    ]


def feed_fields(status: FeedStatus) -> Fields:
    """A feed as `feeds` lists it."""
    feed, state = status.feed, status.state
    return {
        "id": feed.feed_id,
        "title": feed.user_title or feed.title,
        "feed_url": feed.feed_url,
        "site_url": feed.site_url or None,
        "folder": feed.folder,
        "tags": list(feed.tags),
        "article_count": status.article_count,
        "unread_count": status.unread_count,
        "refreshed_at": instant(state.refreshed_at),
        "next_refresh_at": instant(state.next_refresh_at),
        "error": state.error or None,
        "http_status": state.http_status,
        "notes": list(state.notes),
    }


def health_fields(health: FeedHealth) -> Fields:
    """A feed as `feeds` lists it, and how it fares."""
    return feed_fields(health.status) | {
        "last_entry_at": instant(health.last_entry_at),
        "entries_per_week": health.entries_per_week,
        "weeks": list(health.weeks),
        "health": health.state,
        "advice": health.advice or None,
    }


def refreshed_fields(outcome: FeedRefreshed) -> Fields:
    """What a refresh did for one feed."""
    return {
        "feed_url": outcome.feed_url,
        "new_count": outcome.new_count,
        "changed_count": outcome.changed_count,
        "unchanged_count": outcome.unchanged_count,
        "failed_pages": outcome.failed_pages,
        "http_status": outcome.http_status,
        "error": outcome.error or None,
        "seconds": round(outcome.seconds, 3),
        "notes": list(outcome.notes),
        "notices": [
            {"rule": call.rule_name, "id": call.article_id, "title": call.title}
            for call in outcome.calls
            if call.notify
        ],
    }


def problem_fields(problem: Problem) -> Fields:
    """Something that `verify` found."""
    return {
        "path": problem.path,
        "kind": problem.kind,
        "detail": problem.detail,
        "article_ids": list(problem.article_ids),
    }


def _pictures(article: Article) -> list[Fields]:
    """The pictures; `start` is where each stands in the text, `page` where it is kept."""
    places = places_of_pictures(article.text, article.pictures)
    return [
        {
            "url": one.url,
            "alt": one.alt or None,
            "caption": one.caption or None,
            "start": start,
            "type": one.media_type or None,
            "width": one.width or None,
            "height": one.height or None,
            "length": one.byte_count or None,
            "page": {"warc": one.page.warc, "offset": one.page.offset} if one.page else None,
        }
        for one, start in zip(article.pictures, places, strict=True)
    ]


def _sections(article: Article, mark: Mark) -> list[Fields]:
    """The sections; those that are tagged with their `tags`."""
    tags = tags_by_section(mark.section_tags, article.sections)
    return [
        {
            "id": f"{article.article_id}#{section.number}",
            "heading": section.heading,
            "level": section.level,
            "start": section.start,
            **({"tags": tags[section.number]} if section.number in tags else {}),
        }
        for section in article.sections
    ]
