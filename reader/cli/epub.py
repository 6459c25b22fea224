"""A book of chapters in Markdown as an EPUB 3 file (https://www.w3.org/TR/epub-33/).

It has no pictures and no scripts: what a text shows as a picture is a link.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from archive.characters import clean_line
from reader.html import as_xhtml

_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
_PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{identifier}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>und</dc:language>
<meta property="dcterms:modified">{modified}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
{items}
</manifest>
<spine>
{order}
</spine>
</package>
"""
_PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>{title}</title></head>
<body>
{body}
</body>
</html>
"""


def book(title: str, at: datetime, chapters: Sequence[tuple[str, str]]) -> bytes:
    """The file of a book made at an instant; each chapter has a title and a text in Markdown."""
    pages = {
        f"chapter{number}.xhtml": _page(name, f"<h1>{escape(name)}</h1>\n{as_xhtml(text)}")
        for number, (name, text) in enumerate(chapters, 1)
    }
    entries = "\n".join(
        f'<li><a href="{file}">{escape(clean_line(name))}</a></li>'
        for file, (name, _) in zip(pages, chapters, strict=True)
    )
    nav = f'<nav epub:type="toc"><h1>{escape(title)}</h1>\n<ol>\n{entries}\n</ol></nav>'
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        # First and stored: by this a reader knows what it has.
        file.writestr("mimetype", "application/epub+zip", ZIP_STORED)
        file.writestr("META-INF/container.xml", _CONTAINER)
        file.writestr("book.opf", _package(title, at, list(pages)))
        file.writestr("nav.xhtml", _page(title, nav))
        for name, page in pages.items():
            file.writestr(name, page)
    return out.getvalue()


def _package(title: str, at: datetime, files: Sequence[str]) -> str:
    names = [(file.removesuffix(".xhtml"), file) for file in files]
    return _PACKAGE.format(
        identifier=uuid.uuid4(),
        title=escape(title),
        modified=f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        items="\n".join(
            f'<item id="{name}" href="{file}" media-type="application/xhtml+xml"/>'
            for name, file in names
        ),
        order="\n".join(f'<itemref idref="{name}"/>' for name, _ in names),
    )


def _page(title: str, body: str) -> str:
    return _PAGE.format(title=escape(clean_line(title)), body=body)
