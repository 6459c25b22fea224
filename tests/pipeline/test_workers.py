"""Worker processes: what they survive, when they end, and what they never touch."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from reader.pipeline.workers import InputRefused, WorkerDied, WorkerFailed, Workers, WorkerTimeout
from tests.servers import wait_until

FEED = (
    b'<rss version="2.0"><channel><title>T</title><item><title>One</title></item></channel></rss>'
)
# feedparser holds the interpreter over it for minutes.
POISON = b'<rss version="2.0"><channel><title>T</title><item><description>' + b"<a " * 300_000
ROOT = Path(__file__).parents[2]


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_task_gives_its_result(workers: Workers):
    parsed = workers.run("parse_feed", FEED, "", "http://a.example/")

    assert [entry.title for entry in parsed.entries] == ["One"]


def test_a_refused_document_is_told_in_words_and_the_worker_stays(workers: Workers):
    workers.run("parse_feed", FEED, "", "http://a.example/")
    before = workers.pids
    with pytest.raises(InputRefused, match=r"^is a web page, not a feed$"):
        workers.run("parse_feed", b"<!DOCTYPE html><title>x", "", "http://a.example/")

    assert workers.pids == before


def test_a_task_that_hangs_ends_at_the_deadline_and_the_next_one_runs():
    with Workers(count=1, deadline=1.5) as workers:
        workers.run("parse_feed", FEED, "", "http://a.example/")
        with pytest.raises(WorkerTimeout, match=r"^could not be read within 1\.5 seconds$"):
            workers.run("parse_feed", POISON, "", "http://a.example/")

        assert workers.run("parse_feed", FEED, "", "http://a.example/").title == "T"


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="needs Linux's run queues")
def test_a_document_is_not_given_up_because_other_programs_have_the_processor():
    entries = b"".join(b"<item><title>%d</title></item>" % number for number in range(700))
    large = b"<rss version='2.0'><channel><title>T</title>" + entries + b"</channel></rss>"
    spin = [sys.executable, "-c", "while True: pass"]
    with Workers(count=1, deadline=0.5) as workers, contextlib.ExitStack() as stack:
        workers.run("parse_feed", FEED, "", "http://a.example/")
        (processor, *_) = os.sched_getaffinity(0)
        os.sched_setaffinity(workers.pids[0], {processor})
        for _ in range(8):
            other = stack.enter_context(subprocess.Popen(spin))
            stack.callback(other.kill)
            os.sched_setaffinity(other.pid, {processor})

        assert len(workers.run("parse_feed", large, "", "http://a.example/").entries) == 700


def test_a_feed_may_take_only_so_much_computing_time():
    with Workers(count=1, deadline=60, feed_cpu_seconds=1) as workers:
        with pytest.raises(WorkerTimeout, match=r"^takes more than 1 s of computing to read$"):
            workers.run("parse_feed", POISON, "", "http://a.example/")

        assert workers.run("parse_feed", FEED, "", "http://a.example/").title == "T"


def test_a_task_that_needs_too_much_memory_fails_alone():
    deep = (
        b"<rss version='2.0'><channel>"
        + b"<item><title>x</title></item>" * 900
        + b"<!--"
        + b"x" * 14_000_000
    )
    with Workers(count=1, memory_bytes=90_000_000) as workers:
        with pytest.raises(WorkerFailed):
            workers.run("parse_feed", deep, "", "http://a.example/")
        with Workers(count=1) as others:
            assert others.run("parse_feed", FEED, "", "http://a.example/").title == "T"


def test_a_worker_that_is_killed_fails_its_task_and_is_replaced():
    with Workers(count=1, deadline=30) as workers:
        workers.run("parse_feed", FEED, "", "http://a.example/")
        (pid,) = workers.pids
        killer = threading.Timer(0.3, os.kill, (pid, signal.SIGKILL))
        killer.start()
        with pytest.raises(WorkerDied):
            workers.run("parse_feed", POISON, "", "http://a.example/")
        killer.join()

        assert workers.run("parse_feed", FEED, "", "http://a.example/").title == "T"


def test_a_worker_that_died_while_idle_is_not_noticed():
    with Workers(count=1) as workers:
        workers.run("parse_feed", FEED, "", "http://a.example/")
        (pid,) = workers.pids
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not is_alive(pid))

        assert workers.run("parse_feed", FEED, "", "http://a.example/").title == "T"


def test_none_runs_before_the_first_need_and_a_second_only_when_the_first_is_busy():
    with Workers(count=2, deadline=2) as workers:
        assert workers.pids == ()
        for _ in range(3):
            workers.run("parse_feed", FEED, "", "http://a.example/")
        assert len(workers.pids) == 1
        busy = threading.Thread(target=swallow, args=(workers, POISON))
        busy.start()
        time.sleep(0.2)
        workers.run("parse_feed", FEED, "", "http://a.example/")
        assert len(workers.pids) == 2
        busy.join()


def swallow(workers: Workers, body: bytes) -> None:
    with pytest.raises(WorkerFailed):
        workers.run("parse_feed", body, "", "http://a.example/")


def test_a_worker_that_has_grown_is_replaced_after_its_task():
    with Workers(count=1, retire_bytes=1) as workers:
        assert workers.run("parse_feed", FEED, "", "http://a.example/").title == "T"
        assert workers.pids == ()
        assert workers.run("parse_feed", FEED, "", "http://a.example/").title == "T"


def test_many_threads_share_two_workers(workers: Workers):
    titles: list[str] = []
    with Workers(count=2) as pair:
        threads = [
            threading.Thread(
                target=lambda: titles.append(
                    pair.run("parse_feed", FEED, "", "http://a.example/").title
                )
            )
            for _ in range(12)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(pair.pids) <= 2

    assert titles == ["T"] * 12


def test_closing_ends_every_worker_and_every_task():
    workers = Workers(count=1, deadline=30)
    workers.run("parse_feed", FEED, "", "http://a.example/")
    (pid,) = workers.pids
    busy = threading.Thread(target=swallow, args=(workers, POISON))
    busy.start()
    time.sleep(0.2)
    workers.close()
    busy.join(5)

    assert not busy.is_alive()
    assert not is_alive(pid)
    with pytest.raises(WorkerDied, match="the program is ending"):
        workers.run("parse_feed", FEED, "", "http://a.example/")


def test_closing_while_a_worker_starts_leaves_none():
    for step in range(12):
        workers = Workers(count=1)
        starting = threading.Thread(target=swallow, args=(workers, POISON))
        starting.start()
        time.sleep(step / 1000)
        workers.close()
        starting.join(10)

        assert not starting.is_alive()
        assert workers.pids == ()


LOADING = """
import sys
from reader.pipeline.worker_main import load_task
task, arguments = sys.argv[1], {arguments!r}
function = load_task(task)
before = set(sys.modules)
function(*arguments[task])
loaded = {{name.partition(".")[0] for name in set(sys.modules) - before}}
print(*sorted(loaded & {{"reader", "archive", "lxml", "feedparser", "trafilatura", "justext"}}))
"""
PAGE = b"<html><body><h1>T</h1><table><tr><td>a</table><pre>b</pre>" + b"<p>Many words.</p>" * 40
ARGUMENTS = {
    "parse_feed": (FEED, "", "http://a.example/"),
    "extract_page": (PAGE, "http://a.example/", "text/html"),
    "html_to_markdown": ("<p>words <b>bold</b> <img alt=x src=/y>", "http://a.example/"),
    "find_feeds": (b"<link rel=alternate href=/feed>", "", "http://a.example/"),
}


@pytest.mark.parametrize("task", ARGUMENTS)
def test_a_task_has_what_it_needs_before_its_time_begins(task: str):
    result = subprocess.run(
        [sys.executable, "-c", LOADING.format(arguments=ARGUMENTS), task],
        capture_output=True,
        check=True,
        cwd=ROOT,
        text=True,
    )

    assert result.stdout.strip() == ""


def test_an_interrupt_of_the_terminal_does_not_reach_a_worker():
    with Workers(count=1) as workers:
        workers.run("parse_feed", FEED, "", "http://a.example/")
        (pid,) = workers.pids
        os.kill(pid, signal.SIGINT)
        assert os.getpgid(pid) != os.getpgid(0)

        assert workers.run("parse_feed", FEED, "", "http://a.example/").title == "T"
        assert workers.pids == (pid,)


def test_a_worker_has_the_null_device_and_the_log_and_no_other_file(tmp_path: Path):
    log = tmp_path / "worker.log"
    with Workers(count=1, log_path=log) as workers:
        workers.run("parse_feed", FEED, "", "http://a.example/")
        (pid,) = workers.pids
        files = {fd.name: str(fd.readlink()) for fd in Path(f"/proc/{pid}/fd").iterdir()}

    sockets = [name for name, target in files.items() if target.startswith("socket:")]
    assert files["0"] == files["1"] == "/dev/null"
    assert files["2"] == str(log)
    assert len(sockets) == 1
    assert set(files) == {"0", "1", "2", *sockets}


LARGE_PARENT = """
import sys
from reader.pipeline.workers import Workers
ballast = bytearray(600_000_000)
with Workers(count=1) as workers:
    seen = set()
    for _ in range(3):
        workers.run("parse_feed", sys.argv[1].encode(), "", "http://a.example/")
        seen.update(workers.pids)
    print(len(seen))
