"""extract, extraction: an article's text taken out of its page again, and rules for how."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace

from archive.characters import clean_line
from archive.models import Article
from archive.names import article_id_in
from reader.cli.session import open_library
from reader.cli.terminal import Terminal
from reader.cli.wording import counted
from reader.difference import changes, report
from reader.errors import UsageProblem
from reader.fields import article_fields


def extract(arguments: Namespace, terminal: Terminal) -> int:
    """Shows what would differ; stores it with --replace. --put-back brings dropped lines back."""
    article_id = article_id_in(arguments.article.strip())
    if not article_id:
        raise UsageProblem(clean_line(arguments.article), "is no article's id", "list prints them")
    if arguments.put_back and (arguments.replace or arguments.method != "usual"):
        raise UsageProblem("--put-back", "stands alone", "Leave out the other")
    with open_library(arguments, terminal) as library:
        known = library.get(article_id)
        texts = library.texts
        if arguments.put_back:
            fresh = texts.put_back(article_id, arguments.put_back)
        else:
            fresh = texts.again(article_id, arguments.method)
            if arguments.replace:
                fresh = texts.replace(fresh)
        mark = library.mark_of(article_id)
    if arguments.json:
        terminal.json(article_fields(fresh, mark, None))
        return 0
    for line in _report(known, fresh):
        terminal.line(line)
    stored = arguments.replace or arguments.put_back
    if not stored and known.text != fresh.text:
        terminal.note("Nothing was stored; --replace does.")
    return 0


def _report(known: Article, fresh: Article) -> Iterator[str]:
    """The difference, then what is dropped by now, numbered."""
    found = changes(known.text, fresh.text)
    yield f"Different: {counted(len(found), 'paragraph')}" if found else "The text is the same."
    yield from map(clean_line, report(found))
    if fresh.removed:
        yield "Dropped:"
    for number, each in enumerate(fresh.removed, 1):
        yield f"{number:3}  {clean_line(each.text)[:200]}  ({clean_line(each.why) or 'furniture'})"


def extraction(arguments: Namespace, terminal: Terminal) -> int:
    """Sets and shows the rule for the pages of a host; without one lists all rules."""
    with open_library(arguments, terminal) as library:
        if not arguments.host:
            rules = library.texts.rules()
        else:
            rule = library.texts.rule(arguments.host)
            given = dict(_pair(word) for word in arguments.selectors)
            if given:
                rule = replace(rule, **given)
                library.texts.set_rule(rule)
            rules = [rule]
    if arguments.json:
        terminal.json_list(
            {"host": each.host, "text": each.text, "drop": each.drop} for each in rules
        )
        return 0
    for each in rules:
        terminal.line(clean_line(f"{each.host}  text={each.text or '-'}  drop={each.drop or '-'}"))
    return 0


def _pair(word: str) -> tuple[str, str]:
    key, equals, value = word.partition("=")
    if not equals or key not in ("text", "drop"):
        raise UsageProblem(
            word, "sets nothing", "Give text=CSS or drop=CSS, as in text='main article'"
        )
    return key, value.strip()
