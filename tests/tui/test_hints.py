"""Which hint is due, and the file that remembers what was used and seen."""

from __future__ import annotations

import json
import os
from pathlib import Path
from string import Formatter

import pytest

from reader.paths import hints_path, log_path
from reader.tui.actions import BY_ID, PANES, Pane
from reader.tui.habits import Habits, HabitsFile, read_habits
from reader.tui.hints import HINTS, MOST_SHOWN, TAUGHT, Hint, all_faded, hint_for
from reader.tui.keymap import Keymap
from reader.tui.wrap import wrap_text


def always(_: str) -> bool:
    return True


def due(pane: Pane, habits: Habits) -> list[str]:
    """The actions hinted at in a pane, one after another, each being used in turn."""
    found = []
    while (hint := hint_for(pane, habits, always)) is not None:
        found.append(hint.action)
        habits = habits.with_used(hint.action)
    return found


@pytest.mark.parametrize("hint", HINTS, ids=lambda hint: f"{hint.action}-{hint.panes[0]}")
def test_a_hint_names_its_own_key_and_only_keys_that_work_where_it_is_shown(hint: Hint) -> None:
    named = [name for _, name, _, _ in Formatter().parse(hint.words) if name is not None]

    assert hint.action in named
    for pane in hint.panes:
        assert all(pane in BY_ID[name].panes for name in named)
    assert not hint.after or hint.after in TAUGHT


@pytest.mark.parametrize(("width", "lines"), [(38, 2), (58, 1)])
def test_every_hint_has_room_in_its_line(width: int, lines: int) -> None:
    said = [f"Hint: {Keymap().with_keys(hint.words)}" for hint in HINTS]

    assert [words for words in said if len(wrap_text(words, width)) > lines] == []


def test_hints_come_one_after_another_in_each_pane() -> None:
    assert due("feeds", Habits()) == ["open", "refresh_all", "palette"]
    assert due("articles", Habits()) == ["read_on", "search", "fold_story", "select"]
    assert due("text", Habits()) == ["read_on", "star", "tag", "tags", "follow"]
    assert due("tags", Habits()) == due("search", Habits()) == []


def test_the_tags_are_hinted_at_after_the_first_tag_and_before_all_else() -> None:
    assert hint_for("articles", Habits(frozenset({"tag"})), always) == HINTS[0]
    assert HINTS[0].action == "tags"


def test_a_hint_that_nobody_follows_gives_way_to_the_next() -> None:
    habits = Habits()
    for _ in range(MOST_SHOWN):
        assert hint_for("text", habits, always).action == "read_on"
        habits = habits.with_shown("read_on")

    assert hint_for("text", habits, always).action == "star"


def test_what_cannot_act_now_is_not_hinted_at() -> None:
    hint = hint_for("text", Habits(), lambda action: action != "read_on")

    assert hint.action == "star"


@pytest.mark.parametrize("pane", PANES)
def test_who_knows_all_gets_no_hint(pane: Pane) -> None:
    assert hint_for(pane, all_faded(), always) is None
    assert hint_for(pane, Habits(TAUGHT), always) is None


# The file


def test_the_file_lies_with_the_programs_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    assert hints_path() == tmp_path / "newsreader" / "hints.json"
    assert log_path().is_relative_to(hints_path().parent)


def test_habits_come_back_as_they_were_kept(tmp_path: Path) -> None:
    path = tmp_path / "state" / "hints.json"
    habits = Habits(frozenset({"star", "open"}), {"tag": 2})
    file = HabitsFile(path)
    assert (file.is_new, file.habits) == (True, Habits())
    file.save(habits)

    again = HabitsFile(path)
    assert (again.is_new, again.habits) == (False, habits)
    assert [each.name for each in path.parent.iterdir()] == ["hints.json"]


def test_two_programs_at_once_keep_what_either_learned(tmp_path: Path) -> None:
    path = tmp_path / "hints.json"
    one, other = HabitsFile(path), HabitsFile(path)
    one.save(Habits(frozenset({"star"}), {"tag": 3, "open": 1}))
    other.save(Habits(frozenset({"search"}), {"tag": 1}))

    assert read_habits(path) == Habits(frozenset({"star", "search"}), {"tag": 3, "open": 1})


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[]", b"7", b"[" * 60_000, b'{"used": ["sta']
)
def test_a_damaged_file_is_as_none_and_is_mended_by_the_next_use(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "hints.json"
    path.write_bytes(content)
    file = HabitsFile(path)
    assert (file.is_new, file.habits) == (True, Habits())
    file.save(Habits(frozenset({"star"})))

    assert HabitsFile(path).habits == Habits(frozenset({"star"}))


def test_strange_parts_of_the_file_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "hints.json"
    shown = {"tag": 2, "open": True, "star": "many", "follow": None}
    path.write_text(json.dumps({"used": ["star", 7, None, ["a"]], "shown": shown, "more": 1}))

    assert read_habits(path) == Habits(frozenset({"star"}), {"tag": 2})
    path.write_text('{"used": "star", "shown": ["tag"]}')
    assert read_habits(path) == Habits()


def test_what_is_no_file_is_not_read_nor_written(tmp_path: Path) -> None:
    pipe = tmp_path / "hints.json"
    os.mkfifo(pipe)
    assert read_habits(pipe) is None
    folder = tmp_path / "folder"
    folder.mkdir()
    file = HabitsFile(folder)
    file.save(Habits(frozenset({"star"})))

    assert file.is_new
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder", "hints.json"]


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "state").touch()
    file = HabitsFile(tmp_path / "state" / "hints.json")
    file.save(Habits(frozenset({"star"})))

    assert file.is_new
