"""stories, story: what several outlets tell is one, with a reason, and the reader decides."""

from pathlib import Path

import pytest

from tests.cli.conftest import Import, Result, Run, row

HERALD = (
    "Dam at Lake Orvel breaches after week of rain",
    (
        "The Orvel dam in the Tarn valley breached early on Wednesday and sent water through the"
        " villages of Lesk and Marwen. Engineer Ilka Brandt, who had warned of cracks in January,"
        " said the spillway gates were stuck. About 2,300 people were taken to schools in"
        " Tarn. Governor Piet Solheim called the breach a failure of upkeep and promised an"
        " inquiry."
    ),
)
COURIER = (
    "2,300 flee as Orvel dam gives way",
    (
        "More than two thousand people left Lesk and Marwen in the night when the dam at Lake Orvel"
        " gave way. Rescue crews from Tarn went from door to door. Ilka Brandt, an engineer"
        " who wrote a report on its cracks in January, told this paper that the gates of the"
        " spillway no longer moved. Governor Piet Solheim visited the valley at noon."
    ),
)
GAZETTE = (
    "Engineer warned of cracks before Orvel breach",
    (
        "Weeks before the Orvel dam breached, engineer Ilka Brandt warned the office of"
        " Governor Piet Solheim of cracks beside the spillway. Her report of January names"
        " the gates that were stuck on Wednesday, when water reached Lesk and Marwen and"
        " 2,300 people had to leave the valley."
    ),
)
CHESS = (
    "Teenager wins the open chess title in Sund",
    (
        "Sixteen-year-old Noor Halvard won the open title in Sund with a draw in the last"
        " round. She had beaten the former champion Emil Roth on Saturday with the black pieces."
    ),
)
INQUIRY = (
    "Inquiry into the Orvel dam hears its first witness",
    (
        "Engineer Ilka Brandt was the first witness before the inquiry into the Orvel dam."
        " Judge Mara Quist asked her who in the office of Governor Piet Solheim had read the"
        " report of January. The hearing goes on in May with the keeper of the spillway gates."
    ),
)


@pytest.fixture
def dam(take_in: Import) -> dict[str, str]:
    """Three outlets on one event and one on another; their ids."""
    return take_in(
        row("Herald", HERALD, 0),
        row("Courier", COURIER, 2),
        row("Gazette", GAZETTE, 9),
        row("Sund", CHESS, 3),
    )


def members(result: Result) -> list[str]:
    return [each["id"] for each in result.json["members"]]


def story_ids(run: Run) -> dict[str, str]:
    return {each["outlet"]: each["story_id"] for each in run("list", "--json").json}


def test_what_outlets_tell_of_one_event_is_one_story(run: Run, dam: dict[str, str]) -> None:
    (story,) = run("stories", "--json").json

    assert [each["id"] for each in story["members"]] == [
        dam["Herald"], dam["Courier"], dam["Gazette"],
    ]  # fmt: skip
    assert (story["outlet_count"], story["article_count"]) == (3, 3)
    assert story["outlets"] == ["Herald", "Courier", "Gazette"]
    assert story["title"] == GAZETTE[0]
    assert (story["first_at"], story["latest_at"]) == (
        "2026-03-04T08:00:00Z", "2026-03-04T17:00:00Z",
    )  # fmt: skip


def test_a_story_says_why(run: Run, dam: dict[str, str]) -> None:
    (story,) = run("stories", "--json").json

    assert story["why"].endswith("; 3 outlets, 1 day")
    assert "Orvel" in story["why"]
    assert all(each["why"] for each in story["members"])


def test_lists_say_of_which_story_an_article_is(run: Run, dam: dict[str, str]) -> None:
    (story,) = run("stories", "--json").json

    found = story_ids(run)

    assert {found[each] for each in ("Herald", "Courier", "Gazette")} == {story["id"]}
    assert found["Sund"] not in {story["id"], None}
    assert run("show", dam["Gazette"], "--format", "json").json["story_id"] == story["id"]


def test_stories_are_found_by_a_query(run: Run, dam: dict[str, str]) -> None:
    assert len(run("stories", "solheim", "--json").json) == 1
    assert run("stories", "halvard", "--json").code == 1
    assert run("stories", "halvard").err == "No story matches halvard.\n"


def test_a_story_is_shown_by_its_id_or_a_members(run: Run, dam: dict[str, str]) -> None:
    (story,) = run("stories", "--json").json

    shown = run("story", story["id"])

    assert shown.lines[0] == GAZETTE[0]
    assert [line.split("  ")[0] for line in shown.lines[3:]] == [
        dam["Herald"], dam["Courier"], dam["Gazette"],
    ]  # fmt: skip
    assert run("story", dam["Courier"], "--json").json["id"] == story["id"]


@pytest.mark.parametrize("name", ["s260101a1", "nothing", "s", "260101a1#x"])
def test_a_story_that_is_not_there_is_said(run: Run, dam: dict[str, str], name: str) -> None:
    result = run("story", name)

    assert result.code == 1
    assert result.err == (f"newsreader: {name}: no story has that id. See `newsreader stories`.\n")


