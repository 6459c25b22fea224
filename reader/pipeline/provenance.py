"""From where a page has its text, as it says itself: the original it cites, the byline it prints.

Never guessed: a link counts only behind words that call it the source. Runs in worker processes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.characters import clean_line
from archive.text import fold_characters
from reader.pipeline.blocks import Block, blocks_of, plain_words
from reader.pipeline.clean import clean_url
from reader.pipeline.dates import parse_date
from reader.pipeline.furniture_words import known_words, normal

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_META = (
    "syndication-source", "original-source", "og:original_source", "dc.source", "dcterms.source",
    "citation_source",
)  # fmt: skip
# What calls a link the original, anywhere in a text; compared folded.
_ORIGINAL = re.compile(
    r"^\W*(?:fuente original|original source|source article|source originale|originalquelle"
    r"|fonte original[e]?|(?:this (?:article|story|post|piece|essay) )?(?:was |is )?"
    r"(?:first|originally) (?:published|appeared|posted)|(?:re)?published from|republished|reposted"
    r"|cross-?posted|translated from|read the original|original(?:artikel| article| post| story)"
    r"|publicado originalmente|articulo original|articulo publicado originalmente"
    r"|publie (?:a l.origine|initialement)|article original|zuerst (?:erschienen|veroffentlicht)"
    r"|pubblicato originariamente|origineel artikel|оригинал|первоисточник|источник"
    r"|原文链接|原文鏈接|原文地址|原文|来源|來源|转载自|轉載自|本文转自|出典|元記事|引用元|출처"
    r"|원문|المصدر)"
)
# What may as well be the source of a picture or a figure: only above and below a text.
_SOURCE = re.compile(
    r"^\W*(?:sources?|via|h/t|hat tip|fuente|fonte|quelle|bron|kalla|kilde|zrodlo|kaynak|lahde)"
    r"\s*(?:[:：|–—-]|\[|<|$)"
)
_VIA_AT_START = re.compile(r"^\W*(?:source|via|fuente|fonte|quelle)\s+\[")
_VIA = re.compile(r"^\W*(?:via|h/t) ")
# What the beginning of such a line has in any of its forms.
_HINT = re.compile(
    r"sour|via|h/t|hat|fuent|font|quell|bron|kall|kild|zrod|kayn|lahd|orig|publi|post|appear|read"
    r"|translat|artic|первои|источ|原|来源|來源|转|轉|本文|出典|元記|引用|출처|원문|المصدر|zuerst|pubbl|this"
)
_ADDRESS = re.compile(r"\]\((https?://[^()\s]+(?:\([^()\s]*\)[^()\s]*)*)|<(https?://[^<>\s]+)>")
_BARE_ADDRESS = re.compile(r"https?://[^\s<>()\[\]]+")
_LONGEST_CITING = 600
_ABOVE, _BELOW = 3, 6
_SHORT_CITING = 160

_NAMED = "//*[@class or @itemprop='author']"
_BYLINE = re.compile(
    r"byline|by-line|dateline|(?:post|article|entry)-meta|article-info|author-name|post-author"
)
_OUTSIDE = ("footer", "nav", "aside")
_LONGEST_BYLINE = 200
_PARTS = re.compile(r"\s*[|｜·•‧∙–—/\n]\s*|\s{2,}|,\s+(?=\d|[A-Z][a-z]+ \d)|\s+-\s+")
_BY = re.compile(
    r"^[(（]?(?:(?:written|posted|published|reported|story|text|words|publicado|publié|geschrieben)\s+)?"
    r"(?:by|von|por|par|di|door|av|af)\b\s*[:：]?\s*"
    r"|^[(（]?(?:作者|文|记者|記者|編集|автор|בקלם|بقلم|글|기자|γράφει(?: [οη])?)\s*[:：/／・]?\s*",
    re.IGNORECASE,
)
_ON_DATE = re.compile(r"\s+(?:on|am|vom|el|le|il|em|op|den)\s*$", re.IGNORECASE)
_MONTH_DAY = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*日?\s*,?\s*(\d{4})\s*年?\s*(\d{1,2}:\d\d)?")
_YEAR_FIRST = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*(\d{1,2}:\d\d)?")
_LETTERS = re.compile(r"[^\W\d_]")
_NO_NAME = re.compile(
    r"\d{1,2}:\d\d|\bmin(?:ute)?s?\b|\bago\b|\bread\b|\bupdated\b|\bpublished\b|\bposted\b"
    r"|\bcomments?\b|^share\b"
    r"|^staff$|^by$|https?:",
    re.IGNORECASE,
)
# What stands where the data of a page should have a name: labels, placeholders, addresses.
_LABEL = re.compile(
    r"^(?:staff|by|name|(?:user |site )?admin(?:istrator)?|webmaster|unknown|anonymous|guest)$"
    r"|^(?:更新|发布|發布|来源|來源|原创|原創|最新|版权|版權|字体|時間|时间|公開日|投稿日|기사입력|입력|수정|등록)"
    r"|@|://",
    re.IGNORECASE,
)
_STATED_BY = re.compile(
    r"^(?:(?:written|posted|published|reported|story|text|words)\s+)?by\b\s*:?\s*"
    r"|^(?:von|por|par|di|door|av|af|作者|记者|記者|автор)\s*[:：]\s*",
    re.IGNORECASE,
)
_FROM_CLOCK = re.compile(r"\s+\d{1,2}:\d\d.*")
_MOST_NAME_WORDS = 8


def source_of(text: str, unlisted: str, metas: Mapping[str, str], canonical: str, url: str) -> str:
    """The address of the original that a page cites; empty if it cites none on another host.

    Metadata of syndication first, then what the text calls its source, then what a line of the
    page outside of its text does (`unlisted`, of `citations_in`), then a canonical address on
    another site.
    """
    stated = [clean_url(metas[name], url) for name in _META if metas.get(name)]
    for address in (*stated, _cited(text, url), unlisted, canonical):
        if address and not is_same_site(address, url):
            return address
    return ""


def is_same_site(address: str, url: str) -> bool:
    """Whether two addresses lie on one site: the same host, or one below the other."""
    there, here = ((urlsplit(one).hostname or "").removeprefix("www.") for one in (address, url))
    return there == here or there.endswith("." + here) or here.endswith("." + there)


def _cited(text: str, url: str) -> str:
    blocks = [block.text for block in blocks_of(text)]
    for place, block in enumerate(blocks):
        if len(block) > _LONGEST_CITING:
            continue
        for line in block.split("\n"):
            folded = fold_characters(line).replace("*", "")
            outside = place < _ABOVE or place >= len(blocks) - _BELOW
            plain = _SOURCE.match(folded) or _VIA_AT_START.match(folded)
            if not (_ORIGINAL.match(folded) or (outside and plain)):
                continue
            if address := _first_address(line, url):
                return address
            if line is block.rstrip().split("\n")[-1] and place + 1 < len(blocks):
                below = blocks[place + 1]
                if len(below) <= _LONGEST_CITING and _is_address(below):
                    return _first_address(below, url)
    return ""


def is_citation(block: Block) -> bool:
    """Whether a block is one line that calls something the text's source, and nothing else."""
    if len(block.text) > _LONGEST_CITING or "\n" in block.text:
        return False
    line = plain_words(block.text)
    folded = fold_characters(line)
    cites = _ORIGINAL.match(folded) or _SOURCE.match(folded)
    return bool(cites) and len(line) <= _SHORT_CITING and ":" in line.replace("：", ":")


