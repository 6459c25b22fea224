"""What stands above an article's text: title, where it comes from, tags, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from archive.characters import clean_line
from archive.models import Article, Mark
from reader.attachments import disbelieved_claim
from reader.languages import language_name
from reader.reading_time import has_no_spaces, length, reading_minutes
from reader.rule_words import hidden_words
from reader.tui.ages import moment
from reader.tui.cells import cell_len, cut, drawable
from reader.tui.render_inline import Run, join
from reader.tui.tag_looks import tag_look

UNTITLED = "(no title)"

_LONGEST_TITLE, _HEADING_CELLS = 600, 30
_BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class HeaderPart:
    """One paragraph of the header: its runs, and how many blank lines precede it."""

    runs: tuple[Run, ...]
    gap: int = 0
    is_searched: bool = False


def shown_title(article: Article) -> str:
    """The title as it is drawn."""
    title = drawable(clean_line(article.title[: 2 * _LONGEST_TITLE]))
    if len(title) > _LONGEST_TITLE:
        title = title[:_LONGEST_TITLE].rstrip() + "…"
    return title or UNTITLED


def _language_read(article: Article) -> str | None:
    """The language for the reading time: without one, `zh` for a text that has no spaces."""
    return article.language or ("zh" if has_no_spaces(article.text) else None)


def header_parts(
    article: Article, mark: Mark, outlet: str, now: datetime, width: int
) -> list[HeaderPart]:
    """The paragraphs above the text, top to bottom, for lines of `width` cells."""
    star = (Run("★ ", ("star",)),) if mark.starred else ()
    meta = _dotted(_facts(article, outlet, now), width, cell_len(join(star)))
    parts = [
        HeaderPart((Run(shown_title(article), ("title",)),), is_searched=True),
        HeaderPart((*star, Run(meta, ("meta",)))),
    ]
    if mark.tags or mark.section_tags:
        of_sections = (
            f"{each.tag} · {cut(drawable(clean_line(each.heading)), _HEADING_CELLS)}"
            for each in mark.section_tags
        )
        parts.append(HeaderPart(tuple(_chips((*mark.tags, *of_sections)))))
    if mark.hidden_by:
        parts.append(HeaderPart((Run(drawable(hidden_words(mark.hidden_by)), ("note",)),)))
    parts += [
        HeaderPart((Run(f"✎ {drawable(clean_line(line))}", ("note",)),), gap=not at)
        for at, line in enumerate(mark.note.splitlines())
    ]
    parts += [
        HeaderPart((Run(f"› {drawable(clean_line(note))}", ("note",)),), gap=not at)
        for at, note in enumerate(article.notes)
    ]
    return parts


def _facts(article: Article, outlet: str, now: datetime) -> Iterator[str]:
    name = clean_line(outlet or article.outlet)
    author = clean_line(article.byline or article.author)
    if name:
        yield name
    if author and author != name:
        yield author
    yield moment(article.published_at or article.archived_at, now)
    if claim := disbelieved_claim(article.claimed_at):
        yield claim
    if article.word_count:
        yield f"{reading_minutes(article.word_count, _language_read(article))} min"
        yield length(article.word_count, article.text)
    if article.language:
        yield language_name(article.language)


def _dotted(items: Iterable[str], width: int, used: int) -> str:
    """The items on one line with dots between them, or on a new line where there is no room.

    So a line has a dot at neither end. `used` are the cells before the first item.
    """
    lines: list[list[str]] = [[]]
    for item in map(drawable, items):
        cells = cell_len(item)
        if lines[-1]:
            cells += len(_BETWEEN)
            if used + cells > width:
                lines.append([])
                used, cells = 0, cell_len(item)
        lines[-1].append(item)
        used += cells
    return "\n".join(map(_BETWEEN.join, lines))


def _chips(tags: tuple[str, ...]) -> Iterator[Run]:
    for at, tag in enumerate(tags):
        if at:
            yield Run(" ", ())
        name = drawable(clean_line(tag)).replace(" ", "\u00a0")
        yield Run(f"\u00a0{name}\u00a0", ("tag", tag_look(tag)))
