"""Where a session's lines come from and go to: a terminal, or pipes and files.

Lines only ever follow each other: no escape codes, no cursor movement, no boxes.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TextIO

from archive.characters import clean_line, clean_text
from reader.cells import wrap

PROMPT = "> "
YES, NO = frozenset({"y", "yes"}), frozenset({"n", "no", ""})


class Console:
    """Lines in, lines out.

    `error` prints a failure as the command line does. `width` is the terminal's in cells, None
    where lines need not be wrapped. `is_interactive` says that a person types on a terminal and
    reads there; only then is there a prompt, with history where the system has readline.
    """

    def __init__(
        self,
        source: TextIO,
        out: TextIO,
        error: Callable[[str], None],
        *,
        is_interactive: bool = False,
        width: int | None = None,
    ) -> None:
        self._source = source
        self._out = out
        self.error = error
        self.is_interactive = is_interactive
        self._width = width
        self._put_back: list[str] = []
        if is_interactive:
            with contextlib.suppress(ImportError):
                import readline  # noqa: F401 - its presence gives input() history and editing

    def read(self, prompt: str = PROMPT) -> str | None:
        """The next line, cleaned; None at the end of the input."""
        if self._put_back:
            return self._put_back.pop()
        self.flush()
        if self.is_interactive:
            try:
                return clean_line(input(prompt))
            except EOFError:
                self.line()
                return None
        line = self._source.readline()
        return clean_line(line) if line else None

    def agrees(self, question: str) -> bool:
        """Whether the next line says yes; one that is no answer means no and is read again."""
        if not self.is_interactive:
            self.line(question)
        answer = self.read(f"{question} ")
        if answer is None or answer.casefold() in YES:
            return answer is not None
        if answer.casefold() not in NO:
            self._put_back.append(answer)
        return False

    def line(self, text: str = "") -> None:
        """Writes one line as it stands, but for characters that could harm a terminal."""
        self._out.write(clean_text(text) + "\n")

    def say(self, text: str, indent: str = "") -> None:
        """Writes a paragraph; on a terminal its lines break as its scripts do.

        Long words, such as addresses, stay whole. `indent` stands before all lines but the first,
        which keeps the spaces that it begins with.
        """
        if self._width is None:
            self.line(text)
            return
        text = clean_text(text)
        words = text.strip()
        lead = text[: len(text) - len(text.lstrip(" "))]
        first = wrap(words, self._width - len(lead), break_words=False)[:1]
        rest = words[first[0][1] :] if first else ""
        self.line(lead + words[: len(words) - len(rest)])
        for start, end in wrap(rest, self._width - len(indent), break_words=False):
            self.line(indent + rest[start:end])

    def flush(self) -> None:
        """Hands on what was written."""
        self._out.flush()


@contextlib.contextmanager
def held_interrupts() -> Iterator[threading.Event]:
    """An event that Ctrl+C sets, so that work ends at its next safe point; a second one raises.

    Used around what writes; everything else may be broken off anywhere.
    """
    stop = threading.Event()

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
