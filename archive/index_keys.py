"""Key tokens: what an article is found by besides its words, as terms of the column `keys`.

A term answers in half a millisecond what a join takes twenty for. Each begins with a letter that
says its kind: `f` feed number, `l` language, `o` outlet, `a` author, `u` address, `s` address of
the original, `h` what else it has; `x` parts two names of one kind, so that no phrase runs from one
into the other. They are what the article itself states; what the reader calls a feed changes, and
is looked up when asked (feed_names.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from archive.models import Article
from archive.text import fold_tokens

KeyField = Literal["outlet", "author", "url", "source"]
_LETTERS: dict[str, str] = {"outlet": "o", "author": "a", "url": "u", "source": "s"}
IMAGE_KEY = "himage"
LEAD = "\u2113"
"""Stands before the text in the column `text`, so that nearness to it is a place in the lead. A
letter to FTS5; folding makes an `l` of it, so that nothing that is asked can mean this one."""
_SCHEME = re.compile(r"https?://(www\.)?", re.IGNORECASE)
_LONGEST_ADDRESS = 500
"""Characters of an address that are found; some carry a page of parameters."""


def article_keys(article: Article, feed_keys: Iterable[int]) -> str:
    """The tokens of an article."""
    keys = [feed_token(key) for key in feed_keys]
    parts = language_parts(article.language or "")
    keys += [language_token("-".join(parts[: count + 1])) for count in range(len(parts))]
    keys.append(_names("outlet", article.site_name, article.feed_title))
    keys.append(_names("author", article.author, article.byline))
    keys += name_tokens("url", address_words(article.url))
    keys += name_tokens("source", address_words(article.source_url or ""))
    if has_image(article):
        keys.append(IMAGE_KEY)
    return " ".join(keys)


def feed_token(feed_key: int) -> str:
    """The token of a feed's articles."""
    return f"f{feed_key}"


def language_token(code: str) -> str:
    """The token of a language's articles; `zh-hans` is under `zh` too."""
    return "l" + "".join(language_parts(code))


def language_parts(code: str) -> list[str]:
    """The letters and digits of a language tag (BCP 47), in lower case."""
    return [part for part in code.lower().replace("_", "-").split("-") if part.isalnum()]


@lru_cache(maxsize=2048)
def _names(field: KeyField, *names: str) -> str:
    """The tokens of names, each name once; an import meets the same few thousands of times."""
    told = dict.fromkeys(" ".join(name_tokens(field, fold_tokens(name))) for name in names)
    return " x ".join(filter(None, told))


def address_words(url: str) -> list[str]:
    """The folded words of an address, without its scheme."""
    return fold_tokens(_SCHEME.sub("", url[:_LONGEST_ADDRESS], count=1))


def has_image(article: Article) -> bool:
    """Whether the article shows a picture, or its feed gives one."""
    return bool(article.image_url or article.pictures) or "![" in article.text


def name_tokens(field: KeyField, tokens: Iterable[str]) -> list[str]:
    """Folded words as the tokens of a name or an address."""
    return [_LETTERS[field] + token for token in tokens]
