"""article, more, back, links, open: one article, a page of paragraphs at a time."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from archive.characters import clean_line
from archive.errors import NotFound
from archive.models import Article, Mark, MarkChange
from archive.names import article_id_in
from reader.addresses import is_web_address
from reader.attachments import attachment_lines, disbelieved_claim
from reader.errors import ReaderError, UsageProblem
from reader.languages import language_name
from reader.plain.console import held_interrupts
from reader.plain.desk import Desk, Reading
from reader.plain.marked import begun
from reader.plain.pictures import with_pictures
from reader.plain.stopping import keep_place, place_of
from reader.plain.text import Block, spoken
from reader.plain.wording import UNTITLED, counted, minute, reading_time, sentence, tag_words
from reader.rule_words import hidden_words

PAGE_CHARACTERS = 1500


def read_article(desk: Desk, words: str) -> None:
    """Opens the article of a number or id, marks it read, says its head and first page."""
    number: int | None = None
    article_id = article_id_in(words)
    if not article_id:
        number = _number(words)
        article_id = desk.row(number).article_id
    try:
        article = desk.library.get(article_id)
    except NotFound as error:
        raise UsageProblem(error.what, error.why, "Type list, then a number of it") from error
    mark = desk.library.mark_of(article_id)
    text = with_pictures(spoken(article.text), article)
    desk.reading = Reading(article, text, number, position=mark.position)
    if number is not None:
        desk.numbered = "articles"
    elif desk.numbered == "links":
        desk.numbered = ""  # they were another article's
    for line in head(article, mark, outlet_of(desk, article)):
        desk.console.say(line)
    first = place_of(desk.reading, mark.position)
    if first:
        size = len(desk.reading.text.blocks)
        desk.console.line()
        desk.console.say(
            f"From paragraph {first + 1} of {size}, where you stopped; back reads what is before."
        )
    say_page(desk, desk.reading, first)
    if not mark.read:
        desk.console.flush()  # an archive that cannot be written to is heard of after the text
        with held_interrupts():
            desk.library.mark(article_id, MarkChange(read=True))


def more(desk: Desk, words: str) -> None:
    """Says the next page, as many paragraphs as asked, or all that is left."""
    reading = open_article(desk)
    blocks = len(reading.text.blocks)
    if reading.end >= blocks:
        _say_end(desk, reading)
        return
    if not words:
        say_page(desk, reading, reading.end)
    elif words.casefold() == "all":
        _say(desk, reading, reading.end, blocks)
    else:
        count = _number(words)
        _say(desk, reading, reading.end, min(blocks, reading.end + count))
    keep_place(desk, reading)


def read_from(desk: Desk, reading: Reading, position: int) -> None:
    """Says a page from a character offset of the text on."""
    say_page(desk, reading, place_of(reading, position))
    keep_place(desk, reading)


def same_part(desk: Desk) -> None:
    """Says once more what was said of the article."""
    reading = open_article(desk)
    _say(desk, reading, reading.first, reading.end)


def back(desk: Desk, _words: str) -> None:
    """Says the page before."""
    reading = open_article(desk)
    if not reading.first:
        desk.console.line("This is the beginning of the article.")
        return
    first = _page_start(reading.text.blocks, reading.first)
    _say(desk, reading, first, reading.first)
    keep_place(desk, reading)


def links(desk: Desk, _words: str) -> None:
    """Lists the links of the article."""
    reading = open_article(desk)
    desk.shown = desk.numbered = "links"
    if is_web_address(reading.article.url):
        desk.console.line(f"The article itself: {clean_line(reading.article.url)}")
    for number, link in enumerate(reading.text.links, start=1):
        words = "" if link.words in ("", link.url) else f"{link.words}: "
        desk.console.line(f"{number}. {words}{link.url}")
    if reading.text.links:
        desk.console.line("A number opens that link, open alone the article.")
    else:
        desk.console.line("No links in the text. open alone opens the article.")


def open_link(desk: Desk, words: str) -> None:
    """Opens a link, or the article's own page, in the browser; where none is near, prints it."""
    reading = open_article(desk)
    url = _address(reading, words.lower().removeprefix("link").strip())
    if not is_web_address(url):
        raise UsageProblem(
            clean_line(url) or "this article", "has no web address", "Its text is all there is"
        )
    if not desk.console.is_interactive:
        desk.console.line(clean_line(url))
        return
    try:
        desk.console.line(desk.browse(url))
    except ReaderError as error:
        raise ReaderError(error.what, error.why, f"The address is {clean_line(url)}") from error


def open_article(desk: Desk) -> Reading:
    """The open article; raises UsageProblem where none is."""
    if desk.reading is None:
        raise UsageProblem("no article", "is open", "Type list, then the number of an article")
    return desk.reading


