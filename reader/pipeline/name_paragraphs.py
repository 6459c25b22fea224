"""Paragraphs of pages that name none, and captions, as what trafilatura takes for text.

It tells text by `<p>`. Pages that know only `<div>`, `<span>` and `<br>` it takes for one paragraph
with their menus in it; captions it drops with their pictures. Runs in worker processes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_INLINE = frozenset({
    "a", "abbr", "b", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr",
})  # fmt: skip
_CONTAINERS = ("div", "section", "td", "center", "article", "main", "body")
_FEW_PARAGRAPHS = 0.5
_SHORTEST_TEXT = 200


def keep_captions(tree: HtmlElement) -> None:
    """Makes captions paragraphs: they are part of the text, and their figures are not."""
    for caption in list(tree.iter("figcaption")):
        for inner in list(caption.iter("p", "div")):
            inner.drop_tag()
        caption.tag = "p"
        caption.attrib.clear()
    for figure in list(tree.iter("figure")):
        figure.tag = "div"
        figure.attrib.clear()


def name_paragraphs(tree: HtmlElement) -> bool:
    """Makes paragraphs of a page that names few of them; whether it was such a page."""
    body = tree.find("body")
    if body is None or _share_in_paragraphs(body) >= _FEW_PARAGRAPHS:
        return False
    _name_paragraphs(body)
    return True


def _share_in_paragraphs(body: HtmlElement) -> float:
    """How much of a page's words stand in elements that say what they are."""
    whole = inside = 0
    for element in body.iter("*"):
        if not isinstance(element.tag, str):
            continue
        if element.tag in ("script", "style", "noscript", "template"):
            continue
        words = len((element.text or "").strip()) + sum(
            len((child.tail or "").strip()) for child in element
        )
        whole += words
        if words and _is_in_paragraph(element):
            inside += words
    return inside / whole if whole > _SHORTEST_TEXT else 1.0


def _is_in_paragraph(element: HtmlElement) -> bool:
    for one in (element, *element.iterancestors()):
        if one.tag in ("p", "li", "pre", "blockquote", "dd", "dt", "h1", "h2", "h3", "h4"):
            return True
        if one.tag in _CONTAINERS:
            return False
    return False


def _name_paragraphs(body: HtmlElement) -> None:
    """Containers of nothing but inline words become paragraphs; double `<br>` part them."""
    spans = {span for parent in body.iter(*_CONTAINERS) if _is_all_spans(parent) for span in parent}
    for element in list(body.iter(*_CONTAINERS, "span")):
        if element.tag == "span" and element not in spans:
            continue
        if len(element) and spans.issuperset(element):
            continue
        if element.getparent() is None or not _is_inline_only(element):
            if element.tag != "span":
                _wrap_runs(element)
            continue
        if element.tag in ("div", "span", "center", "section"):
            element.tag = "p"
            _part_at_breaks(element)
        else:
            _wrap_runs(element)


def _is_all_spans(container: HtmlElement) -> bool:
    """Whether its spans stand where blocks would: there are no others, and no words between."""
    return not (container.text or "").strip() and all(
        child.tag == "span" and not (child.tail or "").strip() for child in container
    )


def _is_inline_only(element: HtmlElement) -> bool:
    if not element.text_content().strip():
        return False
    return all(one.tag in _INLINE for one in element.iterdescendants("*"))


def _wrap_runs(element: HtmlElement) -> None:
    """Words that stand between blocks of a container, each run in a paragraph of its own."""
    from lxml.html import Element

    if not _has_loose_words(element):
        return
    parts: list[HtmlElement] = []
    run = Element("p")
    run.text, element.text = element.text, None
    for child in list(element):
        tail, child.tail = child.tail, None
        element.remove(child)
        if child.tag in _INLINE:
            run.append(child)
            child.tail = tail
            continue
        parts += [*_parted(run), child]
        run = Element("p")
        run.text = tail
    for part in (*parts, *_parted(run)):
        element.append(part)


def _has_loose_words(element: HtmlElement) -> bool:
    if (element.text or "").strip():
        return True
    return any(
        (child.tail or "").strip() or (child.tag in _INLINE and child.text_content().strip())
        for child in element
    )


def _part_at_breaks(paragraph: HtmlElement) -> None:
    """A paragraph with double `<br>` in place of several: they follow it in its parent."""
    first, *rest = _parted(paragraph) or [paragraph]
    if first is paragraph:
        return
    parent = paragraph.getparent()
    if parent is None:
        return
    for part in reversed((first, *rest)):
        paragraph.addnext(part)
    last_tail, paragraph.tail = paragraph.tail, None
    parent.remove(paragraph)
    (rest[-1] if rest else first).tail = last_tail


def _parted(run: HtmlElement) -> list[HtmlElement]:
    """The paragraphs of a run of inline elements, parted where two `<br>` follow each other."""
    from lxml.html import Element

    if not run.text_content().strip():
        return []
    breaks = [br for br in run.iterchildren("br") if _is_doubled(br)]
    if not breaks:
        return [run]
    found = [Element("p")]
    found[-1].text = run.text
    for child in list(run):
        if child.tag == "br" and _is_doubled(child):
            found.append(Element("p"))
            found[-1].text = child.tail
        elif child.tag == "br" and not (found[-1].text or "").strip() and not len(found[-1]):
            found[-1].text = child.tail
        else:
            found[-1].append(child)
    return [part for part in found if part.text_content().strip()]


def _is_doubled(br: HtmlElement) -> bool:
    after = br.getnext()
    return after is not None and after.tag == "br" and not (br.tail or "").strip()
