"""What sentences state: quantities with what they count, people with what they did, sentences."""

from __future__ import annotations

import pytest

from archive.acts import deeds_in
from archive.claims import MOST_CLAIMS, claims_of
from archive.person_names import Persons, names_in
from archive.quantities import quantities_in
from archive.sentences import sentences_of
from archive.story_texts import StoryText
from archive.story_told import MOST_SENTENCES, Reader


def counted(text: str, language: str) -> list[tuple[str, str]]:
    return [(each.shown, each.what) for each in quantities_in(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "It has over 1 billion downloads and 4.5 million views.",
         [("over 1 billion", "downloads"), ("4.5 million", "views")]),
        ("en", "topping all downloads with over 1 billion—so far",
         [("over 1 billion", "downloads")]),
        ("en", "from 0.8 billion to 9 billion parameters",
         [("0.8 billion to 9 billion", "parameters")]),
        ("en", "It was downloaded 700 million times.", [("700 million", "downloads")]),
        ("en", "Two dozen people were hurt in a $4.2bn plant.",
         [("Two dozen", "injured"), ("$4.2bn", "USD")]),
        ("en", "killing 12 people and injuring 30 others", [("12", "dead"), ("30", "injured")]),
        ("en", "The death toll rose to 15 on Friday.", [("15", "dead")]),
        ("en", "At least 19 people died and 230 were hurt.",
         [("At least 19", "dead"), ("230", "injured")]),
        ("de", "Drei Menschen starben.", [("Drei", "dead")]),
        ("fr", "Quarante cargos attendent.", [("Quarante", "cargo")]),
        ("ru", "Эвакуированы 2300 человек.", [("2300", "evacuated")]),
        ("en", "About 2,300 people were evacuated.", [("About 2,300", "evacuated")]),
        ("en", "more than two thousand homes", [("more than two thousand", "homes")]),
        ("en", "costs $8–11 million per megawatt", [("$8–11 million", "USD")]),
        ("en", "A magnitude 6.4 earthquake struck.", [("6.4", "magnitude")]),
        ("es", "Murieron 12 personas y hay 42 heridos.", [("12", "dead"), ("42", "injured")]),
        ("es", "Las descargas superan los 600 millones.", [("600 millones", "downloads")]),
        ("es", "más de 2.300 vecinos y 1,5 millones de euros",
         [("más de 2.300", "people"), ("1,5 millones de euros", "EUR")]),
        ("es", "Quince muertos en un terremoto de magnitud 6,4",
         [("Quince", "dead"), ("6,4", "magnitude")]),
        ("zh", "下载量超过10亿次，两千三百人撤离。",
         [("超过10亿", "downloads"), ("两千三百", "evacuated")]),
        ("zh", "该模型被下载6亿次。", [("6亿", "downloads")]),
        ("zh", "遇难人数升至15人，百分之三十的房屋被毁。", [("15", "dead"), ("百分之三十", "%")]),
        ("de", "Rund 1.200 Menschen und 3,5 Millionen Euro",
         [("Rund 1.200", "people"), ("3,5 Millionen Euro", "EUR")]),
        ("de", "Mindestens 14 Menschen kamen ums Leben, 37 wurden verletzt.",
         [("Mindestens 14", "dead"), ("37", "injured")]),
        ("de", "Der Konzern will 2.500 Stellen streichen und 1,3 Milliarden Euro sparen.",
         [("2.500", "jobs"), ("1,3 Milliarden Euro", "EUR")]),
        ("de", "Die App wurde über 600 Millionen Mal heruntergeladen.",
         [("über 600 Millionen", "downloads")]),
        ("de", "Ein Beben der Stärke 6,4 zerstörte zweihundert Häuser.",
         [("6,4", "magnitude"), ("zweihundert", "homes")]),
        ("de", "Einundzwanzig Soldaten suchten nach fünfzig Vermissten.",
         [("Einundzwanzig", "soldiers"), ("fünfzig", "missing")]),
        ("fr", "Le groupe supprime 2 500 emplois et économise 1,3 milliard d'euros.",
         [("2 500", "jobs"), ("1,3 milliard d'euros", "EUR")]),
        ("fr", "Dix-sept passagers sont portés disparus, quatre-vingts ont été secourus.",
         [("Dix-sept", "missing"), ("quatre-vingts", "rescued")]),
        ("fr", "Près de trois cents maisons sont détruites, et une centaine de bateaux.",
         [("Près de trois cents", "homes"), ("une centaine", "bateau")]),
        ("fr", "L'appli a été téléchargée 4 millions de fois.", [("4 millions", "downloads")]),
        ("es", "Acudieron una veintena de bomberos.", [("una veintena", "bombero")]),
        ("zh", "共有230名消防员参加救援。", [("230", "消防员")]),
        ("fr", "Deux personnes sont mortes et 15 autres ont été blessées.",
         [("Deux", "dead"), ("15", "injured")]),
        ("de", "67 Menschen werden vermisst, 24.000 mussten ihre Häuser verlassen.",
         [("67", "missing")]),
        ("en", "Six miners lost their lives.", [("Six", "dead")]),
        ("de", "Rund 1,2 Mio. Menschen leben dort, das kostet 2,5 Mrd. Euro.",
         [("Rund 1,2 Mio.", "people"), ("2,5 Mrd. Euro", "EUR")]),
        ("de", "Elf Menschen kamen ums Leben.", [("Elf", "dead")]),
        ("en", "Elf employees were dismissed, and Otto Dix paintings were sold.", []),
        ("fr", "Cent vingt personnes et mille deux cents soldats.", []),
    ],
)  # fmt: skip
def test_a_number_is_taken_with_what_it_counts(
    language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert counted(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "2.1 From special forces to assembly lines"),
        ("en", "1. After the vote, everybody left."),
        ("en", "On 4 March 2026 at 17:30, or 5 p.m., the doors opened."),
        ("en", "Llama 4 and Qwen 2.5 run under Apache 2.0 on GLM-5.1."),
        ("en", "They won 3-2 in the 2nd round of the 14th cup."),
        ("en", "Chapter 3 says so, and room 12 is closed."),
        ("es", "El 4 de marzo de 2026 a las 17:30"),
        ("zh", "2026年3月4日星期三，百度第三次发布。"),
        ("zh", "葡萄牙队3比2战胜西班牙队。"),
        ("de", "Am 4. März 2026 um 17.30 Uhr, laut Paragraf 12 des Gesetzes in Version 3.5."),
        ("fr", "Le 4 mars 2026 à 17 heures, selon l'article 49.3 du chapitre 12."),
    ],
)
def test_dates_times_versions_and_outlines_are_no_quantities(language: str, text: str) -> None:
    assert [shown for shown, what in counted(text, language) if what] == []


