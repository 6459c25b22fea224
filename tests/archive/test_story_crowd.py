"""Where much was published at once, more likeness is needed to be of one story."""

import random
from datetime import timedelta
from pathlib import Path

from archive.archive import Archive
from archive.story_tables import BUCKET_DAYS
from tests.archive.making import START, Clock, make_article
from tests.archive.test_near_copies import WORDS

CROWD = 1500
"""Articles beside which hardly any pair is told from chance."""


def pairs() -> list[tuple[str, str]]:
    """Texts of thirty words, which have one more in common with each pair."""
    words = [f"{word}{tail}" for tail in ("ax", "ex", "ox", "yx") for word in WORDS]
    random.Random(5).shuffle(words)
    found = []
    for shared in range(4, 16):
        one, other = [words.pop() for _ in range(30)], [words.pop() for _ in range(30)]
        found.append((" ".join(one), " ".join(one[:shared] + other[shared:])))
    return found


def joined(folder: Path, crowd_at: timedelta | None) -> int:
    """How many of the pairs become one story, with a crowd so long before them, or without one."""
    with Archive.open(folder, now=Clock()) as archive:
        if crowd_at is not None:
            dice = random.Random(7)
            archive.save(
                [
                    make_article(
                        1000 + number, title="", text=" ".join(dice.choices(WORDS, k=5)),
                        published_at=START - crowd_at,
                    )
                    for number in range(CROWD)
                ]
            )  # fmt: skip
            archive.stories.group()
        told = [
            make_article(2 * number + place, title="", text=text, published_at=START)
            for number, pair in enumerate(pairs())
            for place, text in enumerate(pair)
        ]
        ids = [each.article_id for each in archive.save(told)]
        archive.stories.group()
        story = {each.article_id: each.story_id for each in archive.list(limit=5000)}
        return sum(
            story[one] == story[other] for one, other in zip(ids[::2], ids[1::2], strict=True)
        )


def test_fewer_join_in_a_crowd(tmp_path: Path) -> None:
    alone = joined(tmp_path / "alone", None)
    crowded = joined(tmp_path / "crowded", timedelta())
    later = joined(tmp_path / "later", timedelta(days=8 * BUCKET_DAYS))
    assert 0 < crowded < alone
    assert later > crowded
