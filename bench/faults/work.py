"""Mixed use of an archive, as by a reader and by refreshes, with a word about each change.

What is about to be done is told before, what was acknowledged after: whoever listens knows what
must be there when the process is killed.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from itertools import count

from archive import Archive, Article, FetchState, MarkChange, Origin
from archive.revisions import revise
from bench.faults.operations import FEED, START, article, now
from reader.imports import import_articles

Say = Callable[..., object]


class Worker:
    """Changes an archive at random, by a seed; its articles are numbered from `first` on.

    Nobody else may be at work when it also undoes: that takes back the newest change of anybody.
    """

    def __init__(
        self, archive: Archive, seed: int, first: int, say: Say, *, undoes: bool = True
    ) -> None:
        self._archive = archive
        self._random = random.Random(seed)
        self._numbers = count(first)
        self._name = f"by{first}"
        self._feed = f"{FEED}?{self._name}"
        self._saved: list[str] = []
        self._say = say
        self._undoes = undoes

    def run(self, changes: int) -> None:
        """That many changes, or a few more."""
        self._save()
        acts = [self._save, self._change, self._mark, self._mark, self._tag, self._learn]
        acts += [self._import, self._page, *([self._undo] if self._undoes else [])]
        for _ in range(changes):
            self._random.choice(acts)()

    def _new(self) -> Article:
        number = next(self._numbers)
        text = f"Field {number}. " + ("w" * 999 + " ") * self._random.choice((0, 1, 400))
        origin = Origin(self._feed, f"entry-{number}", "h1")
        return article(number, text=text, origins=(origin,))

    def _any_word(self) -> str:
        return f"{self._name}x{self._random.randrange(10**9)}"

    def _save(self) -> None:
        for stored in self._archive.save([self._new() for _ in range(self._random.randint(1, 3))]):
            self._saved.append(stored.article_id)
            self._say("saved", stored.article_id, stored.url)

    def _change(self) -> None:
        article_id, title = self._random.choice(self._saved), self._any_word()
        self._archive.save([revise(self._archive.get(article_id), title, title, START)])
        self._say("changed", article_id, title)

    def _mark(self) -> None:
        article_id, note = self._random.choice(self._saved), self._any_word()
        self._say("noting", article_id, note)
        self._archive.mark(article_id, MarkChange(read=True, note=note))
        self._say("noted", article_id, note)

    def _tag(self) -> str:
        tag = self._any_word()
        self._say("tagging", tag, len(self._saved))
        self._archive.tag(self._saved, add=[tag])
        self._say("tagged", tag, len(self._saved))
        return tag

    def _undo(self) -> None:
        tag = self._tag()
        self._say("tagging", tag, len(self._saved))
        self._archive.undo()
        self._say("tagged", tag, 0)

    def _learn(self) -> None:
        etag = self._any_word()
        self._say("learning", self._feed, etag)
        self._archive.save_fetch_states([FetchState(self._feed, etag=etag)])
        self._say("learned", self._feed, etag)

    def _import(self) -> None:
        url = f"https://other.example/{next(self._numbers)}"
        line = f'{{"url": "{url}", "title": "Import", "text": "Oats.", "starred": true}}\n'
        stream = io.BufferedReader(io.BytesIO(line.encode()))  # type: ignore[arg-type]
        import_articles(self._archive, stream, now, lambda html, _: html, None, 0)
        self._say("imported", url)

    def _page(self) -> None:
        url = f"https://weekly.example/{self._any_word()}"
        ref = self._archive.pages.append(url, 200, {}, b"x" * 900, START)
        self._say("kept", ref.warc, ref.offset, url)