def test_who_has_read_an_article_has_read_its_near_copies(run: Run, take_in: Import) -> None:
    copy = (HERALD[0], f"(Agency) {HERALD[1]} Follow us for further news.")
    ids = take_in(row("Herald", HERALD, 0), row("Mirror", copy, 1), row("Courier", COURIER, 2))

    changed = run("mark", ids["Mirror"], "--read").out
    read = {each["outlet"] for each in run("list", "is:read", "--json").json}
    run("mark", ids["Herald"], "--unread")

    assert changed == "2 articles changed\n"
    assert read == {"Herald", "Mirror"}
    assert run("list", "is:read", "--json").json == []
    assert run("undo").code == 0
    assert {each["outlet"] for each in run("list", "is:read", "--json").json} == read


def test_a_copy_is_not_starred_with_what_it_is_a_copy_of(run: Run, take_in: Import) -> None:
    copy = (HERALD[0], f"(Agency) {HERALD[1]} Follow us for further news.")
    ids = take_in(row("Herald", HERALD, 0), row("Mirror", copy, 1), row("Courier", COURIER, 2))

    changed = run("mark", ids["Mirror"], "--read", "--star").out

    assert changed == "2 articles changed\n"
    assert {each["outlet"] for each in run("list", "is:read", "--json").json} == {
        "Herald",
        "Mirror",
    }
    assert [each["outlet"] for each in run("list", "is:starred", "--json").json] == ["Mirror"]


def test_copies_of_a_hidden_original_are_one_article(run: Run, take_in: Import) -> None:
    copies = [(HERALD[0], f"({name}) {HERALD[1]}") for name in ("Agency", "Wire")]
    ids = take_in(
        row("Herald", HERALD, 0), row("Mirror", copies[0], 1), row("Echo", copies[1], 2),
        row("Courier", COURIER, 3),
    )  # fmt: skip
    run("mark", ids["Herald"], "--hide")

    (story,) = run("stories", "--json").json

    assert (story["outlet_count"], story["article_count"]) == (3, 2)


def test_articles_without_titles_and_dates_make_a_story(run: Run, take_in: Import) -> None:
    told = {"Herald": HERALD[1], "Courier": f"<p>{COURIER[1]}</p>", "Chess": CHESS[1]}
    forms = {"Herald": "text", "Courier": "html", "Chess": "text"}
    take_in(
        *(
            {"url": f"https://{name}.example/1", "title": "", "outlet": name, forms[name]: text}
            for name, text in told.items()
        )
    )

    (story,) = run("stories", "--json").json

    assert set(story["outlets"]) == {"Herald", "Courier"}
    assert story["title"] in (HERALD[1], COURIER[1]) or story["title"].endswith("…")


def test_a_reason_in_chinese_is_of_whole_words(run: Run, take_in: Import) -> None:
    breach = (
        "青石水库大坝决口 两千三百人转移",
        "周三凌晨，青石水库大坝决口，洪水冲入柳村和马湾。工程师林雅琴曾在一月警告坝体裂缝。",
    )
    warned = (
        "青石水库决口前工程师曾警告裂缝",
        "青石水库大坝周三决口之前数周，工程师林雅琴已就坝体裂缝提出警告。洪水淹没柳村和马湾。",
    )
    ids = take_in(row("江城晚报", breach, 0), row("新闻网", warned, 6))

    (story,) = run("stories", "--json").json
    members = run("story", ids["新闻网"], "--json").json["members"]

    assert "青石水库" in story["why"].partition(";")[0].split(", ")
    assert ["青石水库" in each["why"].split(", ") for each in members] == [True, True]


def test_what_an_import_brings_by_the_hundred_is_grouped_by_it(run: Run, take_in: Import) -> None:
    others = [row(f"Gauge {n}", (f"Gauge {n}", f"Level {n} at noon."), n) for n in range(250)]
    ids = take_in(row("Herald", HERALD, 0), *others, row("Courier", COURIER, 2))

    listed = {each["outlet"]: each for each in run("list", "orvel", "--json").json}

    assert listed["Herald"]["story_id"] == listed["Courier"]["story_id"] == f"s{ids['Herald']}"


def test_a_near_copy_is_a_copy_of_the_earliest(run: Run, take_in: Import) -> None:
    reprint = ("Dam breaks", "From our agency. " + HERALD[1] + " More follows on this page.")
    ids = take_in(row("Mirror", reprint, 1), row("Courier", COURIER, 2))
    ids = take_in(row("Herald", HERALD, 0))

    found = {each["outlet"]: each["copy_of"] for each in run("list", "--json").json}
    (story,) = run("stories", "--json").json

    assert found == {"Mirror": ids["Herald"], "Courier": None, "Herald": None}
    assert (story["article_count"], story["outlet_count"]) == (2, 3)
    assert run("story", ids["Mirror"], "--json").json["members"][1]["copy_of"] == ids["Herald"]
    assert [each["outlet"] for each in run("list", "is:copy", "--json").json] == ["Mirror"]
    once = run("list", "dam -is:copy", "--json").json
    assert {each["outlet"] for each in once} == {"Courier", "Herald"}


