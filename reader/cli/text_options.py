"""The words of the commands about texts: extract, extraction, rebuild."""

from __future__ import annotations

from reader.cli.options import Parser, filled, one_of, whole_number
from reader.methods import METHODS


def declare_extract(parser: Parser) -> None:
    """An article, a method, and whether the text is replaced."""
    parser.add_argument("article", metavar="ID", type=filled, help="an article's id")
    parser.add_argument(
        "--method",
        type=one_of(*METHODS),
        default="usual",
        metavar="/".join(METHODS),
        help="as at first; more of the page; less of it; all of its words",
    )
    parser.add_argument("--replace", action="store_true", help="store it; the text becomes earlier")
    parser.add_argument(
        "--put-back",
        metavar="N",
        type=whole_number(1),
        action="append",
        default=[],
        help="bring a dropped line back, here and in later texts of the outlet",
    )
    parser.add_argument("--json", action="store_true", help="one JSON document instead of text")


def declare_show(parser: Parser) -> None:
    """An article or a section, and what of it is shown."""
    parser.add_argument("article", metavar="ID", help="an article's id; ID#2 is its second section")
    parser.add_argument(
        "--format",
        type=one_of("text", "markdown", "html", "json"),
        metavar="text/markdown/html/json",
    )
    parser.add_argument(
        "--page",
        action="store_true",
        help="the page behind it, byte for byte as it was fetched; --verbose adds its headers",
    )
    parser.add_argument(
        "--changes", action="store_true", help="what changed of its text, the latest change first"
    )


def declare_extraction(parser: Parser) -> None:
    """A host, and selectors for its pages."""
    parser.add_argument("host", metavar="HOST", nargs="?", type=filled, help="as in example.org")
    means = "text=CSS: where the text is; drop=CSS: what goes; an empty one is forgotten"
    parser.add_argument("selectors", metavar="KEY=CSS", nargs="*", type=filled, help=means)
    parser.add_argument("--json", action="store_true", help="one JSON document instead of text")


def declare_rebuild(parser: Parser) -> None:
    """Whether texts are made anew first."""
    parser.add_argument(
        "--text", action="store_true", help="first run today's extraction over all stored pages"
    )
    parser.add_argument(
        "--stories", action="store_true", help="group all articles into stories anew instead"
    )
