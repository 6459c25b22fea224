"""What stands out in code whose language the page names: keywords, texts, numbers, comments.

Pygments tells them. Code comes from pages, and the rules of Pygments are regular expressions, some
of which take the square or the cube of a length: so only common languages are told, in blocks that
are short, and in so much of a text. What is told hangs on the text alone, never on a clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

Part = tuple[int, int, str]
"""Where a part of code begins and ends, and the name of its style."""

LANGUAGES = frozenset({
    "bash", "c", "c#", "c++", "cpp", "cs", "csharp", "css", "diff", "elixir", "go", "golang",
    "haskell", "html", "java", "javascript", "js", "json", "kotlin", "lua", "php", "powershell",
    "py", "python", "r", "ruby", "rust", "sh", "shell", "sql", "swift", "toml", "ts",
    "typescript", "xml", "yaml", "yml", "zig",
})  # fmt: skip
MOST_CHARACTERS, MOST_LINES = 2_000, 100
"""Of a block; a longer one stays plain, since colours that stop within it read badly."""
MOST_CHARACTERS_OF_TEXT = 12_000


class CodeColours:
    """The colours of the code of one text, whose blocks are asked for in their order."""

    def __init__(self) -> None:
        self._left = MOST_CHARACTERS_OF_TEXT

    def parts_of(self, code: str, language: str) -> Sequence[Part]:
        """The parts of a block that stand out, in order.

        None of a language that is not told, of a long block, and of any block after
        MOST_CHARACTERS_OF_TEXT of told ones.
        """
        known = language.casefold()
        is_long = len(code) > MOST_CHARACTERS or code.count("\n") >= MOST_LINES
        if known not in LANGUAGES or is_long or self._left <= 0:
            return ()
        self._left -= len(code)
        return _told(code, known)


# As many blocks as a long text has: it is laid out anew at every change of its width or marks.
@lru_cache(maxsize=512)
def _told(code: str, language: str) -> Sequence[Part]:
    from pygments.lexers import get_lexer_by_name  # a text without code does without it
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:  # of an older Pygments
        return ()
    return tuple(
        (start, start + len(words), style)
        for start, kind, words in lexer.get_tokens_unprocessed(code)
        if (style := _style_of(kind))
    )


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