def citations_in(tree: HtmlElement, url: str) -> list[str]:
    """Where the lines of a page lead that call a link their source.

    Extraction takes such a line, which is next to nothing but a link, for furniture.
    """
    found = []
    for link in tree.iter("a"):
        around = link.getparent()
        if around is None or not _HINT.search(_beginning(around)):
            continue
        address = clean_url(link.get("href") or "", url)
        if not address or is_same_site(address, url):
            continue
        line = fold_characters(clean_line(around.text_content()[: 2 * _LONGEST_BYLINE]))
        inside = sum(1 for _ in around.itersiblings("p")) > _BELOW
        cites = _ORIGINAL.match(line) or (not inside and (_SOURCE.match(line) or _VIA.match(line)))
        if cites and len(line) <= _LONGEST_BYLINE and not _is_aside(around):
            found.append(address)
    return found


def _beginning(element: HtmlElement) -> str:
    """The first words in an element, and those of its first child where it has none before."""
    first = next(iter(element), None)
    own = element.text or ""
    return fold_characters((own if own.strip() or first is None else first.text or "")[:80])


def _is_aside(element: HtmlElement) -> bool:
    return any(True for _ in element.iterancestors("figure", "aside", "footer", "nav", "table"))


def _is_address(block: str) -> bool:
    return block.lstrip("<").startswith("http") and " " not in block.strip()


