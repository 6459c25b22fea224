"""A query without a match is told why, and gets another one that has matches."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import Archive
from archive.models import Mark
from tests.archive.making import clock, make_article


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    articles = [
        make_article(
            1, title="Alibaba opens its models", text="The weights are free.", language="en"
        ),
        make_article(2, title="Barley", text="A dry spring for barley and rye.", language="en"),
        make_article(3, title="Новые модели", text="Веса открыты.", language="ru"),
        make_article(4, title="Horoscope", text="Virgo may rest."),
        make_article(5, title="Photosynthesis at dusk", text="Leaves go on."),
    ]
    marks = [None, Mark(starred=True), None, Mark(hidden_by="dull things"), None]
    with Archive.open(tmp_path_factory.mktemp("archive"), now=clock) as opened:
        opened.save(articles, marks)
        yield opened


@pytest.mark.parametrize(
    ("query", "reason", "instead"),
    [
        ("alibba", "No alibba: did you mean alibaba?", "alibaba"),
        ("barlye rye", "No barlye: did you mean barley?", "barley rye"),
        ("title:alibaab", "No title:alibaab: did you mean title:alibaba?",
         "title:alibaba"),
        ("модэли", "No модэли: did you mean модели?", "модели"),
        ("photosinthisis", "did you mean photosynthesis?", "photosynthesis"),
        ("zebra barley", "No article matches zebra by itself.", "barley"),
        ("zebra", "", ""),
        ('"barley spring"', "Its words are there, but not side by side", "barley spring"),
        ("barley/spring", "Its words are there, but not side by side", "barley spring"),
        ("near(barley spring, 0)", "Its words are there, but not so near each other",
         "barley spring"),
        ("near(barley alibaba)", "Its words are there, but not so near each other", ""),
        ("near(barlye dry)", "No near(barlye dry): did you mean near(barley dry)?",
         "near(barley dry)"),
        ("barley NOT rye", "Without NOT rye 1 article would match.", "barley"),
        ("alibaba tag:chips", "No article matches tag:chips by itself.", "alibaba"),
        ("barley is:starred lang:ru", "Without lang:ru 1 article would match.",
         "barley is:starred"),
        ("barley -rye", "Without -rye 1 article would match.", "barley"),
        ("alibaba barley", "Without alibaba 1 article would match.", "barley"),
        ("horoscope", "1 article would match but is hidden", "horoscope is:hidden"),
    ],
)  # fmt: skip
def test_what_would_have_matched_is_said(
    archive: Archive, query: str, reason: str, instead: str
) -> None:
    assert archive.list(query) == []
    miss = archive.asking.explain(query)

    assert reason in " ".join(miss.reasons)
    assert miss.instead == instead
    assert not instead or archive.list(instead)


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_explained_and_what_is_offered_has_matches(
    archive: Archive, text: str
) -> None:
    if not archive.count(text):
        miss = archive.asking.explain(text)
        assert not miss.instead or archive.count(miss.instead)
