"""What was acknowledged of an archive, and what is missing of that when it is opened again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from archive import Archive, PageRef
from bench.faults.looks import ALL, differing, listing

_KINDS = {
    "noting": "note",
    "noted": "note",
    "learning": "learn",
    "learned": "learn",
    "tagging": "tag",
    "tagged": "tag",
}


class Ledger:
    """Takes the words of `bench.faults.work`, in order for each process."""

    def __init__(self) -> None:
        self._urls: dict[str, str] = {}
        self._titles: dict[str, list[str]] = defaultdict(list)
        self._imported: set[str] = set()
        self._pages: dict[tuple[str, int], str] = {}
        self._may_be: dict[tuple[str, str], set[str]] = {}
        self.change_count = 0

    def take(self, words: Iterable[list[str]]) -> None:
        """What one process said, the last line as far as it came."""
        for word, *rest in words:
            if word == "saved":
                self._urls[rest[0]] = rest[1]
            elif word == "changed":
                self._titles[rest[0]].append(rest[1])
            elif word == "imported":
                self._imported.add(rest[0])
            elif word == "kept":
                self._pages[rest[0], int(rest[1])] = rest[2]
            elif word.endswith("ing"):
                self._begin(_KINDS[word], *rest)
                continue
            else:
                self._may_be[_KINDS[word], rest[0]] = {rest[1]}
            self.change_count += 1

    def _begin(self, kind: str, name: str, value: str) -> None:
        before = self._may_be.get((kind, name), {""})
        self._may_be[kind, name] = before | {value} | ({"0"} if kind == "tag" else set())

    def missing(self, archive: Archive) -> Iterator[str]:
        """What is not as it was acknowledged, or is wrong in itself."""
        kinds = {each.kind for each in archive.recovered}
        if not kinds <= {"interrupted"}:
            yield f"opening had to mend: {archive.recovered}"
        yield from (f"verify: {each}" for each in archive.verify())
        yield from self._articles(archive)
        for (kind, name), values in self._may_be.items():
            found = _value(archive, kind, name)
            if found not in values:
                yield f"{kind} {name}: {found} and not one of {values}"
        for (warc, offset), url in self._pages.items():
            if archive.pages.read(PageRef(warc, offset)).url != url:
                yield f"the page {url} is another"
        indexed = listing(archive)
        archive.rebuild()
        yield from (f"the index is wrong: {each}" for each in differing(indexed, listing(archive)))

    def _articles(self, archive: Archive) -> Iterator[str]:
        urls = [archive.get(row.article_id).url for row in archive.list(limit=ALL)]
        doubled = {url for url in urls if urls.count(url) > 1}
        if doubled:
            yield f"doubled: {doubled}"
        yield from (f"lost: {url}" for url in self._imported - set(urls))
        for article_id, url in self._urls.items():
            article = archive.get(article_id)
            titles = {article.title, *(each.title for each in article.revisions)}
            if article.url != url:
                yield f"{article_id} is {article.url} and not {url}"
            yield from (
                f"a text is lost: {each}" for each in set(self._titles[article_id]) - titles
            )


def _value(archive: Archive, kind: str, name: str) -> str:
    if kind == "note":
        return archive.mark_of(name).note
    if kind == "learn":
        states = archive.fetch_states()
        return states[name].etag if name in states else ""
    return str(archive.count(f"tag:{name}"))
