"""Requests that are broken off, and servers that asked to be left alone."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from reader.pipeline.fetch import FeedRequest, Fetched, Fetcher, FetchFailed
from tests.servers import Server, deaf_server, raw, wait_until

HTML = b"<html><body><p>text</p></body></html>"


def fetched_by(fetcher: Fetcher, url: str, answers: list[object]) -> threading.Thread:
    """A thread that fetches the page at `url`."""
    thread = threading.Thread(target=lambda: answers.append(fetcher.fetch_page(url)))
    thread.start()
    return thread


@pytest.mark.parametrize("end", [Fetcher.close, Fetcher.break_off])
@pytest.mark.parametrize("start", [b"", raw(b"<p>words</p>", "Content-Type: text/html")])
def test_what_is_under_way_can_be_broken_off(
    server: Server, end: Callable[[Fetcher], None], start: bytes
):
    url = server.put_raw("/", start, 20.0)
    fetcher = Fetcher()
    answers: list[object] = []
    thread = fetched_by(fetcher, url, answers)
    assert wait_until(lambda: server.paths() == ["/"])
    time.sleep(0.2)
    end(fetcher)
    thread.join(5)

    assert answers == [FetchFailed(url, "was stopped")]
    fetcher.close()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_connection_in_the_making_can_be_broken_off(scheme: str):
    with deaf_server() as address, Fetcher(connect_timeout=20) as fetcher:
        url = address.replace("http", scheme)
        answers: list[object] = []
        thread = fetched_by(fetcher, url, answers)
        time.sleep(0.3)
        started = time.monotonic()
        fetcher.break_off()
        thread.join(10)

        assert time.monotonic() - started < 3
        assert answers == [FetchFailed(url, "was stopped")]


def test_a_handshake_can_be_broken_off():
    with socket.socket() as silent, Fetcher(connect_timeout=20) as fetcher:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        answers: list[object] = []
        thread = fetched_by(fetcher, url, answers)
        connection, _ = silent.accept()
        with connection:
            assert connection.recv(1) == b"\x16"  # the handshake has begun
            fetcher.break_off()
            thread.join(10)

    assert answers == [FetchFailed(url, "was stopped")]


def test_requests_that_wait_for_their_turn_are_broken_off_and_later_ones_are_served(
    server: Server,
):
    slow = server.put_raw("/slow", 20.0)
    page = server.put("/page", HTML)
    answers: list[object] = []
    with Fetcher(per_host=1) as fetcher:
        threads = [fetched_by(fetcher, slow, answers) for _ in range(3)]
        assert wait_until(lambda: server.paths() == ["/slow"])
        time.sleep(0.2)
        fetcher.break_off()
        for thread in threads:
            thread.join(5)

        assert answers == [FetchFailed(slow, "was stopped")] * 3
        assert server.paths() == ["/slow"]
        assert isinstance(fetcher.fetch_page(page), Fetched)


def test_waiting_for_a_turn_is_no_part_of_the_time(server: Server):
    url = server.put_raw(
        "/", 0.6, raw(HTML, "Content-Type: text/html", f"Content-Length: {len(HTML)}")
    )
    answers = []
    with Fetcher(total_timeout=1.0, per_host=1) as fetcher:
        threads = [
            threading.Thread(target=lambda: answers.append(fetcher.fetch_page(url)))
            for _ in range(3)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert [type(answer) for answer in answers] == [Fetched] * 3


def test_one_clock_ends_all_requests_in_their_time_again_and_again(server: Server):
    urls = [server.put_raw(f"/{number}", b"", 20.0) for number in range(12)]
    with Fetcher(total_timeout=1.0, per_host=12) as fetcher:
        for _ in range(2):
            server.requests.clear()
            answers: list[object] = []
            threads = [fetched_by(fetcher, url, answers) for url in urls]
            assert wait_until(lambda: len(server.paths()) == len(urls))
            waiting = sum(thread.name == "clock" for thread in threading.enumerate())
            for thread in threads:
                thread.join(10)

            assert waiting == 1
            assert {answer.url for answer in answers if isinstance(answer, FetchFailed)} == {*urls}
            assert all("within 1 s" in str(answer) for answer in answers)
    assert wait_until(lambda: all(each.name != "clock" for each in threading.enumerate()))


def test_a_connection_is_made_to_the_address_that_takes_one(fetcher: Fetcher, server: Server):
    server.put("/", HTML)  # on 127.0.0.1 only, where localhost may name ::1 first

    assert isinstance(fetcher.fetch_page(f"http://localhost:{server.port}/"), Fetched)


@pytest.mark.parametrize(
    ("status", "header", "least", "most"),
    [
        (429, "120", 120, 120),
        (503, "Fri, 01 Jan 2100 00:00:00 GMT", 86_400, 86_400),
        (503, format_datetime(datetime.now(UTC) + timedelta(hours=2)), 6_000, 7_200),
        (503, "9999999999999", 86_400, 86_400),
        (429, "Fri, 01 Jan 1999 00:00:00 GMT", 0, 0),
        (404, "60", 60, 60),
    ],
    ids=["seconds", "far", "in two hours", "huge", "past", "other status"],
)
def test_retry_after_is_read_in_seconds_and_as_a_date(
    fetcher: Fetcher, server: Server, status: int, header: str, least: float, most: float
):
    url = server.put("/", "", status=status, headers={"Retry-After": header})

    assert least <= fetcher.fetch_feed(FeedRequest(url)).retry_after <= most


@pytest.mark.parametrize("header", ["soon", "-5", "", "²"])
def test_a_retry_after_that_is_not_readable_is_none(fetcher: Fetcher, server: Server, header: str):
    value = header.encode().decode("latin-1")
    url = server.put("/", "", status=503, headers={"Retry-After": value})

    assert fetcher.fetch_feed(FeedRequest(url)).retry_after is None


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asked_to_be_left_alone_is_not_asked_again(
    fetcher: Fetcher, server: Server, status: int
):
    busy = server.put("/busy", "", status=status, headers={"Retry-After": "3600"})
    page = server.put("/page", HTML)
    first = fetcher.fetch_page(busy)
    later = [fetcher.fetch_feed(FeedRequest(busy)), fetcher.fetch_page(page)]

    assert server.paths() == ["/busy"]
    assert first.error.startswith(f"answered {status} ")
    for answer in later:
        assert answer.error.startswith("asked us to wait until 20")
        assert answer.status == status
        assert 3500 < answer.retry_after <= 3600


def test_other_hosts_and_other_fetchers_are_asked_during_a_wait(fetcher: Fetcher, server: Server):
    fetcher.fetch_page(server.put("/busy", "", status=429, headers={"Retry-After": "60"}))
    with Server() as other, Fetcher() as fresh:
        assert isinstance(fetcher.fetch_page(other.put("/", HTML)), Fetched)
        assert isinstance(fresh.fetch_page(server.put("/", HTML)), Fetched)


def test_a_host_is_asked_again_when_the_wait_is_over(fetcher: Fetcher, server: Server):
    fetcher.fetch_page(server.put("/busy", "", status=503, headers={"Retry-After": "1"}))
    page = server.put("/page", HTML)
    assert isinstance(fetcher.fetch_page(page), FetchFailed)

    assert wait_until(lambda: isinstance(fetcher.fetch_page(page), Fetched))


@pytest.mark.parametrize(("status", "header"), [(404, "60"), (429, "0"), (503, "soon")])
def test_no_other_answer_asks_for_a_wait(
    fetcher: Fetcher, server: Server, status: int, header: str
):
    url = server.put("/", "", status=status, headers={"Retry-After": header})
    for _ in range(3):
        assert fetcher.fetch_page(url).error.startswith(f"answered {status} ")

    assert len(server.requests) == 3


def test_a_redirect_to_a_host_that_asked_for_a_wait_is_not_followed(
    fetcher: Fetcher, server: Server
):
    with Server() as other:
        busy = other.put("/", "", status=429, headers={"Retry-After": "60"})
        fetcher.fetch_page(busy)
        answer = fetcher.fetch_page(server.redirect("/", busy))

        assert (answer.url, answer.status) == (server.url("/"), 429)
        assert len(other.requests) == 1


def test_a_system_without_a_thread_to_spare_fails_one_request_and_times_the_next(server: Server):
    url = server.put_raw("/", b"", 20.0)
    enough = server.put("/page", "<p>text</p>")
    starts = iter([RuntimeError("can't start new thread")])

    def start(thread: threading.Thread) -> None:
        for error in starts:
            raise error
        really_start(thread)

    really_start = threading.Thread.start
    with Fetcher(total_timeout=1.0) as fetcher, pytest.MonkeyPatch.context() as patch:
        patch.setattr(threading.Thread, "start", start)
        first = fetcher.fetch_page(enough)
        started = time.monotonic()
        second = fetcher.fetch_page(url)

    assert isinstance(first, FetchFailed)
    assert isinstance(second, FetchFailed)
    assert time.monotonic() - started < 10