def test_a_german_noun_is_what_a_number_counts_whatever_its_ending() -> None:
    one, other = counted("mit 120 Einsatzkräften", "de"), counted("40 junge Einsatzkräfte", "de")

    assert (one[0][0], other[0][0]) == ("120", "40")
    assert one[0][1] == other[0][1]


def test_money_is_not_counted_in_those_who_spend_it() -> None:
    said = "Donors who give more than $10,000 lost at least 110 pounds."

    assert [what for _, what in counted(said, "en")] == ["USD", "pounds"]
    assert [each.label for each in quantities_in(said, "en")] == ["USD", "pounds"]


def done(text: str, language: str) -> set[tuple[str, str]]:
    persons = Persons(("", name) for name in names_in(text))
    return {(persons.shown(deed.person), deed.act) for deed in deeds_in(text, persons, language)}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Ada Lund, the head of the lab since 2019, abruptly announced her resignation.",
         {("Ada Lund", "left")}),
        ("en", "Ada Lund (54) and Emil Sand resigned.",
         {("Ada Lund", "left"), ("Emil Sand", "left")}),
        ("en", "The head, Ada Lund, has stepped down alongside intern Emil Sand.",
         {("Ada Lund", "left"), ("Emil Sand", "left")}),
        ("en", "Ada Lund, a pupil of Emil Sand, quit.", {("Ada Lund", "left")}),
        ("en", "Ada Lund has left the firm, as have Emil Sand and Tom Okafor.",
         {("Ada Lund", "left"), ("Emil Sand", "left"), ("Tom Okafor", "left")}),
        ("en", "Analyst Ada Lund of the Kestrel Bank said so.", {("Ada Lund", "said")}),
        ("en", "Ada Lund of John Deere resigned.", {("Ada Lund", "left")}),
        ("en", "Emil Sand said the departures of Ada Lund and Tom Okafor were forced.",
         {("Emil Sand", "said"), ("Ada Lund", "left"), ("Tom Okafor", "left")}),
        ("en", "In May, Ada Lund quietly joined a rival after leaving to found a firm.",
         {("Ada Lund", "joined"), ("Ada Lund", "left")}),
        ("en", "The board appointed Tom Okafor.", {("Tom Okafor", "appointed")}),
        ("en", "“It is over,” said Ada Lund.", {("Ada Lund", "said")}),
        ("es", "Dimite el ministro Juan Robledo.", {("Juan Robledo", "left")}),
        ("es", "La salida de Ana Belmar sorprende; el rey nombró a Juan Robledo.",
         {("Ana Belmar", "left"), ("Juan Robledo", "appointed")}),
        ("es", "«No me voy», afirmó Ana Belmar, que se incorporó en mayo.",
         {("Ana Belmar", "said"), ("Ana Belmar", "joined")}),
        ("zh", "技术负责人林俊旸突然宣布离职。", {("林俊旸", "left")}),
        ("en", "Ada Lund, the chief editor, said on Monday that she was leaving the paper.",
         {("Ada Lund", "left"), ("Ada Lund", "said")}),
        ("en", "The board regrets the departures of Ms. Lund, Mr. Sand and Ada Lund.",
         {("Ada Lund", "left")}),
        ("es", "Ana Belmar deja Orvel tras seis años.", {("Ana Belmar", "left")}),
        ("es", "También se van Ana Belmar y Juan Robledo.",
         {("Ana Belmar", "left"), ("Juan Robledo", "left")}),
        ("zh", "首席技术官米拉·穆拉蒂在社交平台上宣布离职。", {("米拉·穆拉蒂", "left")}),
        ("zh", "林俊旸、周畅相继离职。", {("林俊旸", "left"), ("周畅", "left")}),
        ("zh", "马斯克宣布离职。", {("马斯克", "left")}),
        ("en", "Murat Yakin resigned on Monday.", {("Murat Yakin", "left")}),
        ("zh", "周畅加入字节跳动，埃隆·马斯克表示赞赏。",
         {("周畅", "joined"), ("埃隆·马斯克", "said")}),
        ("en", "According to Ada Lund, all is well.", {("Ada Lund", "said")}),
        ("en", "Kestrel CEO Ada Lund will step down, and Emil Sand will succeed her.",
         {("Ada Lund", "left"), ("Emil Sand", "appointed")}),
        ("en", "White House Press Secretary Ada Lund said so to Senate Leader Emil Sand.",
         {("Ada Lund", "said")}),
        ("zh", "负责人林俊旸3月3日深夜在社交平台宣布离职，惠彬原、李凯新也已提出离职。",
         {("林俊旸", "left"), ("惠彬原", "left"), ("李凯新", "left")}),
        ("de", "Finanzminister Karl Braun ist am Montag überraschend zurückgetreten.",
         {("Karl Braun", "left")}),
        ("de", "Am Montag trat Konzernchef Karl Braun von seinem Amt zurück.",
         {("Karl Braun", "left")}),
        ("de", "Anna Weiß, seit 2019 Leiterin des Labors, hat ihren Rücktritt angekündigt.",
         {("Anna Weiß", "left")}),
        ("de", "„Es ist vorbei“, sagte Sprecherin Anna Weiß.", {("Anna Weiß", "said")}),
        ("de", "Der Rücktritt von Anna Weiß und Karl Braun kam überraschend.",
         {("Anna Weiß", "left"), ("Karl Braun", "left")}),
        ("de", "Nach dem Abgang des Vorstands Karl Braun übernimmt Anna Weiß die Leitung.",
         {("Karl Braun", "left"), ("Anna Weiß", "appointed")}),
        ("de", "Laut Wolfgang von Thal wechselte Karl Braun zur Konkurrenz.",
         {("Wolfgang von Thal", "said"), ("Karl Braun", "joined")}),
        ("fr", "La ministre Anne Morel a annoncé sa démission lundi.", {("Anne Morel", "left")}),
        ("fr", "Anne Morel, directrice depuis 2019, quitte l'entreprise.",
         {("Anne Morel", "left")}),
        ("fr", "« C'est fini », a déclaré l'avocat Luc Ferrand.", {("Luc Ferrand", "said")}),
        ("fr", "Il y aura quatre trains, selon le PDG Luc Ferrand.", {("Luc Ferrand", "said")}),
        ("fr", "Le départ d'Anne Morel et de Luc Ferrand a surpris.",
         {("Anne Morel", "left"), ("Luc Ferrand", "left")}),
        ("fr", "Selon Anne Morel, Luc Ferrand a été nommé directeur et rejoint Lyon.",
         {("Anne Morel", "said"), ("Luc Ferrand", "appointed")}),
    ],
)  # fmt: skip
def test_a_person_is_bound_to_an_act_by_the_words_between(
    language: str, text: str, expected: set[tuple[str, str]]
) -> None:
    assert done(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ada Lund met the staff, and the head of the lab left."),
        ("en", "After the Lantern Festival the Special Forces left for the Assembly Line."),
        ("en", "Ada Lund left 12 dead and left the room."),
        ("en", "The departure of Ada Lund’s friends went unseen."),
        ("es", "Ana Belmar dejó claro que otros se van."),
        ("zh", "公司高管表示，任何人都不会离职。"),
        ("zh", "林俊旸否认离职传闻，周畅并未辞职。"),
        ("en", "An editor was fired by Ada Lund and fired to please Emil Sand."),
        ("en", "Ada Lund did not resign, and Emil Sand may leave."),
        ("en", "Friends of Ada Lund of Kestrel Bank resigned."),
        ("en", "The aides of Ada Lund resigned after calls on Ada Lund to resign."),
        ("de", "Karl Braun ist nicht zurückgetreten und verließ den Saal."),
        ("de", "Karl Braun verließ wortlos das Stadion."),
        ("de", "Die Mitarbeiter von Anna Weiß traten zurück, die Deutsche Bahn kündigt Züge an."),
        ("fr", "Luc Ferrand n'a pas démissionné et a quitté la salle."),
        ("fr", "Les proches d'Anne Morel ont démissionné."),
        ("en", "Ada Lund left the pitch in the 70th minute."),
        ("zh", "高中生李某某离开学校后走失。"),
    ],
)
def test_a_name_beside_an_act_is_not_enough(language: str, text: str) -> None:
    assert {person for person, act in done(text, language) if act == "left"} == set()


