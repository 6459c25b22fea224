"""story: what outlets state side by side, what of it is new to the reader, and its timeline."""

from typing import Any

import pytest

from tests.cli.conftest import Import, Run, row

HERALD = (
    "Nordbank chief resigns",
    (
        "Astrid Vale, the head of Nordbank since 2019, abruptly resigned on Monday, along with the"
        " treasurer Emil Sand. The bank in Lund counts over 3 million customers. It will cut 1,200"
        " jobs after the failed Odense merger. “I am proud of what we built,” Vale said. The board"
        " of Nordbank meets at 9:30 on 4 March in room 12 of its house in Lund."
    ),
)
COURIER = (
    "Astrid Vale steps down at Nordbank",
    (
        "Nordbank in Lund must look for a new head: Vale Astrid has stepped down. Tom Okafor"
        " was appointed as her successor. The bank, with more than 2.1 million customers, is to cut"
        " 1,200 jobs after the failed Odense merger. Vale told the board that she was “proud of"
        " what we built”."
    ),
)
GAZETTE = (
    "After Vale: Nordbank at a loss",
    (
        "The Odense merger failed, and Nordbank in Lund is without a head after the departure of"
        " Astrid Vale. Analyst Petra Holm warned that Windows 11 took the bank 14 months. The"
        " Lantern Square branch closes."
    ),
)
PLANS = {
    "en": (
        ("Herald", "The Orvel dam broke in Tarn and 12 people were killed. Piet Solheim resigned."),
        ("Courier", "Fifteen dead as the Orvel dam broke in Tarn. Solheim Piet has stepped down."),
    ),
    "es": (
        (
            "Heraldo",
            (
                "La presa de Orvel cedió en Tarn y murieron al menos 12 personas. El gobernador"
                " Piet Solheim ha dimitido."
            ),
        ),
        (
            "Correo",
            (
                "Quince muertos al ceder la presa de Orvel en Tarn. Piet Solheim, gobernador desde"
                " 2019, anunció su dimisión."
            ),
        ),
    ),
    "zh": (
        ("晨报", "奥维尔水库大坝周三凌晨决口，至少12人死亡。省长林俊旸宣布辞职。"),
        ("晚报", "奥维尔水库大坝决口造成十五人遇难，洪水冲入村庄。省长林俊旸今天已辞职。"),
    ),
}


@pytest.fixture
def bank(take_in: Import) -> dict[str, str]:
    """Three outlets on one bank; their ids."""
    return take_in(row("Herald", HERALD, 0), row("Courier", COURIER, 3), row("Gazette", GAZETTE, 7))


def claims_of(run: Run, name: str) -> dict[str, dict[str, Any]]:
    return {each["what"]: each for each in run("story", name, "--json").json["claims"]}


def values(claim: dict[str, Any]) -> dict[str, list[str]]:
    return {outlet: [one["value"] for one in cell] for outlet, cell in claim["cells"].items()}


def test_numbers_of_one_thing_stand_side_by_side_in_the_outlets_words(
    run: Run, bank: dict[str, str]
) -> None:
    claims = claims_of(run, bank["Herald"])

    customers = claims["customers"]
    assert values(customers) == {"Herald": ["over 3 million"], "Courier": ["more than 2.1 million"]}
    assert customers["differs"]
    assert (customers["kind"], claims["jobs"]["differs"]) == ("quantity", False)
    (stated,) = customers["cells"]["Courier"]
    assert stated["sentence"].startswith("The bank, with more than 2.1 million customers")
    assert stated["article_id"] == bank["Courier"]


def test_people_are_told_with_what_they_did_whatever_the_order_of_their_names(
    run: Run, bank: dict[str, str]
) -> None:
    claims = claims_of(run, bank["Herald"])

    assert set(claims["Astrid Vale left"]["cells"]) == {"Herald", "Courier", "Gazette"}
    assert values(claims["Emil Sand left"]) == {
        "Herald": ["abruptly resigned on Monday, along with the treasurer Emil Sand"]
    }
    assert values(claims["Tom Okafor appointed"]) == {"Courier": ["was appointed as her successor"]}
    assert "Petra Holm said" in claims
    assert not {"Tom Okafor left", "Petra Holm left", "Lantern Square left"} & set(claims)


