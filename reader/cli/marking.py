"""mark, tag, undo: what the reader does with articles, one or many at a time."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from archive.characters import clean_line
from archive.models import MarkChange
from archive.names import article_id_in
from reader.cli.hints import note_hints, note_nothing
from reader.cli.session import open_library
from reader.cli.terminal import Terminal
from reader.cli.wording import counted
from reader.errors import UsageProblem
from reader.rule_words import BY_HAND
from reader.tagging import contradicted_tags, on_sections, section_called, suggested

# A change of more articles than this is asked about first.
ASKED_ABOVE = 100

_HIDDEN = {True: BY_HAND, False: "", None: None}

Target = str | Sequence[str]


def mark(arguments: Namespace, terminal: Terminal) -> int:
    """Marks the article, or all that match, as read, unread, starred, hidden or not."""
    change = MarkChange(
        read=_one_of(arguments.read, arguments.unread, "--read", "--unread"),
        starred=_one_of(arguments.star, arguments.unstar, "--star", "--unstar"),
        hidden_by=_HIDDEN[_one_of(arguments.hide, arguments.unhide, "--hide", "--unhide")],
    )
    if change == MarkChange():
        remedy = "Add --read, --unread, --star, --unstar, --hide or --unhide"
        raise UsageProblem("mark", "needs a change", remedy)
    return _change(arguments.target, change, arguments, terminal)


def tag(arguments: Namespace, terminal: Terminal) -> int:
    """Adds the words with + as tags and takes those with - away, or suggests some."""
    if arguments.suggest:
        return _suggest(arguments, terminal)
    signed = [word for word in arguments.words if word[:1] in ("+", "-")]
    target = [word for word in arguments.words if word[:1] not in ("+", "-")]
    if not target or not signed:
        missing = "an article's id or a query" if signed else "tags"
        raise UsageProblem("tag", f"needs {missing}", "For example: newsreader tag 261122a17 +ai")
    change = MarkChange(add_tags=_names(signed, "+"), remove_tags=_names(signed, "-"))
    if both := contradicted_tags(change):
        raise UsageProblem(f"+{both[0]}", f"contradicts -{both[0]}", "Give one of them")
    sections = [word for word in target if "#" in word and article_id_in(word)]
    if sections and len(sections) < len(target):
        raise UsageProblem(sections[0], "stands beside what is no section", "Tag sections alone")
    if sections:
        return _tag_sections(sections, change, arguments, terminal)
    return _change(target, change, arguments, terminal)


def _suggest(arguments: Namespace, terminal: Terminal) -> int:
    article_id = article_id_in(arguments.words[0])
    if not article_id or len(arguments.words) > 1:
        example = "For example: newsreader tag 261122a17 --suggest"
        raise UsageProblem("tag --suggest", "needs one article's id", example)
    with open_library(arguments, terminal) as library:
        found = library.tagging.suggest(article_id)
    if arguments.json:
        terminal.json_list({"tag": each.tag, "because": each.because} for each in found)
    else:
        terminal.lines(map(suggested, found))
    if not found:
        terminal.note("Nothing to suggest: no tag that other articles have shares enough words.")
    return 0 if found else 1


def _tag_sections(
    words: Sequence[str], change: MarkChange, arguments: Namespace, terminal: Terminal
) -> int:
    """Does with sections of one article what a tag's change says."""
    article_ids = {article_id_in(word) for word in words}
    if len(article_ids) > 1:
        raise UsageProblem("tag", "sections of several articles", "Tag those of one at a time")
    with open_library(arguments, terminal) as library:
        article = library.get(article_ids.pop())
        numbers = dict.fromkeys(word.strip().partition("#")[2] for word in words)
        sections = [section_called(article, number) for number in numbers]
        count = library.mark([article.article_id], on_sections(sections, change))
        terminal.line(f"{counted(count, 'article')} changed")
    return 0


def undo(arguments: Namespace, terminal: Terminal) -> int:
    """Takes the last change back."""
    with open_library(arguments, terminal) as library:
        undone = library.undo()
    if undone is None:
        terminal.note("There is nothing to take back.")
        return 1
    label = clean_line(undone.label) or "the last change"
    count = undone.article_count
    done = f"{counted(count, 'article')} changed back" if count else "Taken back"
    terminal.line(f"{done}: {label}")
    return 0


def _change(
    words: Sequence[str], change: MarkChange, arguments: Namespace, terminal: Terminal
) -> int:
    target = _target(words)
    with open_library(arguments, terminal) as library:
        if isinstance(target, str) and not article_id_in(target):
            note_hints(target, terminal)
            count = library.count(target)
            if not count:
                terminal.line(f"{counted(0, 'article')} changed")
                note_nothing(library, target, terminal)
                return 1
            if not agreed(count, arguments, terminal):
                terminal.note("Nothing was changed.")
                return 1
        terminal.line(f"{counted(library.mark(target, change), 'article')} changed")
    return 0


def _target(words: Sequence[str]) -> Target:
    """One id, several ids, or a query of all the words."""
    ids = [article_id_in(word) for word in words]
    if len(ids) > 1 and all(ids):
        return ids
    query = " ".join(words)
    if not query.strip():
        # What an unset variable leaves behind must not mean every article.
        raise UsageProblem("the query", "is empty", "Give an article's id or a query")
    return query


def agreed(count: int, arguments: Namespace, terminal: Terminal) -> bool:
    """Whether so many may be changed: more than ASKED_ABOVE are asked about. UsageProblem."""
    if count <= ASKED_ABOVE or arguments.yes:
        return True
    if not terminal.can_ask:
        raise UsageProblem(
            "the query", f"matches {counted(count, 'article')}", "Add --yes to change them all"
        )
    return terminal.ask(f"This changes {count:,} articles. Go on?")


def _one_of(yes: bool, no: bool, yes_name: str, no_name: str) -> bool | None:
    if yes and no:
        raise UsageProblem(yes_name, f"contradicts {no_name}", "Give one of them")
    return yes if yes or no else None


def _names(signed: Sequence[str], sign: str) -> tuple[str, ...]:
    names = [clean_line(word[1:]).strip() for word in signed if word[0] == sign]
    if not all(names):
        raise UsageProblem(sign, "has no tag after it", f"Write {sign}TAG without a space")
    return tuple(names)
