"""The query language: text -> tree. Pure, and every text that a person can type is a query.

    words all must match     "a phrase"      prefix*      -not      one OR other      (groups)
    also: one AND other      one NOT other   "a phra*"
    near(a "b c", 10): with at most ten words between
    title: text: author: outlet: feed: folder: tag: lang: url: source:
    is:unread is:read is:starred is:changed is:gone is:hidden      has:image has:note has:highlight
    after:2026-03-01 before:2026-03 on:yesterday after:-7d (the day itself is after, not before)
    age:<2d words:>800

A blank between words means AND and binds tighter than OR. What is not understood is taken as
ordinary words, so that a typing error never widens what a query finds; what had to be ignored is
said in `Query.hints`. query_fields.py reads the values of fields, query_sql.py turns a tree into
SQL, widening.py adds other forms of its words, snippets.py finds them in a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import cast

from archive.characters import clean_line
from archive.query_fields import FIELDS, PHRASE_FIELDS, field_node
from archive.query_tree import (
    EVERYTHING,
    NOTHING,
    And,
    Column,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Query,
)
from archive.text import fold_query, is_lone

__all__ = ["Query", "parse", "tag_query"]

MAX_TERMS = 100
"""Terms of a query that are used; a pasted page must not become a search of a thousand words."""
MAX_PHRASE = 200
"""Tokens of one phrase that are used."""
MAX_QUOTED = 60
"""Characters of a word that a hint repeats."""
MAX_DEPTH = 10
"""Groups inside groups that are used; SQLite's own parsers have limits not far above."""

NEAR_DISTANCE = 10
"""Words that may stand between those of `near(a b)`."""


def parse(text: str, *, typing: bool = False, now: datetime | None = None) -> Query:
    """The query that the text means; never raises.

    `typing` says that the last word is not finished. `now` is the instant that "yesterday" is
    meant from. An empty text finds everything, a text of nothing but signs finds nothing.
    """
    instant = now or datetime.now(UTC)
    parser = _Parser(clean_line(text), typing, not text[-1:].isspace(), instant)
    tree = parser.parse()
    if tree is None:
        tree = NOTHING if text.strip() and not typing else EVERYTHING
    hints = tuple(dict.fromkeys(parser.hints))
    return Query(tree, hints, tuple(parser.terms), parser.text)


def tag_query(tag: str) -> str:
    """The query for the articles with a tag, its name quoted where the language needs it.

    No query can name a tag with a quote beside blanks or brackets: its quotes are left out.
    """
    if _BARE_TAG.fullmatch(tag):
        return f"tag:{tag}"
    return 'tag:"{}"'.format(tag.replace('"', ""))


_FIELD = re.compile(rf"({'|'.join(FIELDS)}):", re.IGNORECASE)
_OTHER_FIELD = re.compile(r"([^\W\d_]{2,}):(?!//)[^\s)]")
"""What looks like a field; an address does not."""
_QUOTED = re.compile(r'"([^"]*)("?)(\*?)')
_BARE_TAG = re.compile(r"[^\s\"()*][^\s()*]*")
_NEAR = re.compile(r"near\(", re.IGNORECASE)
_DISTANCE = re.compile(r",? *(\d{1,6}) *$")


