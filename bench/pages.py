"""Web pages in the manner of real ones: invented words, with the furniture that pages have.

`news_page` is the page of an article as outlets have it, of 30 to 100 kB, most of which is no text.
`PAGES` has other kinds too, those that cost most included: long, wide, deep, broken.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping

from bench.corpus import Corpus

Make = Callable[[Corpus, random.Random], str]


def news_page(corpus: Corpus, dice: random.Random) -> str:
    """An article of 400 to 1,500 words between menus, adverts, comments and scripts."""
    paragraphs = [prose(corpus, dice) for _ in range(dice.randrange(6, 20))]
    return page(corpus, dice, "\n".join(paragraphs), scripts=dice.randrange(15_000, 60_000))


def chinese_page(corpus: Corpus, dice: random.Random) -> str:
    """The same in Chinese."""
    texts = [corpus.chinese_from(dice, dice.randrange(60, 300)) for _ in range(12)]
    return page(corpus, dice, "".join(f"<p>{text}。</p>" for text in texts), language="zh")


def short_page(corpus: Corpus, dice: random.Random) -> str:
    """Two sentences and no furniture."""
    return f"<html><body><h1>{words(corpus, dice, 6)}</h1>{prose(corpus, dice)}</body></html>"


def long_page(corpus: Corpus, dice: random.Random) -> str:
    """An article of 10,000 words."""
    return page(corpus, dice, "\n".join(prose(corpus, dice) for _ in range(130)))


def commented_page(corpus: Corpus, dice: random.Random) -> str:
    """An article with 1,500 comments below it."""
    comments = "".join(
        f"<div class=c><b>{words(corpus, dice, 2)}</b><p>{words(corpus, dice, 30)}</p></div>"
        for _ in range(1500)
    )
    body = prose(corpus, dice) * 8
    return page(corpus, dice, f'{body}<section id="comments">{comments}</section>')


def table_page(corpus: Corpus, dice: random.Random) -> str:
    """A table of 2,000 rows."""
    rows = "".join(
        f"<tr><td>{words(corpus, dice, 2)}</td><td>{dice.random():.4f}</td>"
        f"<td>{words(corpus, dice, 3)}</td></tr>"
        for _ in range(2000)
    )
    return page(corpus, dice, f"{prose(corpus, dice)}<table>{rows}</table>")


def linked_page(corpus: Corpus, dice: random.Random) -> str:
    """A list of 4,000 links."""
    links = "".join(
        f'<li><a href="/news/{n}?from=list">{words(corpus, dice, 7)}</a></li>' for n in range(4000)
    )
    return page(corpus, dice, f"<ul>{links}</ul>")


def scripted_page(corpus: Corpus, dice: random.Random) -> str:
    """An article in two megabytes of scripts and data."""
    return page(corpus, dice, prose(corpus, dice) * 10, scripts=2_000_000)


def nested_page(corpus: Corpus, dice: random.Random) -> str:
    """A text inside 200 boxes."""
    return page(corpus, dice, "<div class='box'>" * 200 + prose(corpus, dice) * 6 + "</div>" * 200)


def broken_page(corpus: Corpus, dice: random.Random) -> str:
    """Tags that are never closed, or closed in another order, and a page that ends in a tag."""
    pieces = [f"<div><b><i>{words(corpus, dice, 60)}</b><p><td>" for _ in range(60)]
    return page(corpus, dice, "".join(pieces)).removesuffix("</body></html>") + "<div class="


PAGES: Mapping[str, Make] = {
    make.__name__: make
    for make in (
        news_page,
        chinese_page,
        short_page,
        long_page,
        commented_page,
        table_page,
        linked_page,
        scripted_page,
        nested_page,
        broken_page,
    )
}


def varied_pages(count: int, seed: int) -> Iterator[bytes]:
    """Pages of which seven in ten are news pages and the others of every kind in turn."""
    corpus, dice = Corpus(0), random.Random(seed)
    others = [make for make in PAGES.values() if make is not news_page]
    for number in range(count):
        turn, rest = divmod(number, 10)
        make = news_page if rest < 7 else others[(turn * 3 + rest) % len(others)]
        yield make(corpus, dice).encode()


def largest_pages(seed: int) -> Iterator[bytes]:
    """Pages near the most that is fetched of one: prose, and a table, whose memory is greatest."""
    corpus, dice = Corpus(0), random.Random(seed)
    yield page(corpus, dice, "\n".join(prose(corpus, dice) for _ in range(5000))).encode()
    rows = "".join(f"<tr><td>{words(corpus, dice, 5)}</td></tr>" for _ in range(40_000))
    yield page(corpus, dice, f"<table>{rows}</table>").encode()


def page(
    corpus: Corpus, dice: random.Random, body: str, *, scripts: int = 30_000, language: str = "en"
) -> str:
    """A whole page around the body of an article; `scripts` bytes of it are code and data."""
    title = words(corpus, dice, 8).capitalize()
    menu = "".join(
        f'<li><a href="/{name}">{name}</a></li>' for name in words(corpus, dice, 25).split()
    )
    related = "".join(
        f'<div class="card"><a href="/news/{dice.randrange(9999)}"><img src="/i/{n}.jpg" alt="">'
        f"<h3>{words(corpus, dice, 7)}</h3></a><span>{words(corpus, dice, 12)}</span></div>"
        for n in range(15)
    )
    return f"""<!doctype html><html lang="{language}"><head><meta charset="utf-8">
