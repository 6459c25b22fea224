"""Which pictures of a page are of its text, with what address and caption."""

from __future__ import annotations

import pytest

from archive.pictures import Picture
from reader.pipeline.extract import extract_page

LINES = (
    "The harbour master said that the boat was full and that nobody had to stay behind.",
    "Passengers who had waited since the morning were given tea, a blanket and a promise.",
    "The next ferry leaves at noon, as it always did before the war, the storm and the toll.",
)


def pictures_of(inside: str, box: str = "<div class=content>") -> tuple[Picture, ...]:
    above, between, below = (f"<p>{line}</p>" for line in LINES)
    body = f"{box}<h1>The boat</h1>{above}{inside}{between}{below}</div>"
    markup = f"<html><head><title>T</title></head><body>{body}</body></html>"
    return extract_page(markup.encode(), "https://a.example/news/1", "text/html").pictures


@pytest.mark.parametrize(
    ("attributes", "address"),
    [
        ("src=a.jpg", "https://a.example/news/a.jpg"),
        ("src=s.jpg srcset='m.jpg 400w, l.jpg 900w, xl.jpg 2400w'", "https://a.example/news/l.jpg"),
        ("srcset='m.jpg 800w 600h, l.jpg 1600w 1200h'", "https://a.example/news/m.jpg"),
        ("srcset='m.jpg 1x,l.jpg 2x'", "https://a.example/news/m.jpg"),
        ("srcset='/w_800,h_600/m.jpg 800w'", "https://a.example/w_800,h_600/m.jpg"),
        ("srcset='only.jpg'", "https://a.example/news/only.jpg"),
        ("srcset='m.jpg .w, l.jpg 1.2.3w'", "https://a.example/news/m.jpg"),
        ("srcset=' , ,'  src=a.jpg", "https://a.example/news/a.jpg"),
    ],
)
def test_of_a_set_of_sizes_one_that_is_large_enough_is_taken(attributes: str, address: str) -> None:
    assert [one.url for one in pictures_of(f"<img {attributes}>")] == [address]


def test_of_a_set_without_end_the_beginning_is_read() -> None:
    (picture,) = pictures_of(f"<img srcset='m.jpg 900w, {'a' * 300_000} 1h'>")

    assert picture.url == "https://a.example/news/m.jpg"


def test_an_address_without_end_is_none() -> None:
    assert pictures_of(f"<img src='http://{'u' * 1990}@[::1]/x.jpg'>") == ()


@pytest.mark.parametrize(
    "box",
    [
        "content", "content has-sidebar", "entry no-sidebar", "post comments-open",
        "post author-jane", "row sidebar-layout",
    ],
)  # fmt: skip
def test_how_a_page_is_laid_out_takes_no_picture_from_its_text(box: str) -> None:
    assert len(pictures_of("<img src=boat.jpg>", f"<div class='{box}'>")) == 1


@pytest.mark.parametrize("name", ["share-prices", "new-logo-of-a-port", "author-visit", "related"])
def test_a_picture_may_show_what_a_site_has_as_well(name: str) -> None:
    assert len(pictures_of(f"<img src={name}.jpg>")) == 1


@pytest.mark.parametrize(
    "inside",
    [
        "<img src=logo.png>", "<img src=icon-mail.png>", "<img src=site-logo.svg>",
        "<div class=share-buttons><img src=a.jpg></div>", "<img class=avatar src=a.jpg>",
        "<div class=author-box><img src=a.jpg></div>", "<img src=a.jpg width=16>",
    ],
)  # fmt: skip
def test_signs_and_what_other_boxes_show_are_none(inside: str) -> None:
    assert pictures_of(inside) == ()


def test_pictures_of_one_file_name_are_two() -> None:
    inside = "".join(f"<img src=/vi/{name}/maxresdefault.jpg>" for name in ("a", "b"))

    assert len(pictures_of(inside)) == 2


def test_a_caption_is_that_of_its_own_figure() -> None:
    gallery = (
        "<figure class=gallery><figure><img src=one.jpg></figure>"
        "<figure><img src=two.jpg><figcaption>Only two</figcaption></figure></figure>"
    )

    assert [one.caption for one in pictures_of(gallery)] == ["", "Only two"]
