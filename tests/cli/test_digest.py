"""digest: the last days' stories as one text, one page, one book."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree

from tests.cli.conftest import Import, Run, row

HERALD = (
    "Orvel dam breaches",
    (
        "# What happened\n\nThe Orvel dam in the Tarn valley breached and sent water through Lesk"
        " and Marwen. Engineer Ilka Brandt said that the spillway gates were stuck. Governor Piet"
        " Solheim promised an inquiry. The villages stand empty, and nobody knows for how long."
    ),
)
COURIER = (
    "Orvel dam gives way",
    (
        "Ilka Brandt said that the spillway gates of the Orvel dam were stuck. 2,300 people left"
        " Lesk and Marwen in the Tarn valley."
    ),
)
CHESS = ("Title *won* [here](javascript:x)<script>", "Noor Halvard won & drew <b>twice</b>.")


def today(outlet: str, told: tuple[str, str], **more: Any) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    return row(outlet, told, 0) | {"published_at": now} | more


@pytest.fixture
def day(take_in: Import) -> dict[str, str]:
    """Two outlets on a dam and one on chess, all of today; and one of long ago."""
    return take_in(
        today("Herald", HERALD),
        today("Courier", COURIER),
        today("Sund", CHESS, url="https://sund.example/chess"),
        row("Old", ("An old report", "It was long ago."), 0),
    )


def test_a_story_is_told_once_with_what_others_add_and_all_articles(
    run: Run, day: dict[str, str]
) -> None:
    text = run("digest").out

    assert text.count("spillway gates") == 1
    assert "### What happened" in text
    assert "**Courier**: 2,300 people left Lesk and Marwen in the Tarn valley." in text
    articles = text.split("### Articles")[1].split("## Told by one outlet")[0]
    assert articles.count("\n- [") == 2
    assert "An old report" not in text


def test_of_many_stories_the_heaviest_are_told_and_the_others_listed(
    run: Run, take_in: Import
) -> None:
    names = [f"{first}{second}" for first in ("Brun", "Kel", "Od", "Tar", "Vos", "Mal", "Fin")
             for second in ("stad", "marsh", "holm", "wick", "berg", "sund", "by")]  # fmt: skip
    told = [
        today(outlet, (f"{name}cup for {name}son", f"{name}son of {name}ham beat {name}quist."),
              published_at=(datetime.now(UTC) - timedelta(minutes=5 * place)).isoformat())
        for place, name in enumerate(names[:43])
        for outlet in ("Herald", "Courier")
    ]  # fmt: skip
    heavy = [
        today(outlet, HERALD, published_at=(datetime.now(UTC) - timedelta(hours=20)).isoformat())
        for outlet in ("Herald", "Courier", "Sund")
    ]
    take_in(*told, *heavy)

    text = run("digest").out

    assert text.split("\n## ")[1].startswith("Orvel dam breaches")
    more = text.split("## More stories")[1]
    assert more.count("\n- ") == 4
    assert more.count("; 2 outlets") == 4
    assert text.count("\n### Articles") == 40


def test_what_only_one_outlet_told_is_listed_as_text(run: Run, day: dict[str, str]) -> None:
    singles = run("digest").out.split("## Told by one outlet")[1]

    assert (
        r"- [Title \*won\* \[here\](javascript:x)\<script\>](<https://sund.example/chess>), Sund"
        in singles
    )


def test_a_digest_is_of_what_matches(run: Run, day: dict[str, str]) -> None:
    assert "Sund" not in run("digest", "solheim").out
    assert "An old report" in run("digest", "old", "--since", "50y").out


def test_a_story_of_copies_only_is_told(run: Run, take_in: Import) -> None:
    take_in(
        today("Herald", HERALD),
        *(
            today(name, (f"{name} prints {HERALD[0]}", f"{HERALD[1]} {name} prints this."))
            for name in ("Courier", "Mirror")
        ),
    )
    first, second = run("list", "is:copy", "--json").json
    assert first["copy_of"] == second["copy_of"]
    assert run("story", first["copy_of"], "--split").code == 0

    text = run("digest").out

    story, singles = text.split("## Told by one outlet")
    assert story.count("spillway gates") == 1
    assert story.split("### Articles")[1].count("\n- [") == 2
    assert singles.count("\n- [") == 1


def test_hidden_articles_are_left_out_unless_they_are_asked_for(
    run: Run, day: dict[str, str], take_in: Import
) -> None:
    title = "Orvel dam: Brandt, Solheim and the Tarn valley"
    text = "Ilka Brandt had told Piet Solheim of the stuck gates of the Orvel dam above Lesk."
    take_in(today("Mirror", (title, text)))
    assert f"## {title}\n" in run("digest").out
    run("rule", "add", "no mirror", "title:solheim", "--mute")
    assert run("rule", "apply", "no mirror").out == "1 article changed\n"

    told, asked, refused = (
        run("digest", *query).out for query in ((), ("is:hidden",), ("-is:hidden",))
    )

    assert "Mirror" not in told
    assert title not in told
    assert "2 outlets" in told
    assert asked.split("### Articles")[1].count("Mirror") == 1
    assert "Mirror" not in refused


def test_what_is_left_of_a_story_without_its_hidden_articles_is_listed(
    run: Run, take_in: Import
) -> None:
    ids = take_in(today("Herald", HERALD))
    take_in(today("Mirror", ("Dam breaks", f"{HERALD[1]} More follows.")))
    assert run("mark", ids["Herald"], "--hide").code == 0

    text = run("digest").out

    assert [line.split("](")[0] for line in text.splitlines() if line.startswith("- ")] == [
        "- [Dam breaks"
    ]


@pytest.mark.parametrize("fence", ["```", "~~~~", "  ```"])
def test_comments_in_code_are_no_headings(run: Run, take_in: Import, fence: str) -> None:
    code = f"{fence} sh\n# stop the pump\n\n# open the gates\n{fence}"
    take_in(
        today("Herald", (HERALD[0], f"{HERALD[1]}\n\n{code}\n\n## Next\n\nThey wait.")),
        today("Courier", COURIER),
    )

    text = run("digest").out

    assert "\n# stop the pump\n\n# open the gates\n" in text
    assert "\n#### Next\n" in text


def test_a_page_runs_nothing(run: Run, day: dict[str, str]) -> None:
    page = run("digest", "--format", "html").out

    assert "<script" not in page
    assert "javascript:x)&lt;script&gt;</a>" in page
    assert 'href="javascript' not in page


def test_a_book_has_a_chapter_for_each_story(run: Run, day: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "today.epub"

    assert run("digest", "--format", "epub", "-o", str(path)).code == 0

    with ZipFile(BytesIO(path.read_bytes())) as book:
        names = book.namelist()
        assert (names[0], book.infolist()[0].compress_type) == ("mimetype", ZIP_STORED)
        assert book.read("mimetype") == b"application/epub+zip"
        pages = {name: etree.fromstring(book.read(name)) for name in names[1:]}
    assert [name for name in names if name.startswith("chapter")] == [
        "chapter1.xhtml", "chapter2.xhtml",
    ]  # fmt: skip
    listed = {each.get("href") for each in pages["book.opf"].iter("{*}item")}
    assert listed == {"nav.xhtml", "chapter1.xhtml", "chapter2.xhtml"}


@pytest.mark.parametrize("since", ["0d", "1", "yesterday", "1d)"])
def test_a_time_that_is_none_is_said(run: Run, day: dict[str, str], since: str) -> None:
    result = run("digest", "--since", since)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"newsreader: --since: {since} is no time. ")


def test_without_news_there_is_no_digest(run: Run, take_in: Import, tmp_path: Path) -> None:
    take_in(row("Old", ("An old report", "It was long ago."), 0))
    path = tmp_path / "kept"
    path.write_text("before")

    result = run("digest", "-o", str(path))

    assert (result.code, result.err) == (1, "Nothing is dated in the last 1d.\n")
    assert path.read_text() == "before"
