"""The text stage as a whole, through a refresh, holds its floors: see `tests.quality`."""

from pathlib import Path

from tests.quality.corpus import load_pages
from tests.quality.floors import below, figures, read_floors
from tests.quality.judging import by_group, judge
from tests.quality.reading import read_pages


def test_texts_are_as_good_as_they_were_in_every_group(tmp_path: Path) -> None:
    pages = load_pages()
    articles = read_pages(pages, tmp_path)
    judged = [judge(page, articles[page.label].text) for page in pages]

    assert below(figures(by_group(judged), {}), read_floors()) == []
