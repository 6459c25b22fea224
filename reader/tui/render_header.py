"""What stands above an article's text: title, where it comes from, tags, notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from archive.characters import clean_line
from archive.models import Article, Mark
from archive.text import unspaced_run
from reader.reading_time import reading_minutes
from reader.tui.ages import moment
from reader.tui.cells import cell_len, drawable
from reader.tui.render_inline import Run

UNTITLED = "(no title)"

_LONGEST_TITLE = 600
_SAMPLE = 600
"""Characters that tell whether a text is written with spaces."""
_UNBROKEN_CELLS = 24
_LANGUAGES = {
    "ar": "Arabic",
    "bn": "Bengali",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nb": "Norwegian",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


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
    if article.language:
        return article.language
    sample = article.text[:_SAMPLE]
    unspaced = sum(map(len, unspaced_run().findall(sample)))
    return "zh" if 2 * unspaced > len(sample) else None


def header_parts(article: Article, mark: Mark, outlet: str, now: datetime) -> list[HeaderPart]:
    """The paragraphs above the text, top to bottom."""
    meta = "\u00a0· ".join(_unbroken(item) for item in _facts(article, outlet, now))
    star = (Run("★ ", ("star",)),) if mark.starred else ()
    parts = [
        HeaderPart((Run(shown_title(article), ("title",)),), is_searched=True),
        HeaderPart((*star, Run(meta, ("meta",)))),
    ]
    if mark.tags:
        parts.append(HeaderPart(tuple(_chips(mark.tags))))
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
    if article.word_count:
        yield f"{reading_minutes(article.word_count, _language_read(article))} min"
        yield f"{article.word_count:,} words"
    if article.language:
        yield _LANGUAGES.get(article.language.split("-")[0].lower(), clean_line(article.language))


def _unbroken(item: str) -> str:
    item = drawable(item)
    return item.replace(" ", "\u00a0") if cell_len(item) <= _UNBROKEN_CELLS else item


def _chips(tags: tuple[str, ...]) -> Iterator[Run]:
    for at, tag in enumerate(tags):
        if at:
            yield Run(" ", ())
        name = drawable(clean_line(tag)).replace(" ", "\u00a0")
        yield Run(f"\u00a0{name}\u00a0", ("tag",))
