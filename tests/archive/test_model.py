"""Random operations on an archive beside a plain dictionary that says what must be there.

`MODEL_EXAMPLES=500 make test ARGS=tests/archive/test_model.py` tries far more of them.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from archive import Archive, Feed, Mark, MarkChange, NotFound, Origin
from archive.revisions import revise
from tests.archive.making import START, make_article, model_settings

WORDS = ("barley", "wheat", "oats", "rye")
TAGS = ("farm", "later", "old")
URLS = ("https://a.example/feed", "https://b.example/feed")
ALL = 10_000


@dataclass(frozen=True)
class Known:
    """What the model knows of an article: its texts, oldest first, and its mark."""

    feed_url: str
    texts: tuple[str, ...]
    mark: Mark = field(default_factory=Mark)


@dataclass
class Model:
    """The archive as it should be.

    `undo` has the steps that can be undone: the marks before each, or the feed that was given up.
    """

    articles: dict[str, Known] = field(default_factory=dict)
    feeds: list[str] = field(default_factory=list)
    undo: list[dict[str, Mark] | str] = field(default_factory=list)


class Killed(BaseException):
    """The process ends here, as far as the archive's code can tell."""


class ArchiveMachine(RuleBasedStateMachine):
    """One archive over several days, and its model."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="newsreader-model-"))
        self.day = 0
        self.number = 0
        self.model = Model()
        self.archive = self.opened()

    def teardown(self) -> None:
        self.archive.close()
        shutil.rmtree(self.folder)

    def now(self) -> datetime:
        return START + timedelta(days=self.day)

    def opened(self) -> Archive:
        return Archive.open(self.folder, now=self.now)

    def chosen(self, place: int) -> str:
        ids = sorted(self.model.articles)
        return ids[place % len(ids)]

    # What is done

    @rule(count=st.integers(1, 3), word=st.sampled_from(WORDS), url=st.sampled_from(URLS))
    def save_new(self, count: int, word: str, url: str) -> None:
        fresh = []
        for _ in range(count):
            self.number += 1
            origins = (Origin(url, f"entry-{self.number}", "h"),)
            text = f"About {word} in field {self.number}."
            fresh.append(make_article(self.number, text=text, origins=origins))
        for stored in self.archive.save(fresh):
            assert stored.article_id not in self.model.articles
            self.model.articles[stored.article_id] = Known(url, (stored.text,))

    @precondition(lambda self: self.model.articles)
    @rule(place=st.integers(0, 99), word=st.sampled_from(WORDS))
    def change_text(self, place: int, word: str) -> None:
        article_id = self.chosen(place)
        self.number += 1
        article = self.archive.get(article_id)
        text = f"Now about {word}, {self.number}."
        self.archive.save([revise(article, article.title, text, self.now())])
        known = self.model.articles[article_id]
        self.model.articles[article_id] = replace(known, texts=(*known.texts, text))

    @precondition(lambda self: self.model.articles)
    @rule(place=st.integers(0, 99), read=st.booleans(), starred=st.none() | st.booleans())
    def mark(self, place: int, read: bool, starred: bool | None) -> None:
        change = MarkChange(read=read, starred=starred)
        self.step([self.chosen(place)], lambda ids: self.archive.mark(ids, change), change)

    @rule(tag=st.sampled_from(TAGS), word=st.sampled_from(WORDS))
    def tag_what_is_found(self, tag: str, word: str) -> None:
        change = MarkChange(add_tags=(tag,))
        self.step(self.about(word), lambda _: self.archive.tag(word, add=[tag]), change)

    @rule(tag=st.sampled_from(TAGS), word=st.sampled_from(WORDS))
    def untag_what_is_found(self, tag: str, word: str) -> None:
        change = MarkChange(remove_tags=(tag,))
        self.step(self.about(word), lambda _: self.archive.tag(word, remove=[tag]), change)

    @rule(old=st.sampled_from(TAGS), new=st.sampled_from(TAGS))
    def rename_tag(self, old: str, new: str) -> None:
        if old != new:
            change = MarkChange(add_tags=(new,), remove_tags=(old,))
            self.step(self.tagged(old), lambda _: self.archive.tagging.rename(old, new), change)

    @rule(tag=st.sampled_from(TAGS))
    def remove_tag(self, tag: str) -> None:
        change = MarkChange(remove_tags=(tag,))
        self.step(self.tagged(tag), lambda _: self.archive.tagging.remove(tag), change)

    @rule()
    def undo(self) -> None:
        while self.model.undo and self.model.undo[-1] in self.model.feeds:
            self.model.undo.pop()  # a feed that was added again since
        undone = self.archive.undo()
        assert (undone is None) == (not self.model.undo)
        if undone:
            step = self.model.undo.pop()
            if isinstance(step, str):
                self.model.feeds.append(step)
            else:
                self.set_marks(step)

    @rule(url=st.sampled_from(URLS))
    def add_feed(self, url: str) -> None:
        assert self.archive.add_feed(Feed(url)).feed_url == url
        if url not in self.model.feeds:
            self.model.feeds.append(url)

    @rule(url=st.sampled_from(URLS))
    def remove_feed(self, url: str) -> None:
        try:
            self.archive.remove_feed(self.archive.find_feed(url).feed_id)
        except NotFound:
            assert url not in self.model.feeds
        else:
            self.model.feeds.remove(url)
            self.model.undo.append(url)

    @rule()
    def another_day(self) -> None:
        self.day += 1

    @rule(without_index=st.booleans())
    def reopen(self, without_index: bool) -> None:
        self.archive.close()
        if without_index:
            for path in self.folder.glob("index.sqlite*"):
                path.unlink()
        self.archive = self.opened()
        assert self.archive.recovered == []

    @precondition(lambda self: len(self.model.articles) > 1)
    @rule(at=st.integers(0, 12), tag=st.sampled_from(TAGS))
    def die_while_tagging_all(self, at: int, tag: str) -> None:
        """What is found on opening is the change or none of it."""
        change = MarkChange(add_tags=(tag,))
        before = self.archive.count(f"tag:{tag}")
        ids = sorted(self.model.articles)
        try:
            with dying(at):
                self.archive.tag("", add=[tag])
        except Killed:
            pass
        self.archive.close()
        self.archive = self.opened()
        assert {each.kind for each in self.archive.recovered} <= {"interrupted"}
        if self.archive.count(f"tag:{tag}") != before:
            self.take_step(ids, change)

    # The model's part

    def step(self, ids: list[str], do: Callable[[list[str]], int], change: MarkChange) -> None:
        assert do(ids) == self.take_step(ids, change)

    def take_step(self, ids: list[str], change: MarkChange) -> int:
        before = {each: self.model.articles[each].mark for each in ids}
        after = {each: changed(mark, change) for each, mark in before.items()}
        altered = {each: mark for each, mark in before.items() if after[each] != mark}
        if altered:
            self.model.undo.append(altered)
        self.set_marks(after)
        return len(altered)

    def set_marks(self, marks: dict[str, Mark]) -> None:
        for article_id, mark in marks.items():
            known = self.model.articles[article_id]
            self.model.articles[article_id] = replace(known, mark=mark)

    def about(self, word: str) -> list[str]:
        found = self.model.articles.items()
        return sorted(each for each, known in found if word in known.texts[-1])

    def tagged(self, tag: str) -> list[str]:
        found = self.model.articles.items()
        return sorted(each for each, known in found if tag in known.mark.tags)

    # What must hold

    @invariant()
    def texts_and_marks_are_those_of_the_model(self) -> None:
        for article_id, known in self.model.articles.items():
            article = self.archive.get(article_id)
            texts = (*(each.text for each in article.revisions), article.text)
            assert texts == known.texts
            assert self.archive.mark_of(article_id) == known.mark

    @invariant()
    def lists_and_counts_are_those_of_the_model(self) -> None:
        known = self.model.articles
        unread = {each for each, one in known.items() if not one.mark.read}
        starred = {each for each, one in known.items() if one.mark.starred}
        assert self.archive.totals() == (len(known), len(unread), len(starred))
        assert self.ids("") == sorted(known)
        assert self.ids("is:unread") == sorted(unread)
        for word in WORDS:
            assert self.ids(word) == self.about(word)
        tags = {each.tag: each.article_count for each in self.archive.tags()}
        assert tags == {tag: count for tag in TAGS if (count := len(self.tagged(tag)))}

    @invariant()
    def feeds_and_their_counts_are_those_of_the_model(self) -> None:
        said = {
            each.feed.feed_url: (each.article_count, each.unread_count)
            for each in self.archive.feeds()
        }
        assert said == {url: self.counts(url) for url in self.model.feeds}

    def ids(self, query: str) -> list[str]:
        return sorted(row.article_id for row in self.archive.list(query, limit=ALL))

    def counts(self, url: str) -> tuple[int, int]:
        own = [known for known in self.model.articles.values() if known.feed_url == url]
        return len(own), sum(not known.mark.read for known in own)


def changed(mark: Mark, change: MarkChange) -> Mark:
    """The mark after a change, said as simply as can be."""
    tags = (set(mark.tags) - set(change.remove_tags)) | set(change.add_tags)
    return replace(
        mark,
        read=mark.read if change.read is None else change.read,
        starred=mark.starred if change.starred is None else change.starred,
        tags=tuple(sorted(tags)),
    )


class dying:  # noqa: N801 - a context manager that reads as a function
    """Ends the process, as it were, before the n-th file takes its place."""

    def __init__(self, at: int) -> None:
        self._left = at
        self._real = os.replace
        self._patch = patch.object(os, "replace", self._replace)

    def __enter__(self) -> None:
        self._patch.start()

    def __exit__(self, *_: object) -> None:
        self._patch.stop()

    def _replace(self, *arguments: object) -> None:
        if self._left == 0:
            raise Killed
        self._left -= 1
        self._real(*arguments)  # type: ignore[arg-type]


TestArchiveModel = ArchiveMachine.TestCase
TestArchiveModel.settings = model_settings(25, 25)