def test_a_name_is_one_person_in_any_order_with_nickname_or_alone() -> None:
    texts = ["Lin Junyang resigned.", "Junyang 'Justin' Lin spoke.", "Then Lin left the firm."]
    sources = [StoryText(f"O{at}", f"a{at}", text, "en") for at, text in enumerate(texts)]

    (claim,) = [each for each in claims_of(sources) if each.kind == "person"]

    assert (claim.what, list(claim.cells)) == ("Lin Junyang left", ["O0", "O2"])


@pytest.mark.parametrize(
    ("language", "text", "quote"),
    [
        ("de", "„Wir haben sehr lange darüber nachgedacht“, sagte sie.",
         "Wir haben sehr lange darüber nachgedacht"),
        ("de", "»Das war ein schwerer Fehler der Behörden«, hieß es.",
         "Das war ein schwerer Fehler der Behörden"),
        ("fr", "« Nous avons longtemps hésité avant de partir », dit-elle.",
         "Nous avons longtemps hésité avant de partir"),
    ],
)  # fmt: skip
def test_words_are_quoted_as_each_language_marks_them(language: str, text: str, quote: str) -> None:
    claims = claims_of([StoryText("A", "a1", text, language)])

    assert [each.what for each in claims if each.kind == "quote"] == [quote]


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ("12 people died.", "15 people died.", True),
        ("About 2,000 homes burned.", "2,300 homes burned.", False),
        ("12 to 15 people died.", "14 people died.", False),
        ("It has 2.1 million users.", "It has 2.123 million users.", False),
        ("It has 2.1 million users.", "It has 2.3 million users.", True),
        ("It has over 1 billion downloads.", "It has over 600 million downloads.", True),
        ("It has 60,000 users.", "It has 40,000 users.", True),
        ("It has 2.1 million users.", "It has 40 million users.", False),
        ("It has 2.1 million users.", "It has 2.1 billion users.", True),
        ("The bank lent $5 million to the harbour of Lund.", "Trams cost Odense $7 million.", None),
        (
            "It takes $200 million from the harbour fund and $600 million from the treasury fund.",
            "About $600 million come from the treasury fund.",
            False,
        ),
    ],
)
def test_only_numbers_of_the_same_quantity_differ(
    one: str, other: str, differs: bool | None
) -> None:
    sources = [StoryText("A", "a1", one, "en"), StoryText("B", "a2", other, "en")]

    shared = [each.differs for each in claims_of(sources) if len(each.cells) == 2]

    assert shared == ([] if differs is None else [differs])


