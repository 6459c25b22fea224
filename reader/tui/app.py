"""The app: its themes and styles, its one screen, and the way out of it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from datetime import datetime
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import App
from textual.binding import BindingType
from textual.filter import LineFilter, NoColor
from textual.screen import Screen
from textual.theme import Theme

import styles
from reader.config import Settings
from reader.paths import hints_path, orders_path, places_path
from reader.settings_watch import SettingsWatch
from reader.tui.ages import local_now
from reader.tui.control.background import Answered, Background
from reader.tui.few_colours import OF_16, shows_few_colours
from reader.tui.habits import HabitsFile
from reader.tui.keys_in_order import KeysInOrder
from reader.tui.looks import COMPACT, show_frames, theme_for, theme_problem
from reader.tui.orders_file import OrdersFile
from reader.tui.output import AsciiFilter
from reader.tui.places_file import PlacesFile
from reader.tui.screens.main import MainScreen
from reader.tui.themes import FALLBACK_VARIABLES, THEMES
from reader.tui.user_themes import load_themes

if TYPE_CHECKING:
    from reader.library import Library
from reader.locales import shows_unicode

STYLES = Path(styles.__file__).resolve().parent / "newsreader.tcss"


class NewsreaderApp(KeysInOrder):
    """Reads an archive. Every key is of the registry in `actions`; Textual's own are not used.

    `now` is the clock that ages and dates are shown by. `refreshes` lets it refresh what is due.
    `watch` tells of settings that change meanwhile. `places` and `orders` keep both over restarts.
    `themes` are the reader's own, beside ours and Textual's. `few_colours` is for 16 of them.
    """

    TITLE = "newsreader"
    CSS_PATH = STYLES
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        library: Library,
        settings: Settings,
        *,
        greeting: str = "",
        now: Callable[[], datetime] = local_now,
        habits: HabitsFile | None = None,
        refreshes: bool = False,
        watch: SettingsWatch | None = None,
        places: PlacesFile | None = None,
        orders: OrdersFile | None = None,
        themes: Sequence[Theme] = (),
        few_colours: bool = False,
    ) -> None:
        super().__init__()
        self._library = library
        self._settings = settings
        self._greeting = greeting
        self._now = now
        self._habits = habits
        self._refreshes = refreshes
        self._watch = watch
        self._places = places
        self._orders = orders
        self.background = Background(self.post_message, self._fault)
        self._line_filters = self._own_filters(settings)
        for theme in (*(OF_16 if few_colours else THEMES), *themes):
            self.register_theme(theme)
        self._take_theme(settings)
        self.set_class(settings.compact, COMPACT)  # how many lines there are is not known yet
        self._main: MainScreen | None = None
        self.failure: Exception | None = None
        """What ended the app although nothing in it expected that; None as a rule."""

    def _own_filters(self, settings: Settings) -> list[LineFilter]:
        # NO_COLOR alone would make Textual show greys.
        filters: list[LineFilter] = [NoColor()] if self.no_color else []
        unicode = shows_unicode(environ)
        if settings.ascii or not unicode:
            filters.append(AsciiFilter(strict=not unicode))
        return filters

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters over finished lines, and ours for terminals that show less."""
        return [*super().get_line_filters(), *self._line_filters]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, for themes that do not set them."""
        return FALLBACK_VARIABLES

    def on_ready(self) -> None:
        """The first picture is painted: collect garbage from here on, and refresh what is due.

        This may run for hours. What starting made is no garbage: looking through it costs 40 ms.
        """
        gc.freeze()
        gc.enable()
        if self._refreshes:
            self.main.desk.refreshing.begin()

    def _take_theme(self, settings: Settings) -> None:
        """The first theme, set before anything is styled: a change styles all of it anew."""
        self.set_reactive(App.theme, theme_for(settings, self.available_themes))
        self.stylesheet.set_variables(self.get_css_variables())

    def on_mount(self) -> None:
        """Tell what is to be told at first; an unknown theme is told and not used."""
        if problem := theme_problem(self._settings, self.available_themes):
            self.notify(problem, severity="warning", timeout=12, markup=False)
        if self._greeting:
            self.notify(self._greeting, timeout=8, markup=False)

    def on_resize(self, event: events.Resize) -> None:
        """Leave out frames and gaps where there are few lines."""
        settings = self.main.desk.settings if hasattr(self.main, "desk") else self._settings
        show_frames(self, settings, event.size.height)

    def get_default_screen(self) -> Screen[None]:
        """The main screen."""
        self._main = MainScreen(
            self._library,
            self._settings,
            self.background,
            self._now,
            self._habits,
            self._watch,
            self._places,
            self._orders,
        )
        return self._main

    @property
    def main(self) -> MainScreen:
        """The main screen."""
        if self._main is None:
            raise RuntimeError("the app is not running")
        return self._main

    @on(Answered)
    def deliver(self, message: Answered) -> None:
        """Hand a job's answer to whoever asked."""
        if self.is_running:
            message.deliver()

    async def action_quit(self) -> None:
        """Quit as the registry's action does; Textual binds Ctrl+Q to this."""
        self.main.desk.quit()

    def action_help_quit(self) -> None:
        """Ctrl+C: say how to quit."""
        desk = self.main.desk
        desk.say(desk.keymap.with_keys("Press {quit} to quit."))

    def _fault(self, error: Exception) -> None:
        """Tell a failure that nobody else took."""
        self.main.desk.warn(error)

    # Textual ends the app at an error that nobody expected, and prints its traceback with the
    # values of all variables. It has no public way to have that elsewhere.

    def _handle_exception(self, error: Exception) -> None:
        """Keep the first error, for the log; what follows from it is none of its own."""
        self.failure = self.failure or error
        super()._handle_exception(error)

    def _print_error_renderables(self) -> None:
        """Print nothing: `run` raises what failed, and the command line tells it."""
        self._exit_renderables.clear()


def run(
    library: Library,
    settings: Settings,
    *,
    greeting: str = "",
    watch: SettingsWatch | None = None,
) -> str:
    """Run the app on an open library until the reader quits; every mark is on disk then.

    Returns DEMO when the demo is wanted in its place, else nothing. `greeting` is said at first.
    Raises whatever ended the app unexpectedly, when the terminal is as it was.
    """
    habits = HabitsFile(hints_path()) if settings.hints else None
    refreshes = settings.refresh == "due" and library.is_kept
    themes, problems = load_themes(watch.themes_folder) if watch else ([], [])
    app = NewsreaderApp(
        library,
        settings,
        greeting=" ".join([greeting, *problems]).strip(),
        habits=habits,
        refreshes=refreshes,
        watch=watch,
        places=PlacesFile(places_path()) if library.is_kept else None,
        orders=OrdersFile(orders_path(), library.path) if library.is_kept else None,
        themes=themes,
        few_colours=shows_few_colours(),
    )
    try:
        found = app.run() or ""
    finally:
        app.background.close()
    if app.failure is not None:
        raise app.failure
    return found
