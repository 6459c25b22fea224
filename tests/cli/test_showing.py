"""show: one article for reading, for a browser, for a program."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reader.cells import cell_len
from tests.cli.conftest import FERRY, Run
from tests.servers import FERRY as FERRY_STORY
from tests.servers import NewsSite

SHOW_FIELDS = {
    "hidden_by",
    "id", "title", "url", "feed_url", "outlet", "author", "published_at", "archived_at", "language",
    "read", "starred", "tags", "word_count", "text_from", "story_id", "changed_at", "gone_at",
    "copy_of", "text", "sections", "removed", "byline", "source_url", "canonical_url", "notes",
    "revisions", "page", "categories", "enclosures", "image", "comments_url", "claimed_at",
    "location", "highlights", "pictures",
    "outlet_language", "removed_at", "removed_why",
}  # fmt: skip


def imported(run: Run, tmp_path: Path, **fields: object) -> str:
    """The id of an article with these fields."""
    row = {"url": "https://a.example/", "title": "Title"} | fields
    (tmp_path / "one.jsonl").write_text(json.dumps(row))
    assert run("import", str(tmp_path / "one.jsonl")).code == 0
    (listed,) = run("list", "--json").json
    return str(listed["id"])


def test_the_text_comes_with_a_header_and_wrapped(run: Run, articles: dict[str, str]) -> None:
    assert run("show", articles["ferry"]).lines == [
        "The night ferry sails again",
        "Harbour Post · Ada Lund · 2026-03-04 11:10 · 12 words · en",
        "#sea",
        "https://harbour.example/ferry",
        "",
        "# Ferry",
        "",
        "The boat has ninety berths.",
        "",
        "## Fares",
        "",
        "A cabin costs forty crowns.",
    ]


@pytest.mark.parametrize("columns", [30, 60, 200])
def test_the_text_fits_the_terminal_and_the_measure(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    article_id = imported(run, tmp_path, text="word " * 200 + "\n\n" + "評価が公開された。" * 40)

    lines = run("show", article_id, columns=columns).lines

    assert all(cell_len(line) <= min(columns, 80) for line in lines)
    assert sum(line.split().count("word") for line in lines) == 200
    assert "".join(lines).count("評") == 40


def test_json_has_all_fields_of_the_contract(run: Run, articles: dict[str, str]) -> None:
    shown = run("show", articles["ferry"], "--format", "json").json

    assert shown.keys() == SHOW_FIELDS
    assert {key: shown[key] for key in FERRY} == FERRY
    assert shown["revisions"] == [
        {
            "archived_at": shown["archived_at"],
            "title": FERRY["title"],
            "text": FERRY["text"],
        }
    ]
    assert shown["page"] is None


def test_sections_have_ids_and_offsets(run: Run, tmp_path: Path) -> None:
    text = "Intro\n\n## One\n\nFirst.\n\n### Deeper\n\nStill one.\n\n## Two\n\nSecond."
    sections = [
        {"heading": name, "level": level, "start": text.index("#" * level + " " + name)}
        for name, level in (("One", 2), ("Deeper", 3), ("Two", 2))
    ]
    article_id = imported(run, tmp_path, text=text, sections=sections)

    shown = run("show", article_id, "--format", "json").json

    assert [one["id"] for one in shown["sections"]] == [f"{article_id}#{n}" for n in (1, 2, 3)]
    assert (
        run("show", f"{article_id}#1", "--format", "markdown").out
        == "## One\n\nFirst.\n\n### Deeper\n\nStill one.\n"
    )
    assert run("show", f"{article_id}#3", "--format", "markdown").out == "## Two\n\nSecond.\n"
    assert run("show", f"{article_id}#4").code == 1


def test_markdown_is_the_text_as_it_is(run: Run, articles: dict[str, str]) -> None:
    shown = run("show", articles["ferry"], "--format", "markdown")

    assert shown.out == f"{FERRY['text']}\n"


def test_html_runs_nothing_and_loads_nothing(run: Run, tmp_path: Path) -> None:
    article_id = imported(
        run,
        tmp_path,
        title="<script>alert(1)</script>",
        text="<img src=x onerror=alert(1)> [a](javascript:alert(1)) [b](https://b.example/?a=1&b=2)"
        " ![c](https://c.example/c.png) [d](data:text/html,x) [e](mailto:e@e.example)"
        "\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    )

    page = run("show", article_id, "--format", "html").out

    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page
    assert 'href="data' not in page
    assert '<a href="https://b.example/?a=1&amp;b=2">b</a>' in page
    assert '<a href="https://c.example/c.png">c</a>' in page
    assert '<a href="mailto:e@e.example">e</a>' in page
    assert "<td>2</td>" in page
    assert "default-src 'none'" in page


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize(
    ("wanted", "line"),
    [
        ("ferry", "newsreader: ferry: is no article's id. newsreader list prints them.\n"),
        ("", "newsreader: the id: is no article's id. newsreader list prints them.\n"),
    ],
)
def test_what_is_no_id_is_said(run: Run, wanted: str, line: str) -> None:
    result = run("show", wanted)

    assert (result.code, result.out, result.err) == (1, "", line)


def test_an_unknown_id_is_said(run: Run) -> None:
    result = run("show", "261122a1")

    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("newsreader: 261122a1: ")


def test_the_page_comes_byte_for_byte_and_its_headers_when_asked(
    run: Run, newsreader: Callable[..., subprocess.CompletedProcess[bytes]], outlet: NewsSite
) -> None:
    body = outlet.page(FERRY_STORY).encode("utf-16")
    outlet.server.put("/news/ferry", body, "text/html; charset=utf-16")
    run("add", outlet.rss_url)
    (row,) = run("list", "ferry", "--json").json

    plain = newsreader("show", row["id"], "--page")
    verbose = newsreader("show", row["id"], "--page", "--verbose")

    assert (plain.returncode, plain.stdout, plain.stderr) == (0, body, b"")
    assert verbose.stdout == body
    said = verbose.stderr.decode().splitlines()
    assert said[0] == f"200 {outlet.url_of(FERRY_STORY)}"
    assert "content-type: text/html; charset=utf-16" in said


def test_a_terminal_gets_the_page_without_escape_sequences(run: Run, outlet: NewsSite) -> None:
    outlet.server.put("/news/ferry", outlet.page(FERRY_STORY) + "\x1b]0;owned\x07")
    run("add", outlet.rss_url)
    (row,) = run("list", "ferry", "--json").json

    shown = run("show", row["id"], "--page", columns=80).out

    assert "<h1>The night ferry" in shown
    assert "\x1b" not in shown


def test_where_no_page_was_kept_a_line_says_so(run: Run, articles: dict[str, str]) -> None:
    result = run("show", articles["ferry"], "--page")

    assert (result.code, result.out) == (1, "")
    assert result.err == (
        f"newsreader: {articles['ferry']}: no raw page of it was kept. Its text stands without; "
        "keep_pages = true in the settings keeps those to come.\n"
    )


def test_the_page_has_no_other_format(run: Run, articles: dict[str, str]) -> None:
    assert run("show", articles["ferry"], "--page", "--format", "json").code == 2


def test_json_has_all_texts_oldest_first_and_the_present_one_last(
    run: Run, outlet: NewsSite
) -> None:
    run("add", outlet.rss_url)
    (row,) = run("list", "ferry", "--json").json
    first = run("show", row["id"], "--format", "json").json
    for more in ("A second boat.", "No second boat."):
        outlet.server.put(
            "/news/ferry",
            outlet.page(replace(FERRY_STORY, body=f"{FERRY_STORY.body}<p>{more}</p>")),
        )
        run("refresh", "--recheck")

    shown = run("show", row["id"], "--format", "json").json

    texts = [one["text"] for one in shown["revisions"]]
    assert texts[0] == first["text"]
    assert [text.rpartition("\n\n")[2] for text in texts[1:]] == [
        "A second boat.",
        "No second boat.",
    ]
    assert texts[-1] == shown["text"]
    instants = [one["archived_at"] for one in shown["revisions"]]
    assert instants == sorted(instants)
    assert (instants[0], instants[-1]) == (shown["archived_at"], shown["changed_at"])


def test_changes_of_a_text_are_shown_with_their_figures(run: Run, tmp_path: Path) -> None:
    earlier = {"archived_at": "2026-03-04T12:00:00Z", "title": "Title", "text": "Over 600 million."}
    article = imported(run, tmp_path, text="Over 1 billion.", revisions=[earlier])
    shown = run("show", article, "--changes")

    assert shown.code == 0
    assert shown.lines[1:] == [
        "! 600 million → 1 billion",
        "- Over 600 million.",
        "+ Over 1 billion.",
    ]


def test_a_text_that_never_changed_has_no_changes(run: Run, articles: dict[str, str]) -> None:
    shown = run("show", articles["ferry"], "--changes")

    assert (shown.code, shown.out) == (1, "")
    assert "has not changed" in shown.err


def test_the_original_that_a_page_cites_stands_above_the_text(run: Run, tmp_path: Path) -> None:
    article = imported(run, tmp_path, text="Words.", source_url="https://origin.example/\u202ea")

    assert "Original: https://origin.example/a" in run("show", article).lines
