"""The words of the commands that bring feeds and pages in."""

from __future__ import annotations

from reader.cli.options import Parser, add_words, filled


def add_tags(parser: Parser, means: str) -> None:
    """Tags; `means` says what gets them."""
    parser.add_argument("--tag", metavar="T", type=filled, action="append", default=[], help=means)


def declare_add(parser: Parser) -> None:
    """Feeds by address, path, command or selector, and what is set of them."""
    add_words(parser, "urls", "URL", "a feed, a site that has one, or a file", "*")
    parser.add_argument("--folder", metavar="F", default="", help="folder, nested by /")
    parser.add_argument(
        "--command", metavar="CMD", type=filled, help="a feed that a command prints; no shell"
    )
    parser.add_argument(
        "--select", metavar="CSS", type=filled, help="watch a page: what matches is new"
    )
    add_tags(parser, "for its articles")
    parser.add_argument("--no-refresh", action="store_true", help="subscribe only")
