"""Pictures in an archive: as they were saved, in their places, verified, and removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive import Archive, DamagedFile, MarkChange, PageRef, Retention
from archive.documents import article_document, article_from
from archive.pictures import Picture, merged_pictures, places_of_pictures
from tests.archive.making import START, make_article

TEXT = "The lamp is lit.\n\nThe lens is old.\n\n- Ten crowns a visit"


def at_start():
    return START


def test_a_picture_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    with Archive.open(tmp_path, now=at_start) as archive:
        ref = archive.pages.append("https://a.example/p.png", 200, {}, b"pixels", START)
        kept = Picture(
            "https://a.example/p.png",
            "A lamp",
            "By night",
            "is lit.",
            ref,
            "image/png",
            640,
            480,
            6,
        )
        pictures = (kept, Picture("https://a.example/q.png"))
        (saved,) = archive.save([make_article(1, pictures=pictures)])
    with Archive.open(tmp_path, now=at_start) as archive:
        assert archive.get(saved.article_id).pictures == pictures
        assert archive.verify() == []


def test_a_picture_that_is_not_what_was_written_is_damage() -> None:
    document = article_document(make_article(1, pictures=(Picture("https://a.example/p.png"),)))
    document["pictures"][0]["width"] = "wide"

    with pytest.raises(DamagedFile, match="width"):
        article_from(document, "261122a1")


@pytest.mark.parametrize(
    ("after", "places"),
    [
        (("", "is lit.", "crowns a visit"), (0, 16, len(TEXT))),
        (("is old.", "is lit."), (34, 34)),  # never above the picture before it
        (("is lit.", "words that are gone"), (16, 16)),
        (("words that are gone",), (0,)),
    ],
)
def test_pictures_stand_below_their_words(after: tuple[str, ...], places: tuple[int, ...]) -> None:
    pictures = [Picture(f"https://a.example/{n}", after=words) for n, words in enumerate(after)]

    assert places_of_pictures(TEXT, pictures) == list(places)


KEPT = PageRef("pages/2026/2026-11-22.warc.gz", 0)


def names(pictures: tuple[Picture, ...]) -> list[tuple[str, bool]]:
    return [(each.url.rpartition("/")[2], each.page is not None) for each in pictures]


def picture(name: str, page: PageRef | None = None, **said: str) -> Picture:
    return Picture(f"https://a.example/{name}", page=page, **said)


def test_a_new_look_keeps_what_is_kept_and_takes_the_new_words() -> None:
    known = picture("p", KEPT, alt="Before")
    fresh = picture("p", alt="After", after="is lit.")

    assert merged_pictures((known,), (fresh,)) == (replace(fresh, page=KEPT),)
    assert merged_pictures((known,), ()) == (known,)


def test_no_kept_picture_is_lost_when_the_page_shows_it_no_more() -> None:
    known = (picture("a", KEPT), picture("b", KEPT), picture("c"), picture("d", KEPT))
    fresh = (picture("a"), picture("e"), picture("d"))

    assert names(merged_pictures(known, fresh)) == [
        ("a", True),
        ("b", True),
        ("e", False),
        ("d", True),
    ]


def test_signed_addresses_are_of_one_picture_and_those_of_a_program_are_not() -> None:
    known = (picture("a.jpg?key=1", KEPT), picture("show?id=1", KEPT), picture("show?id=2"))
    fresh = (picture("a.jpg?key=2"), picture("show?id=1"), picture("show?id=2"))

    assert names(merged_pictures(known, fresh)) == [
        ("a.jpg?key=1", True),
        ("show?id=1", True),
        ("show?id=2", False),
    ]


@pytest.mark.parametrize(
    ("known", "fresh", "merged"),
    [
        (
            ["i.php?id=1"],
            ["i.php?id=1", "i.php?id=2"],
            [("i.php?id=1", True), ("i.php?id=2", False)],
        ),
        (["a.jpg?w=1"], ["a.jpg?w=1", "a.jpg?w=2"], [("a.jpg?w=1", True), ("a.jpg?w=2", False)]),
        (
            ["image?url=old.jpg"],
            ["image?url=new.jpg"],
            [("image?url=old.jpg", True), ("image?url=new.jpg", False)],
        ),
    ],
)
def test_another_picture_by_the_same_program_is_another(
    known: list[str], fresh: list[str], merged: list[tuple[str, bool]]
) -> None:
    kept = [picture(name, KEPT, caption="Before") for name in known]
    found = merged_pictures(kept, [picture(name, caption="After") for name in fresh])

    assert names(found) == merged
    assert [each.caption for each in found if each.url.endswith("old.jpg")] in ([], ["Before"])


def test_verify_names_a_picture_that_is_gone(tmp_path: Path) -> None:
    with Archive.open(tmp_path, now=at_start) as archive:
        ref = archive.pages.append("https://a.example/p", 200, {}, b"pixels", START)
        archive.save([make_article(1, pictures=(Picture("https://a.example/p", page=ref),))])
        (tmp_path / ref.warc).unlink()

        assert [problem.detail for problem in archive.verify()] == [
            "the picture of 261122a1 is gone"
        ]


def test_pictures_go_with_the_last_article_that_needs_their_file(tmp_path: Path) -> None:
    """The second article came days later, but its picture is the first one's."""
    with Archive.open(tmp_path, now=at_start) as archive:
        ref = archive.pages.append("https://a.example/p", 200, {}, b"pixels", START)
        picture = Picture("https://a.example/p", page=ref)
        (first,) = archive.save([make_article(1, archived_at=START, pictures=(picture,))])
        archive.mark([first.article_id], MarkChange(read=True))
    then = START + timedelta(days=3)
    with Archive.open(tmp_path, now=lambda: then) as archive:
        (second,) = archive.save([make_article(2, archived_at=then, pictures=(picture,))])
        archive.mark([second.article_id], MarkChange(read=True))

    files = []
    for days in (366, 370):
        with Archive.open(tmp_path, now=lambda days=days: START + timedelta(days=days)) as archive:
            archive.care().remove(archive.care().plan_removal(Retention(keep_days=365)))
            files.append(archive.pages.files())
            assert archive.verify() == []
    assert files == [[ref.warc], []]


def test_kept_pictures_are_counted(tmp_path: Path) -> None:
    with Archive.open(tmp_path, now=at_start) as archive:
        archive.fetching.note_pictures(2, 600)
        archive.fetching.note_pictures(1, 30, START)
        archive.fetching.note_pictures(0, 0)
    with Archive.open(tmp_path, now=at_start) as archive:
        kept = archive.fetching.pictures()

    assert (kept.count, kept.byte_count, kept.until) == (3, 630, START)
