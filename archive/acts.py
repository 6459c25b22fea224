"""What persons did, as sentences say it: who left, joined, was appointed, said. Pure.

A person is bound to an act by the words between them and nothing else: right before the verb, with
adverbs or a description set off by commas between; beside a noun (`X's departure`); as its object;
or in the row of those who `along with` another did the same. What does not fit is left out: a name
in the same sentence alone says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from archive.act_patterns import (
    BEFORE_NAME,
    LOWER,
    Patterns,
    languages,
    patterns_of,
    rare_acts,
)
from archive.act_words import (
    BETWEEN,
    CHINESE,
    CHINESE_NOUNS,
    HAN_NOT_NAMES,
    SURNAMES,
    TOGETHER,
    Act,
)
from archive.person_names import Key, Persons, names_in
from archive.word_shares import term_of, word_shares

_LONGEST_PHRASE = 90
_LONGEST_SENTENCE = 2000
"""Characters; what is longer is a list or damaged."""
_FARTHEST = 240
"""Characters between a person and the verb."""
_WORDS_BETWEEN = frozenset(BETWEEN.split())
_PARENTHESIS = re.compile(r"\([^()]*\)")
_SET_OFF = re.compile(
    r"[,—–](?!\s*(?:and|but|while|as|y|e|pero|mientras|und|aber|während|et|mais|tandis)\b)"
    r"(?:[^;:!?.—]|[.](?=\d)|(?<=\b[A-Z])[.]){2,220}[,—–]\s*([\w\s]*)"
)
_PHRASE_END = re.compile(
    r"[;!?。；！？—]|:(?=\s|$)"
    rf"|, (?!(?:{TOGETHER}|an?|the|un|una|el|la|former|and|y|und|et|der|die|une|le)\b)"
)
"""A comma ends what is said, but for one before a description or others who did the same."""
_LIST_END = re.compile(r"[;!?.](?=\s|$)|\bwho\b|\bwhile\b|\bmientras\b|\bwährend\b|\btandis\b")
_PRONOUN = re.compile(r"(?:He|She|Él|Ella|Er|Sie|Il|Elle)\b")
_PREPOSITION = re.compile(
    r"\b(?:(?:of|to|for|by|with|from|against|about|de|del|a|con|por|para|contra|von|vom|mit|für"
    r"|gegen|durch|zu|an|bei|des|du|à|pour|par|avec|contre|(?i:laut|nach|selon|según|après))\s+|d[’'])"
    r"(?:[A-Z][\w’'-]*\.?\s+){0,3}$"
)
_OF_WHOM = re.compile(
    r"^ (?:of|from|at|de|del|von|vom|du)(?: the| la| el| los| las| der| dem)?"
    r"(?: (?:[A-Z][\w’'.&-]*|of|for|de|del|la|für|der)){0,4} [A-Z][\w’'.&-]*(?=[ ,])"
)
"""Behind a name what its bearer is of: `Dahl of Kestrel Bank said`."""
_TOGETHER = re.compile(rf"[^;.!?]{{0,24}}\b(?:{TOGETHER})\b")
_AND = re.compile(rf"\s*(?:,|,?\s*(?:and|y|e|&|und|sowie|et))\s*{LOWER}{{0,5}}")
_WORD = re.compile(r"\w+")
_HAN = re.compile("[\u4e00-\u9fff]{2}")
_CLOSING = re.compile(r"\b(?:and|y|e|und|sowie|et)\b|&")
"""What stands before the last one of a row."""


@dataclass(frozen=True, slots=True)
class Deed:
    """That a person did something; `words` are those of the sentence that say so."""

    person: Key
    act: Act
    words: str


class _Mention(NamedTuple):
    start: int
    end: int
    person: Key


def deeds_in(
    text: str, persons: Persons, language: str | None, before: Sequence[Key] = ()
) -> list[Deed]:
    """What a sentence says that persons did; `before` are the persons of the sentence before."""
    if len(text) > _LONGEST_SENTENCE:
        return []
    mentions = list(_mentions(text, persons, before))
    found = [replace(each, person=persons.called(each.person)) for each in _han_deeds(text)]
    if mentions:
        for name in languages(language):
            is_rare = rare_acts(name).search(text) is not None
            for act, patterns in patterns_of(name).items():
                if is_rare or act == "said":
                    found += _deeds(text, mentions, act, patterns, is_inverting=name == "de")
    return list(dict.fromkeys(found))


def persons_in(text: str, persons: Persons) -> list[Key]:
    """The persons that a sentence names, in order, each once."""
    found = (persons.person(name) for name in names_in(text))
    return list(dict.fromkeys(person for person in found if person))


def _mentions(text: str, persons: Persons, before: Sequence[Key]) -> Iterator[_Mention]:
    pronoun = _PRONOUN.match(text)
    if pronoun and len(before) == 1:
        yield _Mention(0, pronoun.end(), before[0])
    for name in names_in(text):
        if person := persons.person(name):
            yield _Mention(name.start, name.end, person)


def _deeds(
    text: str, mentions: Sequence[_Mention], act: Act, patterns: Patterns, *, is_inverting: bool
) -> Iterator[Deed]:
    """What persons did of one act; `is_inverting`: a subject may stand behind its verb."""
    for verb in patterns.verbs.finditer(text):
        subjects = _subjects(text, mentions, verb.start())
        if not subjects and is_inverting:
            subjects = _subjects_behind(text, mentions, verb.start())
        if subjects:
            words = _phrase(text, _with_adverbs(text, verb.start()))
            together = _together(text, mentions, verb.end())
            yield from (Deed(each, act, words) for each in (*subjects, *together))
    for gerund in patterns.gerunds.finditer(text) if patterns.gerunds else ():
        if subject := _last_named(text, mentions, gerund.start()):
            yield Deed(subject, act, _phrase(text, gerund.start()))
    for mention in mentions:
        noun = patterns.nouns.match(text, mention.end) if patterns.nouns else None
        if noun:
            yield Deed(mention.person, act, _phrase(text, mention.start))
        begin = max(0, mention.start - 80)
        ahead = patterns.before.search(text[begin : mention.start])
        if ahead and not text.startswith(("'s", "’s"), mention.end):
            words = _phrase(text, begin + ahead.start())
            yield Deed(mention.person, act, words)
            yield from (Deed(each, act, words) for each in _and_others(text, mentions, mention))


def _subjects(text: str, mentions: Sequence[_Mention], verb: int) -> list[Key]:
    """Who does what a verb at a place says: the nearest that the words between let be it."""
    for place in range(len(mentions) - 1, -1, -1):
        mention = mentions[place]
        if mention.end > verb:
            continue
        if verb - mention.end > _FARTHEST:
            return []
        if _PREPOSITION.search(text[max(0, mention.start - 40) : mention.start]):
            continue  # the aides of X resigned
        is_set_off = text[: mention.start].endswith(", ")
        if _lets_be_subject(text[mention.end : verb], is_set_off=is_set_off):
            return [mention.person, *_and_before(text, mentions[: place + 1])]
    return []


def _subjects_behind(text: str, mentions: Sequence[_Mention], verb: int) -> list[Key]:
    """Who stands right behind a verb, as in `am Montag trat Karl Braun zurück`, and others."""
    word = _WORD.match(text, verb)
    if word is None:
        return []
    for mention in mentions:
        if mention.start > verb and BEFORE_NAME.fullmatch(text[word.end() : mention.start]):
            return [mention.person, *_and_others(text, mentions, mention)]
    return []


def _lets_be_subject(gap: str, *, is_set_off: bool) -> bool:
    """Whether the words between a name and a verb let it be the subject.

    `is_set_off`: the name stands behind a comma, as in `the head of the bank, X, resigned`.
    """
    gap = _OF_WHOM.sub(" ", _PARENTHESIS.sub(" ", gap)).strip()
    if gap.startswith(("'s", "’s")):
        return False
    if not gap.startswith((",", "—", "–")):
        return _are_between(gap.split())
    words = gap.lstrip(",—– ").split()
    if _are_between(words):
        return is_set_off or words[:1] in (["who"], ["quien"], ["que"], ["qui"])
    described = _SET_OFF.fullmatch(gap)
    return described is not None and _are_between(described[1].split())


def _are_between(words: Sequence[str]) -> bool:
    return all(word in _WORDS_BETWEEN or word.endswith(("ly", "mente", "ment")) for word in words)


def _and_before(text: str, mentions: Sequence[_Mention]) -> list[Key]:
    """Those named in a row before the last one: `X, Y and` Z."""
    found = []
    for place in range(len(mentions) - 1, 0, -1):
        between = text[mentions[place - 1].end : mentions[place].start]
        between = _PARENTHESIS.sub("", between)
        is_first = place == len(mentions) - 1
        if not _AND.fullmatch(between) or (is_first and not _CLOSING.search(between)):
            break
        found.append(mentions[place - 1].person)
    return found


def _and_others(text: str, mentions: Sequence[_Mention], first: _Mention) -> Iterator[Key]:
    """Those named in a row after one: X `, Y and Z`; nothing where no `and` closes the row."""
    row, end = [], first.end
    closed = False
    for mention in mentions:
        if mention.start < end:
            continue
        between = text[end : mention.start]
        if not _AND.fullmatch(between):
            break
        row.append(mention.person)
        end = mention.end
        closed = closed or _CLOSING.search(between) is not None
    return iter(row if closed else [])


def _together(text: str, mentions: Sequence[_Mention], verb: int) -> list[Key]:
    """Those who did the same as the words after a verb say."""
    joined = _TOGETHER.match(text, verb)
    if not joined:
        return []
    end = _LIST_END.search(text, joined.end())
    stop = end.start() if end else len(text)
    return [each.person for each in mentions if joined.end() <= each.start < stop]


def _last_named(text: str, mentions: Sequence[_Mention], at: int) -> Key | None:
    """The person named last before a place in the same clause."""
    before = [each for each in mentions if each.end <= at]
    if not before or re.search(r"[;:!?]|\.(?=\s)", text[before[-1].end : at]):
        return None
    return before[-1].person


def _with_adverbs(text: str, at: int) -> int:
    """Where the words between begin that stand right before a verb."""
    lead = re.search(r"(?:\b[a-z]+(?:ly|mente|ment) )+$", text[max(0, at - 40) : at])
    return at - len(lead[0]) if lead else at


def _phrase(text: str, start: int) -> str:
    """The words from a place on to the end of what they say, not over a line's length."""
    end = _PHRASE_END.search(text, start + 1)
    words = text[start : end.start() if end else len(text)].strip(" ,.")
    if " " not in words:  # `…”, she said`
        words = text.strip(" .")
    if len(words) <= _LONGEST_PHRASE:
        return words
    cut = words[:_LONGEST_PHRASE]
    return f"{cut.rsplit(' ', 1)[0].rstrip(' ,')} …"


