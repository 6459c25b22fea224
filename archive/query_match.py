"""Whether one article matches a query, without the index: for rules, as articles come in.

Says the same as the index says once the article is in it. A tree is compiled once and then asked of
each article, whose words are folded once for all rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property

from archive.documents import place_of
from archive.feed_names import FeedNames
from archive.fts_match import both_orders
from archive.index_keys import address_words, has_image, language_parts
from archive.models import Article, Mark
from archive.query_tree import (
    And,
    InFeed,
    InFolder,
    InLanguage,
    Is,
    Long,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Since,
    Tagged,
    Until,
    names_flag,
)
from archive.section_tags import all_tags
from archive.text import fold_tokens, tag_key, unlink


class Facts:
    """What queries ask of an article; `feed_keys` are the numbers of its feeds in FeedNames."""

    def __init__(self, article: Article, mark: Mark, feed_keys: frozenset[int]) -> None:
        self.article = article
        self.mark = mark
        self.feed_keys = feed_keys
        self._names: dict[str, list[str]] = {}

    @cached_property
    def title(self) -> str:
        """The tokens of the title, each between blanks."""
        return _spaced(fold_tokens(unlink(self.article.title)))

    @cached_property
    def text(self) -> str:
        """The tokens of the text, each between blanks."""
        return _spaced(fold_tokens(unlink(self.article.text)))

    @cached_property
    def tokens(self) -> frozenset[str]:
        """The tokens of both, and of the author's names."""
        return frozenset(" ".join((self.title, self.text, *self.names("author"))).split())

    @cached_property
    def title_tokens(self) -> frozenset[str]:
        """Those of the title."""
        return frozenset(self.title.split())

    def has_all(self, tokens: tuple[str, ...]) -> bool:
        """Whether each token stands somewhere in title, text or author's names."""
        return self.tokens.issuperset(tokens)

    @cached_property
    def languages(self) -> frozenset[str]:
        """The article's language, and the wider ones that it is one of."""
        parts = language_parts(self.article.language or "")
        return frozenset("-".join(parts[: count + 1]) for count in range(len(parts)))

    @cached_property
    def sort_at(self) -> datetime:
        """Its place in lists, also before it is saved."""
        return place_of(self.article)

    def names(self, column: str) -> list[str]:
        """The tokens of each name or address of that kind."""
        if column not in self._names:
            self._names[column] = self._named(column)
        return self._names[column]

    def _named(self, column: str) -> list[str]:
        article = self.article
        match column:
            case "author":
                return [_spaced(fold_tokens(each)) for each in (article.author, article.byline)]
            case "outlet":
                names = (article.site_name, article.feed_title)
                return [_spaced(fold_tokens(each)) for each in names]
            case "url":
                return [_spaced(address_words(article.url))]
            case _:
                return [_spaced(address_words(article.source_url or ""))]


Test = Callable[[Facts], bool]


def compiled(tree: Node, feeds: FeedNames) -> Test:
    """The test that the tree states; hidden articles fail it unless the tree names them."""
    test = _test(tree, feeds)
    if names_flag(tree, "hidden"):
        return test
    return lambda facts: not facts.mark.hidden_by and test(facts)


def _test(node: Node, feeds: FeedNames) -> Test:  # noqa: C901 - one line for each kind of node
    match node:
        case Phrase():
            return _phrase(node, feeds)
        case Near():
            return lambda facts: any(_is_near(node, each) for each in (facts.title, facts.text))
        case And(parts):
            tests = [_test(part, feeds) for part in parts]
            return lambda facts: all(test(facts) for test in tests)
        case Or(parts):
            return _any_of(parts, feeds)
        case Not(part):
            negated = _test(part, feeds)
            return lambda facts: not negated(facts)
        case InFeed(name):
            keys = frozenset(feeds.named(name))
            return lambda facts: not keys.isdisjoint(facts.feed_keys)
        case InFolder(name):
            of_folder = frozenset(feeds.in_folder(name))
            return lambda facts: not of_folder.isdisjoint(facts.feed_keys)
        case InLanguage(code):
            wanted = "-".join(language_parts(code))
            return lambda facts: wanted in facts.languages
        case Tagged(tag, prefix):
            return lambda facts: _is_tagged(facts.mark, tag_key(tag), prefix=prefix)
        case Is(flag):
            return _FLAGS[flag]
        case Long(least, most):
            return lambda facts: (
                least <= facts.article.word_count
                and (most is None or facts.article.word_count <= most)
            )
        case Since(instant):
            return lambda facts: facts.sort_at >= instant
        case Until(instant):
            return lambda facts: facts.sort_at < instant


_FLAGS: dict[str, Test] = {
    "read": lambda facts: facts.mark.read,
    "unread": lambda facts: not facts.mark.read,
    "starred": lambda facts: facts.mark.starred,
    "changed": lambda facts: facts.article.changed_at is not None,
    "copy": lambda _: False,  # what comes in is compared with the archive when it is there
    "gone": lambda facts: facts.article.gone_at is not None,
    "hidden": lambda facts: bool(facts.mark.hidden_by),
    "note": lambda facts: bool(facts.mark.note),
    "highlight": lambda facts: bool(facts.mark.highlights),
    "image": lambda facts: has_image(facts.article),
}


