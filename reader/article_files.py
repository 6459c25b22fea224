"""An article as a file of the reader's own, with the note and the highlights.

Markdown and a page of HTML are the same everywhere; text is as the app draws it, or as it is said
line by line, and comes from there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.characters import clean_line
from archive.models import Article, Mark
from reader.annotations import annotated
from reader.errors import UsageProblem
from reader.pipe import article_input
from reader.whole_file import put_whole

ENDINGS = (".md", ".html", ".txt")
"""The endings of files, which say their form."""
_LONGEST_NAME = 80
"""Characters of a file's name that come of a title; a name has at most 255 bytes."""
_NOT_IN_NAMES = re.compile(r"[^\w.,()’'–-]+")


@dataclass(frozen=True, slots=True)
class Saved:
    """An article to be saved, with its mark; `published` is its date in words."""

    article: Article
    mark: Mark
    outlet: str
    published: str


Form = Callable[[Saved], str]


def file_name(title: str) -> str:
    """The name of a Markdown file for an article of that title, safe on every file system."""
    words = _NOT_IN_NAMES.sub(" ", clean_line(title)).strip(" .'-")[:_LONGEST_NAME]
    while len(words.encode()) > 2 * _LONGEST_NAME:
        words = words[:-1]
    return f"{words.strip(' .-') or 'article'}.md"


def check_path(path: Path) -> None:
    """Raises UsageProblem where no article can be saved: the ending tells the form."""
    if path.suffix.lower() not in ENDINGS:
        why = "a file's ending says its form"
        raise UsageProblem(path.name or str(path), why, f"End it in {', '.join(ENDINGS)}")
    if path.is_dir():
        raise UsageProblem(str(path), "is a folder", "Name a file in it")
    if not path.parent.is_dir():
        raise UsageProblem(str(path.parent), "there is no such folder", "Make it first")


def save_article(path: Path, saved: Saved, text: Form) -> None:
    """Write the article, in place of what is there, wholly or not at all. UsageProblem, OSError.

    `text` makes the content of a file of text.
    """
    check_path(path)
    form = _FORMS.get(path.suffix.lower(), text)
    content = form(saved).encode("utf-8", "replace")
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

    return article_page(annotated(saved.article, saved.mark), saved.outlet, saved.published)


_FORMS: Mapping[str, Form] = {".md": _markdown, ".html": _html}
"""What makes the content of a file, by its ending."""
