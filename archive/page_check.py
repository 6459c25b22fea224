"""The raw pages against themselves and against the articles that they are of. Part of `verify`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from archive.errors import ArchiveError
from archive.models import Article, PageRef, Problem
from archive.pages import PageStore
from archive.urls import url_key
from archive.warc_records import digest_of


class Wanted(NamedTuple):
    """An article that has a raw page, and the addresses by which it may have been asked for.

    `what` says what of it is stored: its page or a picture.
    """

    article_id: str
    urls: tuple[str, ...]
    what: str = "raw page"


Wants = dict[str, dict[int, list[Wanted]]]
"""What articles say that there is: by file and offset."""


def pages_of(article: Article) -> list[PageRef]:
    """Where the raw page and the pictures of an article lie, as far as they are kept."""
    pages = (article.page, *(picture.page for picture in article.pictures))
    return [page for page in pages if page is not None]


def note_page(wants: Wants, article: Article) -> None:
    """Adds what an article says of its raw page and its pictures."""
    links = (origin.link for origin in article.origins)
    urls = tuple(filter(None, (article.url, article.canonical_url, *links)))
    pictures = ((one.page, (one.url,), "picture") for one in article.pictures)
    for page, addresses, what in ((article.page, urls, "raw page"), *pictures):
        if page is not None:
            at = wants.setdefault(page.warc, {}).setdefault(page.offset, [])
            at.append(Wanted(article.article_id, addresses, what))


def check_pages(pages: PageStore, warc: str, wants: Wants) -> Iterator[Problem]:
    """A file's damage: what is no whole record, what is not what it says, what is not there."""
    sound, gaps = pages.offsets(warc)
    wanted = wants.get(warc, {})
    for start, end in gaps:
        yield Problem(warc, "damaged", f"bytes {start} to {end} are no whole page record")
    for offset in sorted(sound):
        yield from _check_record(pages, PageRef(warc, offset), wanted.get(offset, ()))
    for offset in sorted(set(wanted) - sound):
        for each in wanted[offset]:
            words = f"the {each.what} of {each.article_id} is not at {offset}"
            yield Problem(warc, "page", words, (each.article_id,))


def missing_files(wants: Mapping[str, Mapping[int, Iterable[Wanted]]]) -> Iterator[Problem]:
    """The pages of articles whose files are gone."""
    for warc, by_offset in sorted(wants.items()):
        for each in (one for wanted in by_offset.values() for one in wanted):
            words = f"the {each.what} of {each.article_id} is gone"
            yield Problem(warc, "page", words, (each.article_id,))


def _check_record(pages: PageStore, ref: PageRef, wanted: Sequence[Wanted]) -> Iterator[Problem]:
    ids = tuple(each.article_id for each in wanted)
    try:
        digest = pages.record(ref).digest
        page = pages.read(ref)
    except ArchiveError as error:
        yield Problem(ref.warc, "damaged", f"the page at {ref.offset}: {error.why}", ids)
        return
    if digest.startswith("sha1:") and digest_of(page.body) != digest:
        words = f"the page at {ref.offset} ({page.url}) is not what its digest says"
        yield Problem(ref.warc, "damaged", words, ids)
    there = {url_key(url) for url in (page.asked_url, page.url)}
    for each in wanted:
        # What another program stored does not say which address was asked for.
        if page.asked_url and not there & set(map(url_key, each.urls)):
            words = f"the page at {ref.offset} is of {page.url}, not of {each.article_id}"
            yield Problem(ref.warc, "page", words, (each.article_id,))