def test_a_quote_is_one_in_whatever_outlet(run: Run, bank: dict[str, str]) -> None:
    quote = claims_of(run, bank["Herald"])["I am proud of what we built"]

    assert (quote["kind"], quote["differs"]) == ("quote", False)
    assert values(quote)["Courier"] == ["proud of what we built"]


def test_dates_times_and_versions_are_no_quantities(run: Run, bank: dict[str, str]) -> None:
    stated = [
        one["value"]
        for claim in claims_of(run, bank["Herald"]).values()
        if claim["kind"] == "quantity"
        for cell in claim["cells"].values()
        for one in cell
    ]

    assert sorted(stated) == sorted(
        ["over 3 million", "more than 2.1 million", "1,200", "1,200", "14 months"]
    )


@pytest.mark.parametrize("language", PLANS)
def test_claims_are_read_in_several_languages(run: Run, take_in: Import, language: str) -> None:
    texts = PLANS[language]
    ids = take_in(
        *(
            row(name, (f"{text[:20]} {name}", text), hours, language=language)
            for hours, (name, text) in enumerate(texts)
        )
    )
    first, second = (name for name, _ in texts)
    run("story", ids[first], "--merge", ids[second])

    claims = claims_of(run, ids[first])

    assert set(claims["dead"]["cells"]) == {first, second}
    assert claims["dead"]["differs"]
    (left,) = [each for what, each in claims.items() if what.endswith(" left")]
    assert set(left["cells"]) == {first, second}


def test_claims_are_a_table_with_the_sentences_below(run: Run, bank: dict[str, str]) -> None:
    shown = run("story", bank["Herald"], "--claims")

    head = next(line for line in shown.lines if line.split() == ["Herald", "Courier", "Gazette"])
    customers = next(line for line in shown.lines if line.startswith("customers"))
    assert customers.split("  ")[0] == "customers"
    assert "differs" in customers
    assert customers.index("over 3 million") < head.index("Courier") < customers.index("more than")
    number = customers.split("[")[1].split("]")[0]
    assert f"[{number}] Herald {bank['Herald']}: The bank in Lund counts" in shown.out


def test_a_story_without_claims_says_so(run: Run, take_in: Import) -> None:
    text = "the water came at night and nobody knew why the gates of the old mill stayed shut"
    ids = take_in(row("Herald", ("water at the mill", text), 0))

    shown = run("story", ids["Herald"], "--claims")

    assert (shown.code, shown.err) == (0, "No number, person or quote was found in it.\n")


def test_what_is_told_already_is_known_once_a_member_was_read(
    run: Run, bank: dict[str, str]
) -> None:
    assert run("story", bank["Herald"], "--json").json["told"] == {}
    run("mark", bank["Herald"], "--read")

    story = run("story", bank["Herald"], "--json").json

    text = run("show", bank["Courier"], "--format", "json").json["text"]
    told = story["told"][bank["Courier"]]
    assert [text[each["start"] : each["end"]] for each in told] == [
        "Nordbank in Lund must look for a new head: Vale Astrid has stepped down.",
        "Vale told the board that she was “proud of what we built”.",
    ]
    assert {each["by"] for each in told} == {bank["Herald"]}
    new = {each["id"]: each["new_percent"] for each in story["members"]}
    assert new == {bank["Herald"]: None, bank["Courier"]: 50, bank["Gazette"]: 67}
    assert "50 % new)" in run("story", bank["Herald"]).out


def test_a_sentence_with_a_new_number_or_name_is_never_told(run: Run, take_in: Import) -> None:
    same = "Nordbank in Lund will cut jobs at its branches after the failed Odense merger"
    texts = {
        "Herald": f"{same}. The talks took all winter.",
        "Courier": f"{same}. The talks took all winter.",
        "Gazette": f"{same}: 1,200 of them. {same}, said Petra Holm.",
    }
    ids = take_in(*(row(name, (f"{name} on Nordbank", text), 1) for name, text in texts.items()))
    for name in ("Courier", "Gazette"):
        run("story", ids["Herald"], "--merge", ids[name])
    run("mark", ids["Herald"], "--read")

    told = run("story", ids["Herald"], "--json").json["told"]

    assert len(told[ids["Courier"]]) == 2
    assert told[ids["Gazette"]] == []


