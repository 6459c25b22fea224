"""Stories: which articles tell one event, and what the reader decided of that.

Grouping is derived and kept in the index (`archive.story_tables`); decisions are kept in
decisions.json, are respected by every later grouping, and are taken back by undo.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from archive import index_changes, story_tables
from archive.errors import DamagedFile, NotFound
from archive.models import Article, Undone
from archive.names import parse_article_id
from archive.story_links import Decision, LinksFile, links_of
from archive.story_names import arrival, unit_name

if TYPE_CHECKING:
    from archive.aliases import Aliases, Names
    from archive.catalogue import Progress
    from archive.folded import FoldedLists
    from archive.opening import Parts
    from archive.story_models import Claim, Novelty, Story
    from archive.story_units import Unit

    Stored = list[Story]  # `list` means a method inside the class

MOST_ALONG = 200
"""Articles that are grouped along with other work: a second of it. More wait to be asked for."""
MOST_TOGETHER = 5_000
"""Articles that are grouped without being asked for where nothing waits for it: half a minute."""
MOST_TEXTS = 100
"""Texts of a story that are looked into, the latest: half a second of work."""
_AT_ONCE = 20
"""Articles that share a transaction: a mark waits for so many at most."""

Ids = list[str]


class Stories:
    """The stories of the archive of these parts."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._db = parts.index.connections
        self._links = LinksFile(parts.root, tolerant=parts.read_only)

    def group(
        self,
        progress: Progress | None = None,
        stopped: Callable[[], bool] = lambda: False,
        most: int | None = None,
    ) -> int:
        """Groups what was not grouped yet, in order of publication; how many articles.

        At `most` that many, of those published last. What is left over then, or when it is
        `stopped` or interrupted, is grouped the next time.
        """
        if self._parts.read_only:
            return 0
        from archive.grouping import Grouping  # nothing of a listing

        pending = self._pending(most)
        links = links_of(self._links.decisions() if pending else [])
        for done in range(0, len(pending), _AT_ONCE):
            if stopped():
                return done
            if progress:
                progress(done, len(pending))
            ids = pending[done : done + _AT_ONCE]
            aliases, counts = self.aliases, self._parts.term_counts
            found = [(each, self._units(each, aliases)) for each in ids]
            with counts.transaction(), self._db.writing() as db:
                grouping = Grouping(db, self._article, links, aliases, counts)
                for article_id, units in found:
                    for unit in units:
                        grouping.add(unit)
                    db.execute("DELETE FROM story_pending WHERE article_id = ?", (article_id,))
                grouping.finish()
        if progress and pending:
            progress(len(pending), len(pending))
        return len(pending)

    def waiting(self) -> int:
        """How many articles wait to be grouped; of more than MOST_TOGETHER one more than that."""
        with self._db.reading() as db:
            found = db.execute(
                "SELECT count(*) FROM (SELECT 1 FROM story_pending LIMIT ?)", (MOST_TOGETHER + 1,)
            )
            return int(found.fetchone()[0])

    def regroup(self, progress: Progress | None = None) -> int:
        """Forgets all grouping and groups every article anew; how many."""
        self._parts.check_writable()
        with self._db.writing() as db:
            story_tables.clear(db)
            index_changes.begin_epoch(db)
        return self.group(progress)

    def list(self, query: str = "", *, limit: int = 200) -> Stored:
        """Stories of which any article matches, the one with the latest member first.

        Members that are hidden are left out unless they match themselves.
        """
        from archive import story_read

        wanted = self._parts.asking.unless_empty(query)
        ids = self._parts.index.article_ids(wanted) if wanted else None
        with self._db.reading() as db:
            return list(story_read.stories(db, ids, limit))

    def get(self, name: str) -> Story:
        """The story of that id, or that an article or section of that id is of. NotFound.

        Members that are hidden are left out, but for that article.
        """
        return self._found(name, hidden=False)

    def _found(self, name: str, *, hidden: bool) -> Story:
        from archive import story_read

        article_id, _, section = name.strip().removeprefix("s").partition("#")
        if parse_article_id(article_id) and (not section or section.isdecimal()):
            with self._db.reading() as db:
                found = story_read.story(db, article_id, int(section[:9] or 0), hidden=hidden)
            if found:
                return found
        raise NotFound(name, "no story has that id", "See `newsreader stories`")

    def _whole(self, name: str) -> Story:
        """The story with its hidden members, for decisions: what is decided holds for all."""
        return self._found(name, hidden=True)

    @property
    def folded(self) -> FoldedLists:
        """Lists of articles in which a story is one row."""
        from archive.folded import FoldedLists  # nothing of a listing

        return FoldedLists(self._parts)

    @property
    def names(self) -> Names:
        """The names of persons and things with all their spellings."""
        from archive.aliases import Names

        return Names(self._parts)

    @property
    def aliases(self) -> Aliases:
        """What names are spelled like, as claims and timelines take it."""
        return self._parts.asking.names.aliases()

    # What it tells

    def claims(self, story: Story) -> Sequence[Claim]:
        """What the outlets of a story state, aligned; of near copies the earliest states it."""
        from archive.claims import claims_of
        from archive.story_texts import originals, story_texts

        members = originals(story.members)[-MOST_TEXTS:]
        return claims_of(list(story_texts(members, self._article)), self.aliases)

    def novelties(self, story: Story, only: str = "") -> Sequence[Novelty]:
        """How much of each member is new to who read those that are read.

        `only`: of the members of that article. Nothing where no other member was read.
        """
        from archive.story_told import novelties

        return novelties(story.members, self._article, only)

    # What the reader decides

    def split(self, names: Sequence[str]) -> Story:
        """Takes articles out of their story; the story that they are then. NotFound."""
        story = self._whole(names[0])
        ones = [_bare(name) for name in names]
        others = [each for each in _names(story) if each not in ones]
        if strange := [name for name in ones if name not in _names(story)]:
            raise NotFound(strange[0], f"it is not in story {story.story_id}")
        if not others:
            raise NotFound(names[0], "its story has no other article")
        self._decide("split a story", ones, others, [ones, others], apart=True)
        return self.get(ones[0])

    def merge(self, one: str, other: str) -> Story:
        """Makes one story of two; that story. NotFound."""
        first, second = self._whole(one), self._whole(other)
        if first.story_id != second.story_id:
            ones, others = _names(first), _names(second)
            self._decide("merge two stories", ones, others, [[*ones, *others]], apart=False)
        return self.get(one)

    def keep_apart(self, one: str, other: str) -> Story:
        """Says that two stories, or a story and an article in it, are not the same. NotFound."""
        first, second = self._whole(one), self._whole(other)
        if first.story_id == second.story_id:
            self.split([_bare(other)])
        else:
            ones, others = _names(first), _names(second)
            self._decide("not the same story", ones, others, [], apart=True)
        return self.get(one)

    def decided_at_ns(self) -> int:
        """When the newest decision was made, in nanoseconds since 1970; 0 without any."""
        return max((each.at_ns for each in self._links.decisions()), default=0)

    def undo(self) -> Undone:
        """Takes the newest decision back; there is one."""
        with self._parts.lock:
            newest = self._links.decisions()[-1]
            self._links.drop(newest)
            self._arrange(newest.before)
        return Undone(newest.label, len(newest.ones))

    def _decide(
        self,
        label: str,
        ones: Sequence[str],
        others: Sequence[str],
        after: Sequence[Sequence[str]],
        *,
        apart: bool,
    ) -> None:
        self._parts.check_writable()
        names = [*ones, *others]
        with self._parts.lock:
            wholes = [self._whole(name) for name in names]
            before = {each.story_id: _names(each) for each in wholes}
            self._links.add(
                Decision(
                    label, time.time_ns(), apart, tuple(ones), tuple(others),
                    tuple(map(tuple, before.values())),
                )
            )  # fmt: skip
            self._arrange(after)

    def _arrange(self, groups: Iterable[Sequence[str]]) -> None:
        from archive.grouping import regroup

        with self._db.writing() as db:
            for names in groups:
                regroup(db, names)

    def _pending(self, most: int | None) -> Ids:
        """The articles to be grouped, the latest if so many at most, in order of publication."""
        with self._db.reading() as db:
            rows = db.execute(
                "SELECT coalesce(published_at, archived_at), article_id"
                " FROM story_pending JOIN articles USING (article_id)"
            ).fetchall()
        if most and len(rows) > most:
            earliest = sorted(at for at, _ in rows)[-most]
            rows = [row for row in rows if row[0] >= earliest]
        rows.sort(key=lambda row: (row[0], arrival(row[1], 0)))
        return [article_id for _, article_id in rows[-most if most else 0 :]]

    def _units(self, article_id: str, aliases: Aliases) -> Sequence[Unit]:
        from archive.story_units import units_of

        article = self._article(article_id)
        return units_of(article, aliases) if article else ()

    def _article(self, article_id: str) -> Article | None:
        """The article; None for one that is gone or damaged, which opening tells of."""
        volume, number = parse_article_id(article_id) or ("", 0)
        try:
            return self._parts.volumes.article(volume, number)
        except DamagedFile:
            return None


def _names(story: Story) -> Sequence[str]:
    return [unit_name(each.article_id, each.section) for each in story.members]


def _bare(name: str) -> str:
    return name.strip().removeprefix("s")
