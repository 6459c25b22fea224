"""Well-known public feeds to begin with, by topic.

The addresses are as their outlets publish them; this project does not check that they answer.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StarterFeed:
    """A feed to pick; `topic` becomes its folder."""

    topic: str
    name: str
    feed_url: str


STARTER_FEEDS: tuple[StarterFeed, ...] = (
    StarterFeed("World", "BBC News: World", "https://feeds.bbci.co.uk/news/world/rss.xml"),
    StarterFeed("World", "The Guardian: World", "https://www.theguardian.com/world/rss"),
    StarterFeed("World", "Al Jazeera", "https://www.aljazeera.com/xml/rss/all.xml"),
    StarterFeed("World", "NPR News", "https://feeds.npr.org/1001/rss.xml"),
    StarterFeed("World", "Deutsche Welle", "https://rss.dw.com/rdf/rss-en-all"),
    StarterFeed(
        "Other languages",
        "El País (Spanish)",
        "https://feeds.elpais.com/mrss-s/pages/ep/site/elpais.com/portada",
    ),
    StarterFeed("Other languages", "Le Monde (French)", "https://www.lemonde.fr/rss/une.xml"),
    StarterFeed(
        "Other languages", "tagesschau (German)", "https://www.tagesschau.de/index~rss2.xml"
    ),
    StarterFeed("Technology", "Ars Technica", "https://feeds.arstechnica.com/arstechnica/index"),
    StarterFeed("Technology", "Hacker News", "https://news.ycombinator.com/rss"),
    StarterFeed("Technology", "LWN.net", "https://lwn.net/headlines/rss"),
    StarterFeed("Technology", "The Register", "https://www.theregister.com/headlines.atom"),
    StarterFeed("AI", "Simon Willison", "https://simonwillison.net/atom/everything/"),
    StarterFeed("AI", "Hugging Face blog", "https://huggingface.co/blog/feed.xml"),
    StarterFeed("AI", "arXiv: Artificial intelligence", "https://rss.arxiv.org/rss/cs.AI"),
    StarterFeed("Science", "Nature", "https://www.nature.com/nature.rss"),
    StarterFeed("Science", "NASA", "https://www.nasa.gov/feed/"),
    StarterFeed("Science", "Quanta Magazine", "https://www.quantamagazine.org/feed/"),
    StarterFeed("Security", "Krebs on Security", "https://krebsonsecurity.com/feed/"),
    StarterFeed("Security", "Schneier on Security", "https://www.schneier.com/feed/atom/"),
    StarterFeed("Comics", "xkcd", "https://xkcd.com/atom.xml"),
)
"""All of them, those of a topic together."""