"""


def test_a_worker_is_not_blamed_for_the_memory_of_the_program_that_started_it():
    command = [sys.executable, "-c", LARGE_PARENT, FEED.decode()]

    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)

    assert run.stdout.split() == ["1"]


def test_a_worker_runs_within_limits():
    with Workers(count=1, deadline=7, memory_bytes=700_000_000) as workers:
        workers.run("parse_feed", FEED, "", "http://a.example/")
        limits = Path(f"/proc/{workers.pids[0]}/limits").read_text()

    rows = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()[1:]}
    assert rows["Max address space"] == "700000000"
    assert rows["Max core file size"] == "0"
    assert 7 < int(rows["Max cpu time"]) < 20


SCRIPT = """
import sys, time
print("main of the script runs", flush=True)
from reader.pipeline.workers import Workers
workers = Workers(count=1, deadline=3, feed_cpu_seconds=3)
workers.run("parse_feed", {feed!r}, "", "http://a.example/")
print("pid", *workers.pids, flush=True)
import threading
threading.Thread(target=lambda: {then}, daemon=True).start()
time.sleep(60)
"""


@pytest.mark.parametrize("state", ["idle", "busy"])
def test_workers_end_when_their_parent_is_killed(tmp_path: Path, state: str):
    then = (
        "None"
        if state == "idle"
        else (
            "workers.run('parse_feed', b'<rss version=\"2.0\"><channel><item><description>'"
            " + b'<a ' * 300_000, '', 'http://a.example/')"
        )
    )
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(feed=FEED, then=then))
    # No guard against a second import of __main__: a worker must not run the script again.
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        text=True,
    ) as parent:
        lines = [parent.stdout.readline().split() for _ in range(2)]
        pid = int(lines[1][1])
        time.sleep(0.5)
        assert is_alive(pid)
        parent.kill()
        rest = parent.stdout.read()

    assert lines[0] == ["main", "of", "the", "script", "runs"]
    assert rest == ""
    assert wait_until(lambda: not is_alive(pid), 10 if state == "idle" else 60)


def test_the_working_folder_cannot_shadow_what_a_worker_imports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "json.py").write_text("raise SystemExit('shadowed')")
    (tmp_path / "feedparser.py").write_text("raise SystemExit('shadowed')")
    monkeypatch.chdir(tmp_path)
    with Workers(count=1) as workers:
        assert workers.run("parse_feed", FEED, "", "http://a.example/").title == "T"


def test_a_crash_of_a_task_is_in_the_log_and_a_clause_for_the_reader(tmp_path: Path):
    log = tmp_path / "worker.log"
    with Workers(count=1, log_path=log) as workers:
        with pytest.raises(WorkerFailed, match=r"^could not be read \(TypeError\)$"):
            workers.run("parse_feed", "no bytes", "", "http://a.example/")
        assert workers.run("parse_feed", FEED, "", "http://a.example/").title == "T"

    assert "Traceback" in log.read_text()
