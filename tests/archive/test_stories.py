"""Stories of an archive: roundups, the order of arrival, removed articles, read-only archives."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.errors import ArchiveReadOnly
from archive.models import Article, MarkChange, Section
from archive.story_models import Story

START = datetime(2026, 3, 4, 8, tzinfo=UTC)

STRIKE = [
    (
        "Harbour pilots of Sund go on strike",
        (
            "The harbour pilots of Sund stopped work at midnight. Their union, led by Maja Tolv,"
            " asks for a third pilot on night ships. Forty freighters wait off Cape Ulv, the"
            " port office said, and ferry lines to Holm were cut."
        ),
    ),
    (
        "Forty ships wait off Cape Ulv as pilots strike",
        (
            "Forty freighters lay off Cape Ulv on Thursday because the pilots of Sund do not work."
            " Maja Tolv of the union said that night ships need a third pilot. The port office"
            " called talks for Friday."
        ),
    ),
    (
        "Pilots of Sund: what the union asks for",
        (
            "Maja Tolv wants a third pilot aboard every ship that enters Sund by night. Since"
            " midnight her union of harbour pilots is on strike and the ferries to Holm stay"
            " in port."
        ),
    ),
]
LETTER = (
    "A letter from the night watch",
    (
        "I asked a pilot of Sund yesterday how long he sleeps. Four hours, he said, and that the"
        " union of Maja Tolv had something in mind for midnight. The coffee was cold, the lamp"
        " above the quay blinked."
    ),
)
ORCHARD = (
    "Late frost takes half of the plums in Pell",
    (
        "Growers in Pell lost half of their plums to a frost in April. The cooperative of the"
        " valley lit candles between the trees for three nights, and asks the province for help."
    ),
)
LATER = (
    "Pilots and port office of Sund agree",
    (
        "Five weeks after the strike of the harbour pilots, Maja Tolv signed an agreement with"
        " the port office of Sund. Every night ship has a third pilot from June, and the"
        " ferries to Holm sail by a new plan."
    ),
)
NOTES = [
    LATER,
    ORCHARD,
    (
        "A telescope for the school in Marn",
        (
            "Pupils in Marn ground a mirror of thirty centimetres and built a telescope from"
            " it, with which they look at the rings of Saturn from the roof of their school on"
            " clear nights."
        ),
    ),
    (
        "Old tram returns to the hills of Tarn",
        (
            "A tram of the year 1911 climbs the hills of Tarn again. Volunteers repaired its"
            " brakes and benches over nine winters, and tickets cost as much as they did when"
            " it was new."
        ),
    ),
]


INFLECTED = {
    "ru": [
        (
            "Сборная Казахстана по хоккею обыграла Францию",
            "Матч чемпионата мира в Риге закончился со счётом 3:1 после шайб Никиты Михайлиса.",
        ),
        (
            "Дубль Михайлиса принёс Казахстану победу над французами",
            "Казахстанские хоккеисты одержали первую победу на чемпионате, обыграв Францию.",
        ),
        (
            "Теплоход сел на мель на Волге под Самарой",
            "На борту теплохода 212 пассажиров, никто не пострадал, сообщили в МЧС.",
        ),
    ],
    "tr": [
        (
            "İzmir'de orman yangını: üç mahalle boşaltıldı",
            "Seferihisar'da çıkan yangın rüzgarla büyüdü, uçaklar havalandı.",
        ),
        (
            "Seferihisar yangınına havadan müdahale",
            "İzmir Valisi, mahallelerin boşaltıldığı orman yangınının sürdüğünü söyledi.",
        ),
        (
            "Derbide gülen taraf Galatasaray oldu",
            "Sarı kırmızılılar ezeli rakibini iki golle yendi.",
        ),
    ],
    "ar": [
        (
            "حريق في سوق المباركية بالكويت يصيب أربعة عشر شخصا",
            "اندلع حريق كبير في السوق التاريخي وسط مدينة الكويت، بحسب الإطفاء.",
        ),
        (
            "خسائر كبيرة لتجار مباركية الكويت",
            "يحصي التجار خسائرهم بعد الحريق الذي أتى على محالهم في سوق الكويت التاريخي.",
        ),
        (
            "المغرب يفوز على مصر ويبلغ نهائي كأس العرب",
            "سجل أيوب الكعبي هدفي المنتخب المغربي في مباراة نصف النهائي.",
        ),
    ],
}
"""Two reports of one event in other forms of its words, and one of another event."""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive") as archive:
        yield archive


def article(told: tuple[str, str], outlet: str, hours: float) -> Article:
    return Article(
        url=f"https://{outlet}.example/{hours}",
        title=told[0],
        text=told[1],
        archived_at=START,
        published_at=START + timedelta(hours=hours),
        site_name=outlet,
    )


def roundup(notes: Sequence[tuple[str, str]], hours: float) -> Article:
    text, sections = "", []
    for number, (heading, body) in enumerate(notes, 1):
        sections.append(Section(number, heading, 2, len(text)))
        text += f"## {heading}\n\n{body}\n\n"
    whole = article(("The month in notes", text), "Weekly", hours)
    return Article(
        url=whole.url, title=whole.title, text=text, archived_at=START,
        published_at=whole.published_at, site_name="Weekly", sections=tuple(sections),
    )  # fmt: skip


def strike() -> list[Article]:
    return [article(told, f"outlet{place}", 3 * place) for place, told in enumerate(STRIKE)]


def outlets(story: Story) -> list[str]:
    return [each.outlet for each in story.members]


def test_a_roundup_is_no_member_and_its_item_is_related(archive: Archive) -> None:
    archive.save([*strike(), roundup(NOTES, 24 * 35)])
    archive.stories.group()

    (listed,) = archive.stories.list()
    story = archive.stories.get(listed.story_id)

    assert outlets(story) == ["outlet0", "outlet1", "outlet2"]
    (related,) = story.related
    assert (related.outlet, related.section) == ("Weekly", 1)
    assert related.why.endswith("34 days later")


def test_an_item_of_a_roundup_may_be_a_member(archive: Archive) -> None:
    (first, *_) = strike()
    saved = archive.save([first, roundup([STRIKE[1], *NOTES[1:]], 20)])
    archive.stories.group()

    (story,) = archive.stories.list()

    assert [(each.article_id, each.section) for each in story.members] == [
        (saved[0].article_id, 0),
        (saved[1].article_id, 1),
    ]


def test_sections_on_one_subject_make_no_roundup(archive: Archive) -> None:
    first, second, third = STRIKE
    long_read = roundup([first, second, third, LATER], 20)
    archive.save([strike()[0], long_read])
    archive.stories.group()

    (story,) = archive.stories.list()

    assert [each.section for each in story.members] == [0, 0]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_stories_hang_on_no_order_of_arrival(archive: Archive, order: tuple[int, ...]) -> None:
    arriving = [*strike(), article(ORCHARD, "orchard", 4)]
    for place in order:
        archive.save([arriving[place]])
        archive.stories.group()

    (story,) = archive.stories.list()

    assert outlets(story) == ["outlet0", "outlet1", "outlet2"]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_what_came_in_another_order_is_tried_as_it_was_published(
    archive: Archive, order: tuple[int, ...]
) -> None:
    arriving = [article(LETTER, "letters", -20), *strike()]
    for place in order:
        archive.save([arriving[place]])
        archive.stories.group()

    (story,) = archive.stories.list()

    assert outlets(story) == ["letters", "outlet0", "outlet1", "outlet2"]


def weights_by_article(folder: Path) -> dict[str, bytes]:
    with closing(sqlite3.connect(folder / "index.sqlite")) as db:
        found = db.execute(
            "SELECT article_id, weights FROM story_units JOIN story_vectors USING (unit)"
        )
        return dict(found.fetchall())


def test_what_two_programs_group_in_turn_weighs_as_if_one_had(tmp_path: Path) -> None:
    told = [article(each, f"outlet{place}", 3 * place) for place, each in enumerate(STRIKE + NOTES)]
    with Archive.open(tmp_path / "two") as first, Archive.open(tmp_path / "two") as second:
        for place, each in enumerate(told):
            writer = (first, second)[place % 2]
            writer.save([each])
            writer.stories.group()
    with Archive.open(tmp_path / "one") as only:
        for each in told:
            only.save([each])
            with Archive.open(tmp_path / "one") as fresh:
                fresh.stories.group()
    assert weights_by_article(tmp_path / "two") == weights_by_article(tmp_path / "one")


def test_a_story_of_which_the_newest_came_first_is_called_by_that_one(archive: Archive) -> None:
    told = [article(STRIKE[number % 3], f"outlet{number}", 5 - number / 10) for number in range(50)]
    stored = archive.save(told)
    archive.stories.group()  # in order of publication: each comes before all of its story

    (story,) = archive.stories.list()

    assert story.story_id == f"s{stored[0].article_id}"
    assert outlets(story) == [f"outlet{number}" for number in reversed(range(50))]
    (row,) = archive.stories.folded.list()
    (under,) = archive.stories.folded.under("", [row.row_id]).values()
    assert {row.article_id, *(each.article_id for each in under)} == {
        each.article_id for each in stored
    }


@pytest.mark.parametrize("language", list(INFLECTED))
def test_words_are_grouped_by_their_stems(archive: Archive, language: str) -> None:
    archive.save(
        [
            replace(article(told, f"outlet{place}", place), language=f"{language}-XX")
            for place, told in enumerate(INFLECTED[language])
        ]
    )
    archive.stories.group()

    (story,) = archive.stories.list()
    assert outlets(story) == ["outlet0", "outlet1"]


def test_a_storys_id_stays_as_it_grows(archive: Archive) -> None:
    first, second, third = strike()
    archive.save([second, third])
    archive.stories.group()
    (before,) = archive.stories.list()
    archive.save([first])
    archive.stories.group()

    (after,) = archive.stories.list()

    assert (after.story_id, outlets(after)[0]) == (before.story_id, "outlet0")


def test_events_of_other_weeks_stay_apart(archive: Archive) -> None:
    first, second, _ = strike()
    archive.save([first, article(STRIKE[1], "year", 24 * 365)])
    archive.stories.group()

    assert archive.stories.list() == []
    archive.save([second])
    archive.stories.group()
    assert [outlets(each) for each in archive.stories.list()] == [["outlet0", "outlet1"]]


def test_a_stop_leaves_the_rest_for_the_next_time(archive: Archive) -> None:
    archive.save(strike())

    assert archive.stories.group(stopped=lambda: True) == 0
    assert archive.stories.group() == 3
    assert archive.stories.group() == 0


def test_a_copied_archive_that_is_only_read_has_its_stories(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        archive.save(strike())
        archive.stories.group()
        expected = archive.stories.list()

    with Archive.open(tmp_path / "archive", read_only=True) as archive:
        assert archive.stories.list() == expected
        assert archive.stories.group() == 0
        with pytest.raises(ArchiveReadOnly):
            archive.stories.split([expected[0].members[0].article_id])


def test_a_new_index_groups_nothing_twice(archive: Archive) -> None:
    archive.save(strike())
    archive.stories.group()
    expected = archive.stories.list()
    archive.rebuild()

    assert archive.stories.group() == 0
    assert archive.stories.list() == expected


def test_of_many_that_wait_the_newest_are_grouped_first(archive: Archive) -> None:
    archive.save(strike())

    assert archive.stories.group(most=2) == 2
    assert [outlets(each) for each in archive.stories.list()] == [["outlet1", "outlet2"]]
    assert archive.stories.group(most=2) == 1
    assert len(archive.stories.list()[0].members) == 3


def test_texts_without_words_do_no_harm(archive: Archive) -> None:
    hostile = ["", "\x00\x1b[31m" * 50, "A" * 200_000, "Ab " * 60_000, "’" * 50_000, "1 " * 9_000]
    archive.save([article(("?", text), f"odd{n}", n) for n, text in enumerate(hostile)])

    assert archive.stories.group() == len(hostile)


def test_hidden_members_are_in_a_story_only_when_they_are_asked_for(archive: Archive) -> None:
    archive.save(strike())
    archive.stories.group()
    (story,) = archive.stories.list()
    first, second, third = [each.article_id for each in story.members]
    archive.mark([first], MarkChange(hidden_by="hand"))

    shown = archive.stories.get(second)
    assert [each.article_id for each in shown.members] == [second, third]
    assert shown.story_id == story.story_id
    assert archive.stories.list() == [replace(shown, related=())]
    states = [each for claim in archive.stories.claims(shown) for each in claim.cells.values()]
    assert first not in {one.article_id for cell in states for one in cell}
    assert len(archive.stories.get(first).members) == 3
    assert len(archive.stories.list("is:hidden")[0].members) == 3

    archive.stories.split([second])
    assert [each.article_id for each in archive.stories.get(first).members] == [first, third]
    archive.stories.undo()
    assert len(archive.stories.get(first).members) == 3