def _phrase(node: Phrase, feeds: FeedNames) -> Test:
    wanted = _wanted(node)
    # A set tells most of them apart; only then a text is looked through.
    whole = node.tokens[:-1] if node.prefix else node.tokens
    match node.column:
        case "":
            if len(node.tokens) == 1 and not node.prefix:
                return lambda facts: node.tokens[0] in facts.tokens
            return lambda facts: (
                facts.has_all(whole)
                and any(
                    wanted in each for each in (facts.title, facts.text, *facts.names("author"))
                )
            )
        case "title":
            return lambda facts: facts.has_all(whole) and wanted in facts.title
        case "text":
            return lambda facts: facts.has_all(whole) and wanted in facts.text
        case "author":
            orders = [_wanted(each) for each in both_orders(node)]
            return lambda facts: (
                facts.has_all(whole)
                and any(o in name for name in facts.names("author") for o in orders)
            )
        case "outlet":
            keys = frozenset(feeds.of_outlet(node))
            return lambda facts: (
                not keys.isdisjoint(facts.feed_keys)
                or any(wanted in name for name in facts.names("outlet"))
            )
        case column:
            return lambda facts: any(wanted in name for name in facts.names(column))


class _Words:
    """The single words among alternatives, in a title or anywhere: of any language, and of one."""

    def __init__(self) -> None:
        self.all: set[str] = set()
        self._of_any: set[str] = set()
        self._by_language: dict[str, set[str]] = {}

    def add(self, token: str, language: str = "") -> None:
        """Adds a word; without a language it is one in all."""
        self.all.add(token)
        (self._by_language.setdefault(language, set()) if language else self._of_any).add(token)

    def is_in(self, tokens: frozenset[str], languages: frozenset[str]) -> bool:
        """Whether one of them is among the tokens of a text in these languages."""
        if self.all.isdisjoint(tokens):
            return False
        return not self._of_any.isdisjoint(tokens) or any(
            code in languages and not forms.isdisjoint(tokens)
            for code, forms in self._by_language.items()
        )


def _any_of(parts: Iterable[Node], feeds: FeedNames) -> Test:
    """Of a word's many forms the whole set is asked at once, and so are beginnings of phrases."""
    anywhere, in_title = _Words(), _Words()
    words = {"": anywhere, "title": in_title}
    begun: dict[str, list[Test]] = {}
    others = []
    for part in parts:
        match part:
            case Phrase((token,), prefix=False, column=column) if column in words:
                words[column].add(token)
            case And((Phrase((token,), prefix=False, column=column), InLanguage(code))) if (
                column in words
            ):
                words[column].add(token, code)
            case Phrase((first, _, *_), column="" | "title" | "text"):
                begun.setdefault(first, []).append(_test(part, feeds))
            case _:
                others.append(_test(part, feeds))

    beginnings = frozenset(begun)

    def test(facts: Facts) -> bool:
        if anywhere.is_in(facts.tokens, facts.languages):
            return True
        if in_title.all and in_title.is_in(facts.title_tokens, facts.languages):
            return True
        for first in begun if not beginnings.isdisjoint(facts.tokens) else ():
            if first in facts.tokens and any(each(facts) for each in begun[first]):
                return True
        return any(other(facts) for other in others)

    return test


def _is_near(near: Near, tokens: str) -> bool:
    """Whether some place of each phrase lies within the distance, as FTS5's NEAR has it.

    That counts the tokens between the end of the phrase that comes first and the beginning of the
    one that comes last.
    """
    words = tokens.split()
    places = [
        (at, at + len(phrase.tokens), number)
        for number, phrase in enumerate(near.parts)
        for at in range(len(words) - len(phrase.tokens) + 1)
        if _starts(words, at, phrase)
    ]
    places.sort()
    for at, (_, end, _) in enumerate(places):
        within = {number for start, _, number in places[at:] if start - end <= near.distance}
        if len(within) == len(near.parts):
            return True
    return False


def _starts(words: list[str], at: int, phrase: Phrase) -> bool:
    *first, last = phrase.tokens
    seen = words[at : at + len(phrase.tokens)]
    ends = seen[-1].startswith(last) if phrase.prefix else seen[-1] == last
    return ends and seen[:-1] == first


def _is_tagged(mark: Mark, key: str, *, prefix: bool) -> bool:
    begins = key if prefix else f"{key}/"
    return any(own == key or own.startswith(begins) for own in map(tag_key, all_tags(mark)))


def _wanted(phrase: Phrase) -> str:
    return f" {' '.join(phrase.tokens)}" + ("" if phrase.prefix else " ")


def _spaced(tokens: list[str]) -> str:
    return f" {' '.join(tokens)} "
