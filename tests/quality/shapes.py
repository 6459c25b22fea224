"""Whether headings, items, quotes, cells and code are still such in the Markdown of a text."""

from __future__ import annotations

from collections.abc import Iterator

from tests.quality.measure import MARKDOWN, Tokens, count_run, tokens, words_of

# The kinds of the corpus's blocks, and what a reader of Markdown calls them.
ROLES = {
    "h": ("heading_open",),
    "li": ("list_item_open",),
    "q": ("blockquote_open",),
    "td": ("td_open", "th_open"),
    "code": ("fence", "code_block"),
}


def shapes_kept(markdown: str, blocks: list[list[str]]) -> tuple[int, int]:
    """How many of the blocks stand in the text as what they are, of how many that have a shape."""
    shaped = [(kind, tokens(words)) for kind, words in blocks if kind in ROLES]
    placed = list(_placed(markdown))
    kept = sum(
        any(kind in roles and count_run(text, run) for roles, text in placed)
        for kind, run in shaped
    )
    return kept, len(shaped)


def _placed(markdown: str) -> Iterator[tuple[set[str], Tokens]]:
    """Each piece of the text with the kinds that it is in."""
    kind_of = {role: kind for kind, roles in ROLES.items() for role in roles}
    around: list[str] = []
    for token in MARKDOWN.parse(markdown):
        if token.nesting > 0:
            around.append(kind_of.get(token.type, ""))
        elif token.nesting < 0:
            around.pop()
        elif words := words_of(token):
            yield {*around, kind_of.get(token.type, "")}, tokens(words)
