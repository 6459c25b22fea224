"""A hostile server: one address for each way in which servers misbehave, and what must come of it.

`CASES` is the table. Each case has a server of its own, so that none waits for another's turn.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import brotli

from reader.pipeline.learning import GONE_WORDS
from tests.servers import RESET, Piece, Server, raw

try:
    from compression import zstd
except ImportError:
    from backports import zstd

Put = Callable[[Server], str]


def feed(title: str = "The mill is open", inside: str = "") -> str:
    """A feed of one entry that has its text in it and no page."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Mill</title>'
        f"<item><guid>1</guid><title>{title}</title><description>Flour and bread.</description>"
        f"</item>{inside}</channel></rss>"
    )


GOOD = feed().encode()
XML = "Content-Type: application/rss+xml"
LENGTH = f"Content-Length: {len(GOOD)}"
MANY = 60_000_000


def drip(start: bytes, *, seconds: float = 20.0) -> tuple[Piece, ...]:
    """Bytes that come one by one, each before a timeout of reading could end it."""
    return (start, *[b"x", 0.2] * int(seconds / 0.2))


def sends(*pieces: Piece) -> Put:
    """The bytes of an answer as they are, with pauses; then the connection is closed."""
    return lambda server: server.put_raw("/feed", *pieces)


def gives(body: str | bytes, content_type: str = "application/rss+xml", **headers: str) -> Put:
    """An answer as any web server gives it."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda server: server.put("/feed", body, content_type, headers=named)


def answers(status: int) -> Put:
    return lambda server: server.put("/feed", "no", status=status)


def leads(target: str) -> Put:
    return lambda server: server.redirect("/feed", target)


def circle(server: Server) -> str:
    server.redirect("/other", "/feed")
    return server.redirect("/feed", "/other")


def staircase(server: Server) -> str:
    for number in range(20):
        server.redirect(f"/{number}", f"/{number + 1}")
    return server.redirect("/feed", "/0")


def packed(encoding: str, body: bytes, stated: str = "") -> Put:
    """A body in a compression, stated as that or as another."""
    by_name: dict[str, Callable[[bytes], bytes]] = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": brotli.compress,
        "zstd": lambda body: zstd.compress(
            body, options={zstd.CompressionParameter.checksum_flag: True}
        ),
    }
    return gives(by_name[encoding](body), Content_Encoding=stated or encoding)


def cut(encoding: str) -> Put:
    words = b"".join(b"<item><guid>%d</guid></item>" % (n * n) for n in range(5000))
    return lambda server: packed(encoding, GOOD[:100] + words)(server) and _cut(server)


def _cut(server: Server) -> str:
    document = server._answers["/feed"]
    document.body = document.body[:3000]
    return server.url("/feed")


def damaged(encoding: str) -> Put:
    def put(server: Server) -> str:
        words = b"".join(b"<item><guid>%d</guid></item>" % (n * n) for n in range(5000))
        packed(encoding, GOOD[:100] + words)(server)
        document = server._answers["/feed"]
        document.body = document.body[:1000] + bytes([0xA5]) * 200 + document.body[1200:]
        return server.url("/feed")

    return put


def endless(server: Server) -> str:
    """A feed that does not end; in its first 32 MB are seven entries."""
    padding = f"<flour>{'x' * 4_000_000}</flour>"
    pieces = [f"<item><title>Sack {n}</title>{padding}</item>".encode() for n in range(12)]
    return server.put_raw("/feed", raw(b"<rss version='2.0'><channel>", XML), *pieces)


@dataclass(frozen=True)
class Case:
    """What a server does, and the outcome: the error (`{place}` is the server) and the status.

    Without an error the feed is read and gives `new_count` articles. One that `may_be_late` is
    given up on a slow machine instead, when its worker's time is over.
    """

    name: str
    put: Put
    error: str = ""
    status: int | None = None
    new_count: int = 0
    may_be_late: bool = False


LATE = "{place} did not answer within 2 seconds"
NO_HTTP = "{place} did not answer as a web server does"
CUT = "stopped in the middle of its answer"
DAMAGED = "sent an answer with damaged compression"
TOO_LARGE = "is larger than 32 MB"
GIVEN_UP = "could not be read within 20 seconds"
NO_WEB = "leads to an address that is not http or https"

ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + ']><rss version="2.0"><channel><title>&i;</title><item><guid>1</guid>'
    "<title>Laughs</title></item></channel></rss>"
)
SECRETS = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY s SYSTEM "file:///etc/passwd">]>'
    '<rss version="2.0"><channel><title>T</title><item><guid>1</guid><title>Mine</title>'
    "<description>Nothing &s; of mine</description></item></channel></rss>"
)

CASES = (
    # Slow, endless and broken off.
    Case("silent", sends(20.0), LATE),
    Case("slow headers", sends(*drip(b"HTTP/1.1 200 OK\r\nX-Slow: ")), LATE),
    Case("slow body", sends(*drip(raw(b"<rss>", XML, "Content-Length: 99999"))), LATE),
    Case("slow body of no length", sends(*drip(raw(b"<rss>", XML))), LATE),
    Case("slow chunks", sends(raw(b"", "Transfer-Encoding: chunked"),
                              *[b"1\r\nx\r\n", 0.2] * 100), LATE),
    Case("endless body", sends(raw(b"<rss>", XML), *[b"x" * 1_000_000] * 60), TOO_LARGE, 200),
    Case("endless entries", endless, status=200, new_count=7),
    Case("endless headers", sends(b"HTTP/1.1 200 OK\r\n", *[b"A: b\r\n" * 1000] * 100), NO_HTTP),
    Case("a header without end", sends(b"HTTP/1.1 200 OK\r\nA: " + b"x" * 200_000), NO_HTTP),
    Case("a size over the limit", sends(raw(b"", XML, f"Content-Length: {MANY}"), 20.0), LATE),
    Case("no answer", sends(b""), "{place} closed the connection without an answer"),
    Case("reset", sends(RESET), "{place} broke off the connection"),
    Case("reset in its body", sends(raw(GOOD[:90], XML, LENGTH), 0.2, RESET),
         "{place} broke off the connection"),
    Case("truncated", sends(raw(GOOD[:90], XML, LENGTH)), CUT),
    Case("no HTTP", sends(b"SSH-2.0-OpenSSH_9.9\r\n"), NO_HTTP),
    # Wrong about itself.
    Case("too great a length", sends(raw(GOOD, XML, f"Content-Length: {len(GOOD) + 99}")),
         status=200, new_count=1),
    Case("a length that is no number", sends(raw(GOOD, XML, "Content-Length: many")),
         status=200, new_count=1),
    Case("a bad chunk", sends(raw(b"5\r\n<rss>\r\nzz\r\n", "Transfer-Encoding: chunked")),
         NO_HTTP),
    Case("chunks that end early", sends(raw(b"ff\r\n<rss>", "Transfer-Encoding: chunked")),
         NO_HTTP),
    Case("a feed called a page", gives(GOOD, "text/html"), status=200, new_count=1),
    Case("a feed called a picture", gives(GOOD, "image/png"), status=200, new_count=1),
    Case("a feed without a type", gives(GOOD, ""), status=200, new_count=1),
    Case("another encoding than stated", gives(feed("Käse").encode("latin-1")),
         status=200, new_count=1),
    Case("encodings mixed", gives(feed("Käse").encode() + "<!-- Käse -->".encode("latin-1")),
         status=200, new_count=1),
    Case("UTF-16 called UTF-8", gives(feed().encode("utf-16"), "text/xml; charset=utf-8"),
         status=200, new_count=1),
    Case("an unknown charset", gives(GOOD, "text/xml; charset=klingon"), status=200, new_count=1),
    # Statuses.
    Case("gone", answers(410), GONE_WORDS, 410),
    Case("forbidden", answers(403), "answered 403 Forbidden", 403),
    Case("wants a password", answers(401), "answered 401 Unauthorized", 401),
    Case("its own error", answers(500), "answered 500 Internal Server Error", 500),
    Case("a status of no meaning", answers(299), "answered 299", 299),
    # Redirects.
    Case("a circle", circle, "redirects in a circle"),
    Case("a staircase", staircase, "redirects more than 10 times"),
    Case("to a file", leads("file:///etc/passwd"), NO_WEB),
    Case("to a script", leads("javascript:alert(1)"), NO_WEB),
    Case("to ftp", leads("ftp://127.0.0.1/feed"), NO_WEB),
    Case("to a letter", leads("mailto:editor@mill.example"), NO_WEB),
    Case("to a port that is shut", leads("http://127.0.0.1:9/"),
         "127.0.0.1:9 refused the connection"),
    # Compression.
    Case("gzip", packed("gzip", GOOD), status=200, new_count=1),
    Case("deflate", packed("deflate", GOOD), status=200, new_count=1),
    Case("br", packed("br", GOOD), status=200, new_count=1),
    Case("zstd", packed("zstd", GOOD), status=200, new_count=1),
    Case("gzip called br", packed("gzip", GOOD, "br"), status=200, new_count=1),
    Case("zstd that is not stated", packed("zstd", GOOD, "identity"), status=200, new_count=1),
    Case("called br, and plain", gives(GOOD, Content_Encoding="br"), status=200, new_count=1),
    Case("called zstd, and plain", gives(GOOD, Content_Encoding="zstd"), status=200, new_count=1),
    Case("a bomb of gzip", packed("gzip", bytes(MANY)), TOO_LARGE, 200),
    Case("a bomb of deflate", packed("deflate", bytes(MANY)), TOO_LARGE, 200),
    Case("a bomb of br", packed("br", bytes(MANY)), TOO_LARGE, 200),
    Case("a bomb of zstd", packed("zstd", bytes(MANY)), TOO_LARGE, 200),
    Case("gzip cut", cut("gzip"), CUT),
    Case("br cut", cut("br"), CUT),
    Case("zstd cut", cut("zstd"), CUT),
    Case("gzip damaged", damaged("gzip"), DAMAGED),
    Case("br damaged", damaged("br"), DAMAGED),
    Case("zstd damaged", damaged("zstd"), DAMAGED),
    Case("a compression nobody asked for", gives(GOOD, Content_Encoding="xpress"),
         "sent its answer in a compression that was not asked for (xpress)"),
    # Poison for parsers.
    Case("a megabyte of <", gives(b"<" * 1_000_000), "is broken XML", 200, may_be_late=True),
    Case("a surrogate", gives(feed("Half a &#xd800; pair")), status=200, new_count=1),
    Case("a million laughs", gives(ENTITIES), status=200, new_count=1),
    Case("an entity of a file", gives(SECRETS), status=200, new_count=1),
    Case("deep nesting", gives(feed(inside="<a>" * 20_000)), status=200, new_count=1,
         may_be_late=True),
    Case("nothing but zeros", gives(bytes(1000)), "is empty", 200),
    Case("an empty body", gives(b""), "is empty", 200),
    Case("a page", gives("<html><body><p>Hello</p></body></html>", "text/html"),
         "is a web page, not a feed", 200),
)  # fmt: skip