RECALLED = [
    ("The flood killed 12 people in Tarn.", "In 2011 a flood in Tarn killed 300 people.", False),
    ("In 2011 a flood killed 300 people.", "The flood of 2011 killed 120 people in Tarn.", True),
    ("The flood killed 12 people.", "A flood killed 300 people there eight years ago.", False),
    ("In Tarn the flood killed 12 people.", "The quake near Sendai killed 300 people.", False),
    (
        "In Tarn the flood killed 12 people on Wednesday night.",
        "On Wednesday night the flood killed 15 people, Ilka Brandt said.",
        True,
    ),
    ("The bank has, since 2019, 3 million customers.", "It has 2.1 million customers.", True),
    ("La riada mató a 12 personas.", "Hace diez años la riada mató a 300 personas.", False),
    ("大坝决口造成12人死亡。", "2011年大坝决口造成300人死亡。", False),
]


@pytest.mark.parametrize(("one", "other", "differs"), RECALLED)
def test_what_is_recalled_of_another_occasion_does_not_differ(
    one: str, other: str, differs: bool
) -> None:
    language = "zh" if "人" in one else "es" if "mató" in one else "en"
    sources = [StoryText("A", "a1", one, language), StoryText("B", "a2", other, language)]

    (shared,) = [each for each in claims_of(sources) if len(each.cells) == 2]

    assert shared.differs is differs


