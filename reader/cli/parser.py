"""The commands: names, words, options, and an example each. What they do is in their own modules.

Only the parser of the command that is asked for is built, and only its module is loaded.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reader.cli.declared import declare_names, declare_rule, declare_searches, declare_tags
from reader.cli.feed_options import add_tags, declare_add
from reader.cli.mark_options import declare_highlights, declare_mark, declare_note, declare_tag
from reader.cli.options import (
    QUERY_HELP,
    Parser,
    add_json,
    add_limit,
    add_sort,
    add_words,
    did_you_mean,
    filled,
    one_of,
    whole_number,
)
from reader.cli.shell_options import declare_completions, declare_serve
from reader.cli.story_options import declare_digest, declare_stories, declare_story
from reader.cli.text_options import (
    declare_extract,
    declare_extraction,
    declare_rebuild,
    declare_show,
)
from reader.errors import UsageProblem

PROGRAM = "newsreader"
HELP = "help"
"""Understood as `--help` of the command that follows it, or of the program."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: function `act` of module `module`, with what its help says."""

    name: str
    module: str
    act: str
    summary: str
    example: str
    declare: Callable[[Parser], None]
    dash_words: bool = False


def _nothing(parser: Parser) -> None:
    """A command without words or options of its own."""


def _demo(parser: Parser) -> None:
    parser.add_argument("--no-app", action="store_true", help="only list what was archived")


def _remove(parser: Parser) -> None:
    add_words(parser, "feed", "FEED", "id, URL or part of the title", "+")


def _mend(parser: Parser) -> None:
    add_words(parser, "feed", "FEED", "id, URL or part of the title")
    add_words(parser, "url", "URL", "where it is now; without it its site is looked at", "?")
    parser.add_argument("--no-refresh", action="store_true", help="only change the address")


def _set(parser: Parser) -> None:
    add_words(parser, "feed", "FEED", "id, URL or part of the title")
    means = "title, folder, tags, interval, pages, user_agent, mute, header, cookie, auth"
    add_words(parser, "settings", "KEY=VALUE", means, "*")
    add_json(parser)


def _refresh(parser: Parser) -> None:
    add_words(parser, "feeds", "FEED", "id, URL or part of the title", "*")
    parser.add_argument("--due", action="store_true", help="only feeds whose time has come")
    parser.add_argument(
        "--recheck",
        action="store_true",
        help="look again at the pages of all articles archived in the last 30 days",
    )
    parser.add_argument("--no-pages", action="store_true", help="archive what the feeds state")
    parser.add_argument(
        "--jobs", metavar="N", type=whole_number(1, 64), help="requests at one time (1 to 64)"
    )
    add_json(parser)


def _list(parser: Parser) -> None:
    parser.add_argument("query", metavar="QUERY", nargs="*", help=QUERY_HELP)
    parser.add_argument(
        "--limit",
        metavar="N",
        type=whole_number(1),
        help="at most N articles (default: all, on a terminal 50)",
    )
    add_sort(parser, "date", "relevance", "rare", "oldest")
    add_json(parser)


def _search(parser: Parser) -> None:
    parser.add_argument("query", metavar="QUERY", nargs="+", help=QUERY_HELP)
    add_limit(parser, 50)
    add_json(parser)


def _save(parser: Parser) -> None:
    add_words(parser, "urls", "URL", "the page of an article", "+")
    add_tags(parser, "tag it")