def _first_address(line: str, url: str) -> str:
    found = [match[1] or match[2] for match in _ADDRESS.finditer(line)]
    found += [match.rstrip(".,;:") for match in _BARE_ADDRESS.findall(line)] if not found else []
    addresses = (clean_url(address, url) for address in found)
    return next((one for one in addresses if one and not is_same_site(one, url)), "")


def byline_of(tree: HtmlElement) -> str:
    """The line of a page that names author and date, as it stands there; empty without one."""
    named = (
        element
        for element in tree.xpath(_NAMED)
        if element.get("itemprop") == "author" or _BYLINE.search(element.get("class") or "")
    )
    inside = (one for one in named if next(one.iterancestors(*_OUTSIDE), None) is None)
    for element in islice(inside, 8):
        words = clean_line(element.text_content()[: 4 * _LONGEST_BYLINE])
        if 1 < len(words) <= _LONGEST_BYLINE and _LETTERS.search(words):
            return words
    return ""


def name_stated(words: str) -> str:
    """A name as the page's data state it, without the words and the hour that some put around it.

    Empty for what is no name: labels, placeholders of a content system, numbers, addresses.
    """
    name = _FROM_CLOCK.sub("", _STATED_BY.sub("", words)).strip(" ,;:")
    return name if _LETTERS.search(name) and not _LABEL.search(name) else ""


def author_in(byline: str) -> str:
    """The name that a byline gives, without the words and the date around it; empty if unclear."""
    parts = [part for part in _PARTS.split(_DATE_WORDS.sub("|", byline)) if part.strip()]
    for part in parts:
        name = _ON_DATE.sub("", _BY.sub("", part.strip())).strip(" ,;:()（）")
        said = bool(_BY.match(part.strip())) or len(parts) > 1 or part != byline
        if said and _is_name(name):
            return name
    return ""


def date_in(byline: str) -> datetime | None:
    """The instant that a byline states; None unless it states a year, month and day."""
    match = _MONTH_DAY.search(byline)
    if match:
        return parse_date(f"{match[3]}-{int(match[1]):02}-{int(match[2]):02}{_clock(match[4])}")
    match = _YEAR_FIRST.search(byline)
    if match:
        return parse_date(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}{_clock(match[4])}")
    parts = _PARTS.split(byline)
    candidates = [*_joined_dates(byline), *(part.strip() for part in parts)]
    return next((at for part in candidates if (at := parse_date(part))), None)


def _clock(stated: str | None) -> str:
    return f"T{stated.rjust(5, '0')}" if stated else ""


_DATE_WORDS = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th|er)?\.?\s+(?:de\s+)?[^\W\d_]{3,12}\.?\s+(?:de\s+)?\d{4}"
    r"|[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{4}-\d\d-\d\d"
    r"|\d{1,2}\.\d{1,2}\.\d{4})"
    r"(?:,?\s+(?:(?:at|um|a las|à|às|alle|в)\s+)?\d{1,2}:\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?)?",
    re.IGNORECASE,
)


def _joined_dates(byline: str) -> Sequence[str]:
    return [match[0] for match in _DATE_WORDS.finditer(byline)][:3]


def _is_name(words: str) -> bool:
    return bool(
        _LETTERS.search(words)
        and len(words) <= 80
        and len(words.split()) <= _MOST_NAME_WORDS
        and not _NO_NAME.search(words)
        and not _LABEL.search(words)
        and not _DATE_WORDS.search(words)
        and not _MONTH_DAY.search(words)
        and not all(word in known_words().date_words for word in normal(words).split())
    )
