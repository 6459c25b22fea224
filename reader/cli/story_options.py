"""What the commands about stories take."""

from __future__ import annotations

from reader.cli.options import QUERY_HELP, Parser, add_json, add_limit, add_words, filled


def declare_stories(parser: Parser) -> None:
    """Words and options of `stories`."""
    parser.add_argument("query", metavar="QUERY", nargs="*", help=QUERY_HELP)
    add_limit(parser, 200)
    add_json(parser)


def declare_story(parser: Parser) -> None:
    """Words and options of `story`."""
    means = "a story's id, or that of an article or section in it"
    add_words(parser, "story", "ID", means)
    parser.add_argument("--split", action="store_true", help="take the article ID out of its story")
    parser.add_argument("--merge", metavar="ID", type=filled, help="make one story of both")
    parser.add_argument(
        "--apart", metavar="ID", type=filled, help="the two are not the same, now and later"
    )
    parser.add_argument(
        "--claims", action="store_true", help="what outlets state, side by side, with the sentences"
    )
    parser.add_argument(
        "--timeline", action="store_true", help="what became known when, changes of texts included"
    )
    add_json(parser)


def declare_digest(parser: Parser) -> None:
    """Words and options of `digest`."""
    parser.add_argument("query", metavar="QUERY", nargs="*", help=QUERY_HELP)
    parser.add_argument(
        "--since", metavar="TIME", default="1d", type=filled, help="12h, 1d (the default), 2w"
    )
    parser.add_argument(
        "--format", choices=("markdown", "html", "epub"), default="markdown", help="its form"
    )
    parser.add_argument("-o", dest="output", metavar="PATH", help="a file in place of stdout")
