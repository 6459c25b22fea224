"""An article as a file of the reader's own: Markdown, a page of HTML, or text as on the screen.

With it go the note and the highlights.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archive.characters import clean_line
from archive.models import Article, Mark
from reader.annotations import annotated
from reader.errors import UsageProblem
from reader.pipe import article_input
from reader.tui.ages import moment
from reader.tui.render import Layout, read_document
from reader.tui.widgets.text_painter import MEASURE
from reader.whole_file import put_whole

_LONGEST_NAME = 80
"""Characters of a file's name that come of a title; a name has at most 255 bytes."""
_NOT_IN_NAMES = re.compile(r"[^\w.,()’'–-]+")


@dataclass(frozen=True, slots=True)
class Saved:
    """An article to be saved, with what the reader did with it; `now` is for dates in words."""

    article: Article
    mark: Mark
    outlet: str
    now: datetime


def file_name(title: str) -> str:
    """The name of a Markdown file for an article of that title, safe on every file system."""
    words = _NOT_IN_NAMES.sub(" ", clean_line(title)).strip(" .'-")[:_LONGEST_NAME]
    while len(words.encode()) > 2 * _LONGEST_NAME:
        words = words[:-1]
    return f"{words.strip(' .-') or 'article'}.md"


def check_path(path: Path) -> None:
    """Raises UsageProblem where no article can be saved: the ending tells the form."""
    if path.suffix.lower() not in FORMS:
        why = "a file's ending says its form"
        raise UsageProblem(path.name or str(path), why, f"End it in {', '.join(FORMS)}")
    if path.is_dir():
        raise UsageProblem(str(path), "is a folder", "Name a file in it")
    if not path.parent.is_dir():
        raise UsageProblem(str(path.parent), "there is no such folder", "Make it first")


def save_article(path: Path, saved: Saved) -> None:
    """Write the article, in place of what is there, wholly or not at all. UsageProblem, OSError."""
    check_path(path)
    content = FORMS[path.suffix.lower()](saved).encode("utf-8", "replace")
    put_whole(path, content, _mode(path))


def _mode(path: Path) -> int:
    """The rights of the file that is there, else those of any new one."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _markdown(saved: Saved) -> str:
    return article_input(annotated(saved.article, saved.mark))[0]


def _html(saved: Saved) -> str:
    from reader.html import article_page

    article = annotated(saved.article, saved.mark)
    published = article.published_at
    return article_page(article, saved.outlet, moment(published, saved.now) if published else "")


def _text(saved: Saved) -> str:
    document = read_document(
        annotated(saved.article, Mark(highlights=saved.mark.highlights)), saved.mark, saved.outlet
    )
    layout = Layout(document, MEASURE, saved.now)
    layout.lay_all()
    return "\n".join(line.text.replace("\xa0", " ").rstrip() for line in layout.lines) + "\n"


FORMS: Mapping[str, Callable[[Saved], str]] = {
    ".md": _markdown,
    ".html": _html,
    ".txt": _text,
}
"""What makes the content of a file, by its ending."""
