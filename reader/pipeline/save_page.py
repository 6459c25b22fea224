"""A single page that comes from no feed, archived by its address."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from archive.archive import Archive
from archive.errors import ArchiveError
from archive.models import Article, Mark, MarkChange
from reader.addresses import complete_address, split_login
from reader.errors import UsageProblem
from reader.outcomes import PageSaved
from reader.pipeline.assemble import SAVED, notes_of_page, own_canonical, renew
from reader.pipeline.blocks import Cleaned
from reader.pipeline.cleaning import Cleaner
from reader.pipeline.fetch_access import Access
from reader.pipeline.headline import drop_title
from reader.pipeline.identify import believable, choose_title
from reader.pipeline.pages import PageTaker, TakenPage
from reader.pipeline.split import text_fields


def save_page(
    archive: Archive,
    taker: PageTaker,
    cleaner: Cleaner,
    typed: str,
    tags: tuple[str, ...],
    now: datetime,
) -> PageSaved:
    """Archive a page, or look again at one that is known; tags are added to it."""
    try:
        url, login = split_login(complete_address(typed))
        taker = taker.on_behalf(Access.typed(url, login))
        known_id = archive.find_url(url)
        taken = taker.take(url, archive.get(known_id).page if known_id else None)
        cleaner.learn([(url, taken)])
        fresh = article_of_page(url, cleaner.cleaned(url, taken), now)
        if fresh is None:
            return PageSaved(url, error=f"{url}: {taken.problem or 'it holds no text'}.")
        with archive.writing():
            known_id = archive.find_url(url)
            article = fresh
            if known_id:
                known = archive.get(known_id)
                article = renew(known, fresh, now, partial(cleaner.text, known.url))
            mark = None if known_id else archive.rules.first_mark(article, Mark())
            (stored,) = archive.save([article], [mark])
        if tags:
            archive.mark([stored.article_id], MarkChange(add_tags=tags))
    except (UsageProblem, ArchiveError) as error:
        return PageSaved(typed, error=str(error))
    return PageSaved(url, stored.article_id, stored.title)


def article_of_page(url: str, taken: TakenPage, now: datetime) -> Article | None:
    """The article that a page makes by itself; None when it has no text."""
    page = taken.page
    if page is None or not page.text:
        return None
    title = choose_title("", page.heading or page.title, page.text)
    cleaned = drop_title(Cleaned(page.text, page.removed), title)
    published = believable(page.published_at, now)
    return Article(
        url=url,
        title=title,
        archived_at=now,
        canonical_url=own_canonical(page.canonical_url, taken.final_url),
        site_name=page.site_name,
        source_url=page.source_url or None,
        author=page.author,
        byline=page.byline,
        published_at=published,
        fetched_at=taken.fetched_at,
        language=page.language or None,
        outlet_language=page.stated_language,
        **text_fields(cleaned),
        notes=(SAVED, *notes_of_page(page, published)),
        page=taken.ref,
        pictures=page.pictures,
    )
