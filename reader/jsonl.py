"""JSON Lines of articles, as the command line's contract describes them: one object a line.

`url` and `title` are required; everything else may be missing, and the `url` of an entry without a
link, which its feed tells from others by an id (`origins`). What `write_article` writes,
`read_articles` reads back the same (the id, which is an archive's own, and the raw page aside).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO, cast, get_args

import orjson

from archive.dropped import joined
from archive.highlights import Highlight, changed_highlights
from archive.models import (
    Article,
    Feed,
    Mark,
    MarkChange,
    Origin,
    Revision,
    Section,
    TextFrom,
)
from archive.section_tags import (
    SectionTag,
    all_tags,
    changed_section_tags,
    section_tag_documents,
)
from archive.tag_colours import COLOURS, TagColour, TagColours
from archive.text import count_words
from reader.addresses import is_web_address
from reader.fields import article_fields, instant
from reader.jsonl_attached import enclosures_in, picture_objects, pictures_in, web_address
from reader.jsonl_fields import BadLine, LineFields
from reader.pipeline.identify import first_sentence

LINE_SIZE_MAX = 32 * 1024 * 1024
# What an archive gives anew when it takes the article in.
NOT_EXPORTED = ("id", "story_id", "copy_of", "page")
NO_COLOURS = TagColours()
ALWAYS_EXPORTED = ("url", "title", "text", "read", "starred", "tags")


@dataclass(frozen=True, slots=True)
class ImportedArticle:
    """An article as a line states it, with its marks; its `article_id` is empty.

    `html` is set instead of the article's text where the line has only that: the caller turns
    it into Markdown. `change` is what the line says about marks and no more, None where it says
    nothing, so that an import over a known article leaves the rest alone. `colours` are those that
    its tags are drawn in.
    """

    article: Article
    change: MarkChange | None
    html: str = ""
    colours: tuple[TagColour, ...] = ()

    @property
    def mark(self) -> Mark | None:
        """The marks of an article that is new here; None where the line says nothing."""
        if self.change is None:
            return None
        return Mark(
            read=bool(self.change.read),
            starred=bool(self.change.starred),
            tags=self.change.add_tags,
            position=self.change.position or 0,
            note=self.change.note or "",
            hidden_by=self.change.hidden_by or "",
            highlights=self.change.add_highlights,
            section_tags=changed_section_tags((), self.change.add_section_tags, (), ()),
        )


def read_articles(
    stream: BinaryIO, *, now: datetime | None = None
) -> Iterator[tuple[int, ImportedArticle | str]]:
    """Each line's number (from 1) with its article, or with what is wrong with it.

    A line whose optional field is wrong gives both: the article without that field, and the
    problem. Memory does not grow with the file. `now` is when articles that do not say when
    they were archived are taken to come in.
    """
    arrived = now or datetime.now(UTC)
    number = 0
    while line := stream.readline(LINE_SIZE_MAX):
        number += 1
        if len(line) == LINE_SIZE_MAX and not line.endswith(b"\n"):
            while (rest := stream.readline(LINE_SIZE_MAX)) and not rest.endswith(b"\n"):
                continue
            yield number, f"longer than {LINE_SIZE_MAX // 2**20} MiB"
            continue
        line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not line.strip():
            continue
        problems: list[str] = []
        try:
            yield number, _article(LineFields(_object(line), problems), arrived)
        except BadLine as error:
            yield number, str(error)
        for problem in problems:
            yield number, problem


def write_article(
    article: Article, mark: Mark, feed: Feed | None, colours: TagColours = NO_COLOURS
) -> bytes:
    """One line, with its newline; `feed` is the one that brought the article first."""
    fields = article_fields(article, mark, feed)
    for name in NOT_EXPORTED:
        del fields[name]
    if not article.revisions:
        del fields["revisions"]
    fields |= {
        "pictures": picture_objects(article),
        "site_name": article.site_name,
        "feed_title": article.feed_title,
        "updated_at": instant(article.updated_at),
        "fetched_at": instant(article.fetched_at),
        "sort_at": instant(article.sort_at),
        "position": mark.position,
        "note": mark.note,
        "hidden_by": mark.hidden_by,
        "section_tags": section_tag_documents(mark.section_tags),
        "tag_colours": [
            {"tag": each.name, "colour": each.colour}
            for each in colours.stated_for_all(all_tags(mark))
        ],
        "sections": [
            {"heading": section.heading, "level": section.level, "start": section.start}
            for section in article.sections
        ],
        "origins": [
            {
                "feed_url": origin.feed_url,
                "entry_id": origin.entry_id,
                "entry_hash": origin.entry_hash,
                "link": origin.link,
            }
            for origin in article.origins
        ],
    }
    kept = {key: value for key, value in fields.items() if value or key in ALWAYS_EXPORTED}
    return orjson.dumps(kept, option=orjson.OPT_APPEND_NEWLINE)


def _object(line: bytes) -> Mapping[str, Any]:
    try:
        value = orjson.loads(line)
    except ValueError:
        try:
            # The standard library also reads lone surrogates, which cleaning then drops.
            value = json.loads(line.decode("utf-8"))
        except UnicodeDecodeError:
            raise BadLine("is not UTF-8 text") from None
        except (ValueError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else "too deep"
            raise BadLine(f"is not JSON ({reason})") from None
    if not isinstance(value, dict):
        raise BadLine("is no JSON object")
    return value


def _article(fields: LineFields, arrived: datetime) -> ImportedArticle:
    origins = _stated_origins(fields)
    url = _url(fields, origins)
    text = fields.text("text")
    html = "" if text else fields.text("html")
    is_untitled = fields.is_blank("title") and bool(text or html)
    title = first_sentence(text) if is_untitled else fields.required("title")
    article = Article(
        url=url,
        title=title,
        text=text,
        archived_at=fields.instant("archived_at") or arrived,
        origins=origins or _origin_of_feed(fields, url),
        canonical_url=fields.line("canonical_url"),
        source_url=fields.line("source_url") or None,
        site_name=fields.line("site_name") or _outlet(fields),
        feed_title=fields.line("feed_title"),
        author=fields.line("author"),
        byline=fields.line("byline"),
        published_at=fields.instant("published_at"),
        updated_at=fields.instant("updated_at"),
        fetched_at=fields.instant("fetched_at"),
        changed_at=fields.instant("changed_at"),
        gone_at=fields.instant("gone_at"),
        sort_at=fields.instant("sort_at"),
        language=fields.line("language") or None,
        outlet_language=fields.line("outlet_language"),
        word_count=fields.number("word_count") or count_words(text),
        text_from=_text_from(fields, text or html),
        sections=_sections(fields, len(text)),
        removed=joined(
            fields.blocks("removed"), fields.texts("removed_why"), fields.numbers("removed_at")
        ),
        notes=fields.texts("notes"),
        revisions=_revisions(fields, title, text, arrived),
        claimed_at=fields.instant("claimed_at"),
        categories=fields.texts("categories"),
        enclosures=enclosures_in(fields),
        image_url=web_address(fields, "image"),
        comments_url=web_address(fields, "comments_url"),
        location=fields.line("location"),
        pictures=pictures_in(fields, text),
    )
    return ImportedArticle(article, _change(fields), html, _colours(fields))


def _url(fields: LineFields, origins: Sequence[Origin]) -> str:
    """The address; empty for the article of an entry without a link."""
    if origins and fields.is_empty("url"):
        return ""
    url = fields.required("url")
    if not is_web_address(url):
        raise BadLine("url is no http or https address")
    return url


def _change(fields: LineFields) -> MarkChange | None:
    marks = (
        "read", "starred", "tags", "position", "note", "hidden_by", "highlights", "section_tags",
    )  # fmt: skip
    if not fields.has(*marks):
        return None
    return MarkChange(
        read=fields.flag("read") if fields.has("read") else None,
        starred=fields.flag("starred") if fields.has("starred") else None,
        add_tags=tuple(dict.fromkeys(fields.texts("tags"))),
        position=fields.number("position") if fields.has("position") else None,
        note=fields.text("note") if fields.has("note") else None,
        hidden_by=fields.line("hidden_by") if fields.has("hidden_by") else None,
        add_highlights=_highlights(fields),
        add_section_tags=tuple(
            SectionTag(stated.number("number"), tag, stated.line("heading"))
            for stated in fields.objects("section_tags")
            if (tag := stated.line("tag").strip())
        ),
    )


def _colours(fields: LineFields) -> tuple[TagColour, ...]:
    """The colours of the line's tags; of others it has nothing to say."""
    pairs = ((each.line("tag"), each.line("colour")) for each in fields.objects("tag_colours"))
    stated = [TagColour(tag, colour) for tag, colour in pairs if tag and colour in COLOURS]
    if not stated:
        return ()
    on_sections = (each.line("tag") for each in fields.objects("section_tags"))
    return TagColours(stated).stated_for_all((*fields.texts("tags"), *on_sections))


