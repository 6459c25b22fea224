"""Pages without paragraphs of their own, with captions, and with boxes that say what they are."""

from __future__ import annotations

import pytest

from reader.pipeline.extract import extract_page

LINES = (
    "The harbour master said that the boat was full and that nobody had to stay behind.",
    "Passengers who had waited since the morning were given tea, a blanket and a promise.",
    "The next ferry leaves at noon, as it always did before the war, the storm and the toll.",
    "Two of them said that they would come again, and one of them that he would never do so.",
)
TEXT = "\n\n".join(LINES)


def text_of(body: str) -> str:
    markup = f"<html><head><title>T</title></head><body>{body}</body></html>"
    return extract_page(markup.encode(), "https://a.example/1", "text/html").text


@pytest.mark.parametrize(
    "body",
    [
        "<div class=x1>" + "".join(f"<div class=x2>{line}</div>" for line in LINES) + "</div>",
        "<div>" + "<br><br>".join(LINES) + "</div>",
        "<div>" + "<br>\n<br>".join(LINES) + "<div>Menu</div></div>",
        "<div>" + "".join(f"<span>{line}</span>" for line in LINES) + "</div>",
        "<table><tr><td>" + "<br><br>".join(LINES) + "</td></tr></table>",
    ],
)
def test_paragraphs_are_found_where_a_page_names_none(body: str):
    found = text_of(f"<h1>The boat is full</h1>{body}")

    assert [line for line in LINES if line in found.split("\n\n")] == list(LINES)


def test_columns_that_a_layout_makes_of_a_list_are_no_items_of_one():
    text = "".join(f"<p>{line}</p>" for line in (*LINES, "It rained."))
    links = "".join(f"<li><h4><a href='/{n}'>Other news {n}</a></h4></li>" for n in range(9))
    found = text_of(
        f"<ul class=cols><li class=left><h3>The boat is full</h3><div>{text}</div>"
        f"<ul>{links}</ul></li><li class=right><ul>{links}</ul></li></ul>"
    )

    assert [line for line in LINES if line in found.split("\n\n")] == list(LINES)
    assert "- " not in found
    assert "Other news" not in found


def test_a_text_that_goes_on_in_a_box_of_the_same_name_is_whole():
    parts = [LINES * 8, ("At last the ferry left.", *LINES, "Nobody was left behind.")]
    boxes = "".join(
        f"<div class='part wide'>{''.join(f'<p>{line}</p>' for line in lines)}</div>"
        for lines in parts
    )
    found = text_of(f"<main><h1>The boat is full</h1>{boxes}</main>")

    assert "At last the ferry left." in found
    assert found.endswith("Nobody was left behind.")


@pytest.mark.parametrize("names", ["popup", "share-link", "tooltip"])
def test_a_word_in_a_sentence_stays_whatever_its_element_is_called(names: str):
    line = f"It was an <a class='{names}' href='javascript:void(0)'>uncommonly</a> long wait."
    found = text_of(f"<h1>The boat</h1>{''.join(f'<p>{each}</p>' for each in LINES)}<p>{line}</p>")

    assert "It was an uncommonly long wait." in found


def test_a_sidebar_longer_than_the_text_goes():
    text = "".join(f"<p>{line}</p>" for line in LINES)
    live = "".join(
        f"<li><p>At {hour} o'clock nothing new was heard of.</p></li>" for hour in range(40)
    )
    found = text_of(
        f"<main><h1>The boat is full</h1>{text}</main>"
        f"<aside role=complementary><ul>{live}</ul></aside>"
    )

    assert "o'clock" not in found
    assert LINES[-1] in found


def test_captions_are_part_of_the_text():
    figure = (
        "<figure class='wp-caption attachment'><img src=a.jpg><figcaption class=meta>"
        "<p>The boat at noon, with nobody on it.</p></figcaption></figure>"
    )
    paragraphs = [f"<p>{line}</p>" for line in LINES]
    found = text_of(f"<article><h1>The boat</h1>{paragraphs[0]}{figure}{''.join(paragraphs[1:])}")

    assert "The boat at noon, with nobody on it." in found


@pytest.mark.parametrize(
    "box",
    [
        "<div class='share-row'><p>Tell all your friends about this lovely story.</p></div>",
        "<div id=newsletter><p>Our letters come in the morning and many read them.</p></div>",
        "<p hidden>What nobody sees is not part of what anybody reads on this page of ours.</p>",
        "<div style='display: none'><p>What nobody sees is no part of any text.</p></div>",
        "<div role=navigation><p>Where you could go from here if you wanted to go there.</p></div>",
    ],
)
def test_boxes_that_say_what_they_are_go(box: str):
    inside = f"<p>{LINES[0]}</p>{box}<p>{LINES[1]}</p><p>{LINES[2]}</p><p>{LINES[3]}</p>"

    assert text_of(f"<article><h1>The boat</h1>{inside}</article>").endswith(TEXT)


def test_most_of_a_page_stays_whatever_it_is_called():
    inside = "".join(f"<p>{line}</p>" for line in LINES)

    assert text_of(f"<div class='popular sidebar'>{inside}</div>") == TEXT