# Chinese

_FOREIGN_ENDS = "斯尔特克姆茨"
_OFFICE = re.compile("^[^·]*[官长总裁理人员者师授事记星手家](?=[^·]+·)")


@cache
def _han_patterns() -> list[tuple[Act, re.Pattern[str]]]:
    sign = r"[\u4e00-\u9fff]"
    full = rf"[{SURNAMES}]{sign}{{1,2}}?"
    name = rf"(?P<row>(?:{full}、)*)(?P<name>{full}|{sign}{{1,6}}(?:·{sign}{{1,6}}?)+)"
    off = r"(?:[，（,(][^，。；,;)）]{2,30}[，）,)])?"
    lead = (
        r"(?:今日|昨日|今天|昨天|近日|随后|此前|日前|(?:\d+月)?\d+日|上午|下午|凌晨|晚间|深夜|清晨"
        r"|在[^，。；]{1,14}?){0,3}"
    )
    found = [
        (act, re.compile(rf"{name}{off}{lead}(?P<words>{verbs}[^，。；！？]{{0,24}})"))
        for act, verbs in CHINESE.items()
    ]
    return found + [
        (act, re.compile(rf"{name}的(?P<words>(?:{nouns}))"))
        for act, nouns in CHINESE_NOUNS.items()
    ]


def _han_deeds(text: str) -> Iterator[Deed]:
    if text.isascii() or not _HAN.search(text):
        return
    for act, pattern in _han_patterns():
        for match in pattern.finditer(text):
            row = match["row"].rstrip("、").split("、") if match["row"] else []
            start = match.start("name")
            begins = not (start and _HAN.match(text, start - 1))
            for name in map(_without_office, [*row, match["name"]]):
                if _is_han_name(name, begins=begins):
                    yield Deed(frozenset([name]), act, match["words"])


def _without_office(name: str) -> str:
    """A name with a dot in it without the office before: `首席技术官米拉·穆拉蒂`."""
    return _OFFICE.sub("", name) if "·" in name else name


def _is_han_name(name: str, *, begins: bool) -> bool:
    """Whether it is not a common word, or the beginning of one.

    `begins`: no other sign stands before it, of which it may be the end.
    """
    if "·" in name:
        return True
    shares = word_shares()
    if name[-1] in _FOREIGN_ENDS and not begins:  # the end of a name that is spelled by sound
        return False
    common = any(shares.share(term_of(name[at : at + 2])) for at in range(len(name) - 1))
    return not common and not any(word in name for word in HAN_NOT_NAMES)