def test_sentences_end_where_they_do() -> None:
    text = (
        "# No sentence\n\nMr. J. K. Lund of the U.S. team paid 2.5 million. Did he? “Yes.” He did."
        "\n\n"
        "- An item\n- Another [link](http://a.example/x.y)\n\n一句话。又一句！"
    )

    found = sentences_of(text)

    assert [each.text for each in found] == [
        "Mr. J. K. Lund of the U.S. team paid 2.5 million.", "Did he?", "“Yes.”", "He did.",
        "An item", "Another link", "一句话。", "又一句！",
    ]  # fmt: skip
    assert all(text[each.start : each.end].strip() == text[each.start : each.end] for each in found)


def test_a_german_number_with_a_stop_ends_no_sentence() -> None:
    text = "Am 4. März fiel der 2. Turm. „Das reicht.“ Mehr war nicht. They left No. 4. So it is."

    found = [each.text for each in sentences_of(text)]

    assert found == [
        "Am 4. März fiel der 2. Turm.", "„Das reicht.“", "Mehr war nicht.",
        "They left No. 4.", "So it is.",
    ]  # fmt: skip


@pytest.mark.parametrize("text", [
    "x" + " \n" * 29_999,
    " \n" * 30_000,
    " " * 59_999 + "b",
    "A. " * 20_000,
])  # fmt: skip
def test_a_text_of_white_space_or_initials_is_looked_at_once(text: str) -> None:
    for at in range(20):
        assert len(sentences_of(text[at:])) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "It was J. K. Rowling. He left platform X. Then he came.",
        "See No. 4. May came. " + "word " * 20 + "on platform X. Then he came.",
        "She asked.   “ then he came. It was 5. Then 6 came.",
    ],
)
def test_what_stands_far_from_a_stop_does_not_change_it(text: str) -> None:
    alone = [each.text for each in sentences_of(text)]
    before = " ".join(["A long tale was told."] * 200)

    assert [each.text for each in sentences_of(f"{before} {text}")][200:] == alone


