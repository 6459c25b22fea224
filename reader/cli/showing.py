"""show: one article as text, Markdown, HTML or JSON."""

from __future__ import annotations

import shutil
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace

from archive.characters import clean_line, clean_text
from archive.errors import NotFound
from archive.models import Article, Feed, Mark
from archive.names import article_id_in
from archive.warc_records import StoredPage
from reader.attachments import attachment_lines, disbelieved_claim
from reader.cells import wrap
from reader.cli.session import open_library
from reader.cli.terminal import Terminal
from reader.cli.wording import minute
from reader.errors import UsageProblem
from reader.fields import article_fields
from reader.library import Library
from reader.picture_words import illustrated
from reader.reading_time import length
from reader.rule_words import hidden_words
from reader.tagging import section_called

# Longer lines are hard to read.
MEASURE = 80


def show(arguments: Namespace, terminal: Terminal) -> int:
    """Prints the article, or the section that `ID#n` names (JSON is always the whole article).

    With `--page` the raw page behind it goes out byte for byte.
    """
    wanted = arguments.article.strip()
    article_id = article_id_in(wanted)
    if not article_id:
        raise NotFound(
            clean_line(wanted) or "the id", "is no article's id", "newsreader list prints them"
        )
    if arguments.page:
        return _show_page(article_id, arguments, terminal)
    if arguments.changes and arguments.format:
        raise UsageProblem("--format", "changes are shown as text", "Leave out one of the two")
    with open_library(arguments, terminal) as library:
        article = library.get(article_id)
        mark = library.mark_of(article_id)
        feed = _feed_of(library, article)
        (summary,) = library.summaries([article_id])
    if arguments.changes:
        return _show_changes(article, terminal)
    if arguments.format == "json":
        grouped = {"story_id": summary.story_id, "copy_of": summary.copy_of}
        terminal.json(article_fields(article, mark, feed) | grouped)
        return 0
    article = part_of(article, wanted.partition("#")[2])
    if arguments.format == "markdown":
        terminal.line(clean_text(article.text).rstrip("\n"))
    elif arguments.format == "html":
        from reader.html import article_page

        published = minute(article.published_at)
        page = article_page(article, _outlet(article, feed), published)
        terminal.data(page.encode("utf-8"))
    else:
        for line in _text_lines(article, mark, feed, terminal):
            terminal.line(line)
    return 0


def _show_changes(article: Article, terminal: Terminal) -> int:
    """Each change: figures called out, then the places with what went and what came."""
    from reader.difference import callouts, steps

    found = steps(article)
    if not found:
        terminal.note("This text has not changed since it came.")
    for at, title, places in found:
        terminal.line(terminal.style(f"{minute(at)}  {clean_line(title)}", "bold"))
        for line in callouts(places):
            terminal.line(f"! {clean_line(line)}")
        for place in places:
            for sign, text in (("-", place.before), ("+", place.after)):
                if text:
                    terminal.line(f"{sign} {clean_line(text)}")
    return 0 if found else 1


def _show_page(article_id: str, arguments: Namespace, terminal: Terminal) -> int:
    """Writes the raw page; a terminal gets it without what could harm it."""
    if arguments.format:
        raise UsageProblem("--format", "the page is shown as it was", "Leave out one of the two")
    with open_library(arguments, terminal) as library:
        page = library.stored_page(article_id)
    if page is None:
        raise NotFound(
            article_id,
            "no raw page of it was kept",
            "Its text stands without; keep_pages = true in the settings keeps those to come",
        )
    if arguments.verbose:
        for line in _page_head(page):
            terminal.note(clean_line(line))
    if terminal.out_is_terminal:
        terminal.line(clean_text(page.body.decode("utf-8", "replace")))
    else:
        terminal.data(page.body)
    return 0


def _page_head(page: StoredPage) -> Iterator[str]:
    yield f"{page.status} {page.url}"
    yield f"fetched {minute(page.fetched_at)}"
    yield from (f"{name}: {value}" for name, value in page.headers.items())


def part_of(article: Article, number: str) -> Article:
    """The article with the text of its section `number` only; all of it for an empty number.

    A section ends where the next of its level or above begins. Raises NotFound.
    """
    if not number:
        return article
    section = section_called(article, number)
    ends = [
        other.start
        for other in article.sections
        if other.start > section.start and other.level <= section.level
    ]
    end = min(ends, default=len(article.text))
    text = article.text[section.start : end]
    pictures = (each for each in article.pictures if each.after and each.after in text)
    return replace(article, text=text, pictures=tuple(pictures))


def _feed_of(library: Library, article: Article) -> Feed | None:
    feeds = (status.feed for status in library.feeds())
    return next((feed for feed in feeds if feed.feed_url == article.feed_url), None)


def _outlet(article: Article, feed: Feed | None) -> str:
    return (feed.user_title if feed else "") or article.outlet


def _text_lines(
    article: Article, mark: Mark, feed: Feed | None, terminal: Terminal
) -> Iterator[str]:
    """A header, then the text, wrapped to the terminal."""
    from reader.cli.markdown import terminal_lines

    width = min(MEASURE, terminal.width or shutil.get_terminal_size((MEASURE, 24)).columns)
    title = clean_line(article.title)
    for start, end in wrap(title, width):
        yield terminal.style(title[start:end], "bold")
    for fact in (*_facts(article, feed, terminal), *_tags(mark, terminal)):
        for start, end in wrap(fact, width):
            yield terminal.style(fact[start:end], "dim")
    yield terminal.style(clean_line(article.url), "dim")
    for line in attachment_lines(article):
        for start, end in wrap(line, width):
            yield terminal.style(line[start:end], "dim")
    for note in article.notes:
        text = clean_line(note)
        for start, end in wrap(text, width):
            yield terminal.style(text[start:end], "dim", "italic")
    yield ""
    yield from terminal_lines(illustrated(article), width, terminal)


def _facts(article: Article, feed: Feed | None, terminal: Terminal) -> Iterator[str]:
    words = length(article.word_count, article.text) if article.word_count else ""
    language = article.language or ""
    outlet = _outlet(article, feed)
    author = "" if article.author == outlet else article.author
    claim = disbelieved_claim(article.claimed_at)
    stated = (outlet, author, minute(article.published_at), claim, words, language)
    between = " · " if terminal.unicode else " - "
    facts = between.join(clean_line(fact) for fact in stated if fact)
    if facts:
        yield facts
    if article.changed_at:
        yield f"changed {minute(article.changed_at)}"
    if article.gone_at:
        yield f"deleted from its site, found so {minute(article.gone_at)}"


def _tags(mark: Mark, terminal: Terminal) -> Iterator[str]:
    star = "★" if terminal.unicode else "*"
    signs = [star] if mark.starred else []
    signs += [f"#{clean_line(tag)}" for tag in mark.tags]
    signs += [f"#{clean_line(each.tag)} (#{each.number})" for each in mark.section_tags]
    if signs:
        yield " ".join(signs)
    if mark.hidden_by:
        yield hidden_words(mark.hidden_by)
