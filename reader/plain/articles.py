"""list, unread, feed, search, filter, sort, next, prev, where: which articles there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from archive.characters import clean_line
from archive.errors import ArchiveError
from archive.index_order import Sort
from archive.models import Feed, Summary
from archive.query import parse
from archive.snippets import snippet
from archive.story_models import Fold
from archive.targets import section_of_match
from reader.errors import UsageProblem
from reader.plain.desk import Desk, Listing
from reader.plain.subscriptions import list_feeds
from reader.plain.wording import UNTITLED, article_line, counted

PAGE = 10
# Results in another order than by date are fetched at once; who wants more of them asks otherwise.
MOST_RESULTS = 500
SNIPPET_CHARACTERS = 160
INDENT = "   "
_ORDERS: Mapping[Sort, str] = {
    "date": "newest first",
    "relevance": "best match first",
    "rare": "rare voices first",
    "oldest": "oldest first",
}


def list_articles(desk: Desk, words: str) -> None:
    """Lists what matches, newest first."""
    begin(desk, f"Articles that match {words}" if words else "All articles", words)


def search(desk: Desk, words: str) -> None:
    """Lists what matches, best first, each with the words around the match."""
    if not words:
        raise UsageProblem("search", "needs words to look for", "For example: search night ferry")
    begin(desk, f"Found for {words}", words, "relevance")


def narrow(desk: Desk, words: str) -> None:
    """Lists those articles of the list that match as well."""
    listing, query = _asked(desk, "filter")
    if not words:
        raise UsageProblem("filter", "needs a query", "For example: filter is:unread")
    within = f"({query}) ({words})" if query.strip() else words
    begin(desk, f"{listing.name}, of those {words}", within, listing.sort)


def reorder(desk: Desk, words: str) -> None:
    """Lists the list in another order."""
    listing, query = _asked(desk, "sort")
    chosen = next((each for each in _ORDERS if each == words.casefold()), None)
    if chosen is None:
        why = f"needs one of {', '.join(_ORDERS)}"
        raise UsageProblem("sort", why, "For example: sort rare")
    begin(desk, listing.name, query, chosen)


def unread(desk: Desk, words: str) -> None:
    """Lists unread articles, of a feed if one is named."""
    if not words:
        begin(desk, "Unread articles", "is:unread")
        return
    try:
        chosen = desk.feed(words)
    except UsageProblem as error:
        remedy = "Give a number of the list of feeds; mark unread 3 marks an article"
        raise UsageProblem(error.what, error.why, remedy) from error
    begin(desk, f"Unread articles of {_name(chosen)}", f"feed:{chosen.feed_id} is:unread")


def feed(desk: Desk, words: str) -> None:
    """Lists a feed's articles; without a feed, the feeds."""
    if not words:
        list_feeds(desk, "")
        return
    chosen = desk.feed(words)
    begin(desk, f"Articles of {_name(chosen)}", f"feed:{chosen.feed_id}")


def next_page(desk: Desk, words: str) -> None:
    """Says the next page of the list, or as many articles as asked."""
    listing = _present(desk)
    count = _count(words)
    desk.fetch(listing, listing.end + count)
    if listing.end >= len(listing.rows):
        desk.console.line("That was the whole list.")
        return
    _show(desk, listing, listing.end, count)


def previous_page(desk: Desk, words: str) -> None:
    """Says the page before."""
    listing = _present(desk)
    count = _count(words)
    if not listing.first:
        desk.console.line("This is the beginning of the list.")
        return
    first = max(0, listing.first - count)
    _show(desk, listing, first, listing.first - first)


def same_page(desk: Desk) -> None:
    """Says the page of the list again, with the marks as they are now."""
    listing = _present(desk)
    if listing.end:
        _show(desk, listing, listing.first, listing.end - listing.first)
    else:
        desk.console.say(f"{listing.name}: none.")


def where(desk: Desk, _words: str) -> None:
    """Says what the list shows and what is open."""
    listing, reading = desk.listing, desk.reading
    if listing is None and reading is None:
        totals = desk.library.totals()
        have = f"{counted(totals.article_count, 'article')}, {totals.unread_count:,} unread"
        desk.console.say(f"At the beginning: {have}. list lists them, unread the unread ones.")
    if listing is not None:
        shown = f"{listing.first + 1} to {listing.end}" if listing.end else "none"
        desk.console.say(
            f"The list: {listing.name}, {shown} of {listing.total:,}. {_query_words(listing)}"
        )
    if reading is not None:
        number = f" {reading.number}" if reading.number else ""
        title = clean_line(reading.article.title) or UNTITLED
        desk.console.say(
            f"Open is article{number} ({reading.article.article_id}): {title}, paragraph"
            f" {reading.end} of {len(reading.text.blocks)}. Its address:"
            f" {clean_line(reading.article.url) or 'none'}"
        )


