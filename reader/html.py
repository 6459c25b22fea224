"""An article as one HTML page that loads nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from archive.characters import clean_line, clean_text
from archive.models import Article
from reader.markup import EXTENSIONS, OPTIONS, SAFE_SCHEMES
from reader.picture_words import illustrated

PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ max-width: 40em; margin: 2em auto; padding: 0 1em; font: 1.1em/1.6 serif; }}
header p, footer {{ color: #666; }}
pre, table {{ overflow-x: auto; }}
blockquote {{ margin-left: 0; padding-left: 1em; border-left: 3px solid #ccc; }}
td, th {{ padding: 0.2em 0.6em; border: 1px solid #ccc; }}
</style>
</head>
<body>
<header>
<h1>{heading}</h1>
<p>{facts}</p>
</header>
<main>
{body}</main>
</body>
</html>
"""


def article_page(article: Article, outlet: str, published: str) -> str:
    """The page: HTML in the text is shown as text, links lead to http, https and mailto only.

    `published` says when it was, as a person reads it.
    """
    facts = (outlet, article.author, published)
    title = escape(clean_line(article.title))
    return PAGE.format(
        language=escape(clean_line(article.language or "")),
        title=title,
        heading=f'<a href="{escape(article.url)}">{title}</a>' if is_safe(article.url) else title,
        facts=" · ".join(escape(clean_line(fact)) for fact in facts if fact),
        body=_parser().render(clean_text(illustrated(article))),
    )


def as_xhtml(markdown: str) -> str:
    """The body of a page that XML parsers read too; HTML in the text is shown as text."""
    parser = _parser()
    parser.options["xhtmlOut"] = True
    return str(parser.render(clean_text(markdown)))


def is_safe(address: str) -> bool:
    """Whether a browser may be led to an address."""
    return address.strip().lower().startswith(SAFE_SCHEMES)


def _parser() -> MarkdownIt:
    parser = _SafeMarkdown("commonmark", OPTIONS).enable(EXTENSIONS)
    parser.add_render_rule("image", _image)
    return parser


class _SafeMarkdown(MarkdownIt):
    """Markdown whose links lead to the web or to a letter only."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name is markdown-it's
        """Whether an address may become a link."""
        return is_safe(url)


def _image(_self: object, tokens: Sequence[Token], at: int, _options: object, _env: Any) -> str:
    """A link in place of a picture, which would tell its host that it is looked at."""
    token = tokens[at]
    address = escape(str(token.attrs.get("src", "")))
    return f'<a href="{address}">{escape(token.content) or "picture"}</a>'