def _highlights(fields: LineFields) -> tuple[Highlight, ...]:
    stated = (
        Highlight(
            each.text("exact"), each.text("prefix"), each.text("suffix"), each.number("start")
        )
        for each in fields.objects("highlights")
    )
    return changed_highlights((), stated, ())


def _outlet(fields: LineFields) -> str:
    """`outlet` names the publisher only where the line does not say it in full."""
    return "" if fields.has("feed_title") else fields.line("outlet")


def _stated_origins(fields: LineFields) -> tuple[Origin, ...]:
    return tuple(
        Origin(feed_url, entry_id, origin.line("entry_hash"), origin.line("link"))
        for origin in fields.objects("origins")
        if (feed_url := origin.verbatim("feed_url")) and (entry_id := origin.verbatim("entry_id"))
    )


def _origin_of_feed(fields: LineFields, url: str) -> tuple[Origin, ...]:
    """Other programs' files know no entry ids; the address tells the entries of a feed apart."""
    feed_url = fields.verbatim("feed_url")
    return (Origin(feed_url, url, "", url),) if feed_url else ()


def _text_from(fields: LineFields, body: str) -> TextFrom:
    stated = fields.line("text_from")
    if stated in get_args(TextFrom):
        return cast("TextFrom", stated)
    return "page" if body else "title"


def _sections(fields: LineFields, length: int) -> tuple[Section, ...]:
    stated = [
        (section.line("heading"), section.number("level"), section.number("start"))
        for section in fields.objects("sections")
    ]
    return tuple(
        Section(number, heading, level, start)
        for number, (heading, level, start) in enumerate(stated, start=1)
        if start <= length
    )


def _revisions(
    fields: LineFields, title: str, text: str, arrived: datetime
) -> tuple[Revision, ...]:
    """The earlier texts: the present one ends the list and is left out."""
    stated = [
        Revision(old.instant("archived_at") or arrived, old.line("title"), old.text("text"))
        for old in fields.objects("revisions")
    ]
    if stated and (stated[-1].title, stated[-1].text) == (title, text):
        stated.pop()
    return tuple(stated)
