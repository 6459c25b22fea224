from __future__ import annotations

from reader.pipeline.decide import Decisions, decide
from reader.pipeline.parse import Entry


def entry(entry_id: str, entry_hash: str = "h", url: str = "") -> Entry:
    return Entry(entry_id=entry_id, entry_hash=entry_hash, url=url, title="t")


def archived(url: str) -> str | None:
    return {"http://a.example/known": "260304a1"}.get(url)


def test_entries_are_told_apart_by_id_hash_and_address():
    known = {"same": ("260304a2", "h"), "other": ("260304a3", "old")}
    same, other = entry("same"), entry("other", "new")
    fresh, adopted = entry("fresh"), entry("x", url="http://a.example/known")

    assert decide(known, [same, other, fresh, adopted], archived) == Decisions(
        new=(fresh,),
        changed=((other, "260304a3"),),
        unchanged=(same,),
        adopted=((adopted, "260304a1"),),
    )


def test_a_known_entry_is_not_adopted_whatever_its_address():
    moved = entry("same", url="http://a.example/known")

    assert decide({"same": ("260304a2", "h")}, [moved], archived).unchanged == (moved,)


def test_an_entry_without_an_address_is_new():
    assert decide({}, [entry("x")], lambda url: "never asked").new == (entry("x"),)
