"""Bodies of answers: too long, cut short, compressed well and badly."""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from reader.pipeline.fetch import FeedRequest, Fetched, Fetcher, NotModified
from tests.servers import Server, raw

ROOT = Path(__file__).resolve().parents[2]
RSS = b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title></channel></rss>'


def test_a_page_over_5_mb_is_not_read_to_its_end(fetcher: Fetcher, server: Server):
    url = server.put_raw("/", raw(b"<p>", "Content-Type: text/html"), *[b"x" * 100_000] * 500)

    assert fetcher.fetch_page(url).error == "is larger than 5 MB"


def test_a_page_that_states_50_mb_is_not_read_at_all(fetcher: Fetcher, server: Server):
    url = server.put_raw("/", raw(b"", "Content-Type: text/html", "Content-Length: 50000000"), 5.0)
    started = time.monotonic()

    assert fetcher.fetch_page(url).error == "is larger than 5 MB"
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("headers", [(), ("Content-Length: 40000000",)])
def test_a_feed_over_32_mb_is_cut(fetcher: Fetcher, server: Server, headers: tuple[str, ...]):
    url = server.put_raw("/", raw(b"", *headers), *[b"x" * 1_000_000] * 40)
    answer = fetcher.fetch_feed(FeedRequest(url))

    assert isinstance(answer, Fetched)
    with answer.body as body:
        assert (body.size, body.is_cut) == (32_000_000, True)
        assert body.read() == b"x" * 32_000_000


