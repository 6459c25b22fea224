"""One article from what the feed states and what the page gave. Pure: no disk, no network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from archive.models import Article, Dropped, Origin, TextFrom
from archive.pictures import merged_pictures
from archive.revisions import merge_origins
from archive.text import count_words, fold_tokens
from reader.pipeline.blocks import Cleaned
from reader.pipeline.clean import clean_url
from reader.pipeline.extracted import ExtractedPage
from reader.pipeline.headline import drop_title
from reader.pipeline.identify import believable, choose_title, language_code
from reader.pipeline.language_vote import language_of
from reader.pipeline.page_pictures import Seen, placed_pictures, with_lead
from reader.pipeline.pages import TakenPage
from reader.pipeline.parse import Entry
from reader.pipeline.real_change import revised
from reader.pipeline.recognise import place_of
from reader.pipeline.split import text_fields

# A text of less than this part of another is taken for cut short, not for a better edition.
CUT_SHORT = 0.5
# Words of a feed's content by which it is told that its page shows something else.
_TELLING_WORDS, _SHARED = 30, 0.3
KEPT = "Kept the earlier text"
BEGINNING = "The page shows the beginning only: the rest is for subscribers."
ANOTHER = "The page has next to none of the feed's words: the text is the feed's."
UNDATED = "Neither the feed nor the page states a date."
SAVED = "Saved by its address."


@dataclass(frozen=True, slots=True)
class FeedTexts:
    """The Markdown of what the feed itself states of an entry; a summary only where it is all.

    `seen` are the pictures in it.
    """

    content: str = ""
    summary: str = ""
    seen: Sequence[Seen] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """The text that was chosen, where it comes from, and why (a sentence each)."""

    text: str
    text_from: TextFrom
    notes: tuple[str, ...] = ()
    removed: tuple[Dropped, ...] = ()


def choose_text(taken: TakenPage, stated: FeedTexts, title: str) -> Choice:
    """The best text at hand: the page's, else the feed's content, its summary, the title.

    A page that gives less than half of what the feed states is taken for a teaser, one that is for
    sale already when it gives less, and one that has next to none of the feed's words for another.
    """
    page = taken.page
    if page and page.text:
        notes = (f"About its page: {taken.problem}.",) if taken.problem else ()
        page_words, feed_words = count_words(page.text), count_words(stated.content)
        if page_words < feed_words * (1 if page.is_beginning else CUT_SHORT):
            why = f"The page gave {page_words} words and the feed {feed_words}"
            return Choice(stated.content, "feed", (*notes, f"{why}: the text is the feed's."))
        if is_of_another(page.text, stated.content):
            return Choice(stated.content, "feed", (*notes, ANOTHER))
        if page.is_beginning:
            notes = (*notes, BEGINNING)
        return Choice(page.text, "page", (*notes, *page.notes), page.removed)
    why = f"The page was not used: {taken.problem or 'it holds no text'}."
    if stated.content:
        return Choice(stated.content, "feed", (why, "The text is what the feed gives in full."))
    if stated.summary:
        return Choice(stated.summary, "summary", (why, "The text is the feed's summary."))
    return Choice(title, "title", (why, "Only the title is known."))


def is_of_another(page_text: str, content: str) -> bool:
    """Whether a page is not about what the feed says in full, by the words they share."""
    words = set(fold_tokens(content))
    if len(words) < _TELLING_WORDS:
        return False
    return len(words & set(fold_tokens(page_text))) < len(words) * _SHARED


def assemble(
    entry: Entry,
    origin: Origin,
    feed_title: str,
    taken: TakenPage,
    stated: FeedTexts,
    now: datetime,
) -> Article | None:
    """The article of an entry, without an id; None when it has neither a title nor a text."""
    page = taken.page
    heading = page.heading if page else ""
    choice = choose_text(taken, stated, entry.title or heading)
    title = choose_title(entry.title, heading, choice.text)
    if not title and not choice.text:
        return None
    cleaned = drop_title(Cleaned(choice.text, choice.removed), title)
    published = believable(entry.published_at, now)
    if published is None and page:
        published = believable(page.published_at, now)
    # A text of the feed has those that stand in it there.
    of_page = page.pictures if page and choice.text_from == "page" else None
    pictures = placed_pictures(stated.seen, cleaned.text) if of_page is None else of_page
    stated_language = (page.stated_language if page else "") or language_code(entry.language)
    return Article(
        url=entry.url,
        title=title,
        archived_at=now,
        origins=(origin,),
        canonical_url=own_canonical(page.canonical_url, taken.final_url) if page else "",
        site_name=page.site_name if page else "",
        feed_title=feed_title,
        source_url=(page.source_url if page else "") or None,
        author=entry.author or (page.author if page else ""),
        byline=page.byline if page else "",
        published_at=published,
        updated_at=believable(entry.updated_at, now),
        fetched_at=taken.fetched_at,
        language=language_of(cleaned.text or title, stated_language) or None,
        outlet_language=stated_language,
        **text_fields(cleaned),
        text_from=choice.text_from,
        notes=choice.notes if published or not page else (*choice.notes, UNDATED),
        page=taken.ref,
        claimed_at=None if believable(entry.published_at, now) else entry.published_at,
        categories=entry.attached.categories,
        enclosures=entry.attached.enclosures,
        image_url=entry.attached.image_url,
        comments_url=entry.attached.comments_url,
        location=entry.attached.location,
        pictures=with_lead(pictures, clean_url(entry.attached.image_url)),
    )


def renew(
    known: Article, fresh: Article, now: datetime, as_cleaned: Callable[[str], str] = str
) -> Article:
    """A known article after a new look at its entry or page.

    A changed text or title becomes a new revision. A look that failed, or that gave much less
    than is kept, replaces nothing: it becomes a note. `as_cleaned` as in `revised`.
    """
    merged = replace(
        known,
        url=moved_url(known, fresh),
        origins=merge_origins(known.origins, fresh.origins),
        canonical_url=known.canonical_url or fresh.canonical_url,
        site_name=known.site_name or fresh.site_name,
        author=known.author or fresh.author,
        published_at=known.published_at or fresh.published_at,
        language=known.language or fresh.language,
        source_url=fresh.source_url or known.source_url,
        updated_at=fresh.updated_at or known.updated_at,
        fetched_at=fresh.fetched_at or known.fetched_at,
        categories=fresh.categories or known.categories,
        enclosures=fresh.enclosures or known.enclosures,
        image_url=fresh.image_url or known.image_url,
        comments_url=fresh.comments_url or known.comments_url,
        location=fresh.location or known.location,
    )
    title = fresh.title or known.title
    reason = reason_to_keep(known, fresh)
    if reason:
        note = f"{KEPT} on {now:%Y-%m-%d}: {reason}."
        merged = replace(merged, notes=with_note(known.notes, KEPT, note))
        return revised(merged, title, known.text, known.removed, now)
    merged = replace(
        merged,
        text_from=fresh.text_from,
        notes=fresh.notes,
        page=fresh.page or known.page,
        pictures=merged_pictures(known.pictures, fresh.pictures),
        gone_at=None if fresh.text_from == "page" else known.gone_at,
    )
    return revised(merged, title, fresh.text, fresh.removed, now, as_cleaned)


def moved_url(known: Article, fresh: Article) -> str:
    """The article's address: the new one where its own feed has it on another host by now."""
    same_feed = known.feed_url == fresh.feed_url != ""
    same_place = place_of(known.url) == place_of(fresh.url) != ""
    return fresh.url if same_feed and same_place else known.url