def dead(first: int, count: int, between: str) -> str:
    return between.join(f"{number} dead" for number in range(first, first + count)) + "."


@pytest.mark.parametrize("between", [". ", ", "])
def test_an_outlet_that_states_thousands_of_numbers_is_cut_short(between: str) -> None:
    sources = [
        StoryText(f"O{at}", f"a{at}", dead(1000 + at, 4_500, between), "en") for at in range(4)
    ]

    (claim,) = claims_of(sources)

    assert {outlet: len(cell) for outlet, cell in claim.cells.items()} == {
        source.outlet: 20 for source in sources
    }
    assert claim.cells["O1"][0].value == "1001"
    assert all(len(each.sentence) <= 1000 for cell in claim.cells.values() for each in cell)


def test_thousands_of_sentences_with_the_same_words_are_not_all_compared() -> None:
    sources = [
        StoryText(
            f"O{at}",
            f"a{at}",
            " ".join(f"{100 + at + each} old homes in Zebraville Quux." for each in range(1_800)),
            "en",
        )
        for at in range(10)
    ]

    stated = [len(cell) for each in claims_of(sources) for cell in each.cells.values()]
    assert 0 < sum(stated) <= 60 * len(sources)


def test_thousands_of_quotes_that_share_words_are_not_all_compared() -> None:
    sources = [
        StoryText(
            f"O{at}",
            f"a{at}",
            " ".join(f"“zebra quagga okapi q{at}x{each} lemur”" for each in range(1_600)),
            "en",
        )
        for at in range(10)
    ]

    assert 0 < len(claims_of(sources)) <= MOST_CLAIMS


def test_thousands_of_names_are_not_compared_with_one_another() -> None:
    def name(number: int) -> str:
        return "".join(chr(97 + number // 26**place % 26) for place in range(4))

    sources = [
        StoryText(
            f"O{at}",
            f"a{at}",
            "Ada Lund resigned.\n\n"
            + ", ".join(f"Ax{name(5_000 * at + each)} Bo" for each in range(5_000)),
            "en",
        )
        for at in range(10)
    ]

    assert "Ada Lund left" in [each.what for each in claims_of(sources)]


def test_of_an_endless_text_the_beginning_is_remembered() -> None:
    told = [f"The Orvel dam breached near village{each} in Tarn." for each in range(1000)]
    read = StoryText("A", "a1", " ".join(told), "en")
    asked = StoryText("B", "a2", " ".join(told[::-1]), "en")
    again = StoryText("B", "a2", " ".join(told), "en")

    assert len(Reader([read], [read]).novelty(again).told) == MOST_SENTENCES
    late = Reader([read], [read]).novelty(asked)
    assert late.sentence_count == 1000
    assert all(each.end <= len(" ".join(told[::-1][:MOST_SENTENCES])) for each in late.told)


def test_what_is_said_to_speak_is_a_person() -> None:
    told = "高盛认为增速放缓。教练马丁内斯称赞了全队。 Según Protección Civil, no hay heridos."

    assert {person for person, act in done(told, "zh") if act == "said"} == set()
    assert {person for person, act in done(told, "es") if act == "said"} == set()


TOLD = [
    ("Lund hammered the harbour board in an interview over what he called its failure on jobs.",
     "In an interview on Tuesday Lund said the harbour would welcome the debate.", False),
    ("Lund hammered the harbour board in an interview over its failure on jobs.",
     "The harbour board was hammered by Lund for losing jobs.", True),
    ("The vote was lost.", "The vote was lost by the harbour board of Tarn.", False),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "known", "is_told"), TOLD)
def test_who_and_where_alone_do_not_tell_a_sentence(
    sentence: str, known: str, is_told: bool
) -> None:
    read, asked = StoryText("A", "a1", known, "en"), StoryText("B", "a2", sentence, "en")

    novelty = Reader([read], [read, asked]).novelty(asked)

    assert bool(novelty.told) is is_told