def test_a_large_feed_that_finds_no_room_on_the_disk_is_told(
    fetcher: Fetcher, server: Server, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("tempfile.tempdir", "/nowhere/at/all")
    url = server.put("/", RSS + b" " * 2_000_000)

    error = "could not be kept in /nowhere/at/all (No such file or directory)"
    assert fetcher.fetch_feed(FeedRequest(url)).error == error


def test_a_large_feed_that_is_the_same_as_before_is_not_modified(fetcher: Fetcher, server: Server):
    url = server.put("/", RSS + b" " * 2_000_000)
    answer = fetcher.fetch_feed(FeedRequest(url))
    assert isinstance(answer, Fetched)
    with answer.body as body:
        assert body.read() == RSS + b" " * 2_000_000

    again = fetcher.fetch_feed(FeedRequest(url, body_hash=body.hash))
    assert isinstance(again, NotModified)


def test_a_decompression_bomb_is_stopped(fetcher: Fetcher, server: Server):
    bomb = gzip.compress(bytes(200_000_000), 9)
    url = server.put("/", bomb, "text/html", headers={"Content-Encoding": "gzip"})

    assert fetcher.fetch_page(url).error == "is larger than 5 MB"


@pytest.mark.parametrize(
    "encoding", ["gzip", "deflate", "bare deflate", "none stated", "two members"]
)
def test_compressed_answers_are_read(fetcher: Fetcher, server: Server, encoding: str):
    bare = zlib.compressobj(wbits=-15)
    body, stated = {
        "gzip": (gzip.compress(RSS), "gzip"),
        "deflate": (zlib.compress(RSS), "deflate"),
        "bare deflate": (bare.compress(RSS) + bare.flush(), "deflate"),
        "none stated": (gzip.compress(RSS), ""),
        "two members": (gzip.compress(RSS[:20]) + gzip.compress(RSS[20:]), "gzip"),
    }[encoding]
    headers = {"Content-Encoding": stated} if stated else {}
    answer = fetcher.fetch_feed(FeedRequest(server.put("/", body, headers=headers)))

    assert isinstance(answer, Fetched)
    assert answer.body.read() == RSS


def test_br_and_zstd_are_asked_for_where_they_can_be_undone(
    fetcher: Fetcher, server: Server
) -> None:
    fetcher.fetch_feed(FeedRequest(server.put("/", RSS)))

    assert server.requests[0].headers["accept-encoding"] == "gzip, deflate, br, zstd"


def test_without_their_packages_they_are_not_asked_for_and_told(server: Server) -> None:
    url = server.put("/", b"\x0b\x02\x80", headers={"Content-Encoding": "br"})
    code = f"""if True:
        import sys
        sys.modules |= dict.fromkeys(("brotli", "backports.zstd", "compression.zstd"))
        from reader.pipeline.fetch import Fetcher, FeedRequest
        with Fetcher() as fetcher:
            print(fetcher.fetch_feed(FeedRequest({url!r})).error)
    """
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert server.requests[0].headers["accept-encoding"] == "gzip, deflate"
    assert ran.stdout == "sent its answer in a compression that was not asked for (br)\n"


@pytest.mark.parametrize("pause", [0.0, 0.3])
@pytest.mark.parametrize("framing", ["length", "chunked", "until the end"])
@pytest.mark.parametrize("cut", ["between members", "within the second's mark"])
def test_gzip_members_that_come_one_by_one_are_all_read(
    fetcher: Fetcher, server: Server, framing: str, cut: str, pause: float
):
    first, second = gzip.compress(RSS[:20]), gzip.compress(RSS[20:])
    place = len(first) + (cut == "within the second's mark")
    pieces = [(first + second)[:place], (first + second)[place:]]
    if framing == "chunked":
        pieces = [f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in pieces] + [
            b"0\r\n\r\n"
        ]
    stated = {
        "length": f"Content-Length: {len(first + second)}",
        "chunked": "Transfer-Encoding: chunked",
        "until the end": "Connection: close",
    }[framing]
    head = raw(pieces[0], "Content-Encoding: gzip", stated)
    url = server.put_raw("/", head, pause, *pieces[1:])

    assert fetcher.fetch_feed(FeedRequest(url)).body.read() == RSS


def test_what_follows_a_gzip_stream_and_is_none_is_not_read(fetcher: Fetcher, server: Server):
    url = server.put_raw("/", raw(gzip.compress(RSS) + bytes(100), "Content-Encoding: gzip"), 5.0)
    started = time.monotonic()

    assert fetcher.fetch_feed(FeedRequest(url)).body.read() == RSS
    assert time.monotonic() - started < 2


def test_what_is_not_gzip_though_it_says_so_is_read_as_it_is(fetcher: Fetcher, server: Server):
    url = server.put("/", RSS, headers={"Content-Encoding": "gzip"})

    assert fetcher.fetch_feed(FeedRequest(url)).body.read() == RSS


def test_gzip_with_a_wrong_length_and_checksum_inside_is_read(fetcher: Fetcher, server: Server):
    broken = gzip.compress(RSS)[:-8] + b"\1\2\3\4\5\6\7\x08"
    url = server.put("/", broken, headers={"Content-Encoding": "gzip"})

    assert fetcher.fetch_feed(FeedRequest(url)).body.read() == RSS


def test_gzip_with_the_length_of_the_plain_body_is_read_without_waiting(
    fetcher: Fetcher, server: Server
):
    packed = gzip.compress(RSS * 20)
    head = raw(packed, "Content-Encoding: gzip", f"Content-Length: {len(RSS) * 20}")
    started = time.monotonic()
    answer = fetcher.fetch_feed(FeedRequest(server.put_raw("/", head, 5.0)))

    assert answer.body.read() == RSS * 20
    assert time.monotonic() - started < 2


def test_gzip_that_ends_in_the_middle_fails_in_words(fetcher: Fetcher, server: Server):
    packed = gzip.compress(b"<rss>" + b"".join(b"%d " % n for n in range(5000)) + b"</rss>")[:2000]
    url = server.put("/", packed, headers={"Content-Encoding": "gzip"})

    assert fetcher.fetch_feed(FeedRequest(url)).error == "stopped in the middle of its answer"


def test_gzip_that_is_damaged_in_the_middle_fails_in_words(fetcher: Fetcher, server: Server):
    packed = bytearray(gzip.compress(b"".join(b"%d " % (n * n) for n in range(5000))))
    packed[1000:1100] = bytes(100)
    url = server.put("/", bytes(packed), headers={"Content-Encoding": "gzip"})

    assert fetcher.fetch_feed(FeedRequest(url)).error == "sent an answer with damaged compression"


def test_a_body_cut_short_fails_in_words(fetcher: Fetcher, server: Server):
    url = server.put_raw("/", raw(RSS[:40], f"Content-Length: {len(RSS)}"))

    assert fetcher.fetch_feed(FeedRequest(url)).error == "stopped in the middle of its answer"


def test_a_whole_body_with_too_great_a_length_is_kept(fetcher: Fetcher, server: Server):
    url = server.put_raw("/", raw(RSS, f"Content-Length: {len(RSS) + 100}"))

    assert fetcher.fetch_feed(FeedRequest(url)).body.read() == RSS
