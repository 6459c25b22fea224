"""What has a name of its own: a tag, a saved search, a rule; named by it, or by its number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.errors import UsageProblem
from reader.plain.typed import number_of
from reader.plain.wording import counted

_NOUNS = {"tags": "tag", "searches": "search", "rules": "rule"}
_FIRST = re.compile(r'(?:"([^"]+)"|(\S+))\s*')


def first_name(words: str) -> tuple[str, str]:
    """The first word, or the first words in quotes, and what stands after it; empty at the end."""
    matched = _FIRST.match(words)
    if not matched:
        return "", ""
    return (matched[1] or matched[2]).strip(), words[matched.end() :]


def whole_name(words: str, command: str) -> str:
    """All the words as one name, without quotes around it; raises UsageProblem without any."""
    name = words.removeprefix('"').removesuffix('"').strip()
    if not name:
        listing = command.split(maxsplit=1)[0]
        remedy = f"Type {listing}, then {command} NUMBER"
        raise UsageProblem(command, "needs a name or number", remedy)
    return name


def numbered_name(names: Sequence[str], words: str, command: str) -> str:
    """The name that had this number when `command` listed all of them; raises UsageProblem."""
    number = number_of(words)
    if not 1 <= number <= len(names):
        size = counted(len(names), _NOUNS[command], command)
        remedy = f"Type {command} to hear them"
        raise UsageProblem(words or "a number", f"the list has {size}", remedy)
    return names[number - 1]


def called(names: Sequence[str], words: str, command: str) -> str:
    """The name of such a number; words that are no number are a name already."""
    if words.isascii() and words.isdecimal():
        return numbered_name(names, words, command)
    return words