def _compact(parser: Parser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
    parser.add_argument(
        "--compress", action="store_true", help="compress the volumes older than a month"
    )
    parser.add_argument(
        "--yes", action="store_true", help="do not ask, however many articles are removed"
    )
    add_json(parser)


def _import(parser: Parser) -> None:
    add_words(parser, "file", "FILE", "OPML or JSON Lines, told apart by content; - is stdin")


def _export(parser: Parser) -> None:
    parser.add_argument("query", metavar="QUERY", nargs="*", help=QUERY_HELP)
    parser.add_argument(
        "--format", type=one_of("opml", "jsonl"), required=True, metavar="opml/jsonl"
    )
    parser.add_argument("-o", dest="output", metavar="PATH", help="a file (default: stdout)")


COMMANDS = {
    command.name: command
    for command in (
        Command("demo", "demo", "demo", "show three sample outlets, without feeds or network",
                "newsreader demo", _demo),
        Command("add", "subscriptions", "add", "subscribe to a feed, or to the feed of a site",
                "newsreader add https://example.org --folder Science --tag space", declare_add),
        Command("remove", "subscriptions", "remove", "unsubscribe; the articles stay",
                "newsreader remove f3", _remove),
        Command("feeds", "subscriptions", "feeds", "list the feeds", "newsreader feeds --json",
                add_json),
        Command("mend", "mending", "mend", "ask a feed that has moved where it is now",
                "newsreader mend f3", _mend),
        Command("set", "setting", "set_feed", "set title, interval, password and more of a feed",
                "newsreader set f3 interval=30 pages=off", _set),
        Command("refresh", "refreshing", "refresh", "fetch, extract and archive what is new",
                "newsreader refresh --due", _refresh),
        Command("list", "listing", "list_articles", "list articles, newest first",
                "newsreader list is:unread tag:ai -musk --limit 20", _list, dash_words=True),
        Command("search", "listing", "search", "search titles and texts, best match first",
                "newsreader search '\"open weights\" -musk'", _search, dash_words=True),
        Command("show", "showing", "show", "show one article", "newsreader show 261122a17",
                declare_show),
        Command("save", "refreshing", "save", "archive single pages that come from no feed",
                "newsreader save https://example.org/essay --tag later", _save),
        Command("mark", "marking", "mark", "mark articles as read, starred or hidden, or not",
                "newsreader mark 'feed:f3 before:2026-03' --read", declare_mark, dash_words=True),
        Command("tag", "marking", "tag", "add tags to articles or their sections, take them away",
                "newsreader tag 261122a17 +ai -later", declare_tag, dash_words=True),
        Command("tags", "tags", "tags", "list the tags, rename, merge, colour, remove",
                "newsreader tags rename chips ai/chips", declare_tags),
        Command("rule", "rules", "rule", "tag, star or hide by itself what matches a query",
                "newsreader rule add sports 'football OR tennis' --mute --until 2026-08-01",
                declare_rule, dash_words=True),
        Command("searches", "searches", "searches", "list, save and remove queries with a name",
                "newsreader searches add chips 'nvidia OR tsmc'",
                declare_searches, dash_words=True),
        Command("note", "noting", "note", "show or write your note on an article",
                "newsreader note 261122a17 'ask Ada about this'", declare_note, dash_words=True),
        Command("names", "names", "names", "say which spellings are of one name",
                'newsreader names add "Lin Junyang" "Justin Lin"', declare_names),
        Command("highlights", "highlights", "highlights", "list the passages that you marked",
                "newsreader highlights tag:ai > passages.md", declare_highlights, dash_words=True),
        Command("undo", "marking", "undo", "take back what was changed last", "newsreader undo",
                _nothing),
        Command("stories", "stories", "stories", "list what several outlets tell",
                "newsreader stories qwen after:2026-03 --json", declare_stories, dash_words=True),
        Command("story", "stories", "story", "show one story, or say what belongs to it",
                "newsreader story s261122a17", declare_story),
        Command("digest", "digest", "write_digest", "write what the last stories tell as one text",
                "newsreader digest --since 1d --format epub -o today.epub", declare_digest,
                dash_words=True),
        Command("import", "transfer", "import_file", "take in subscriptions or articles",
                "newsreader import subscriptions.opml", _import),
        Command("export", "transfer", "export", "write out subscriptions or articles",
                "newsreader export is:starred --format jsonl -o starred.jsonl", _export,
                dash_words=True),
        Command("verify", "care", "verify", "check every file of the archive and the index",
                "newsreader verify --json", add_json),
        Command("extract", "extracting", "extract", "take an article's text out of its page again",
                "newsreader extract 261122a17 --method more", declare_extract),
        Command("extraction", "extracting", "extraction", "set how pages of a host are extracted",
                "newsreader extraction example.org 'drop=.promo, .more'", declare_extraction),
        Command("rebuild", "care", "rebuild", "build the index anew", "newsreader rebuild",
                declare_rebuild),
        Command("compact", "compacting", "compact", "remove what your rule no longer keeps, and"
                " give room on the disk back", "newsreader compact --compress --dry-run", _compact),
        Command("config", "configuration", "show_config", "print the settings and keys in effect",
                "newsreader config", add_json),
        Command("serve", "serving", "serve", "show the app in a browser on this machine",
                "newsreader serve --port 8765", declare_serve),
        Command("completions", "completions", "completions", "print a script that lets a shell"
                " complete the commands", "newsreader completions fish", declare_completions),
        Command("doctor", "doctor", "doctor", "say what is installed, where, and what is wrong",
                "newsreader doctor", _nothing),
    )
}  # fmt: skip

LAUNCH = Command("app", "launch", "launch", "", "newsreader", _nothing)
PLAIN = Command("plain", "launch", "launch_plain", "", "newsreader --plain", _nothing)


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """What the words on the command line ask for; `act` is the function to call.

    Raises UsageProblem; SystemExit after the help or the version was printed.
    """
    top = top_parser()
    split = _command_at(argv, top)
    chosen = top.parse_words(argv[:split], argparse.Namespace())
    if split == len(argv):
        return _with_act(chosen, PLAIN if chosen.plain else LAUNCH)
    name = argv[split]
    if name == HELP:
        return parse([*argv[split + 1 : split + 2], "--help"])
    if chosen.plain:
        raise UsageProblem("--plain", "stands without a command", f"Leave out --plain or {name}")
    if name not in COMMANDS:
        known = f"Known are {', '.join(COMMANDS)}"
        raise UsageProblem(
            name or "an empty word", "no such command", did_you_mean(name, list(COMMANDS)) or known
        )
    command = COMMANDS[name]
    return _with_act(command_parser(command).parse_words(argv[split + 1 :], chosen), command)


def top_parser() -> Parser:
    """The parser of what may stand before a command."""
    width = max(map(len, COMMANDS)) + 2
    listing = "\n".join(f"  {one.name:{width}}{one.summary}" for one in COMMANDS.values())
    parser = Parser(
        prog=PROGRAM,
        usage=f"{PROGRAM} [options] [COMMAND ...]",
        description="Reads news in the terminal and keeps the clean text of every article for"
        " ever.\nWithout a command it launches the app.",
        epilog=f"commands:\n{listing}\n\nexample:\n  {PROGRAM} add https://example.org\n\n"
        f"{PROGRAM} COMMAND --help, or {PROGRAM} {HELP} COMMAND, tells more.",
    )
    _declare_global(parser)
    parser.add_argument(
        "--plain", action="store_true", help="line by line: for pipes, slow links and speech"
    )
    parser.set_defaults(archive=None, config=None, verbose=False)
    return parser


def command_parser(command: Command) -> Parser:
    """The parser of one command, the global options included."""
    parser = Parser(
        prog=f"{PROGRAM} {command.name}",
        dash_words=command.dash_words,
        description=f"{command.summary[0].upper()}{command.summary[1:]}.",
        epilog=f"example:\n  {command.example}",
    )
    declare(command, parser)
    return parser


def declare(command: Command, parser: Parser) -> None:
    """Gives a parser what a command takes, the global options included."""
    command.declare(parser)
    _declare_global(parser)


def _declare_global(parser: Parser) -> None:
    # No defaults here, so that a command's parser leaves alone what stood before the command.
    absent = argparse.SUPPRESS
    parser.add_argument(
        "--archive", metavar="DIR", default=absent, type=filled, help="the archive's folder"
    )
    parser.add_argument(
        "--config", metavar="FILE", default=absent, type=filled, help="the settings file"
    )
    parser.add_argument("--verbose", action="store_true", default=absent, help="log to stderr too")
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")


class _Version(argparse.Action):
    """Prints the version; looks it up only when asked."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> None:
        from importlib.metadata import version

        print(PROGRAM, version(PROGRAM))
        parser.exit()


def _command_at(argv: Sequence[str], top: Parser) -> int:
    """The index of the command's name: the first word that is neither option nor option's value."""
    at = 0
    while at < len(argv) and argv[at].startswith("-") and argv[at] != "-":
        at += 2 if top.options.get(argv[at]) else 1
    return min(at, len(argv))


def _with_act(arguments: argparse.Namespace, command: Command) -> argparse.Namespace:
    module = importlib.import_module(f"reader.cli.{command.module}")
    arguments.act = getattr(module, command.act)
    return arguments
