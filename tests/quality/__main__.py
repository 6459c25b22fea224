"""The quality gate: the program's texts of a corpus of pages, beside bare trafilatura's.

python -m tests.quality                    the table; ends with 1 if a figure is below its floor
python -m tests.quality --pages            a line for each page, the worst first
python -m tests.quality --show cjk/minato  pages of that name: left, lost, wrong, and the text
python -m tests.quality --pin              raises the floors to what is reached now
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from archive.models import Article
from tests.quality.corpus import Page, load_pages
from tests.quality.floors import WANTED, below, figures, missed, raised, read_floors, write_floors
from tests.quality.judging import ALL, Group, Judged, by_group, facts_of, facts_right, judge
from tests.quality.reading import read_pages, save_pages

HEAD = (
    f"{'':9} {'':5} {'F1':^13}  {'furniture left':^15}  {'text lost':^15}  {'shapes kept':^15}\n"
    f"{'group':9} {'pages':>5} {'bare':>6} {'ours':>6}  {'bare':>7} {'ours':>7}  "
    f"{'bare':>7} {'ours':>7}  {'bare':>7} {'ours':>7}"
)


def main() -> int:
    """Runs the gate; the exit code."""
    asked = parse()
    pages = load_pages()
    if asked.show:
        print(show(pages, asked.show))
        return 0
    articles, judged = read_and_judge(pages)
    if asked.pages:
        print("page, F1 bare and ours, furniture left bare and ours, text lost bare and ours")
        print("\n".join(line(one) for one in sorted(judged, key=lambda one: one.ours.f1)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        saved = save_pages([page for page in pages if page.is_article], Path(folder))
    facts = facts_right(
        facts_of(page, articles[page.label], saved.get(page.label)) for page in pages
    )
    groups = by_group(judged)
    found = figures(groups, facts)
    print(table(groups, facts, judged))
    print("\n".join(["", "Wanted and not reached:", *missed(found)]))
    if asked.pin:
        write_floors(raised(found, read_floors()))
    wrong = below(found, read_floors())
    print("\n".join(["", "Below the floors:", *wrong] if wrong else ["", "The floors hold."]))
    return bool(wrong)


def parse() -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(prog="tests.quality")
    parser.add_argument("--pages", action="store_true", help="a line for each page")
    parser.add_argument("--show", default="", metavar="NAME", help="details of pages of that name")
    parser.add_argument("--pin", action="store_true", help="raise the floors")
    return parser.parse_args()


def read_and_judge(pages: Sequence[Page]) -> tuple[dict[str, Article], list[Judged]]:
    """The articles that a refresh makes of the pages, and the measures of each."""
    with tempfile.TemporaryDirectory() as folder:
        articles = read_pages(pages, Path(folder))
    return articles, [judge(page, articles[page.label].text) for page in pages]


def show(pages: Sequence[Page], name: str) -> str:
    """The details of pages of that name.

    They are read with all pages of their outlets, as what is learned of one is used on the next.
    """
    outlets = {page.outlet for page in pages if name in page.label}
    if not outlets:
        return f"No page is called {name}."
    articles, judged = read_and_judge([page for page in pages if page.outlet in outlets])
    shown = [one for one in judged if name in one.page.label]
    return "\n\n".join(details(one, articles[one.page.label]) for one in shown)


def table(
    groups: Mapping[str, Group], facts: Mapping[str, tuple[int, int]], judged: Sequence[Judged]
) -> str:
    """All figures, a group a line."""
    names = [*sorted(groups.keys() - {ALL}), ALL]
    hard = sum(one.bare.f1 < 0.9 for one in judged)
    wanted = (
        f"{'wanted':15} {'':6} {WANTED['f1']:6.3f}  {'':7} {WANTED['furniture left']:7.2%}  "
        f"{'':7} {WANTED['text lost']:7.2%}"
    )
    rights = ", ".join(f"{name} {right} of {count}" for name, (right, count) in facts.items())
    return "\n".join(
        [
            HEAD,
            *(row(name, groups[name]) for name in names),
            wanted,
            "",
            f"Facts right: {rights}.",
            f"Bare trafilatura stays below F1 .90 on {hard} of {len(judged)} pages.",
        ]
    )


def row(name: str, group: Group) -> str:
    """A group's line."""
    ours, bare = group.ours, group.bare
    return (
        f"{name:9} {ours.pages:5} {bare.f1:6.3f} {ours.f1:6.3f}  "
        f"{bare.furniture_left:7.2%} {ours.furniture_left:7.2%}  "
        f"{bare.text_lost:7.2%} {ours.text_lost:7.2%}  "
        f"{bare.shapes_kept:7.1%} {ours.shapes_kept:7.1%}"
    )


def line(one: Judged) -> str:
    """A page's line."""
    return (
        f"{one.page.label:30} F1 {one.bare.f1:.3f} {one.ours.f1:.3f}  "
        f"left {len(one.bare.left):2} {len(one.ours.left):2} of {one.ours.furniture:2}  "
        f"lost {one.bare.text_lost:6.1%} {one.ours.text_lost:6.1%}"
    )


def details(one: Judged, article: Article) -> str:
    """A page's measures, what is wrong with it, and its text."""
    return "\n".join(
        [
            line(one),
            *(f"  left: {each}" for each in one.ours.left),
            *(f"  lost: {each}" for each in one.ours.lost),
            *(
                f"  wrong: {fact}, should be {one.page.facts[fact]}"
                for fact, is_right in facts_of(one.page, article).items()
                if not is_right
            ),
            f"  {article.title} | {article.author} | {article.published_at} | {article.language}",
            f"  {article.text_from}: {' '.join(article.notes)}",
            article.text,
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