def reason_to_keep(known: Article, fresh: Article) -> str:
    """Why the fresh text must not replace the known one; empty when it may."""
    rank = ("title", "summary", "feed", "page")
    if rank.index(fresh.text_from) < rank.index(known.text_from):
        return f"now only the {fresh.text_from} was to be had"
    if fresh.word_count < known.word_count * CUT_SHORT:
        return f"now there were only {fresh.word_count} words in place of {known.word_count}"
    return ""


def with_note(notes: tuple[str, ...], beginning: str, note: str) -> tuple[str, ...]:
    """Notes with this one in place of an earlier one of the same beginning."""
    return (*without_note(notes, beginning), note)


def without_note(notes: tuple[str, ...], beginning: str) -> tuple[str, ...]:
    """Notes without one of that beginning."""
    return tuple(one for one in notes if not one.startswith(beginning))


def notes_of_page(page: ExtractedPage, published_at: datetime | None) -> tuple[str, ...]:
    """What the reader should know of a text that its page alone gave."""
    beginning = (BEGINNING,) if page.is_beginning else ()
    return (*beginning, *page.notes, *(() if published_at else (UNDATED,)))


def own_canonical(canonical: str, url: str) -> str:
    """The canonical address that a page states, if it lies on the page's own site.

    A page may not say that it is another site's: it would stand in that article's place.
    """
    there, here = (urlsplit(one).netloc.lower().removeprefix("www.") for one in (canonical, url))
    own = there == here or there.endswith("." + here) or here.endswith("." + there)
    return canonical if there and own else ""
