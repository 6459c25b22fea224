"""What is said of an article beside its text: who else tells it, and how its text changed."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.models import Article, Feed, Origin, Section
from archive.revisions import revise
from tests.archive.making import START
from tests.plain.conftest import Plain

HERALD = (
    "The Orvel dam in the Tarn valley breached early on Wednesday and sent water through the"
    " villages of Lesk and Marwen. Engineer Ilka Brandt, who had warned of cracks in January,"
    " said the spillway gates were stuck. About 2,300 people were taken to schools in Tarn."
    " Governor Piet Solheim called the breach a failure of upkeep and promised an inquiry."
)
COURIER = (
    "More than two thousand people left Lesk and Marwen in the night when the dam at Lake Orvel"
    " gave way. Rescue crews from Tarn went from door to door. Ilka Brandt, an engineer who"
    " wrote a report on its cracks in January, told this paper that the gates of the spillway"
    " no longer moved. Governor Piet Solheim visited the valley at noon."
)
INQUIRY = (
    "The inquiry into the Orvel dam heard engineer Ilka Brandt. Judge Mara Quist asked who had"
    " read her report of January. Governor Piet Solheim is heard in May."
)
TOLD = (
    ("Herald", "Dam at Lake Orvel breaches after week of rain", HERALD),
    ("Courier", "2,300 flee as Orvel dam gives way", COURIER),
)


@pytest.fixture
def dam(folder: Path) -> list[Article]:
    """An archive of two outlets on one event, the earlier first."""
    articles = []
    with Archive.open(folder, now=lambda: START) as archive:
        for number, (outlet, title, text) in enumerate(TOLD):
            url = f"https://{outlet.lower()}.example/rss"
            archive.add_feed(Feed(url, title=outlet))
            at = START + timedelta(hours=number)
            articles.append(
                Article(
                    url=f"https://{outlet.lower()}.example/dam", title=title, text=text,
                    archived_at=at, published_at=at, origins=(Origin(url, "dam"),),
                    feed_title=outlet, language="en", word_count=len(text.split()),
                )
            )  # fmt: skip
        return archive.save(articles)


def test_who_else_tells_it_is_a_list_and_says_what_is_new(plain: Plain, dam: list[Article]) -> None:
    result = plain("list", "2", "story", "2", "where")

    at = result.lines.index("The story, told by 2 outlets: 2, first told first. Here 1 to 2.")
    assert result.lines[at + 1] == (
        "1. Dam at Lake Orvel breaches after week of rain. Herald, 22 November 2026,"
        " the one that is open."
    )
    second = result.lines[at + 2]
    assert second.startswith("2. 2,300 flee as Orvel dam gives way. Courier, 22 November 2026,")
    assert second.endswith(" percent new to you.")
    assert result.out.count("no longer moved") == 1
    assert "It has no query." in result.lines[-2]


def test_what_is_related_comes_after_the_story(
    plain: Plain, dam: list[Article], folder: Path
) -> None:
    inquiry = replace(
        dam[0],
        article_id="",
        url="https://herald.example/inquiry",
        title="Inquiry into the Orvel dam",
        text=INQUIRY,
        published_at=START + timedelta(days=30),
        archived_at=START + timedelta(days=30),
        origins=(Origin("https://herald.example/rss", "inquiry"),),
    )
    with Archive.open(folder) as archive:
        archive.save([inquiry])

    result = plain("list breaches", "1", "story")

    at = next(at for at, line in enumerate(result.lines) if line.startswith("The story, told by"))
    assert result.lines[at].startswith("The story, told by 2 outlets, and 1 related: 3,")
    assert result.lines[at + 3].startswith("3. Inquiry into the Orvel dam. Herald,")
    assert ", related by " in result.lines[at + 3]


def test_all_of_a_story_is_marked_and_nothing_else(
    plain: Plain, dam: list[Article], many: list[Article], folder: Path
) -> None:
    result = plain("list orvel", "2", "story", "star all", "filter x", "sort rare")

    assert "2 articles now starred." in result.lines
    assert result.err.count("this list has no query") == 2
    with Archive.open(folder) as archive:
        assert archive.count("is:starred") == 2


def test_what_nobody_else_tells_says_so(plain: Plain, ferry: Article) -> None:
    result = plain("story", "list", "1", "story")

    assert result.lines[-1] == "Nobody else tells this, as far as the archive has it."
    assert result.err.startswith("newsreader: no article: is open.")


def test_how_a_text_changed_is_said_figures_first(
    plain: Plain, dam: list[Article], folder: Path
) -> None:
    later = dam[0].text.replace("2,300", "3,100") + "\n\nOne bridge is lost."
    with Archive.open(folder) as archive:
        at = START + timedelta(hours=3)
        archive.save([revise(dam[0], "The dam at Lake Orvel", later, at)])

    result = plain("list", "2", "changes", "again")

    at_line = (
        "Changed 22 November 2026 at 11:00 in 2 places. Its title then: The dam at Lake Orvel."
    )
    assert result.lines.count(at_line) == 2
    after = result.lines[result.lines.index(at_line) :]
    assert after[1] == "Figure: 2,300 became 3,100."
    assert after[2].startswith("Before: The Orvel dam in the Tarn valley")
    assert after[3].startswith("After: The Orvel dam in the Tarn valley")
    assert after[4] == "New: One bridge is lost."


def test_a_text_that_stayed_says_so_and_enter_reads_on(plain: Plain, ferry: Article) -> None:
    result = plain("list", "1", "revisions", "", "")

    assert result.lines[-2] == "This text has not changed since it came."
    assert result.lines[-1].startswith("The article ends here.")


def test_the_sections_are_an_outline_and_a_number_reads_from_there(
    plain: Plain, folder: Path
) -> None:
    text = "Before.\n\n## Fares\n\nForty crowns.\n\n### By night\n\nFifty.\n\n## Times\n\nAt nine."
    with Archive.open(folder, now=lambda: START) as archive:
        sections = tuple(
            Section(number, heading, level, text.index(f"# {heading}") - level + 1)
            for number, heading, level in ((1, "Fares", 2), (2, "By night", 3), (3, "Times", 2))
        )
        article = Article("https://a.example/ferry", "Ferry", text, START, sections=sections)
        archive.save([article])

    result = plain("list", "1", "outline", "2", "outline 3", "outline 4", "ou", "")

    at = result.lines.index("1. Fares")
    assert result.lines[at + 1 : at + 4] == [
        "2. By night, level 2", "3. Times", "A number reads from there.",
    ]  # fmt: skip
    after = result.lines[at + 4 : result.lines.index("1. Fares", at + 1)]
    assert "Forty crowns." not in after
    assert after.count("Fifty.") == 1
    assert after.count("At nine.") == 2
    assert "the text has 3 sections" in result.err


def test_what_outlets_state_is_a_list_whose_numbers_say_the_sentences(
    plain: Plain, dam: list[Article]
) -> None:
    result = plain("list", "2", "claims", "1", "claims 99", "again")

    rows = [line for line in result.lines if line[:1].isdigit() and ": " in line]
    assert any("Herald: " in row and "Courier: " in row for row in rows)
    assert "A number says the sentences." in result.lines
    assert any(dam[0].article_id in line for line in result.lines)
    assert "Type claims to hear them" in result.err


def test_a_timeline_is_a_list_whose_numbers_read_articles(plain: Plain, dam: list[Article]) -> None:
    result = plain("list", "2", "timeline", "2")

    at = next(at for at, line in enumerate(result.lines) if line.startswith("1. 22 November"))
    assert ", Herald: " in result.lines[at]
    assert "A number reads that article." in result.lines
    assert result.lines[-1].startswith("The article ends here.")
    assert "2,300 flee as Orvel dam gives way" in result.lines


def test_outline_claims_and_timeline_need_an_open_article(plain: Plain, ferry: Article) -> None:
    result = plain("claims", "timeline", "outline", "list", "1", "outline")

    assert result.err.count("no article: is open") == 3
    assert result.lines[-1] == "This text has no sections."


def test_what_one_outlet_alone_tells_has_no_timeline(plain: Plain, ferry: Article) -> None:
    result = plain("list", "1", "timeline", "claims")

    assert result.lines[-2:] == ["Nobody else tells this, as far as the archive has it."] * 2


def test_a_list_has_one_row_for_each_story_when_it_is_folded(
    plain: Plain, dam: list[Article], folder: Path
) -> None:
    with Archive.open(folder) as archive:
        archive.save([replace(dam[0], url="https://x.example/1", title="Tide table", text="Ebb.",
                              article_id="", origins=())])  # fmt: skip
        archive.stories.group()
        assert len(archive.stories.list()) == 1

    result = plain(
        "list",
        "fold",
        "read 1",
        "list is:unread",
        "unfold 2",
        "search orvel",
        "read 1",
        "again",
        "unfold",
    )

    said = result.out
    assert "All articles: 3, newest first. Here 1 to 3." in said
    assert "All articles: 2, newest first, each story once. Here 1 to 2." in said
    assert "a story of 2 outlets and 2 articles, 2 unread." in said
    assert "Found for orvel: 1, best match first, each story once. Here 1." in said
    assert "a story of 2 outlets and 2 articles, 1 unread." in said
    assert "Found for orvel: 2, best match first. Here 1 to 2." in said
    assert result.code == 0, result.err


def test_what_is_folded_into_a_row_is_a_list(
    plain: Plain, dam: list[Article], folder: Path
) -> None:
    with Archive.open(folder) as archive:
        archive.stories.group()

    for listing in ("list", "search orvel"):
        result = plain("fold", listing, "unfold 1", "unfold 2")
        at = result.lines.index("Article 1 and what is folded into it: 2, as listed. Here 1 to 2.")
        assert {TOLD[0][1], TOLD[1][1]} == {
            line.partition(". ")[2].partition(".")[0] for line in result.lines[at + 1 : at + 3]
        }
        assert "no other article of the list is folded into it" in result.err