def begin(desk: Desk, name: str, query: str, sort: Sort = "date") -> None:
    """Makes the articles that match the present list, and says its first page."""
    for hint in parse(query).hints:
        desk.console.say(f"Note: {clean_line(hint)}")
    folded = desk.library.stories.folded
    count = folded.count(query) if desk.by_story else desk.library.count(query)
    listing = Listing(clean_line(name), query, count, sort, _ORDERS[sort], folded=desk.by_story)
    if sort != "date":
        listing.rows = desk.library.list(query, limit=MOST_RESULTS, sort=sort)
        listing.is_cut = desk.library.count(query) > len(listing.rows) == MOST_RESULTS
        if listing.folded:
            listing.rows, listing.under = folded.gathered(listing.rows)
        listing.total = min(listing.total, len(listing.rows))
    desk.take(listing)
    desk.numbered = "articles"
    if listing.total:
        _show(desk, listing, 0, PAGE)
        return
    desk.shown = "list"
    if not desk.library.totals().article_count:
        desk.console.say("No articles yet. add URL subscribes to a feed, refresh fetches it.")
    else:
        desk.console.say(f"{listing.name}: none. list lists all articles.")
        if query.strip():
            _say_why_none(desk, query)


def begin_with(
    desk: Desk, name: str, order: str, rows: Sequence[Summary], remarks: Mapping[str, str]
) -> None:
    """Makes these articles, one or more, the present list, and says its first page."""
    listing = Listing(clean_line(name), None, len(rows), order=order, remarks=remarks)
    listing.rows = list(rows)
    desk.take(listing)
    _show(desk, listing, 0, PAGE)


def _say_why_none(desk: Desk, query: str) -> None:
    miss = desk.library.asking.explain(query)
    for reason in miss.reasons:
        desk.console.say(clean_line(reason))
    if miss.instead:
        desk.console.say(f"Try: search {clean_line(miss.instead)}")


def _show(desk: Desk, listing: Listing, first: int, count: int) -> None:
    desk.fetch(listing, first + count)
    end = min(first + count, len(listing.rows))
    rows = _with_marks_of_now(desk, listing.rows[first:end])
    listing.rows[first:end] = desk.with_folds(listing, rows) if listing.folded else rows
    listing.first, listing.end = first, end
    desk.shown, desk.numbered = "list", "articles"
    shown = f"{first + 1} to {end}" if end - first > 1 else str(end)
    order = f"{listing.order}, each story once" if listing.folded else listing.order
    desk.console.say(f"{listing.name}: {listing.total:,}, {order}. Here {shown}.")
    for number, row in enumerate(listing.rows[first:end], start=first + 1):
        remark = _told_by(row.fold) if row.fold else listing.remarks.get(row.article_id, "")
        desk.console.say(article_line(number, row, remark), INDENT)
        if listing.sort == "relevance" and listing.query:
            for line in _snippet(desk, row, listing.query):
                desk.console.say(line, INDENT)
    desk.console.say(_how_to_go_on(listing))


def _how_to_go_on(listing: Listing) -> str:
    if listing.end >= len(listing.rows) and listing.end >= listing.total:
        more = "More match; more words find fewer" if listing.is_cut else "That is all"
        return f"{more}. A number reads that article."
    last = min(listing.end + PAGE, listing.total)
    return f"next or Enter goes on with {listing.end + 1} to {last}. A number reads that article."


def _with_marks_of_now(desk: Desk, rows: list[Summary]) -> list[Summary]:
    now = {row.article_id: row for row in desk.library.summaries([r.article_id for r in rows])}
    return [now.get(row.article_id, row) for row in rows]


def _told_by(fold: Fold) -> str:
    unread = f", {fold.unread_count:,} unread" if fold.unread_count else ""
    articles = counted(fold.article_count, "article")
    return f"a story of {counted(fold.outlet_count, 'outlet')} and {articles}{unread}"


def _snippet(desk: Desk, row: Summary, query: str) -> Iterator[str]:
    """The section of the match, and the words around it; none where the text cannot be read."""
    try:
        article = desk.library.get(row.article_id)
    except ArchiveError:
        return
    meant = desk.library.asking(query)
    if section := section_of_match(article, meant):
        yield f"{INDENT}Section {section.number}: {clean_line(section.heading)}"
    found = snippet(article.text, meant, SNIPPET_CHARACTERS).text.replace("…", "...")
    if found:
        yield f"{INDENT}Text: {found}"


def _present(desk: Desk) -> Listing:
    if desk.listing is None:
        raise UsageProblem("the list", "there is none yet", "Type list, unread or search WORDS")
    return desk.listing


def _asked(desk: Desk, act: str) -> tuple[Listing, str]:
    """The present list with its query; raises UsageProblem where it has none."""
    listing = _present(desk)
    if listing.query is None:
        raise UsageProblem(act, "this list has no query", "Type list, unread or search WORDS first")
    return listing, listing.query


def _query_words(listing: Listing) -> str:
    if listing.query is None:
        return "It has no query."
    return f"Its query: {listing.query or 'empty, which is everything'}."


def _count(words: str) -> int:
    if not words:
        return PAGE
    if not (words.isascii() and words.isdecimal() and int(words[:9])):
        raise UsageProblem(words, "is no number of articles", "For example: next 20")
    return int(words[:9])


def _name(chosen: Feed) -> str:
    return clean_line(chosen.name)
