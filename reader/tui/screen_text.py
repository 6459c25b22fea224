"""An article as text, line by line as on the screen."""

from __future__ import annotations

from datetime import datetime

from archive.models import Mark
from reader.annotations import annotated
from reader.article_files import Saved
from reader.tui.render import Layout, read_document
from reader.tui.widgets.text_painter import MEASURE


def screen_text(saved: Saved, now: datetime) -> str:
    """The content of a file; `now` is for dates in words."""
    document = read_document(
        annotated(saved.article, Mark(highlights=saved.mark.highlights)), saved.mark, saved.outlet
    )
    layout = Layout(document, MEASURE, now)
    layout.lay_all()
    return "\n".join(line.text.replace("\xa0", " ").rstrip() for line in layout.lines) + "\n"
