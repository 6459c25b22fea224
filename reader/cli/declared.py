"""What some commands take: options that several share, and the words of rules and searches."""

from __future__ import annotations

from reader.cli.options import Parser, add_json, filled, one_of, whole_number

RULE_ACTIONS = ("list", "add", "remove", "test", "apply", "on", "off")


def add_yes(parser: Parser) -> None:
    """`--yes`, for what asks before it changes many articles."""
    parser.add_argument("--yes", action="store_true", help="do not ask, however many match")


def declare_rule(parser: Parser) -> None:
    """What `rule` takes."""
    parser.add_argument(
        "action", metavar="list/add/remove/test/apply/on/off", type=one_of(*RULE_ACTIONS)
    )
    parser.add_argument(
        "words", metavar="NAME QUERY +TAG", nargs="*", help="a name; with add a query, then tags"
    )
    for name, means in (
        ("star", "star what matches"),
        ("read", "mark it as read"),
        ("mute", "hide it; it stays in the archive, under is:hidden"),
        ("first", "put it first where rare voices come first (--sort rare)"),
        ("last", "put it last there"),
        ("notify", "tell of it at each refresh"),
        ("off", "add the rule, but let it not act yet"),
    ):
        parser.add_argument(f"--{name}", action="store_true", help=means)
    parser.add_argument(
        "--run", metavar="COMMAND", type=filled, help="a line of the shell that gets it"
    )
    parser.add_argument("--until", metavar="DAY", type=filled, help="the last day it acts on")
    parser.add_argument(
        "--days", metavar="N", type=whole_number(1, 36_500), default=30, help="for test: of N days"
    )
    add_yes(parser)
    add_json(parser)


def declare_searches(parser: Parser) -> None:
    """What `searches` takes."""
    _list_or(
        parser,
        ("add", "remove"),
        "NAME QUERY",
        "a name, of which list shows the articles; with add a query",
    )


def declare_tags(parser: Parser) -> None:
    """What `tags` takes."""
    from archive.tag_colours import COLOURS  # nothing of another command
    from reader.tagging import NO_COLOUR

    known = ", ".join((*COLOURS, NO_COLOUR))
    means = f"a tag; with rename its new name, with merge the other tag; with colour one of {known}"
    _list_or(parser, ("rename", "merge", "colour", "remove"), "TAG NEW", means)


def declare_names(parser: Parser) -> None:
    """What `names` takes."""
    _list_or(parser, ("add", "remove"), "NAME", "a name; with add its other spellings too")


def _list_or(parser: Parser, actions: tuple[str, ...], shown: str, means: str) -> None:
    """An action, of which `list` is meant where none is named, its words, and `--json`."""
    all_actions = ("list", *actions)
    parser.add_argument(
        "action",
        metavar="/".join(all_actions),
        nargs="?",
        default="list",
        type=one_of(*all_actions),
    )
    parser.add_argument("words", metavar=shown, nargs="*", help=means)
    add_json(parser)
