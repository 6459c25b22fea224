"""names: spellings that are of one name, in searches, in stories and in tables of claims."""

import pytest

from tests.cli.conftest import Import, Run, row

POST = (
    "Lin Junyang leaves Nordbank",
    "Lin Junyang resigned from Nordbank on Monday after six years. The board meets in Lund.",
)
MORNING = ("北欧银行负责人离职", "北欧银行负责人林俊旸今天已辞职。董事会将在隆德开会。")
EVENING = (
    "Nordbank looks for a head",
    "Justin Lin stepped down as head of Nordbank, and the board meets in Lund.",
)


@pytest.fixture
def told(take_in: Import) -> dict[str, str]:
    """Three outlets that spell one name in three ways; their ids."""
    return take_in(row("Post", POST, 0), row("晨报", MORNING, 2), row("Evening", EVENING, 5))


def named(run: Run) -> None:
    assert run("names", "add", "Lin Junyang", "林俊旸", "Justin Lin").code == 0


def found(run: Run, *query: str) -> set[str]:
    return {each["outlet"] for each in run("list", *query, "--json").json or []}


@pytest.mark.parametrize(
    "query", ["junyang lin", '"lin junyang"', "林俊旸", "justin lin", "head OR 林俊旸"]
)
def test_a_search_for_one_spelling_finds_all(run: Run, told: dict[str, str], query: str) -> None:
    before = found(run, query)
    named(run)

    assert before < found(run, query) == {"Post", "晨报", "Evening"}


def test_what_is_excluded_is_so_in_every_spelling(run: Run, told: dict[str, str]) -> None:
    named(run)

    assert found(run, "-林俊旸") == set()
    assert found(run, '"junyang lin"') == set()


def test_a_person_has_one_row_of_claims(run: Run, told: dict[str, str]) -> None:
    for other in ("晨报", "Evening"):
        run("story", told["Post"], "--merge", told[other])
    named(run)

    claims = run("story", told["Post"], "--json").json["claims"]
    left = [each for each in claims if each["kind"] == "person" and each["what"].endswith("left")]

    assert [each["what"] for each in left] == ["Lin Junyang left"]
    assert set(left[0]["cells"]) == {"Post", "晨报", "Evening"}


def test_articles_in_two_scripts_are_one_story_by_its_names(run: Run, take_in: Import) -> None:
    run("names", "add", "Lin Junyang", "林俊旸")
    run("names", "add", "Nordbank", "北欧银行")
    ids = take_in(row("Post", POST, 0), row("晨报", MORNING, 2))

    story = run("story", ids["Post"], "--json").json

    assert {each["outlet"] for each in story["members"]} == {"Post", "晨报"}


def test_names_are_listed_joined_and_forgotten(run: Run) -> None:
    assert run("names", "--json").json == []
    run("names", "add", "Lin Junyang", "林俊旸")
    run("names", "add", "Justin Lin", "lin junyang")
    run("names", "add", "Nordbank", "北欧银行")
    spellings = ["Lin Junyang", "林俊旸", "Justin Lin"]
    assert run("names", "--json").json == [
        {"name": "Lin Junyang", "spellings": spellings},
        {"name": "Nordbank", "spellings": ["Nordbank", "北欧银行"]},
    ]

    assert run("names", "remove", "JUSTIN LIN").code == 0
    assert [each["name"] for each in run("names", "--json").json] == ["Nordbank"]
    assert run("names", "remove", "Nobody").code == 1


@pytest.mark.parametrize(
    "words", [("add", "Lin"), ("add", "Lin", "LIN"), ("add", "Lin", "?!"), ("add", "x", "y" * 99)]
)
def test_what_is_no_name_is_refused(run: Run, words: tuple[str, ...]) -> None:
    refused = run("names", *words)

    assert refused.code == 2
    assert refused.err.startswith("newsreader: names add:")


def test_rules_know_all_spellings_of_what_comes_in(run: Run, take_in: Import) -> None:
    named(run)
    assert run("rule", "add", "lin", '"Lin Junyang"', "+person").code == 0
    take_in(row("Post", POST, 0), row("晨报", MORNING, 2))

    assert found(run, "tag:person") == {"Post", "晨报"}


def test_a_spelling_is_known_whatever_its_small_letters_are(run: Run, take_in: Import) -> None:
    told = ("Große Bank zahlt", "Anna Große trat bei der Bank am Montag zurück, sagte der Rat.")
    ids = take_in(row("Post", told, 0), row("Evening", POST, 2))
    run("story", ids["Post"], "--merge", ids["Evening"])
    run("names", "add", "Lin Junyang", "Anna Große")

    assert found(run, "junyang lin") == {"Post", "Evening"}
    claims = run("story", ids["Post"], "--json").json["claims"]

    assert not any("Große" in each["what"] for each in claims)
