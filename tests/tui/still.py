"""An archive in which nothing moves, for snapshots of every screen: fixed instants, all scripts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.archive import Archive
from archive.highlights import highlight_of
from archive.models import Article, Feed, MarkChange, Origin
from archive.rule_models import Rule
from reader.config import Settings
from reader.library import Library
from reader.pipeline.split import split

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
FEEDS = (
    Feed("https://post.example.org/rss", title="The Harbour Post", folder="Coast"),
    Feed("https://valley.example.org/rss", title="Valley News", folder="Coast/Inland"),
    Feed("https://shinbun.example.org/rss", title="みなと新聞", folder="Asia"),
    Feed("https://letters.example.org/rss", title="Plain Letters"),
)
LONG = """\
# The mill at the weir

The mill was sold in 1904¹ to a miller from the hills. His son wrote down *every* sack that went \
through it, in a hand that **nobody** could read for ninety years.

## What the books say

The oldest of them begins with a flood. It lists what was lost:

- two stones from Brittany, each of a ton and a half,
- a boat, "hardly used",
- the bell.

> We heard the bell go down the river, and it rang all the way.

| year | sacks | price |
|---|---:|---:|
| 1904 | 1,210 | 4.20 |
| 1905 | 980 | 4.75 |

### How they were read

A [page of the library](https://library.example.org/mill) shows the first sheets. The rest was \
read by a small program:

```
for sheet in sheets:
    print(guess(sheet))
```

## What is left

The weir, a wall, and 水車小屋 on a Japanese map of 1931 🗺️, which says 🇯🇵 where it ought not to.

1. County records, page 12. ↩
"""
DAM = (
    "The Orvel dam in the Tarn valley breached early on Wednesday and sent water through the"
    " villages of Lesk and Marwen. About 2,300 people were taken to schools in Tarn. Engineer Ilka"
    " Brandt, who had warned of cracks in January, said the spillway gates were stuck."
)
DAM_TOO = (
    "More than 2,500 people left Lesk and Marwen in the night when the dam at Lake Orvel gave way."
    " Rescue crews from Tarn went from door to door. Ilka Brandt, an engineer who wrote a report on"
    " its cracks in January, told this paper that the gates of the spillway no longer moved."
)
SHORT = "It is told here in a few words, and there is no more of it than that."
TITLES = (
    "The mill at the weir",
    "Dam at Lake Orvel breaches after a week of rain",
    "2,300 flee as the Orvel dam gives way",
    "夜のフェリーが再び出航、新しい客室は四十室に",
    "A title [red]with[/red] what looks like markup & <b>tags</b>",
    "Ça coûte cher: the café on the quay asks nine crowns for a coffee, and the queue is long",
    "Flags 🇳🇴🇸🇪 and families 👩‍👩‍👧 in one line",
    "Short",
    "שלום: a word from the right",
    "The night ferry sails again",
)


def article(number: int) -> Article:
    at = NOW - timedelta(hours=5 * number + 1)
    feed = FEEDS[3] if number == 0 else FEEDS[2] if number == 3 else FEEDS[number % 2]
    text = {0: LONG, 1: DAM, 2: DAM_TOO}.get(number, SHORT)
    return Article(
        url=f"{feed.feed_url.removesuffix('/rss')}/{number}",
        title=TITLES[number],
        text=text,
        archived_at=at,
        published_at=at,
        origins=(Origin(feed.feed_url, f"entry-{number}"),),
        feed_title=feed.title,
        author="Ada Lund" if number % 2 == 0 else "",
        language="ja" if number == 3 else "en",
        word_count=len(text.split()),
        sections=split(text),
    )


@contextmanager
def still_library(folder: Path, settings: Settings, *, empty: bool = False) -> Iterator[Library]:
    """The library of that archive, by its own clock."""
    with Library(Archive.open(folder, now=lambda: NOW), settings, lambda: NOW) as library:
        if not empty:
            fill(library._archive)
        yield library


def fill(archive: Archive) -> None:
    for feed in FEEDS:
        archive.add_feed(feed)
    saved = archive.save([article(number) for number in range(len(TITLES))])
    mill, dam, _, ferry, *rest = (each.article_id for each in saved)
    passage = LONG.index("two stones")
    marked = highlight_of(LONG, passage, LONG.index(",\n- a boat"))
    assert marked is not None
    archive.mark([mill], MarkChange(note="Ask Ada about the bell.", add_highlights=(marked,)))
    archive.tag([mill, ferry], add=["coast/mills", "history"])
    archive.mark([dam, ferry], MarkChange(starred=True))
    archive.mark(rest[2:4], MarkChange(read=True))
    archive.rules.put(Rule("mills", "mill OR weir", tags=("coast/mills",)))
    archive.rules.put(Rule("games", "football OR tennis", mute=True, on=False))
