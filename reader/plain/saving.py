"""save: the open article as a file of the reader's own, by the name that is typed."""

from __future__ import annotations

from pathlib import Path

from archive.models import Mark
from reader.annotations import annotated
from reader.article_files import ENDINGS, Saved, check_path, file_name, save_article
from reader.errors import ReaderError, UsageProblem
from reader.plain.console import held_interrupts
from reader.plain.desk import Desk
from reader.plain.reading import head, open_article, outlet_of
from reader.plain.text import spoken
from reader.plain.wording import minute


def save(desk: Desk, words: str) -> None:
    """Writes the file; one that is there only when that is wanted."""
    article = open_article(desk).article
    if not words:
        example = f"For example: save ~/{file_name(article.title)}"
        raise UsageProblem("save", f"needs a name that ends in {', '.join(ENDINGS)}", example)
    path = _path(words)
    if path.exists() and not desk.console.agrees(f"Replace {path}? yes or no:"):
        desk.console.line("Not saved.")
        return
    published = minute(article.published_at) if article.published_at else ""
    mark, outlet = desk.library.mark_of(article.article_id), outlet_of(desk, article)
    try:
        with held_interrupts():
            save_article(path, Saved(article, mark, outlet, published), _text)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise ReaderError(str(path), why, "Save it elsewhere") from error
    desk.console.line(f"Saved as {path}")


def _path(name: str) -> Path:
    """The path that a name means; raises UsageProblem where no article can be saved."""
    try:
        path = Path(name).expanduser().absolute()
    except RuntimeError as error:  # there is no such user
        raise UsageProblem(name, "is no path", "Give one as in ~/article.md") from error
    check_path(path)
    return path


def _text(saved: Saved) -> str:
    """What the session says of the article, as a file."""
    shown = annotated(saved.article, Mark(highlights=saved.mark.highlights))
    lines = list(head(saved.article, saved.mark, saved.outlet))
    for block in spoken(shown.text).blocks:
        if not block.follows:
            lines.append("")
        lines += block.lines
    return "\n".join(lines) + "\n"
