"""Rules: listed, tried on the last 30 days by number or name, switched on and off."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from archive.archive import Archive
from archive.rule_models import Rule
from tests.archive.making import make_article
from tests.plain.conftest import Plain


def test_rules_are_tried_by_number_and_switched(plain: Plain, folder: Path) -> None:
    with Archive.open(folder) as archive:
        archive.save([replace(make_article(25), archived_at=datetime.now(UTC))])
        ends = datetime(2100, 8, 2, tzinfo=UTC)
        archive.rules.put(Rule("last one", "title:25", tags=("x",), mute=True))
        archive.rules.put(Rule("none", "title:nowhere", star=True, ends_at=ends))

    result = plain(
        "rules", "rules off last one", "rules", "1", "rules 2", "rules on 1", "undo", "rl", "", ""
    )

    assert "1. last one, on: +x, hide. For what matches title:25" in result.lines
    assert "1. last one, off: +x, hide. For what matches title:25" in result.lines
    assert "2. none, on until 1 August 2100: star. For what matches title:nowhere" in result.lines
    assert "The rule last one is off." in result.lines
    tried = "What the rule last one would act on in the last 30 days: 1, newest first. Here 1."
    assert tried in result.lines
    assert "What the rule none would act on in the last 30 days: nothing." in result.lines
    assert "The rule last one is on." in result.lines
    assert "Undone: switch rule last one on." in result.lines
    assert result.lines[-1] == "That was the whole list."


def test_without_rules_it_says_what_makes_one(plain: Plain) -> None:
    result = plain("rules", "rules off", "rules nope")

    assert result.lines == ["No rules yet. The command newsreader rule add makes one."]
    assert result.err.splitlines() == [
        "newsreader: rules off: needs a name or number. Type rules, then rules off NUMBER.",
        "newsreader: nope: no rule has that name. Known: there is none yet.",
    ]