_NEAR_WORD = re.compile(r'"([^"]*)"?|([^\s",]+)')
_SCHEME = re.compile(r"^https?://(www\.)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Value:
    """A text of a query: whether a star ends it, it is unfinished, it stood in quotes."""

    text: str
    prefix: bool = False
    typed: bool = False
    quoted: bool = False


@dataclass(slots=True)
class _Parser:
    """Recursive descent over one line; `at` is the place, `depth` the number of open groups."""

    text: str
    typing: bool
    ends_in_word: bool
    now: datetime
    at: int = 0
    depth: int = 0
    term_count: int = 0
    hints: list[str] = field(default_factory=list)
    terms: list[tuple[str, Node]] = field(default_factory=list)
    is_capitals: bool = field(init=False)

    def __post_init__(self) -> None:
        self.is_capitals = self.text.isupper()

    def parse(self) -> Node | None:
        parts = []
        while self.at < len(self.text):
            parts.append(self._alternatives())
            if self.at < len(self.text):  # only a bracket that nothing opened ends it early
                self.hint("A closing bracket without an opening one was ignored.")
                self.at += 1
        return _joined(And, parts)

    def hint(self, sentence: str) -> None:
        self.hints.append(sentence)

    def _alternatives(self) -> Node | None:
        """Everything up to the end of the group: runs of terms parted by OR."""
        runs: list[Node | None] = []
        terms: list[Node | None] = []
        while self._skip_blanks():
            start = self.at
            if self._take_word("OR"):
                runs.append(_joined(And, terms))
                terms = []
            elif not self._take_word("AND"):
                terms.append(self._term())
                self._note_term(start, terms[-1])
        runs.append(_joined(And, terms))
        if len(runs) > 1 and not self.depth:
            self.terms.clear()
        return _joined(Or, runs)

    def _note_term(self, start: int, node: Node | None) -> None:
        if node is not None and not self.depth:
            self.terms.append((self.text[start : self.at], node))

    def _skip_blanks(self) -> bool:
        """Goes to the next term; false at the end of the group or of the text."""
        while self.text[self.at : self.at + 1] == " ":
            self.at += 1
        return self.at < len(self.text) and self.text[self.at] != ")"

    def _take_word(self, word: str) -> bool:
        end = self.at + len(word)
        if not self.text.startswith(word, self.at) or self.text[end : end + 1] not in {
            "",
            " ",
            ")",
        }:
            return False
        if self.typing and end == len(self.text) and self.ends_in_word:
            return False
        self.at = end
        return True

    def _term(self) -> Node | None:
        if self._excludes():
            part = self._factor() if self._skip_blanks() else None
            return None if part is None else Not(part)
        if self.text[self.at] == "-" and self.text[self.at + 1 : self.at + 2] not in {"", " ", ")"}:
            self.at += 1
            part = self._factor()
            return None if part is None else Not(part)
        return self._factor()

    def _excludes(self) -> bool:
        """Whether NOT stands here, which is a word where all is in capitals, as in a headline."""
        if self.is_capitals:
            if self.text.startswith("NOT ", self.at):
                self.hint("NOT is searched as a word: write -WORD to leave a word out.")
            return False
        return self._take_word("NOT")

    def _factor(self) -> Node | None:
        if self.text[self.at] == "(":
            return self._group()
        if near := _NEAR.match(self.text, self.at):
            self.at = near.end()
            return self._limited(self._near())
        field_match = _FIELD.match(self.text, self.at)
        if field_match:
            name, start = field_match[1].lower(), self.at
            self.at = field_match.end()
            value = self._value()
            found = self._field(name, value)
            if found is None and not value.typed:
                self._hint_words(start, f"{name}: takes {FIELDS[name]}.")
                found = self._phrase(replace(value, text=self.text[start : self.at]))
            return self._limited(found)
        start = self.at
        value = self._value()
        if _SCHEME.match(value.text) and (address := self._address(value)):
            return self._limited(address)
        if not value.typed and (other := _OTHER_FIELD.match(self.text, start)):
            self._hint_words(start, f"{other[1]}: is no field. Fields are {', '.join(FIELDS)}.")
        return self._limited(self._phrase(value))

    def _address(self, value: _Value) -> Node | None:
        """Articles of an address that was pasted, and those that cite it."""
        return _joined(Or, [self._field(name, value) for name in ("url", "source")])

    def _near(self) -> Node | None:
        """The words and phrases up to the bracket that closes `near(`, and their distance."""
        end = self.text.find(")", self.at)
        if end < 0:
            self.hint("A bracket is not closed.")
            end = len(self.text)
        inside = self.text[self.at : end]
        self.at = min(end + 1, len(self.text))
        stated = _DISTANCE.search(inside)
        words = inside[: stated.start()] if stated else inside
        wanted = [
            Phrase(tuple(tokens[:MAX_PHRASE]), is_lone(tokens[-1]), loose=not quoted)
            for quoted, bare in _NEAR_WORD.findall(words)
            if (tokens := fold_query(quoted or bare))
        ]
        if len(wanted) < 2:
            self.hint("near( takes at least two words, as in near(a b, 10).")
            return next(iter(wanted), None)
        distance = int(stated[1]) if stated else NEAR_DISTANCE
        return Near(tuple(wanted[:MAX_TERMS]), distance)

    def _hint_words(self, start: int, why: str) -> None:
        """Says that what was written from `start` on was not understood as a field."""
        written = self.text[start : self.at]
        if len(written) > MAX_QUOTED:
            written = written[:MAX_QUOTED] + "..."
        self.hint(f"{written} is searched as words: {why}")

    def _group(self) -> Node | None:
        if self.depth >= MAX_DEPTH:
            self.hint(f"Brackets more than {MAX_DEPTH} deep were ignored.")
            self.at += 1
            return None
        self.at += 1
        self.depth += 1
        inner = self._alternatives()
        self.depth -= 1
        if self.at < len(self.text):
            self.at += 1
        else:
            self.hint("A bracket is not closed.")
        return inner

    def _value(self) -> _Value:
        """The quoted or bare text here."""
        quoted = _QUOTED.match(self.text, self.at)
        if quoted:
            self.at = quoted.end()
            if not quoted[2]:
                self.hint("A quote is not closed.")
            typed = self._is_unfinished() and not quoted[2]
            return _Value(quoted[1], prefix=bool(quoted[3]), typed=typed, quoted=True)
        start = self.at
        self.at = self._end_of_word()
        word = self.text[start : self.at]
        return _Value(word.rstrip("*"), word.endswith("*"), self._is_unfinished())

    def _end_of_word(self) -> int:
        """Where the word ends: at a blank, or at the bracket that closes the group around it."""
        opened = 0
        for at in range(self.at, len(self.text)):
            character = self.text[at]
            opened += (character == "(") - (character == ")")
            if character == " " or (opened < 0 and self.depth):
                return at
        return len(self.text)

    def _is_unfinished(self) -> bool:
        return self.typing and self.ends_in_word and self.at == len(self.text)

    def _field(self, name: str, value: _Value) -> Node | None:
        """The condition that a field states, None if its value is not one of that field."""
        if name in PHRASE_FIELDS:
            text = _SCHEME.sub("", value.text) if name in {"url", "source"} else value.text
            phrase = self._phrase(replace(value, text=text), quiet=True)
            return phrase and replace(phrase, column=cast("Column", name))
        unfinished = value.prefix or value.typed
        return field_node(name, value.text, self.now, unfinished=unfinished)

    def _phrase(self, value: _Value, *, quiet: bool = False) -> Phrase | None:
        tokens = fold_query(value.text)
        if len(tokens) > MAX_PHRASE:
            self.hint(f"Of a long phrase only the first {MAX_PHRASE} words were used.")
            return Phrase(tuple(tokens[:MAX_PHRASE]))
        if tokens:
            # A lone character of a script without spaces stands for all that begins with it.
            prefix = value.text.endswith("*") or value.prefix or value.typed or is_lone(tokens[-1])
            loose = not (prefix or value.quoted)
            return Phrase(tuple(tokens), prefix, value.typed, loose=loose)
        if (written := value.text or "*" * value.prefix) and not value.typed and not quiet:
            self.hint(f"{written} has no letter or digit and was ignored.")
        return None

    def _limited(self, node: Node | None) -> Node | None:
        self.term_count += 1
        if self.term_count <= MAX_TERMS:
            return node
        self.hint(f"Only the first {MAX_TERMS} words were used.")
        return None


def _joined(kind: type[And | Or], parts: list[Node | None]) -> Node | None:
    """One node of the parts that mean something; None when none does."""
    meant = tuple(part for part in parts if part is not None)
    return kind(meant) if len(meant) > 1 else next(iter(meant), None)
