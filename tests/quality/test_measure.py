"""The measures of the quality gate, on texts small enough to be counted by hand."""

import pytest

from tests.quality.floors import below, better, raised
from tests.quality.measure import measure, plain, score, tokens
from tests.quality.shapes import shapes_kept


def test_a_text_as_expected_is_perfect_whatever_its_markdown_looks_like() -> None:
    text = "# The *night* ferry\n\n- sails [again](http://a.example/x)\n"

    got = measure(text, ["The night ferry sails again"], ["Share"])

    assert (got.f1, got.left, got.lost) == (1.0, (), ())


def test_f1_counts_shingles_of_four_tokens_with_their_number() -> None:
    got = measure("a b c d e f", ["a b c d e"])

    assert (got.got_count, got.right_count, got.expected_count) == (3, 2, 2)
    assert got.f1 == pytest.approx(0.8)
    assert measure("a b c d a b c d", ["a b c d"]).right_count == 1


def test_pages_count_the_same_however_long_they_are() -> None:
    short, long = measure("a b c d", ["a b c d"]), measure("x " * 400, ["y " * 400])

    assert score([short, long]).f1 == pytest.approx(0.5)


def test_nothing_got_is_right_only_where_nothing_was_expected() -> None:
    assert measure("", ["a b"]).f1 == 0.0
    assert measure("a b", []).f1 == 0.0
    assert measure("", []).f1 == 1.0


def test_a_furniture_line_is_left_if_it_stands_more_often_than_in_the_text() -> None:
    expected = ["Please share the bread"]

    assert measure("Please share the bread", expected, ["Share"]).left == ()
    assert measure("Please share the bread\n\nShare", expected, ["Share"]).left == ("Share",)
    assert measure("Please shares the bread", expected, ["Share"]).left == ()


def test_a_block_is_lost_by_its_missing_shingles_not_by_what_stands_around_it() -> None:
    got = measure("one two three four\n\nADVERT\n\nfive six", ["one two three four", "five six"])
    cut = measure("one two three four", ["one two three four five"])

    assert (got.lost_count, got.lost) == (0, ())
    assert (cut.lost_count, cut.block_count, cut.lost) == (1, 2, ("one two three four five",))


def test_what_is_optional_is_judged_neither_way() -> None:
    expected, optional = ["the boat sails again"], ["Photo by Ada"]

    assert measure("Photo by Ada\n\nthe boat sails again", expected, [], optional).f1 == 1.0
    assert measure("the boat sails again", expected, [], optional).f1 == 1.0


def test_scripts_without_spaces_are_compared_by_characters() -> None:
    assert tokens("Qwen3の落地 café") == ("qwen3", "の", "落", "地", "café")
    assert len(tokens("ตลาดน้ำ")) > 4
    assert tokens("سَلام") == tokens("سلام")


def test_the_words_of_markdown_are_those_that_it_shows() -> None:
    text = (
        "![alt](a.png) \\*star\\* `code` <b>\n\n```\nx = 1\n```\n\n| a | b |\n|---|---|\n| c | d |"
    )

    assert plain(text).split() == ["*star*", "code", "<b>", "x", "=", "1", "a", "b", "c", "d"]


def test_a_shape_is_kept_where_the_words_stand_in_it() -> None:
    text = "## Fares\n\n> said\n\n- deck\n\nplain cabin\n\n    x = 1"
    blocks = [["h", "Fares"], ["q", "said"], ["li", "deck"], ["code", "x = 1"]]
    without_shape = [["li", "cabin"], ["p", "Fares"]]

    assert shapes_kept(text, blocks) == (4, 4)
    assert shapes_kept(text, without_shape) == (0, 1)


def test_a_figure_below_its_floor_is_named_and_floors_only_rise() -> None:
    floors = {"news": {"f1": 0.9, "text lost": 0.02}}

    assert below({"news": {"f1": 0.9, "text lost": 0.02}}, floors) == []
    assert below({"news": {"f1": 0.8999, "text lost": 0.03}}, floors) == [
        "news: f1 is 0.8999, its floor is 0.9000",
        "news: text lost is 0.0300, its floor is 0.0200",
    ]
    assert len(below({"blog": {"f1": 1.0}}, floors)) == 2
    assert raised({"news": {"f1": 0.8, "text lost": 0.01}}, floors) == {
        "news": {"f1": 0.9, "text lost": 0.01}
    }
    assert better("f1", 0.5, None) == 0.5
