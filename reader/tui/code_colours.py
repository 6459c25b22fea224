"""What stands out in code whose language the page names: keywords, texts, numbers, comments.

Pygments tells them. Code comes from pages, and its rules are regular expressions: so only common
languages are told, in code that is not long, and for a moment at most; the rest stays plain.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from time import monotonic
from typing import Any

Part = tuple[int, int, str]
"""Where a part of code begins and ends, and the name of its style."""

LANGUAGES = frozenset({
    "bash", "c", "c#", "c++", "cpp", "cs", "csharp", "css", "diff", "elixir", "go", "golang",
    "haskell", "html", "java", "javascript", "js", "json", "julia", "kotlin", "lua", "php",
    "powershell", "py", "python", "r", "ruby", "rust", "scala", "sh", "shell", "sql", "swift",
    "toml", "ts", "typescript", "xml", "yaml", "yml", "zig",
})  # fmt: skip
_MOST_CHARACTERS = 10_000
_MOST_SECONDS = 0.02


@lru_cache(maxsize=32)
def parts_of(code: str, language: str) -> Sequence[Part]:
    """The parts that stand out, in order; none of a language that is not told."""
    if language.casefold() not in LANGUAGES or len(code) > _MOST_CHARACTERS:
        return ()
    from pygments.lexers import get_lexer_by_name  # a text without code does without it
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language.casefold())
    except ClassNotFound:  # of an older Pygments
        return ()
    parts: list[Part] = []
    end = monotonic() + _MOST_SECONDS
    for start, kind, words in lexer.get_tokens_unprocessed(code):
        if monotonic() > end:
            break
        if style := _style_of(kind):
            parts.append((start, start + len(words), style))
    return tuple(parts)


@lru_cache(maxsize=256)
def _style_of(kind: Any) -> str:
    """The style of one of Pygments' kinds of token; empty for what does not stand out."""
    from pygments.token import Token

    styles = (
        (Token.Comment, "code-comment"),
        (Token.Keyword, "code-keyword"),
        (Token.Name.Tag, "code-keyword"),
        (Token.Operator.Word, "code-keyword"),
        (Token.Literal.String, "code-text"),
        (Token.Generic.Inserted, "code-text"),
        (Token.Literal.Number, "code-number"),
        (Token.Generic.Deleted, "code-number"),
        (Token.Name.Function, "code-name"),
        (Token.Name.Class, "code-name"),
    )
    return next((style for known, style in styles if kind in known), "")
