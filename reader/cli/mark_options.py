"""The words of the commands about marks: mark, tag, note, highlights."""

from __future__ import annotations

from reader.cli.declared import add_yes
from reader.cli.options import QUERY_HELP, Parser, add_json, add_words, filled

TARGET_HELP = "an article's id, or a query"


def declare_mark(parser: Parser) -> None:
    """Which articles, and what is marked."""
    parser.add_argument("target", metavar="ID/QUERY", nargs="+", help=TARGET_HELP)
    for name in ("read", "unread", "star", "unstar", "hide", "unhide"):
        parser.add_argument(f"--{name}", action="store_true")
    add_yes(parser)


def declare_tag(parser: Parser) -> None:
    """Which articles, and the tags."""
    parser.add_argument(
        "words", metavar="ID/QUERY +TAG -TAG", nargs="+", help=f"{TARGET_HELP}; then tags"
    )
    parser.add_argument(
        "--suggest",
        action="store_true",
        help="say which tags the article of ID may want, and why; it gets none",
    )
    add_json(parser)
    add_yes(parser)


def declare_note(parser: Parser) -> None:
    """An article, and the note."""
    parser.add_argument("id", metavar="ID", type=filled, help="an article's id")
    add_words(parser, "text", "TEXT", "the note; without it the one there is is printed", "*")
    parser.add_argument("--remove", action="store_true", help="take the note away")


def declare_highlights(parser: Parser) -> None:
    """Whose passages, and their form."""
    add_words(parser, "query", "QUERY", f"an article's id, or {QUERY_HELP}", "*")
    add_json(parser)
