"""An argparse parser that speaks as the contract wants and takes words as they are.

Options may stand before, between and after the words. Where a command takes words that begin with
a dash (`-musk`, `-TAG`), only its own options, written out, are options; a word with two dashes
that is none stays an error, so that a mistyped option does not become a search.
"""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from reader.errors import UsageProblem

QUERY_HELP = "words that must all match; see the README for the query language"
_ARGUMENT = re.compile(r"argument ([^:]+): (.*)", re.DOTALL)


class Parser(argparse.ArgumentParser):
    """A parser of one command; `dash_words` lets words begin with a dash."""

    def __init__(self, *, prog: str, dash_words: bool = False, **kwargs: Any) -> None:
        self.options: dict[str, bool] = {}
        self.actions: list[argparse.Action] = []
        self.dash_words = dash_words
        super().__init__(
            prog=prog,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            **kwargs,
        )

    def add_argument(self, *names: str, **kwargs: Any) -> argparse.Action:
        """As argparse's, noting which options take a value."""
        action = super().add_argument(*names, **kwargs)
        self.actions.append(action)
        for name in action.option_strings:
            self.options[name] = action.nargs != 0
        return action

    def parse_words(self, argv: Sequence[str], namespace: argparse.Namespace) -> argparse.Namespace:
        """Parses what follows the command's name into `namespace`; raises UsageProblem."""
        options, words = self.sort_out(argv)
        return self.parse_args([*options, "--", *words] if words else options, namespace)

    def sort_out(self, argv: Sequence[str]) -> tuple[list[str], list[str]]:
        """The options, each with its value, and the words, in their order."""
        options: list[str] = []
        words: list[str] = []
        remaining = list(argv)
        while remaining:
            word = remaining.pop(0)
            if word == "--":
                return options, words + remaining
            if self.is_option(word):
                options.append(word)
                if self.options.get(word) and remaining:
                    # Joined, a value may begin with a dash too.
                    value = remaining.pop(0)
                    options[-1] = f"{word}={value}" if word[1] == "-" else word + value
            elif word.startswith("--") or (self._is_dashed(word) and not self.dash_words):
                options.append(word)
            else:
                words.append(word)
        return options, words

    def is_option(self, word: str) -> bool:
        """Whether the word is one of the command's options, with or without `=VALUE`."""
        name, equals, _ = word.partition("=")
        return word in self.options or (bool(equals) and name in self.options and name[1] == "-")

    def error(self, message: str) -> NoReturn:
        """Raises UsageProblem in place of argparse's two lines."""
        see = f"See {self.prog} --help"
        argument = _ARGUMENT.fullmatch(message)
        if argument:
            # Of an option the long spelling; of words that are parted so, the command.
            name, reason = argument[1].split("/")[-1], argument[2]
            if "/" in argument[1] and not argument[1].startswith("-"):
                name = self.prog.removeprefix("newsreader ")
            reason = reason.replace("expected one argument", "needs a value")
            if reason.startswith("ignored explicit argument"):
                reason = "takes no value"
            raise UsageProblem(name, reason, see)
        kind, _, rest = message.partition(": ")
        if kind == "unrecognized arguments":
            # The words follow "--", by which parse_words parts them from the options.
            stray = next((word for word in rest.split() if word != "--"), "--")
            why = "no such option" if stray.startswith("-") else "one word too many"
            raise UsageProblem(stray, why, did_you_mean(stray, self.options) or see)
        if kind == "the following arguments are required":
            raise UsageProblem(self.prog.removeprefix("newsreader "), f"needs {rest}", see)
        raise UsageProblem(self.prog, message, see)

    @staticmethod
    def _is_dashed(word: str) -> bool:
        return len(word) > 1 and word[0] == "-"


def did_you_mean(word: str, known: Sequence[str] | dict[str, bool]) -> str:
    """A question with the nearest known word, empty when none is near."""
    # Without the dashes, which would make any two options alike.
    bare = {one.lstrip("-"): one for one in known}
    near = difflib.get_close_matches(word.partition("=")[0].lstrip("-"), list(bare), n=1)
    return f"Did you mean {bare[near[0]]}?" if near else ""


def whole_number(least: int, most: int | None = None) -> Callable[[str], int]:
    """An option's type: a whole number within bounds."""
    bounds = f"from {least} to {most}" if most else f"of {least} or more"

    def convert(text: str) -> int:
        if text.isascii() and text.isdecimal() and least <= int(text[:18]) <= (most or 10**18):
            return int(text[:18])
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number {bounds}")

    return convert


def one_of(*choices: str) -> Callable[[str], str]:
    """An option's type: one of a few words."""

    def convert(text: str) -> str:
        if text in choices:
            return text
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(choices)}")

    return convert


def filled(text: str) -> str:
    """The type of a word that must say something: an unset variable leaves an empty one behind."""
    if not text.strip():
        raise argparse.ArgumentTypeError("is empty")
    return text


def add_json(parser: Parser) -> None:
    """Lets a command give JSON."""
    parser.add_argument("--json", action="store_true", help="one JSON document instead of text")


def add_limit(parser: Parser, default: int) -> None:
    """`--limit N`."""
    means = f"at most N (default: {default})"
    parser.add_argument("--limit", metavar="N", type=whole_number(1), default=default, help=means)


def add_sort(parser: Parser, *orders: str) -> None:
    """`--sort ORDER`; without it the first."""
    shown = "/".join(orders)
    parser.add_argument("--sort", type=one_of(*orders), default=orders[0], metavar=shown)


def add_words(parser: Parser, name: str, shown: str, means: str, nargs: str | None = None) -> None:
    """One word, or several, none of which may be empty."""
    parser.add_argument(name, metavar=shown, nargs=nargs, type=filled, help=means)
