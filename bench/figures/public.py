"""How good texts are on pages that others have gathered and said the text of, beside trafilatura.

No page is part of the project: each folder of `../shared/pages` (or of `NEWSREADER_PAGES`) is a
set, laid out as extractors keep their own, `source.html` or `raw.html` beside `expected.html`, or
`html/NAME.html` and `txt/NAME.txt`. The measure is that of article-extraction-benchmark (Lopukhin,
Zyte, 2020): F1 of runs of four words, the mean of a set's pages.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

import trafilatura

from archive.text import unlink
from bench.measure import Figure
from bench.workspace import Workspace
from reader.pipeline.by_trafilatura import OPTIONS
from reader.pipeline.extract import extract_page
from reader.pipeline.extracted import ExtractedPage
from reader.pipeline.html_tree import parse_page

SETS = Path(__file__).resolve().parents[2].parent / "shared" / "pages"
URL = "http://pages.example/news/1.html"
RUN = 4
_FEWEST_WORDS = 20
_BLOCKS = (
    "p", "div", "br", "li", "h1", "h2", "h3", "h4", "td", "tr", "figcaption", "pre", "blockquote",
)  # fmt: skip
_WORD = re.compile("[\u0e00-\u0e7f\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\\W_]+")
"""A word, or a character of a script without spaces."""


def public_figures(_: Workspace) -> Iterator[Figure]:
    """A line for each set that is there."""
    folder = Path(os.environ.get("NEWSREADER_PAGES") or SETS)
    names = sorted(each for each in folder.iterdir() if each.is_dir()) if folder.is_dir() else []
    if not names:
        yield Figure("pages that others have gathered: skipped", f"there are none in {folder}")
    for each in names:
        pages = [(page, text) for page, text in pages_in(each) if len(words(text)) > _FEWEST_WORDS]
        if not pages:
            yield Figure(f"{each.name}: skipped", "it has no page with its text")
            continue
        ours = mean(f1(own_text(page), text) for page, text in pages)
        bare = mean(f1(bare_text(page), text) for page, text in pages)
        yield Figure(
            f"{each.name}, {len(pages)} pages, F1",
            f"{ours:.3f}",
            f"at least bare trafilatura, {bare:.3f}",
            ours >= bare,
        )


def pages_in(folder: Path) -> Iterator[tuple[bytes, str]]:
    """The pages below a folder, each with its text."""
    for file in sorted(folder.rglob("*.html")):
        beside = file.with_name("expected.html")
        apart = file.parent.with_name("txt") / f"{file.stem}.txt"
        if file.name in {"source.html", "raw.html"} and beside.exists():
            yield file.read_bytes(), text_of(beside.read_text(encoding="utf-8", errors="replace"))
        elif file.parent.name == "html" and apart.exists():
            yield file.read_bytes(), apart.read_text(encoding="utf-8", errors="replace")


def text_of(markup: str) -> str:
    """The words of a document, those of its blocks apart."""
    tree = parse_page(markup)
    if tree is None:
        return ""
    for block in tree.iter(*_BLOCKS):
        block.tail = f"\n{block.tail or ''}"
    return str(tree.text_content())


def own_text(page: bytes) -> str:
    """The text as an article has it: without a first line that repeats the title."""
    found: ExtractedPage = extract_page(page, URL, "text/html")
    first, _, rest = found.text.partition("\n")
    return unlink(rest if words(first) == words(found.heading) else found.text)


def bare_text(page: bytes) -> str:
    """trafilatura's, with the options that the program gives it."""
    return unlink(trafilatura.extract(page, url=URL, **OPTIONS) or "")


def f1(found: str, wanted: str) -> float:
    """The harmonic mean of the shares of runs that are right, and that are found."""
    ours, theirs = runs(found), runs(wanted)
    both = sum((ours & theirs).values())
    return 2 * both / max(1, sum(ours.values()) + sum(theirs.values()))


def runs(text: str) -> Counter[tuple[str, ...]]:
    """How often each run of four words is in a text."""
    tokens = words(text)
    return Counter(tuple(tokens[at : at + RUN]) for at in range(max(1, len(tokens) - RUN + 1)))


def words(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return _WORD.findall(text.lower())
