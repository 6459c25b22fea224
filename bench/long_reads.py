"""Long articles, put into an archive so that the app can open them: one feed for each length."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.archive import Archive
from archive.models import Article, Feed, Origin
from archive.text import count_words
from bench.corpus import Corpus

FOLDER = "Long reads"
SEED = 77
SECTION_PARAGRAPHS = 5


def add_long_reads(archive: Archive, words: int, count: int) -> None:
    """Add a feed of `count` articles of so many words; it stands below all feeds before it."""
    url = f"https://long{words}.example/feed.xml"
    archive.add_feed(Feed(url, title=f"{words:06} words", folder=FOLDER))
    archive.save(list(long_reads(url, words, count)))


def open_and_add(folder: Path, lengths: tuple[int, ...], count: int) -> None:
    """Add long reads of several lengths to the archive in a folder."""
    with Archive.open(folder) as archive:
        for words in lengths:
            add_long_reads(archive, words, count)


def long_reads(feed_url: str, words: int, count: int) -> Iterator[Article]:
    """Articles of a length, every one another, with headings, links, lists and quotes."""
    corpus, dice = Corpus(0), random.Random(SEED + words)
    now = datetime.now(UTC)
    for number in range(count):
        text = markdown(corpus, dice, words)
        url = f"{feed_url}/{number}"
        yield Article(
            url=url,
            title=corpus.words_from(dice, 8).capitalize(),
            text=text,
            archived_at=now,
            origins=(Origin(feed_url, str(number), "h", url),),
            feed_title=feed_url.split("/")[2],
            published_at=now - timedelta(hours=number),
            language="en",
            word_count=count_words(text),
        )


def markdown(corpus: Corpus, dice: random.Random, words: int) -> str:
    """A text of about that many words."""
    blocks: list[str] = []
    length = 0
    while length < words:
        if blocks and len(blocks) % SECTION_PARAGRAPHS == 0:
            blocks.append(f"## {corpus.words_from(dice, 4).capitalize()}")
        block = paragraph(corpus, dice, min(75, words - length))
        blocks.append(block)
        length += 75
    return "\n\n".join(blocks)


def paragraph(corpus: Corpus, dice: random.Random, words: int) -> str:
    """Prose with a link and a word in bold; at times a quote or a list."""
    written = corpus.words_from(dice, words).split()
    written[0] = written[0].capitalize()
    if words > 20:
        written[8] = f"**{written[8]}**"
        written[15] = f"[{written[15]}](https://example.org/{dice.randrange(10_000)})"
    kind = dice.random()
    if kind < 0.1:
        third = len(written) // 3 + 1
        items = [" ".join(written[start : start + third]) for start in range(0, words, third)]
        return "\n".join(f"- {item}" for item in items)
    text = " ".join(written) + "."
    return f"> {text}" if kind < 0.2 else text
