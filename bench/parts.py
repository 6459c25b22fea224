"""The parts of a run by name, in the order in which they are measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from bench.figures.asking import asking_figures
from bench.figures.crowded import crowded_figures
from bench.figures.disk import disk_figures
from bench.figures.extracting import extracting_figures
from bench.figures.growth import growth_figures
from bench.figures.keys import key_figures
from bench.figures.large_feeds import large_feed_figures
from bench.figures.listing import listing_figures
from bench.figures.memory import memory_figures, size_figures
from bench.figures.opening import opening_figures
from bench.figures.parsing import parsing_figures
from bench.figures.peers import peer_figures
from bench.figures.public import public_figures
from bench.figures.rates import rate_figures
from bench.figures.reading import reading_figures
from bench.figures.refreshing import refreshing_figures
from bench.figures.screens import screen_figures
from bench.figures.searching import searching_figures
from bench.figures.start import start_figures
from bench.figures.stories import story_figures, telling_figures
from bench.figures.story_costs import story_cost_figures
from bench.figures.texts import text_figures
from bench.figures.workers import worker_figures
from bench.figures.writing import writing_figures
from bench.measure import Figure
from bench.workspace import Workspace

Table = tuple[str, Iterator[Figure]]
Part = Callable[[Workspace], Iterator[Table]]


def library(bench: Workspace) -> Iterator[Table]:
    """A table for each size."""
    for size in bench.sizes:
        with bench.archive(size) as folder:
            yield f"{size:,} articles", opening_figures(size, folder)
            yield f"Search among {size:,} articles", searching_figures(size, folder)


def one(
    title: str, figures: Callable[[Workspace], Iterator[Figure]], bench: Workspace
) -> Iterator[Table]:
    """A part that is one table."""
    yield title, figures(bench)


PARTS: Mapping[str, Part] = {
    "library": library,
    "asking": partial(one, "Asking an archive", asking_figures),
    "growth": partial(one, "As an archive grows", growth_figures),
    "disk": partial(one, "Disk", disk_figures),
    "rates": partial(one, "Taking in", rate_figures),
    "writing": partial(one, "Writing", writing_figures),
    "start": partial(one, "Start of the app", start_figures),
    "listing": partial(one, "The command line", listing_figures),
    "keys": partial(one, "Keys", key_figures),
    "screens": partial(one, "Screens over the panes", screen_figures),
    "reading": partial(one, "Opening an article", reading_figures),
    "extracting": partial(one, "Keys while pages are extracted", extracting_figures),
    "memory": partial(one, "Memory of the app", memory_figures),
    "sizes": partial(one, "Memory of the app by size", size_figures),
    "workers": partial(one, "Memory of a worker", worker_figures),
    "texts": partial(one, "Pages as text", text_figures),
    "public": partial(one, "Pages that others have gathered", public_figures),
    "refreshing": partial(one, "Refreshing", refreshing_figures),
    "crowded": partial(one, "Keys while feeds are refreshed", crowded_figures),
    "large": partial(one, "Large feeds", large_feed_figures),
    "parsing": partial(one, "Parsing a feed", parsing_figures),
    "stories": partial(one, "Stories", story_figures),
    "adding": partial(one, "Adding to stories", story_cost_figures),
    "telling": partial(one, "What a story tells", telling_figures),
    "peers": partial(one, "Beside newsboat", peer_figures),
}
