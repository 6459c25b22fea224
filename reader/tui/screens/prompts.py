"""Prompts at the lower edge: one line of text with completion, and a question with yes or no."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import reactive
from textual.widgets import Input, Static

from archive.characters import clean_line, clean_text
from reader.tui.screens.dialog import Dialog
from reader.tui.screens.typing_ahead import hand_on
from reader.tui.widgets.clean_input import CleanInput

MOST_SHOWN = 12
"""Completions offered at once."""


def plain(text: str) -> Text:
    """One line of text that may be foreign, as text and never as markup."""
    return Text(clean_line(text[:2000]), no_wrap=True, overflow="ellipsis")


class PromptLine(CleanInput):
    """The line of a prompt: Tab completes instead of leaving it, Enter hands it over."""

    async def _on_key(self, event: events.Key) -> None:
        prompt = self.screen
        if event.key in {"tab", "shift+tab"} and isinstance(prompt, LinePrompt):
            event.stop()
            event.prevent_default()
            prompt.complete(-1 if event.key == "shift+tab" else 1)
            return
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            await self.action_submit()
            return
        if event.key in {"up", "down"} and isinstance(prompt, LinePrompt):
            event.stop()
            event.prevent_default()
            prompt.remember(-1 if event.key == "up" else 1)
            return
        await super()._on_key(event)


class LinePrompt(Dialog[str | None]):
    """Asks for one line; its answer is the text, None when it was left.

    With `submit` Enter hands the prompt and its text there instead of closing: that may `wait`,
    `refuse` or `leave`. With `many` the line is a list with commas, and the last part is
    completed. With `selected` what is typed takes the place of `value`. `typed` is told of every
    change of the line, to look for other completions.
    Up and Down go through `history`, the latest last.
    """

    AUTO_FOCUS = "#prompt-line"
    candidates: reactive[Sequence[str]] = reactive((), init=False)
    """What Tab may complete to."""
    detail: reactive[str] = reactive("", init=False)
    """Lines that help to answer, between what Tab completes to and the hint."""

    def __init__(
        self,
        title: str,
        *,
        hint: str = "",
        value: str = "",
        selected: bool = False,
        candidates: Sequence[str] = (),
        many: bool = False,
        history: Sequence[str] = (),
        submit: Callable[[LinePrompt, str], None] | None = None,
        typed: Callable[[LinePrompt, str], None] | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._hint = hint
        self._value = value
        self._selected = selected
        self._submit = submit
        self._typed = typed
        self._cycle: tuple[str, list[str], int] | None = None
        self._early: list[events.Key] = []
        self._waits = False
        self._history = (*history, "")
        self._remembered = len(history)
        self.wants_tags = many
        self.set_reactive(LinePrompt.candidates, tuple(candidates))

    def compose(self) -> ComposeResult:
        """The parts, from above."""
        with Vertical(id="prompt"):
            yield Static(plain(self._title), id="prompt-title", markup=False)
            yield PromptLine(self._value, id="prompt-line", compact=True, select_on_focus=False)
            yield Static("", id="prompt-choices", markup=False)
            yield Static("", id="prompt-detail", markup=False)
            yield Static(plain(self._hint), id="prompt-hint", markup=False)

    def on_mount(self) -> None:
        """Offer what can complete the line."""
        if self._selected:
            self.query_one(PromptLine).action_select_all()
        self._offer()
        self.watch_detail(self.detail)
        if self._typed:
            self._typed(self, self._value)

    def watch_candidates(self) -> None:
        """Other completions came: Tab begins with the first of them."""
        self._cycle = None
        if self.is_mounted:
            self._offer()

    def watch_detail(self, detail: str) -> None:
        """Show other lines, or none."""
        if self.is_mounted:
            line = self.query_one("#prompt-detail", Static)
            line.update(Text(clean_text(detail), no_wrap=True, overflow="ellipsis"))
            line.display = bool(detail)

    @on(Input.Changed)
    def typed(self) -> None:
        """Offer what fits; an error said before is no longer true."""
        line = self.query_one(PromptLine).value
        is_completion = self._cycle is not None and line == self._completed()
        if not is_completion:
            self._cycle = None
            self._offer()
        if self.query_one("#prompt-hint").has_class("-refused"):
            self._say(self._hint)
        if self._typed and not is_completion:  # other candidates would end the round of completions
            self._typed(self, line)

    @on(Input.Submitted)
    def entered(self, event: Input.Submitted) -> None:
        """Hand over the line."""
        event.stop()
        if self._submit:
            self._submit(self, event.value)
        else:
            self.dismiss(event.value)

    def on_key(self, event: events.Key) -> None:
        """Leave by Escape; keep what is typed before the line can take it."""
        if event.key == "escape":
            event.stop()
            self.dismiss(None)
        elif (event.is_printable or event.key == "enter") and not self._waits:
            # The line takes these itself: this one came before it had the focus.
            if self.focused is None:
                self._early.append(copy(event))
                event.stop()
            else:
                hand_on(event, self.query_one(PromptLine))

    def on_descendant_focus(self) -> None:
        """The line is ready: give it what was typed before."""
        early, self._early = self._early, []
        for event in early:
            hand_on(event, self.query_one(PromptLine))

    def complete(self, step: int) -> None:
        """Put in what all completions begin with; when that is there, one after another."""
        if self._cycle is None:
            fitting = self._fitting()
            if not fitting:
                return
            shared = shared_start(self._part(), fitting)
            if len(shared) > len(self._part()):
                self._put(self._before() + shared)
                return
            self._cycle = (self._before(), fitting, 0 if step > 0 else len(fitting) - 1)
        else:
            before, fitting, at = self._cycle
            self._cycle = (before, fitting, (at + step) % len(fitting))
        self._put(self._completed())
        self._offer()

    def remember(self, step: int) -> None:
        """Put in what was typed before (-1), or after that (1)."""
        at = self._remembered + step
        if 0 <= at < len(self._history):
            self._remembered = at
            self._put(self._history[at])

    def _put(self, text: str) -> None:
        line = self.query_one(PromptLine)
        line.value = text
        line.cursor_position = len(text)

    def wait(self, what: str) -> None:
        """Say what is under way; the line takes no keys meanwhile."""
        self._waits = True
        self.query_one(PromptLine).disabled = True
        self._say(what)

    def refuse(self, why: str) -> None:
        """Say why the line cannot be taken, and let it be mended."""
        line = self.query_one(PromptLine)
        self._waits = False
        line.disabled = False
        line.focus()
        self._say(why, refused=True)

    def leave(self) -> None:
        """Close, if a person did not do so already."""
        if self.is_current:
            self.dismiss(None)

    def _say(self, text: str, *, refused: bool = False) -> None:
        hint = self.query_one("#prompt-hint", Static)
        hint.update(Text(clean_line(text[:2000])))
        hint.set_class(refused, "-refused")

    def _before(self) -> str:
        """The line up to the part that is completed."""
        line = self.query_one(PromptLine).value
        if not self.wants_tags or "," not in line:
            return ""
        return line[: line.rindex(",") + 1] + " "

    def _part(self) -> str:
        line = self.query_one(PromptLine).value
        return (line.rpartition(",")[2] if self.wants_tags else line).strip()

    def _completed(self) -> str:
        if self._cycle is None:
            return ""
        before, fitting, at = self._cycle
        return before + fitting[at]

    def _fitting(self) -> list[str]:
        taken = {part.strip() for part in self._before().split(",")}
        return [each for each in ranked(self._part(), self.candidates) if each not in taken]

    def _offer(self) -> None:
        at = -1
        if self._cycle is not None:
            _, shown, at = self._cycle
        else:
            shown = self._fitting()
        first = max(0, at - MOST_SHOWN + 1)
        line = Text(no_wrap=True, overflow="ellipsis")
        for index, each in enumerate(shown[first : first + MOST_SHOWN], first):
            style = "bold reverse" if index == at else ""
            line.append(f" {clean_line(each[:100])} ", style)
        choices = self.query_one("#prompt-choices", Static)
        choices.update(line)
        choices.display = bool(shown)


def ranked(part: str, candidates: Iterable[str]) -> list[str]:
    """The candidates that contain a part, those that begin with it first."""
    wanted = part.casefold()
    fitting = [each for each in candidates if wanted in each.casefold()]
    return sorted(fitting, key=lambda each: not each.casefold().startswith(wanted))


def shared_start(part: str, candidates: Iterable[str]) -> str:
    """The longest start of all candidates that begin with a part; empty if none does."""
    wanted = part.casefold()
    fitting = [each for each in candidates if each.casefold().startswith(wanted)]
    first, last = min(fitting, default=""), max(fitting, default="")
    pairs = zip(first, last, strict=False)
    return first[: next((at for at, (a, b) in enumerate(pairs) if a != b), len(first))]


class Confirm(Dialog[bool]):
    """Asks a question that is answered by y or n."""

    YES: ClassVar[frozenset[str]] = frozenset({"y", "Y"})
    NO: ClassVar[frozenset[str]] = frozenset({"n", "N", "q", "escape"})

    def __init__(self, question: str, detail: str = "") -> None:
        super().__init__()
        self._question = question
        self._detail = detail

    def compose(self) -> ComposeResult:
        """The parts, from above."""
        with Vertical(id="prompt"):
            yield Static(plain(self._question), id="prompt-title", markup=False)
            yield Static(Text(clean_text(self._detail)), id="prompt-detail", markup=False)
            yield Static(plain("y yes   n no"), id="prompt-hint", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Take the answer; any other key is nothing."""
        event.stop()
        if event.key in self.YES:
            self.dismiss(True)
        elif event.key in self.NO:
            self.dismiss(False)
