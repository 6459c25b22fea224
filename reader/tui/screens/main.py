"""The screen of the app: it lays the panes out and carries what widgets report to the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from reader.config import Settings
from reader.tui.actions import Action
from reader.tui.control.background import Background
from reader.tui.control.commands import COMMANDS, run
from reader.tui.control.configuring import Configuring
from reader.tui.control.desk import Desk, Widgets
from reader.tui.control.first_look import first_look
from reader.tui.control.offers import hints, may_run
from reader.tui.control.panes import BY_HEIGHT, BY_WIDTH, size_classes
from reader.tui.keys import Sequence, press_name, presses_of
from reader.tui.keys_in_order import type_again
from reader.tui.screens.typing_ahead import hand_on
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.article_text import ArticleText
from reader.tui.widgets.feed_tree import FeedTree
from reader.tui.widgets.footer import Footer
from reader.tui.widgets.hint_line import HintLine
from reader.tui.widgets.note_line import NoteLine
from reader.tui.widgets.pane_title import PaneTitle
from reader.tui.widgets.search_pane import SearchLine, SearchPane
from reader.tui.widgets.side_list import SideList
from reader.tui.widgets.tags_pane import TagsPane

if TYPE_CHECKING:
    from textual.timer import Timer

    from reader.library import Library
    from reader.settings_watch import SettingsWatch
    from reader.tui.habits import HabitsFile
    from reader.tui.orders_file import OrdersFile
    from reader.tui.places_file import PlacesFile

PARTS = ("left", "middle", "right")
"""The three places of the screen."""
WATCH_EVERY = 2.0
"""Seconds between two looks for what another process wrote."""
SETTLE = 0.06
"""Seconds that the cursor must rest on a feed before its articles are listed."""


class MainScreen(Screen[None]):
    """Feeds or tags, articles or a search, and the text."""

    AUTO_FOCUS = ""
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """The widget with the focus: who gets it and who loses it draw that, not the whole screen."""
    HORIZONTAL_BREAKPOINTS = BY_WIDTH
    VERTICAL_BREAKPOINTS = BY_HEIGHT

    def __init__(
        self,
        library: Library,
        settings: Settings,
        background: Background,
        now: Callable[[], datetime],
        habits: HabitsFile | None = None,
        watch: SettingsWatch | None = None,
        places: PlacesFile | None = None,
        orders: OrdersFile | None = None,
    ) -> None:
        super().__init__()
        self._first = first_look(library, by_story=settings.fold_stories)
        self._now = now
        self._library = library
        self._settings = settings
        self._background = background
        self._habits = habits
        self._settings_watch = watch
        self._places = places
        self._orders = orders
        self._sequence: Sequence[Action] = Sequence()
        self._settle: Timer | None = None
        self.desk: Desk

    def compose(self) -> ComposeResult:
        """The panes, each under its title, and the footer."""
        self.add_class(*size_classes(self.app.size))
        with Container(id="panes"):
            with Vertical(id="left-part"):
                with Vertical(id="feeds-part"):
                    yield PaneTitle(id="feeds-title")
                    yield FeedTree(id="feeds")
                    yield NoteLine(id="feed-detail")
                with Vertical(id="tags-part"):
                    yield PaneTitle(id="tags-title")
                    yield TagsPane(id="tags")
            with Vertical(id="middle-part"):
                with Vertical(id="articles-part"):
                    yield PaneTitle(id="articles-title")
                    yield ArticleList(now=self._now, id="articles")
                yield SearchPane(now=self._now, id="search-part")
            with Vertical(id="right-part"):
                yield PaneTitle(id="text-title")
                yield ArticleText(now=self._now, id="text")
        yield HintLine()
        yield Footer()

    def on_mount(self) -> None:
        """Show what is seen first, and begin to watch."""
        self.desk = Desk(
            self,
            self._widgets(),
            self._library,
            self._settings,
            self._background,
            self._habits,
            places=self._places,
            orders=self._orders,
            run=lambda action, count: run(self.desk, action, count),
        )
        self._configuring = Configuring(self.desk, self._settings_watch)
        self.desk.begin(self._first)
        self.set_interval(WATCH_EVERY, self._watch)
        self.set_interval(0.1, self.desk.refreshing.show_progress)
        self.set_interval(0.5, self.desk.refreshing.show_results)
        self.set_interval(0.5, self.desk.grouping.show_progress)

    def on_key(self, event: events.Key) -> None:
        """Run the action of a key, or wait for the rest of a sequence."""
        self.desk.grouping.key_pressed()
        if self.app.screen is not self:
            type_again(event, self.app)
            return
        if isinstance(self.focused, Input):
            if event.is_printable or event.key in SearchLine.BEYOND:
                hand_on(event, self.focused)
            return
        name = press_name(event.key, event.character)
        if any(each.press(name) for each in self.desk.taking_keys):
            event.stop()
            event.prevent_default()
            return
        bindings = self.desk.keymap.bindings[self.desk.panes.current]
        action = self._sequence.press(name, bindings)
        pending, digits = self._sequence.pending, self._sequence.digits
        if action is not None or pending or digits:
            event.stop()
            event.prevent_default()
        if action is not None and may_run(self.desk, action):
            # which brings the footer up to date
            run(self.desk, action, self._sequence.take_count())
        else:
            self.desk.widgets.footer.hints = hints(self.desk, pending, digits)

    @on(Footer.Clicked)
    def _hint_clicked(self, event: Footer.Clicked) -> None:
        """Do what the key of the hint does."""
        in_line = self.desk.widgets.search_line.has_focus
        if in_line and (act := SearchLine.BEYOND.get(event.key.lower())):
            self.desk.finding.pressed(act)
        elif any(each.press(event.key) for each in self.desk.taking_keys):
            pass
        else:
            action = self.desk.keymap.bindings[self.desk.panes.current].get(presses_of(event.key))
            if action is not None and may_run(self.desk, action):
                run(self.desk, action)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Keep the pane in step with a focus that came by mouse."""
        if hasattr(self, "desk") and event.widget is self.focused:  # and did not lose it since
            self.desk.panes.focused(event.widget)
            self.desk.title_changed()

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes; a text that comes into sight is that of the article at the cursor."""
        if hasattr(self, "desk"):
            self.desk.panes.arrange(event.size)
            self.call_after_refresh(self.desk.reading.highlighted)

    def on_screen_resume(self) -> None:
        """A dialog was closed: say what waited for that."""
        if hasattr(self, "desk"):
            self.desk.notices.show_waiting()

    @on(SideList.Highlighted, "#feeds")
    def _feed_highlighted(self, event: SideList.Highlighted) -> None:
        """List a feed's articles when the cursor rests on it."""
        self.desk.subscriptions.tell_error()
        self.desk.title_changed()
        if self._settle:
            self._settle.stop()
        if event.key != self.desk.listing.view.key and self.desk.panes.current == "feeds":
            self._settle = self.set_timer(SETTLE, self._list_feed)

    def _list_feed(self) -> None:
        view = self.desk.widgets.feeds.view
        if self.desk.panes.current != "feeds":
            return  # a search was opened, or an article, before the cursor had rested
        if view is not None and view.key != self.desk.listing.view.key:
            self.desk.panes.show_middle("articles")
            self.desk.listing.show(view)

    @on(SideList.Opened)
    def _side_opened(self) -> None:
        """A feed or tag was clicked on."""
        COMMANDS["open"](self.desk)

    @on(ArticleList.Highlighted)
    def _article_highlighted(self, event: ArticleList.Highlighted) -> None:
        if event.article_list is self.desk.widgets.results:
            self.desk.finding.highlighted()
        if event.article_list is self.desk.active_list:
            self.desk.reading.highlighted()
            self.desk.newness.look_soon()
        self.desk.title_changed()

    @on(ArticleList.Opened)
    def _article_opened(self, event: ArticleList.Opened) -> None:
        row = event.article_list.current
        if row is not None:
            self.desk.reading.open(row)

    @on(ArticleList.SelectionChanged)
    def _selection_changed(self) -> None:
        self.desk.title_changed()

    @on(ArticleList.RowsNeeded, "#articles")
    def _rows_needed(self, event: ArticleList.RowsNeeded) -> None:
        self.desk.listing.supply(event)

    @on(ArticleText.PositionChanged)
    def _position_changed(self) -> None:
        self.desk.title_changed()

    @on(ArticleText.LinkClicked)
    def _link_clicked(self, event: ArticleText.LinkClicked) -> None:
        self.desk.links.open(event.url)

    @on(ArticleText.PicturesWanted, "#text")
    def _pictures_wanted(self, event: ArticleText.PicturesWanted) -> None:
        self.desk.pictures.supply(event.article, event.boxes)

    @on(Input.Changed, "#search-line")
    def _query_typed(self, event: Input.Changed) -> None:
        self.desk.finding.typed(event.value)

    @on(SearchLine.Pressed)
    def _search_line_pressed(self, event: SearchLine.Pressed) -> None:
        self.desk.finding.pressed(event.act)

    def _watch(self) -> None:
        """Look whether another process wrote or settings changed, unless a look is under way."""
        if not self._background.pending("watch"):
            self._background.ask("watch", self._library.changed, self._watched)
            self._configuring.look()

    def _watched(self, changed: bool) -> None:
        if changed:
            self.desk.archive_changed()

    def _widgets(self) -> Widgets:
        panes = ("feeds", "tags", "articles", "search", "text")
        return Widgets(
            parts={part: self.query_one(f"#{part}-part") for part in (*PARTS, *panes[:-1])},
            feeds=self.query_one(FeedTree),
            feed_detail=self.query_one("#feed-detail", NoteLine),
            tags=self.query_one(TagsPane),
            articles=self.query_one("#articles", ArticleList),
            results=self.query_one("#results", ArticleList),
            search_line=self.query_one(SearchLine),
            search_hint=self.query_one("#search-hint", NoteLine),
            text=self.query_one(ArticleText),
            hint_line=self.query_one(HintLine),
            footer=self.query_one(Footer),
            titles={pane: self.query_one(f"#{pane}-title", PaneTitle) for pane in panes},
        )
