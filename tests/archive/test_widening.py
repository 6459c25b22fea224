"""What stands without quotes finds other forms of its words, as far as the archive has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive import Archive
from archive.snippets import find_hits
from tests.archive.making import clock, make_article

Found = Callable[[str], set[str]]

TEXTS = {
    "en": {
        "plural": "Alibaba and its peers.",
        "genitive": "Alibaba's engineers left.",
        "studies": "Two studies were released.",
        "study": "A study about releasing models.",
        "unit": "The unit is small.",
        "mail": "An e-mail arrived.",
        "post": "Send an email, a Deep Seek engineer said.",
        "seek": "DeepSeek is quiet.",
        "model": "They call it Qwen 3.5 now.",
        "joined": "Use Qwen3.5 for that.",
        "apart": "Of Qwen only 3.5 percent is known.",
        "name": "Lin Junyang left the company.",
        "other": "Lin Dan plays badminton.",
    },
    "de": {"haus": "Die Häuser am Hafen.", "dorf": "In den Dörfern brennt Licht."},
    "fr": {"journal": "Des journaux locaux."},
    "es": {"cancion": "Dos canciones nuevas."},
    "ru": {"kniga": "О новых книгах говорят."},
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    articles = [
        make_article(number, title=name, text=text, language=language)
        for number, (language, name, text) in enumerate(
            (language, name, text)
            for language, texts in TEXTS.items()
            for name, text in texts.items()
        )
    ]
    folder: Path = tmp_path_factory.mktemp("archive")
    with Archive.open(folder, now=clock) as opened:
        opened.save(articles)
        yield opened


@pytest.fixture
def found(archive: Archive) -> Found:
    """The titles of what a query finds."""
    return lambda query: {row.title for row in archive.list(query)}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("alibabas", {"plural", "genitive"}),
        ("alibaba's", {"plural", "genitive"}),
        ('"alibabas"', set()),
        ("text:alibabas", {"plural", "genitive"}),
        ("released", {"studies", "study"}),
        ('"released"', {"studies"}),
        ('-released text:"studies"', set()),
        ('-release text:"studies"', {"studies"}),
        ("haus", {"haus"}),
        ("Dorf", {"dorf"}),
        ("canción", {"cancion"}),
        ("книга", {"kniga"}),
        ("deepseek", {"post", "seek"}),
        ("deep seek", {"post", "seek"}),
        ('"deep seek"', {"post"}),
        ("email", {"mail", "post"}),
        ("e-mail", {"mail", "post"}),
        ("qwen3.5", {"model", "joined"}),
        ("qwen 3.5", {"model", "joined"}),
        ("QWEN-3.5", {"model", "joined"}),
        ("percent 3.5", {"apart"}),
        ("junyang lin", {"name"}),
        ("Lin Junyang", {"name"}),
        ('"junyang lin"', set()),
        ("near(junyang lin, 0)", {"name"}),
        ("near(companies junyang)", {"name"}),
        ("near(licht dorf, 3)", {"dorf"}),
        ('near("dorf" licht)', set()),
        ("near(released study)", {"studies", "study"}),
        ("-near(released study) released", {"studies", "study"}),
    ],
)
def test_a_word_finds_its_other_forms(found: Found, query: str, expected: set[str]) -> None:
    assert found(query) == expected


def test_forms_of_one_language_are_not_taken_for_words_of_another(archive: Archive) -> None:
    assert [row.title for row in archive.list("einheiten OR unite")] == []
    assert archive.list("journal lang:fr") != archive.list("journal lang:en") == []


def test_what_is_found_by_another_form_is_shown(archive: Archive) -> None:
    (row,) = archive.search("dorf")

    assert "Dörfern" in row.snippet
    query = archive.asking("deepseek")
    assert {"Deep Seek", "DeepSeek"} == {
        archive.get(each.article_id).text[start:end]
        for each in archive.list("deepseek")
        for start, end in find_hits(archive.get(each.article_id).text, query)
    }