<title>{title} | {words(corpus, dice, 2)}</title>
<meta property="og:title" content="{title}"><meta property="og:type" content="article">
<meta property="article:published_time" content="2026-11-{dice.randrange(1, 20):02}T08:00:00Z">
<meta name="author" content="{words(corpus, dice, 2).title()}">
<style>{code(dice, scripts // 3, "{{color:#%x;margin:%dpx}}")}</style>
<script type="application/json">{code(dice, scripts // 3, '{{"id":"%x","at":%d}},')}</script>
</head><body><div class="cookie-banner">{words(corpus, dice, 40)} <button>OK</button></div>
<header><nav><ul>{menu}</ul></nav></header><main><article><h1>{title}</h1>
<p class="byline">{words(corpus, dice, 3)}</p>{body}</article>
<aside class="related"><h2>{words(corpus, dice, 2)}</h2>{related}</aside></main>
<div class="share"><a href="#">{words(corpus, dice, 1)}</a></div>
<footer><ul>{menu}</ul>{words(corpus, dice, 30)}</footer>
<script>{code(dice, scripts // 3, "f(0x%x,%d);")}</script></body></html>"""


def prose(corpus: Corpus, dice: random.Random) -> str:
    """A paragraph with a link and emphasis; now and then a heading or a picture before it."""
    count = dice.randrange(40, 110)
    written = words(corpus, dice, count).split()
    written[0] = written[0].capitalize()
    written[7] = f"<em>{written[7]}</em>"
    written[20] = f'<a href="https://example.org/{dice.randrange(9999)}">{written[20]}</a>'
    chance = dice.random()
    before = ""
    if chance < 0.15:
        before = f"<h2>{words(corpus, dice, 4)}</h2>"
    elif chance < 0.25:
        before = f'<figure><img src="/p.jpg" alt=""><figcaption>{written[1]}</figcaption></figure>'
    return f"{before}<p>{' '.join(written)}.</p>"


def code(dice: random.Random, size: int, pattern: str) -> str:
    """About that many bytes of what no reader sees."""
    piece = pattern.replace("{{", "{").replace("}}", "}")
    once = piece % (dice.randrange(1 << 24), dice.randrange(99))
    return once * (size // len(once))


def words(corpus: Corpus, dice: random.Random, count: int) -> str:
    """Words of the corpus."""
    return corpus.words_from(dice, count)
