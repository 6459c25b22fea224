"""What a reader does about an article's text: take it out of its page again, put lines back.

And the rules of extraction for the pages of an outlet. Raises ArchiveError and ReaderError.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.archive import Archive
from archive.decisions import ExtractionRule, KeptLine
from archive.models import Article
from reader.errors import UsageProblem
from reader.methods import Method
from reader.pipeline.again import Reextracted, with_text
from reader.pipeline.blocks import Cleaned, line_key, put_back
from reader.pipeline.cleaning import host_of
from reader.pipeline.split import text_fields
from reader.pipeline.watch import check_selector

if TYPE_CHECKING:
    from reader.network import Network
    from reader.outcomes import WholePage


class Texts:
    """The texts of an archive's articles, as far as a reader decides about them."""

    def __init__(
        self, archive: Archive, network: Callable[[], Network], now: Callable[[], datetime]
    ) -> None:
        self._archive = archive
        self._network = network
        self._now = now

    def again(self, article_id: str, method: Method = "usual") -> Article:
        """The article as it would be with a method; nothing is stored. NotFound, ReaderError."""
        return self._network().extract_again(self._archive.get(article_id), method)

    def replace(self, fresh: Article) -> Article:
        """Store what `again` gave; the text that was there stays as a revision."""
        with self._archive.writing():
            known = self._archive.get(fresh.article_id)
            (stored,) = self._archive.save([with_text(known, fresh, self._now())])
        return stored

    def put_back(self, article_id: str, numbers: Sequence[int]) -> Article:
        """Put dropped lines back, by their number from 1; the outlet's later texts keep them too.

        UsageProblem for a number that there is not.
        """
        with self._archive.writing():
            known = self._archive.get(article_id)
            count = len(known.removed)
            for number in numbers:
                if not 1 <= number <= count:
                    has = f"It has {count}" if count else "Nothing was dropped of it"
                    raise UsageProblem(str(number), "no line of that number was dropped", has)
            places = [number - 1 for number in numbers]
            cleaned = put_back(Cleaned(known.text, known.removed), places)
            fresh = replace(known, **text_fields(cleaned))
            (stored,) = self._archive.save([with_text(known, fresh, self._now())])
            host = host_of(known.url)
            lines = [known.removed[place].text for place in places]
            self._archive.decisions.keep_lines(
                [KeptLine(host, line_key(line), line) for line in lines]
            )
        return stored

    def whole_page(self, article_id: str) -> WholePage | None:
        """All words of the raw page behind an article, if it was kept; raises ReaderError."""
        ref = self._archive.get(article_id).page
        return self._network().whole_page(self._archive.pages.read(ref)) if ref else None

    def rules(self) -> list[ExtractionRule]:
        """The rules of extraction, by host."""
        return sorted(self._archive.decisions.rules().values(), key=lambda rule: rule.host)

    def rule(self, host: str) -> ExtractionRule:
        """The rule for the pages of a host, or of the host of an address; empty if there is none.

        UsageProblem for what is neither.
        """
        name = host_of(host if "//" in host else f"//{host.strip()}")
        if not name or " " in name or not (urlsplit(f"//{name}").hostname or ""):
            raise UsageProblem(host or "an empty word", "is no host", "Give one as in example.org")
        return self._archive.decisions.rules().get(name, ExtractionRule(name))

    def set_rule(self, rule: ExtractionRule) -> None:
        """Store a rule, or forget it without selectors. UsageProblem for what is no selector."""
        for selector in (rule.text, rule.drop):
            if selector:
                check_selector(selector, "the selector")
        self._archive.decisions.set_rule(rule)

    def rebuild(self, progress: Callable[[int, int], None] | None = None) -> Reextracted:
        """Run today's extraction over all raw pages."""
        self._archive.check_writable()
        return self._network().rebuild_texts(progress)