def test_the_timeline_tells_what_was_new_and_how_texts_changed(
    run: Run, bank: dict[str, str], take_in: Import
) -> None:
    edited = COURIER[1].replace("2.1 million", "3 million")
    take_in(row("Courier", (COURIER[0], edited), 3))

    *first, last = run("story", bank["Herald"], "--json").json["timeline"]

    assert [each["outlet"] for each in first] == ["Herald", "Courier", "Gazette"]
    assert "customers: over 3 million" in first[0]["what"]
    assert "customers: more than 2.1 million" in first[1]["what"]
    assert "Astrid Vale left" not in first[1]["what"]
    assert (last["outlet"], last["what"]) == ("Courier", "changed: 2.1 million → 3 million")
    assert "changed: 2.1 million → 3 million" in run("story", bank["Herald"], "--timeline").out


def test_who_told_first_is_who_published_first(run: Run, take_in: Import) -> None:
    broke = "The Orvel dam broke in Tarn and {} people were killed."
    ids = take_in(
        row("Herald", ("Orvel dam breaks", broke.format(12)), 1),
        row("Courier", ("Orvel dam broke in Tarn", broke.format(15)), 2),
    )
    take_in(row("Herald", ("More dead at the Orvel dam", broke.format(15)), 3))
    (later,) = {each["id"] for each in run("list", "--json").json} - set(ids.values())
    for name in (ids["Courier"], later):
        run("story", ids["Herald"], "--merge", name)

    events = run("story", ids["Herald"], "--json").json["timeline"]

    assert {each["article_id"]: each["what"] for each in events} == {
        ids["Herald"]: "dead: 12",
        ids["Courier"]: "dead: 15",
        later: "nothing that was not known",
    }


def test_of_copies_whose_original_is_of_another_story_the_first_states_what_they_say(
    run: Run, take_in: Import
) -> None:
    copies = {
        name: (f"{name}: {HERALD[0]}", f"{HERALD[1]} ({name})") for name in ("Mirror", "Post")
    }
    ids = take_in(
        row("Herald", HERALD, 0),
        *(row(name, told, hours) for hours, (name, told) in enumerate(copies.items(), start=1)),
    )
    before = run("story", ids["Herald"], "--json").json
    assert [each["copy_of"] for each in before["members"]] == [None, ids["Herald"], ids["Herald"]]
    assert {outlet for each in before["claims"] for outlet in each["cells"]} == {"Herald"}
    run("story", ids["Herald"], "--split")

    left = run("story", ids["Post"], "--json").json

    jobs = {each["what"]: each for each in left["claims"]}["jobs"]
    assert values(jobs) == {"Mirror": ["1,200"]}
    first, second = left["timeline"]
    assert "jobs: 1,200" in first["what"]
    assert second["what"] == f"a copy of {ids['Herald']}"


def test_hostile_texts_cost_no_more_than_their_length(run: Run, take_in: Import) -> None:
    ids = take_in(
        row("Herald", ("Numbers", "1,2.3" * 9_000), 0),
        row("Courier", ("Names", "Aa Bb, " * 9_000 + "resigned"), 1),
        row("Gazette", ("Quotes", "“" * 30_000 + "'" * 30_000), 2),
        row("Mirror", ("Stops", "." * 59_000 + "x"), 3),
        row("Post", ("Words", "two million Ada Lund left, " * 2_300), 4),
        row("Star", ("Han", "林俊旸·马斯克一二三" * 6_000), 5),
    )
    for name in ids:
        run("story", ids["Herald"], "--merge", ids[name])
    run("mark", ids["Post"], "--read")

    shown = run("story", ids["Herald"], "--json").json

    assert {each["outlet"] for each in shown["members"]} == set(ids)
