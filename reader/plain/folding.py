"""fold, unfold: lists with a row for each story in place of one for each article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archive.models import Summary
from reader.errors import UsageProblem
from reader.plain.articles import begin, begin_with
from reader.plain.desk import Desk


def fold(desk: Desk, _words: str) -> None:
    """From now on a story is one row of a list; says the present list so."""
    _turn(desk, by_story=True)


def unfold(desk: Desk, words: str) -> None:
    """Lists what is folded into a row; without a number, each article is a row from now on."""
    if not words:
        _turn(desk, by_story=False)
        return
    if not (words.isascii() and words.isdecimal()):
        raise UsageProblem(words, "is no number of an article", "For example: unfold 3")
    row = desk.row(int(words[:9]))
    under = _folded_into(desk, row)
    if not under:
        raise UsageProblem(words, "no other article of the list is folded into it", "Type story")
    begin_with(desk, f"Article {words} and what is folded into it", "as listed", [row, *under], {})


def _turn(desk: Desk, *, by_story: bool) -> None:
    desk.by_story = by_story
    desk.console.say(f"Lists have a row for each {'story' if by_story else 'article'} now.")
    if desk.listing is not None and desk.listing.query is not None:
        begin(desk, desk.listing.name, desk.listing.query, desk.listing.sort)


def _folded_into(desk: Desk, row: Summary) -> Sequence[Summary]:
    """The articles of the present list that are folded into one of its rows."""
    listing = desk.listing
    if listing is None or row.fold is None:
        return ()
    if listing.sort != "date" or listing.query is None:
        return listing.under.get(row.article_id, ())
    row_ids = [each.row_id for each in desk.as_now([row])]
    found = desk.library.stories.folded.under(listing.query, row_ids, desk.row_ids(listing))
    return [replace(each, fold=None) for row_id in row_ids for each in found[row_id]]
