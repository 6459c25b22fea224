"""Pictures of articles: which are kept, where they stand, what they cost, what is refused."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import FERRY, Run
from tests.illustrated import (
    ALT,
    CAPTION,
    FIGURE,
    FIRST,
    LEAD,
    SECOND,
    bomb,
    feed,
    illustrate,
    page,
    png,
)
from tests.servers import Server


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def with_images(tmp_path: Path) -> tuple[str, str]:
    """Options for a settings file that asks for pictures."""
    file = tmp_path / "config.toml"
    file.write_text("images = true\n", encoding="utf-8")
    return "--config", str(file)


def shown(run: Run) -> dict:
    (listed,) = run("list", "--json").json
    return run("show", listed["id"], "--format", "json").json


def test_pictures_of_the_text_are_kept_where_they_stand(
    run: Run, server: Server, with_images: tuple[str, str]
) -> None:
    illustrate(server)
    added = run(*with_images, "add", feed(server))
    article = shown(run)
    lead, lens = article["pictures"]

    assert added.code == 0
    assert [lead["url"], lens["url"]] == [server.url("/tower.png"), server.url("/lens.png")]
    assert (lead["start"], lead["alt"], lead["caption"]) == (0, "The tower at dusk", None)
    assert article["text"][: lens["start"]].endswith(FIRST)
    assert (lens["alt"], lens["width"], lens["height"]) == (ALT, 120, 240)
    assert CAPTION in (lens["caption"] or article["text"])
    assert lens["type"] == "image/png"
    assert lens["length"] == len(png(120, 240))
    assert lens["page"]["warc"].startswith("pages/")
    assert not {"/logo.png", "/elsewhere.png", "/badge.png"} & set(server.paths())


def test_the_cost_is_told_before_and_after_the_first_refresh_and_by_doctor(
    run: Run, server: Server, with_images: tuple[str, str]
) -> None:
    illustrate(server)
    run(*with_images, "add", feed(server), "--no-refresh")
    first = run(*with_images, "refresh")
    second = run(*with_images, "refresh")
    found = run(*with_images, "doctor").out

    assert "from now on the pictures of new articles are kept" in first.err
    assert "2 pictures kept, " in first.err
    assert "picture" not in second.err
    assert "2 pictures kept so far, " in found
    assert "images = false in the settings keeps no more" in found


def test_without_the_setting_only_their_words_are_kept(run: Run, server: Server) -> None:
    illustrate(server)
    run("add", feed(server))
    lead, lens = shown(run)["pictures"]

    assert (lead["page"], lens["page"]) == (None, None)
    assert lens["alt"] == ALT
    assert not {"/tower.png", "/lens.png"} & set(server.paths())
    assert "0 pictures kept so far, 0 B, no more are kept (images = false)" in run("doctor").out


def test_without_pictures_their_words_stand_in_the_text(run: Run, server: Server) -> None:
    run("save", illustrate(server))
    (listed,) = run("list", "--json").json
    lines = run("show", listed["id"]).lines
    page = run("show", listed["id"], "--format", "html").out

    above = next(at for at, line in enumerate(lines) if line.startswith("The keeper"))
    below = next(at for at, line in enumerate(lines) if line.startswith("The lens, which"))
    told = [at for at, line in enumerate(lines) if ALT in line]
    assert "The tower at dusk" in "\n".join(lines[:above])
    assert len(told) == 1
    assert above < told[0] < below
    assert f'<a href="{server.url("/lens.png")}">{ALT}</a>' in page
    assert "<img" not in page


@pytest.mark.parametrize(
    "code",
    [
        "```\nfirst line\n\nsecond line\n\nlast line\n```",
        "- ~~~\n  first line\n\n  last line\n  ~~~",
    ],
)
def test_the_words_of_a_picture_stand_behind_code_and_never_in_it(
    run: Run, tmp_path: Path, code: str
) -> None:
    text = f"Run this:\n\n{code}\n\nThat is all."
    picture = {
        "url": "https://a.example/p.png",
        "alt": ALT,
        "start": text.index("first line") + len("first line"),
    }
    (tmp_path / "one.jsonl").write_text(json.dumps(FERRY | {"text": text, "pictures": [picture]}))
    run("import", str(tmp_path / "one.jsonl"))
    (listed,) = run("list", "--json").json
    page = run("show", listed["id"], "--format", "html").out

    assert page.index("last line\n</code>") < page.index(f">{ALT}</a>") < page.index("That is all")


def test_a_saved_page_has_its_pictures(
    run: Run, server: Server, with_images: tuple[str, str]
) -> None:
    saved = run(*with_images, "save", illustrate(server))
    pictures = shown(run)["pictures"]

    assert saved.code == 0
    assert all(picture["page"] for picture in pictures)
    assert len(pictures) == 2


def test_pictures_are_searched_for_by_has_image(run: Run, server: Server) -> None:
    run("save", illustrate(server))
    server.put("/plain", page(""))
    run("save", server.url("/plain"))

    assert [row["url"] for row in run("list", "has:image", "--json").json] == [server.url("/lamp")]


def test_saving_a_page_again_brings_pictures_that_were_not_asked_for_at_first(
    run: Run, server: Server, with_images: tuple[str, str]
) -> None:
    url = illustrate(server)
    run("save", url)
    without = [picture["page"] for picture in shown(run)["pictures"]]
    run(*with_images, "save", url)

    assert without == [None, None]
    assert all(picture["page"] for picture in shown(run)["pictures"])


def test_imported_articles_get_no_pictures_that_nobody_asked_for(
    run: Run, server: Server, with_images: tuple[str, str], tmp_path: Path
) -> None:
    illustrate(server)
    row = {"url": server.url("/lamp"), "title": "The lamp is lit", "text": FIRST}
    pictures = [{"url": server.url("/tower.png")}]
    (tmp_path / "in.jsonl").write_text(json.dumps(row | {"pictures": pictures}))
    run("import", str(tmp_path / "in.jsonl"))
    server.put("/rss", '<rss version="2.0"><channel><title>Skarv</title></channel></rss>')
    run(*with_images, "add", server.url("/rss"))

    assert [picture["url"] for picture in shown(run)["pictures"]] == [server.url("/tower.png")]
    assert "/tower.png" not in server.paths()


def test_an_imported_line_leads_neither_to_the_private_network_nor_to_a_failure(
    run: Run, server: Server, with_images: tuple[str, str], tmp_path: Path
) -> None:
    # It says that it was fetched and does not say when it was archived, as one that just came.
    row = {"url": server.url("/lamp"), "title": "The lamp", "text": FIRST}
    row["fetched_at"] = "2026-03-01T00:00:00Z"
    urls = ("https://outlet.example:99999/x.png", server.url("/reboot.png"))
    pictures = [{"url": url} for url in urls]
    (tmp_path / "in.jsonl").write_text(json.dumps(row | {"pictures": pictures}))
    run("import", str(tmp_path / "in.jsonl"))
    server.put("/rss", '<rss version="2.0"><channel><title>Skarv</title></channel></rss>')
    added = run(*with_images, "add", server.url("/rss"))

    assert added.code == 0
    assert "/reboot.png" not in server.paths()


def test_a_picture_that_stands_for_the_article_leads_once(
    run: Run, server: Server, with_images: tuple[str, str]
) -> None:
    """`og:image` leads, unless it stands in the text, where its place is better."""
    server.put("/the-bay-in-winter-1200x630.png", png(120, 63), "image/png")
    head = '<meta property="og:image" content="/the-bay-in-winter-1200x630.png"></head>'
    inside = '<figure><img src="/the-bay-in-winter-300x200.png" alt="The bay"></figure>'
    server.put("/bare", page("").replace("</head>", head))
    server.put("/both", page(inside).replace("</head>", head))
    run(*with_images, "save", server.url("/bare"), server.url("/both"))
    found = {}
    for row in run("list", "--json").json:
        pictures = run("show", row["id"], "--format", "json").json["pictures"]
        found[row["url"]] = [(one["url"], one["start"] > 0) for one in pictures]

    assert found == {
        server.url("/bare"): [(server.url("/the-bay-in-winter-1200x630.png"), False)],
        server.url("/both"): [(server.url("/the-bay-in-winter-300x200.png"), True)],
    }


def test_the_same_picture_is_stored_once(
    run: Run, server: Server, with_images: tuple[str, str], archive: Path
) -> None:
    from archive import Archive

    large = png(400, 400) + bytes(range(256)) * 400  # what follows the end of a picture is kept
    server.put("/a.png", large, "image/png")
    server.put("/b.png", large, "image/png")
    one = '<figure><img src="/{}.png" alt="One and the same"></figure>'
    server.put("/one", page(one.format("a")))
    server.put("/two", page(one.format("b")))
    run(*with_images, "save", server.url("/one"), server.url("/two"))

    with Archive.open(archive) as opened:
        kept = [opened.get(row.article_id).pictures[0].page for row in opened.list()]
        records = [opened.pages.record(ref) for ref in kept if ref]
        bodies = [opened.pages.read(ref).body for ref in kept if ref]
    assert bodies == [large, large]
    assert sorted(record.original is None for record in records) == [False, True]
    assert run("verify").code == 0


HOSTILE = {
    "a bomb": (bomb(), "image/png"),
    "a page": ("<p>no picture</p>", "text/html"),
    "a page that says it is a picture": ("<p>no picture</p>", "image/png"),
    "a drawing with a script": ('<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml"),
    "a drawing that says it is a picture": (
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        "image/png",
    ),
    "postscript": ("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 90 90\n", "image/png"),
    "a cut one": (png(300, 300)[:-40], "image/png"),
    "a sign that counts": (png(1, 1), "image/png"),
    "one over the cap": (png(64, 64) + bytes(3_000_001), "image/png"),
    "nothing": (b"", "image/png"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_sound_picture_is_left_out_and_its_words_stay(
    run: Run, server: Server, with_images: tuple[str, str], kind: str
) -> None:
    illustrate(server)
    body, content_type = HOSTILE[kind]
    server.put("/lens.png", body, content_type)
    refreshed = run(*with_images, "add", feed(server))
    lead, lens = shown(run)["pictures"]

    assert refreshed.code == 0
    assert lead["page"] is not None
    assert (lens["page"], lens["alt"]) == (None, ALT)
    assert run("verify").code == 0


def test_an_endless_picture_is_left_out(
    run: Run, server: Server, with_images: tuple[str, str]
) -> None:
    illustrate(server)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"
    server.put_raw("/lens.png", head, *[bytes(1_000_000)] * 4, 30.0)
    run(*with_images, "add", feed(server))
    lead, lens = shown(run)["pictures"]

    assert (bool(lead["page"]), bool(lens["page"])) == (True, False)


def test_an_outlet_cannot_lead_to_the_private_network(
    run: Run, server: Server, with_images: tuple[str, str]
) -> None:
    with Server("127.0.0.2") as inside:
        inside.put("/secret.png", png(64, 64), "image/png")
        illustrate(server)
        server.put("/lamp", page(f'<img src="{inside.url("/secret.png")}" alt="A camera">', LEAD))
        run(*with_images, "add", feed(server))
        asked = inside.paths()
    lead, camera = shown(run)["pictures"]

    assert asked == []
    assert (bool(lead["page"]), camera["page"]) == (True, None)


def test_a_host_that_does_not_answer_is_not_asked_for_all_its_pictures(
    run: Run, server: Server, with_images: tuple[str, str]
) -> None:
    for number in range(6):
        server.put_raw(f"/{number}-of-the-lens.png")
    many = "".join(
        f'<figure><img src="/{number}-of-the-lens.png" alt="Picture {number}"></figure>'
        for number in range(6)
    )
    server.put("/lamp", page(many))
    run(*with_images, "add", feed(server))

    assert len({path for path in server.paths() if "lens" in path}) == 2


def test_a_feed_without_pages_asks_for_no_pictures(
    run: Run, server: Server, with_images: tuple[str, str]
) -> None:
    illustrate(server)
    cover = f'<enclosure url="{server.url("/tower.png")}" type="image/png" length="1"/>'
    url = feed(server, entry=cover)
    run(*with_images, "add", url, "--no-refresh")
    run("set", url, "pages=off")
    run(*with_images, "refresh")

    assert [each["url"] for each in shown(run)["pictures"]] == [server.url("/tower.png")]
    assert "/tower.png" not in server.paths()


def test_pages_that_are_not_fetched_have_no_pictures(
    run: Run, server: Server, with_images: tuple[str, str]
) -> None:
    illustrate(server)
    run(*with_images, "add", feed(server), "--no-refresh")
    run(*with_images, "refresh", "--no-pages")

    assert shown(run)["pictures"] == []


def test_a_text_of_the_feed_has_the_pictures_that_stand_in_it(
    run: Run, server: Server, with_images: tuple[str, str]
) -> None:
    illustrate(server)
    said = f"<p>{FIRST}</p>{FIGURE}<p>{SECOND}</p>".replace("<", "&lt;")
    run(*with_images, "add", feed(server, "/gone", f"<description>{said}</description>"))
    article = shown(run)
    (lens,) = article["pictures"]

    assert article["text_from"] in ("feed", "summary")
    assert article["text"][: lens["start"]].endswith(FIRST)
    assert lens["width"] == 120


def test_a_comic_that_is_nothing_but_a_picture_has_that(
    run: Run, server: Server, with_images: tuple[str, str]
) -> None:
    server.put("/strip.png", png(300, 90), "image/png")
    said = '&lt;img src="/strip.png" alt="Two gulls" title="They never agree"&gt;'
    run(*with_images, "add", feed(server, "/gone", f"<description>{said}</description>"))
    (strip,) = shown(run)["pictures"]

    assert (strip["url"], strip["alt"]) == (server.url("/strip.png"), "Two gulls")
    assert (strip["start"], strip["width"]) == (0, 300)


def test_sets_of_sizes_and_lazy_pictures_are_asked_for_in_a_size_to_look_at(
    run: Run, server: Server, with_images: tuple[str, str]
) -> None:
    server.put("/wide-900.png", png(90, 60), "image/png")
    server.put("/late.png", png(90, 60), "image/png")
    inside = (
        '<picture><source srcset="/wide-300.png 300w, /wide-900.png 900w, /wide-3000.png 3000w">'
        '<img src="/wide.png" alt="The bay"></picture>'
        '<img src="data:image/gif;base64,AAAA" data-src="/late.png" alt="The barn">'
    )
    server.put("/lamp", page(inside))
    run(*with_images, "save", server.url("/lamp"))

    assert [each["url"] for each in shown(run)["pictures"]] == [
        server.url("/wide-900.png"),
        server.url("/late.png"),
    ]


def test_what_is_exported_is_imported_with_the_words_of_its_pictures(
    run: Run, server: Server, with_images: tuple[str, str], tmp_path: Path
) -> None:
    run(*with_images, "save", illustrate(server))
    before = shown(run)
    file = tmp_path / "out.jsonl"
    run("export", "--format", "jsonl", "-o", str(file))
    other = ("--archive", str(tmp_path / "other"))
    run(*other, "import", str(file))
    (row,) = run(*other, "list", "--json").json
    after = run(*other, "show", row["id"], "--format", "json").json

    words = ("url", "alt", "caption", "start")
    assert [[each[name] for name in words] for each in after["pictures"]] == [
        [each[name] for name in words] for each in before["pictures"]
    ]
    assert "warc" not in json.loads(file.read_text(encoding="utf-8"))["pictures"][0]


def test_a_later_change_of_the_text_keeps_the_pictures_in_their_places(
    run: Run, server: Server, with_images: tuple[str, str]
) -> None:
    illustrate(server)
    run(*with_images, "add", feed(server))
    before = shown(run)["pictures"]
    changed = page(
        FIGURE, LEAD + "<p>The county paid nothing of it, said the society on Friday.</p>"
    )
    server.put("/lamp", changed)
    run(*with_images, "refresh", "--recheck")
    article = shown(run)
    _, lens = article["pictures"]

    assert len(article["revisions"]) == 2
    assert lens["page"] == before[1]["page"]
    assert article["text"][: lens["start"]].endswith(FIRST)


def test_without_the_extra_it_is_said_in_a_sentence_and_texts_come_as_ever(
    run: Run, server: Server, with_images: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    illustrate(server)
    monkeypatch.setitem(sys.modules, "textual_image", None)
    refreshed = run(*with_images, "add", feed(server))

    assert refreshed.code == 0
    assert "images = true needs the extra images, which is not installed" in refreshed.err
    assert SECOND in shown(run)["text"]
    assert "/lens.png" not in server.paths()
