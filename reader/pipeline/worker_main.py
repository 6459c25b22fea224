"""What runs inside a worker process: it waits for tasks on its pipe, and ends with the pipe.

feedparser, lxml and trafilatura are loaded here only, before the first task that needs them.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import logging
import math
import resource
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from reader.pipeline.workers import Answer, BodyFollows, Refused
from reader.priority import step_back_process

_HTML = ("reader.pipeline.html_tree", "reader.pipeline.markdown", "lxml.html")
_PIECES = ("reader.pipeline.page_pictures", "reader.pipeline.plain_tree", *_HTML)
# Each task's module, and those that its functions import as they run.
TASKS = {
    "parse_feed": (
        "reader.pipeline.parse",
        "reader.pipeline.xmlfeed",
        "reader.pipeline.jsonfeed",
        "reader.pipeline.sax_driver",
        "feedparser",
        "lxml.etree",
    ),
    "extract_page": (
        "reader.pipeline.extract",
        "reader.pipeline.page_facts",
        "reader.pipeline.page_pictures",
        "reader.pipeline.main_text",
        "reader.pipeline.by_trafilatura",
        *_HTML,
        "lxml.cssselect",
        "trafilatura",
    ),
    "html_to_markdown": ("reader.pipeline.extract", *_PIECES),
    "assemble_all": ("reader.pipeline.assembling", "reader.pipeline.extract", *_PIECES),
    "page_text": (
        "reader.pipeline.page_text",
        "reader.pipeline.extract",
        "reader.pipeline.page_facts",
        *_HTML,
    ),
    "picture_facts": ("reader.pipeline.picture_files", "PIL.Image"),
    "picture_pixels": ("reader.pipeline.picture_files", "PIL.Image"),
    "find_feeds": ("reader.pipeline.discover", *_HTML),
    "watch_page": ("reader.pipeline.watch", "reader.pipeline.html_tree", "lxml.html", "cssselect"),
}


def main(arguments: Sequence[str]) -> None:
    """Serves the pipe of the given descriptor until its other end closes.

    `arguments` are that descriptor and the limit of the address space in bytes.
    """
    descriptor, memory_bytes = map(int, arguments)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    step_back_process()
    _limit(resource.RLIMIT_AS, memory_bytes)
    _limit(resource.RLIMIT_CORE, 0)
    gc.set_threshold(100_000, 50, 100)
    warnings.simplefilter("ignore")
    logging.basicConfig(level=logging.ERROR)
    functions: dict[str, Callable[..., Any]] = {}
    with Connection(descriptor) as pipe, contextlib.suppress(EOFError, OSError):
        while True:
            task, values, cpu_seconds = pipe.recv()
            _serve(pipe, functions, task, _with_bodies(pipe, values), cpu_seconds)


def _with_bodies(pipe: Connection, values: Sequence[Any]) -> list[Any]:
    """The arguments of a task, with the bodies that follow its message."""
    return [
        b"".join(iter(pipe.recv_bytes, b"")) if isinstance(value, BodyFollows) else value
        for value in values
    ]


def _serve(
    pipe: Connection,
    functions: dict[str, Callable[..., Any]],
    task: str,
    values: Sequence[Any],
    cpu_seconds: float,
) -> None:
    """Runs one task and answers it; `functions` are those of the tasks that were loaded before."""
    try:
        function = functions.get(task)
        if function is None:
            function = functions[task] = load_task(task)
            pipe.send(Answer("begun"))
        _limit_computing(cpu_seconds)
        answer = Answer("done", function(*values), _peak_memory())
    except Refused as refusal:
        answer = Answer("refused", str(refusal), _peak_memory())
    except MemoryError:
        answer = Answer("failed", "needs more memory than a document may", sys.maxsize)
    except Exception as error:  # noqa: BLE001 - the far end of the refresh's seam: one document fails
        traceback.print_exc()
        answer = Answer("failed", f"could not be read ({type(error).__name__})", _peak_memory())
    pipe.send(answer)


def load_task(task: str) -> Callable[..., Any]:
    """The function of a task, with what it needs loaded, as a task's time is for its document.

    Not dateparser, which few documents need, unless trafilatura brings it.
    """
    modules = [importlib.import_module(name) for name in TASKS[task]]
    function: Callable[..., Any] = getattr(modules[0], task)
    return function


def _limit_computing(seconds: float) -> None:
    """Lets the system end this process, without the interpreter, which a task may hold.

    By SIGXCPU, by which the parent knows the cause; if the parent was killed, this ends the task.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime + seconds))


def _limit(kind: int, value: int) -> None:
    """Sets the soft limit only, so that the next task can have a later one."""
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (value, hard))


def _peak_memory() -> int:
    """The most memory that this process has had, in bytes.

    From /proc where there is one (proc(5)): getrusage's figure is inherited from the program that
    started this one, however large that was.
    """
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