def _address(reading: Reading, words: str) -> str:
    if not words:
        return reading.article.url
    number = _number(words)
    found = reading.text.links
    if not 1 <= number <= len(found):
        remedy = "Type links to hear them" if found else "open alone opens the article"
        raise UsageProblem(words, f"the article has {len(found) or 'no'} links", remedy)
    return found[number - 1].url


def head(article: Article, mark: Mark, outlet: str) -> Iterator[str]:
    """What is said before the text."""
    yield clean_line(article.title) or UNTITLED
    facts = (
        outlet,
        f"by {article.author}" if article.author else "",
        _date(article),
        reading_time(article.word_count, article.language),
        f"in {language_name(article.language)}" if article.language else "",
        "starred" if mark.starred else "",
        tag_words(mark.tags, mark.section_tags),
    )
    yield sentence(", ".join(clean_line(fact) for fact in facts if fact))
    if article.changed_at:
        yield f"Changed {minute(article.changed_at)}."
    if article.gone_at:
        yield f"Deleted from its site, found so {minute(article.gone_at)}."
    if mark.hidden_by:
        yield hidden_words(mark.hidden_by)
    yield from attachment_lines(article)
    for line in mark.note.splitlines():
        yield f"Your note: {clean_line(line)}"
    if mark.highlights:
        yield f"{counted(len(mark.highlights), 'passage').capitalize()} highlighted."
    for note in article.notes:
        yield f"Note: {clean_line(note)}"


def _date(article: Article) -> str:
    believed = minute(article.published_at) if article.published_at else ""
    claim = disbelieved_claim(article.claimed_at)
    return ", ".join(filter(None, (believed, claim))) or "no date stated"


def outlet_of(desk: Desk, article: Article) -> str:
    """The outlet as lists call it, the user's title of the feed applied."""
    rows = desk.library.summaries([article.article_id])
    return rows[0].outlet if rows else article.outlet


def say_page(desk: Desk, reading: Reading, first: int) -> None:
    """Says a page from a block on."""
    _say(desk, reading, first, page_end(reading.text.blocks, first))


def _say(desk: Desk, reading: Reading, first: int, end: int) -> None:
    """Says these blocks, and how to go on."""
    reading.first, reading.end = first, end
    desk.shown = "article"
    blocks, highlighted = reading.text.blocks, begun(desk, reading)
    for at, block in enumerate(blocks[first:end]):
        if not block.follows or not at:
            desk.console.line()
        for number in highlighted.get(first + at, ()):
            desk.console.line(f"Highlight {number} begins here.")
        say_block(desk, block)
    desk.console.line()
    if end < len(blocks):
        desk.console.say(f"Paragraph {end} of {len(blocks)}. Enter or more reads on.")
    else:
        _say_end(desk, reading)


def say_block(desk: Desk, block: Block) -> None:
    """Says the lines of a block."""
    for line in block.lines:
        if block.is_code:
            desk.console.line(line)
        else:
            # An item's or row's further lines stand further in than its first.
            own = len(line) - len(line.lstrip())
            desk.console.say(line, " " * (own + 2 * block.follows))


def _say_end(desk: Desk, reading: Reading) -> None:
    """Says that the article ends, and which number of the list reads the one after it."""
    text = "The article ends here." if reading.text.blocks else "No text was archived."
    number = (reading.number or 0) + 1
    if reading.number is not None and desk.listing and number <= desk.listing.total:
        with contextlib.suppress(UsageProblem):  # fewer match by now
            title = clean_line(desk.row(number).title) or UNTITLED
            text = f"{text} {number} reads the next one: {sentence(title)}"
            desk.numbered = "articles"
    desk.console.say(text)


def page_end(blocks: tuple[Block, ...], first: int) -> int:
    """Where a page that begins there ends: whole blocks, nothing announced at the foot."""
    end, length = first, 0
    while end < len(blocks) and (end == first or length + blocks[end].length <= PAGE_CHARACTERS):
        length += blocks[end].length
        end += 1
    while end < len(blocks) and end - 1 > first and blocks[end - 1].announces:
        end -= 1
    return end


def _page_start(blocks: tuple[Block, ...], end: int) -> int:
    """Where the page that ends there begins, as reading from the top would have it."""
    first = 0
    while (after := page_end(blocks, first)) < end:
        first = after
    return first


def _number(words: str) -> int:
    text = words.rstrip(".")
    if not (text.isascii() and text.isdecimal()):
        raise UsageProblem(words or "a number", "is needed here", "Give one, for example 3")
    return int(text[:9])
