"""An illustrated page on a real server: pictures made here, byte by byte, and the text around."""

from __future__ import annotations

import struct
import zlib

from tests.servers import Server

RED, BLUE = (200, 30, 30), (30, 60, 200)
Colour = tuple[int, int, int]


def png(width: int, height: int, top: Colour = RED, below: Colour = BLUE) -> bytes:
    """A picture of two colours, one above the other (PNG, ISO/IEC 15948)."""
    rows = [bytes(top if line < height // 2 else below) * width for line in range(height)]
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows))
    chunks = ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, *zip(*chunks, strict=True)))


def bomb(side: int = 20_000) -> bytes:
    """A small file that says it is a picture of `side` by `side` pixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(3 * side * 40))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data)


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


FIRST = (
    "The keeper of the lighthouse on Skarv Point lit the old lamp on Tuesday for the first time "
    "in thirty years, and boats far out answered with their horns."
)
SECOND = (
    "The lens, which weighs four hundred kilograms, was ground in 1891 and had lain in a barn "
    "since the tower was given over to a motor and a bulb."
)
THIRD = (
    "A society of forty members paid for the repair; whoever gives ten crowns may climb the tower "
    "on the first Sunday of a month and turn the lens by hand."
)
ALT, CAPTION = "A lens as tall as a man", "The lens after two winters of work. Photo: Ada Lund"


def page(inside: str, lead: str = "") -> str:
    """A page of three paragraphs, with markup between the first two, and above them."""
    return f"""<html lang="en"><head><title>The lamp is lit</title></head><body>
<header><a href="/"><img src="/logo.png" alt="Skarv Post"></a></header>
<article><h1>The lamp is lit</h1>{lead}<p>{FIRST}</p>{inside}<p>{SECOND}</p><p>{THIRD}</p></article>
<aside><img src="/elsewhere.png" alt="Read this too"></aside>
<footer><img src="/badge.png" alt="A prize"></footer></body></html>"""


FIGURE = f"""<figure><img src="/lens.png" alt="{ALT}"><figcaption>{CAPTION}</figcaption></figure>"""
LEAD = '<figure><img src="/tower.png" alt="The tower at dusk"></figure>'


def illustrate(server: Server) -> str:
    """Puts an article with a lead picture and one in its text on a server; its address."""
    server.put("/tower.png", png(320, 180), "image/png")
    server.put("/lens.png", png(120, 240, BLUE, RED), "image/png")
    return server.put("/lamp", page(FIGURE, LEAD))


def feed(server: Server, path: str = "/lamp", entry: str = "") -> str:
    """Puts a feed of that one page on the server; its address."""
    return server.put(
        "/rss",
        f"""<rss version="2.0"><channel><title>Skarv Post</title><link>{server.url()}</link><item>
<title>The lamp is lit</title><link>{server.url(path)}</link><guid>lamp</guid>
<pubDate>Wed, 04 Mar 2026 11:10:00 GMT</pubDate>{entry}</item></channel></rss>""",
        "application/rss+xml",
    )
