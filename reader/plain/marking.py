"""mark, read, star, unstar, hide, unhide, tag, undo: what the reader does with articles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.characters import clean_line
from archive.models import MarkChange, Section
from archive.names import article_id_in
from reader.errors import UsageProblem
from reader.plain.console import held_interrupts
from reader.plain.desk import Desk
from reader.plain.wording import counted
from reader.rule_words import BY_HAND
from reader.tagging import contradicted_tags, on_sections
from reader.undo_words import undone_words

# A change of more articles than this is asked about first.
ASKED_ABOVE = 100
WHICH = "Give numbers of the list, for example 3, 3-5 or all"
_SECTION = re.compile(r"#(\d{1,4})")
_NUMBERS = re.compile(r"(\d{1,6})(?:(?:-|\.\.)(\d{1,6}))?")
_CHANGES = {
    "read": MarkChange(read=True),
    "unread": MarkChange(read=False),
    "star": MarkChange(starred=True),
    "unstar": MarkChange(starred=False),
    "hide": MarkChange(hidden_by=BY_HAND),
    "unhide": MarkChange(hidden_by=""),
}
_DONE = {
    "read": "read",
    "unread": "unread",
    "star": "starred",
    "unstar": "without a star",
    "hide": "hidden",
    "unhide": "shown",
}

Target = str | Sequence[str]


def mark(desk: Desk, words: str) -> None:
    """Marks articles: `mark read 3-5`."""
    states = [word for word in _split(words) if word in _CHANGES]
    if len(states) != 1:
        raise UsageProblem(
            "mark", f"needs one of {', '.join(_CHANGES)}", "For example: mark read 3-5"
        )
    _mark(desk, states[0], [word for word in _split(words) if word != states[0]])


def mark_read(desk: Desk, words: str) -> None:
    """Marks articles as read."""
    _mark(desk, "read", _split(words))


def star(desk: Desk, words: str) -> None:
    """Stars articles."""
    _mark(desk, "star", _split(words))


def unstar(desk: Desk, words: str) -> None:
    """Takes the star off articles."""
    _mark(desk, "unstar", _split(words))


def hide(desk: Desk, words: str) -> None:
    """Hides articles: they stay, and are in no list but those of is:hidden."""
    _mark(desk, "hide", _split(words))


def unhide(desk: Desk, words: str) -> None:
    """Shows hidden articles again."""
    _mark(desk, "unhide", _split(words))


def tag(desk: Desk, words: str) -> None:
    """Adds and removes tags: `tag 3 +ai -later`; a word without a sign is added.

    `tag #2 +ai` tags the second section of the open article, as `outline` numbers them.
    """
    which: list[str] = []
    sections: list[Section] = []
    names = words.replace(",", " ").split()
    while names and (matched := _SECTION.fullmatch(names[0])):
        sections.append(_section(desk, int(matched[1])))
        names.pop(0)
    while names and not sections and (names[0].casefold() == "all" or _is_article(names[0])):
        which.append(names.pop(0).casefold())
    change = MarkChange(
        add_tags=tuple(_tag_name(name) for name in names if name[0] != "-"),
        remove_tags=tuple(_tag_name(name) for name in names if name[0] == "-"),
    )
    if not names:
        raise UsageProblem("tag", "needs tags", "For example: tag 3 +ai -later")
    if both := contradicted_tags(change):
        raise UsageProblem(f"+{both[0]}", f"contradicts -{both[0]}", "Give one of them")
    done = [f"tagged {clean_line(name)}" for name in change.add_tags]
    done += [f"without tag {clean_line(name)}" for name in change.remove_tags]
    if not sections:
        _change(desk, which, change, ", ".join(done))
        return
    numbers = ", ".join(f"#{section.number}" for section in sections)
    _change(desk, [], on_sections(sections, change), f"{', '.join(done)} in {numbers}")


def _section(desk: Desk, number: int) -> Section:
    """A section of the open article; raises UsageProblem."""
    if desk.reading is None:
        raise UsageProblem(f"#{number}", "is a section, and no article is open", WHICH)
    sections = desk.reading.article.sections
    if not 1 <= number <= len(sections):
        remedy = "Type outline to hear them" if sections else "tag +TAG tags the article"
        has = counted(len(sections), "section") if sections else "no sections"
        raise UsageProblem(f"#{number}", f"the article has {has}", remedy)
    return sections[number - 1]


def undo(desk: Desk, _words: str) -> None:
    """Takes back the last change of marks, tags, rules or saved searches."""
    with held_interrupts():
        undone = desk.library.undo()
    rows = desk.library.summaries([undone.article_id]) if undone else []
    desk.console.say(undone_words(undone, clean_line(rows[0].title) if rows else ""))


def _mark(desk: Desk, state: str, which: Sequence[str]) -> None:
    _change(desk, which, _CHANGES[state], _DONE[state])


def _change(desk: Desk, which: Sequence[str], change: MarkChange, done: str) -> None:
    target, count = _chosen(desk, which)
    if count > ASKED_ABOVE and not desk.console.agrees(
        f"This changes {counted(count, 'article')}. Go on, yes or no?"
    ):
        desk.console.line("Nothing was changed.")
        return
    with held_interrupts():
        changed = desk.library.mark(target, change) if count else 0
    if changed:
        desk.console.line(f"{counted(changed, 'article').capitalize()} now {done}.")
    else:
        why = f"already {done}" if count else "none are there"
        desk.console.say(f"Nothing to change: {why}.")


def _chosen(desk: Desk, which: Sequence[str]) -> tuple[Target, int]:
    """The ids, or the query, of what was named, and how many that is; raises UsageProblem.

    Named are numbers of the list, ids, or `all` of the list; nothing means the open article.
    """
    if not which:
        if desk.reading is None:
            raise UsageProblem("no article", "is open", WHICH)
        return [desk.reading.article.article_id], 1
    if "all" in which:
        if desk.listing is None:
            raise UsageProblem("all", "there is no list yet", "Type list or unread first")
        query = desk.listing.query
        if query is None:
            rows = desk.listing.rows
            return [row.article_id for row in rows], len(rows)
        return query, desk.library.count(query)
    ids = dict.fromkeys(one for word in which for one in _ids(desk, word))
    return list(ids), len(ids)


def _ids(desk: Desk, word: str) -> list[str]:
    if article_id := article_id_in(word):
        return [article_id]
    matched = _NUMBERS.fullmatch(word)
    if not matched:
        raise UsageProblem(word, "names no article", WHICH)
    first = int(matched[1])
    last = int(matched[2] or first)
    if last < first:
        first, last = last, first
    desk.row(last)  # fetches them all, and says so where the list is shorter
    return [desk.row(number).article_id for number in range(first, last + 1)]


def _is_article(word: str) -> bool:
    return bool(_NUMBERS.fullmatch(word) or article_id_in(word))


def _split(words: str) -> list[str]:
    """Lower-case words; `3, 5` and `3 - 5` mean what they look like."""
    return re.sub(r"\s*-\s*", "-", words.casefold()).replace(",", " ").split()


def _tag_name(word: str) -> str:
    name = word.removeprefix("+") if word[0] == "+" else word.removeprefix("-")
    name = name.removeprefix("#")
    if not name:
        raise UsageProblem(word, "has no tag after it", f"Write {word[0]}TAG without a space")
    return name