def test_a_later_development_is_related_and_no_member(run: Run, take_in: Import) -> None:
    ids = take_in(
        row("Herald", HERALD, 0), row("Courier", COURIER, 2), row("Gazette", INQUIRY, 24 * 30)
    )

    story = run("story", ids["Herald"], "--json").json

    assert ids["Gazette"] not in [each["id"] for each in story["members"]]
    (related,) = story["related"]
    assert (related["id"], related["section"]) == (ids["Gazette"], None)
    assert related["why"].endswith("29 days later")


def test_a_late_arrival_brings_together_what_was_apart(run: Run, take_in: Import) -> None:
    one = ("Villages of Lesk and Marwen under water", "Lesk and Marwen stood under water.")
    take_in(row("Herald", HERALD, 0), row("Gazette", GAZETTE, 9))
    before = story_ids(run)
    take_in(row("Courier", COURIER, 2), row("Local", one, 3))

    after = story_ids(run)

    assert {after["Herald"], after["Gazette"], after["Courier"]} == {before["Herald"]}


def test_an_article_is_split_off_for_good_and_taken_back(run: Run, dam: dict[str, str]) -> None:
    (story,) = run("stories", "--json").json

    assert members(run("story", dam["Gazette"], "--split", "--json")) == [dam["Gazette"]]
    assert members(run("story", story["id"], "--json")) == [dam["Herald"], dam["Courier"]]
    assert run("rebuild", "--stories").out == "4 articles grouped\n"
    assert members(run("story", story["id"], "--json")) == [dam["Herald"], dam["Courier"]]
    assert run("undo").out == "1 article changed back: split a story\n"
    assert len(members(run("story", story["id"], "--json"))) == 3


def test_two_stories_are_merged_for_good_and_taken_back(run: Run, dam: dict[str, str]) -> None:
    merged = run("story", dam["Herald"], "--merge", dam["Sund"], "--json").json

    assert len(merged["members"]) == 4
    assert run("rebuild", "--stories").code == 0
    assert len(members(run("story", dam["Sund"], "--json"))) == 4
    assert run("undo").code == 0
    assert members(run("story", dam["Sund"], "--json")) == [dam["Sund"]]
    assert len(members(run("story", dam["Herald"], "--json"))) == 3


def test_what_is_not_the_same_stays_apart_also_with_what_comes_later(
    run: Run, take_in: Import
) -> None:
    ids = take_in(row("Herald", HERALD, 0), row("Gazette", GAZETTE, 9))
    assert run("story", ids["Herald"], "--apart", ids["Gazette"]).code == 0

    take_in(row("Courier", COURIER, 2))

    found = story_ids(run)
    assert found["Herald"] != found["Gazette"]


def test_undo_takes_back_what_was_done_last(run: Run, dam: dict[str, str]) -> None:
    run("story", dam["Gazette"], "--split")
    run("mark", dam["Herald"], "--star")

    assert run("undo").out == "1 article changed back: star\n"
    assert run("undo").out == "1 article changed back: split a story\n"


def test_one_change_at_a_time(run: Run, dam: dict[str, str]) -> None:
    result = run("story", dam["Herald"], "--split", "--merge", dam["Sund"])

    assert (result.code, result.out) == (2, "")


def test_stories_outlive_a_new_index(run: Run, dam: dict[str, str], archive: Path) -> None:
    before = run("stories", "--json").json
    run("rebuild")

    assert run("stories", "--json").json == before

    for file in archive.glob("index.sqlite*"):
        file.unlink()

    assert run("stories", "--json").json == before


def test_an_archive_without_stories_says_so(run: Run, archive: Path) -> None:
    assert (run("stories").code, run("stories").err) == (1, "No stories yet.\n")
    assert run("stories", "--json").out == "[]\n"


MORNING = (
    "奥维尔水库大坝决口，两千三百人撤离",
    (
        "奥维尔水库大坝周三凌晨决口，洪水冲入莱斯克村。"
        "工程师布兰特今年一月曾警告坝体裂缝，她说泄洪闸门已经卡住。省长索尔海姆承诺展开调查。"
    ),
)
EVENING = (
    "大坝决口前工程师曾警告裂缝",
    (
        "工程师布兰特在一月的报告中警告奥维尔水库大坝的裂缝。"
        "周三大坝决口，泄洪闸门卡住，莱斯克村被淹，两千三百人撤离，省长索尔海姆到场。"
    ),
)
SPORT = ("十六岁少女夺得国际象棋公开赛冠军", "哈尔瓦德在最后一轮以和棋夺得公开赛冠军。")


def test_stories_in_chinese_are_grouped_too(run: Run, take_in: Import) -> None:
    take_in(row("晨报", MORNING, 0), row("晚报", EVENING, 5), row("体育报", SPORT, 6))

    found = story_ids(run)

    assert found["晨报"] == found["晚报"] != found["体育报"]
