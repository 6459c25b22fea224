"""The words of the commands for what lies around the program: completions, serve."""

from __future__ import annotations

from reader.cli.options import Parser, one_of, whole_number

SHELLS = ("bash", "zsh", "fish")


def declare_completions(parser: Parser) -> None:
    """A shell."""
    parser.add_argument("shell", metavar="SHELL", type=one_of(*SHELLS), help=", ".join(SHELLS))


def declare_serve(parser: Parser) -> None:
    """A port."""
    parser.add_argument(
        "--port", metavar="N", type=whole_number(0, 65535), default=0, help="0: a free one"
    )
