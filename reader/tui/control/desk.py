"""What the app's concerns share: the library, the widgets, and one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from archive.models import Problem, Summary
from reader.config import Settings
from reader.tui.control.background import Background
from reader.tui.control.command_line import CommandLine, Run
from reader.tui.control.finding import Finding
from reader.tui.control.first_look import FirstLook
from reader.tui.control.folded_results import with_what_was_found
from reader.tui.control.folding import Folding
from reader.tui.control.grouping import StoryGrouping
from reader.tui.control.health import Health
from reader.tui.control.hinting import Hinting
from reader.tui.control.in_text import InText
from reader.tui.control.keying import give_keys
from reader.tui.control.links import Links
from reader.tui.control.listing import Listing
from reader.tui.control.marking import Marking
from reader.tui.control.newness import Newness
from reader.tui.control.notices import Notices
from reader.tui.control.noting import Noting
from reader.tui.control.offers import hints
from reader.tui.control.orders import KeptOrders
from reader.tui.control.panes import Panes
from reader.tui.control.passages import Passages
from reader.tui.control.pending import PendingMarks
from reader.tui.control.pictures import Pictures
from reader.tui.control.piping import Piping
from reader.tui.control.places import Places
from reader.tui.control.reading import Reading
from reader.tui.control.refreshing import Refreshing
from reader.tui.control.rules import RuleWriting
from reader.tui.control.saved import Saved
from reader.tui.control.saving import Saving
from reader.tui.control.starting import Starting
from reader.tui.control.subscriptions import Subscriptions
from reader.tui.control.tagging import Tagging
from reader.tui.control.titles import show_titles
from reader.tui.control.unwritten import Unwritten
from reader.tui.keymap import Keymap, keymap_of
from reader.tui.screens.prompts import Confirm

if TYPE_CHECKING:
    from reader.library import Library
    from reader.tui.habits import HabitsFile
    from reader.tui.orders_file import OrdersFile
    from reader.tui.places_file import PlacesFile
    from reader.tui.widgets.article_list import ArticleList
    from reader.tui.widgets.article_text import ArticleText
    from reader.tui.widgets.feed_tree import FeedTree
    from reader.tui.widgets.footer import Footer
    from reader.tui.widgets.hint_line import HintLine
    from reader.tui.widgets.note_line import NoteLine
    from reader.tui.widgets.pane_title import PaneTitle
    from reader.tui.widgets.search_pane import SearchLine
    from reader.tui.widgets.tags_pane import TagsPane

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Widgets:
    """The widgets of the main screen that are given values."""

    parts: dict[str, Widget]
    feeds: FeedTree
    feed_detail: NoteLine
    tags: TagsPane
    articles: ArticleList
    results: ArticleList
    search_line: SearchLine
    search_hint: NoteLine
    text: ArticleText
    hint_line: HintLine
    footer: Footer
    titles: dict[str, PaneTitle]


class Desk:
    """The concerns of the app, and what each must tell all others."""

    def __init__(
        self,
        screen: Screen[None],
        widgets: Widgets,
        library: Library,
        settings: Settings,
        background: Background,
        habits: HabitsFile | None = None,
        *,
        places: PlacesFile | None = None,
        orders: OrdersFile | None = None,
        run: Run,
    ) -> None:
        self.screen = screen
        self.widgets: Widgets = widgets
        self.library = library
        self.settings = settings
        self.background = background
        self.keymap: Keymap = keymap_of(settings)
        self.notices: Notices = Notices(screen, widgets.text.now)
        self.pending: PendingMarks = PendingMarks()
        self.unwritten: Unwritten = Unwritten(self)
        self.panes: Panes = Panes(self)
        self.folding: Folding = Folding(self)
        self.newness: Newness = Newness(self)
        self.listing: Listing = Listing(self)
        self.reading: Reading = Reading(self)
        self.in_text: InText = InText(self)
        self.links: Links = Links(self)
        self.marking: Marking = Marking(self)
        self.finding: Finding = Finding(self)
        self.subscriptions: Subscriptions = Subscriptions(self)
        self.health: Health = Health(self)
        self.starting: Starting = Starting(self)
        self.refreshing: Refreshing = Refreshing(self)
        self.grouping: StoryGrouping = StoryGrouping(self)
        self.tagging: Tagging = Tagging(self)
        self.saved: Saved = Saved(self)
        self.rules: RuleWriting = RuleWriting(self)
        self.hinting: Hinting = Hinting(self, habits)
        self.places: Places = Places(self, places)
        self.orders: KeptOrders = KeptOrders(self, orders)
        self.noting: Noting = Noting(self)
        self.passages: Passages = Passages(self)
        self.saving: Saving = Saving(self)
        self.piping: Piping = Piping(self)
        self.pictures: Pictures = Pictures(self)
        self.run = run
        """Do what an action does, as its key would; with a count where it moves."""
        self.taking_keys: tuple[Links, Places, Passages] = (self.links, self.places, self.passages)
        """Those that may wait for a key before the registry has it."""
        self.command_line: CommandLine = CommandLine(self, run)
        self._status_timer: Timer | None = None

    def begin(self, first: FirstLook) -> None:
        """Show what was read before the app started, and tell what opening the archive found."""
        give_keys(self, self.keymap)
        self.widgets.text.measure = self.settings.measure
        self.pictures.begin()
        self.panes.go("feeds")
        self.widgets.feeds.order = self.orders.feeds
        self.subscriptions.show((first.statuses, first.counts))
        self.listing.begin(first.rows)
        if first.text is not None:
            self.reading.begin(first.rows.rows[0], first.text)
        self.saved.load()
        self.tagging.load_colours()
        self._tell(self.library.recovered)
        if self.library.read_only:
            self.say("The archive is read-only: marks and refreshes cannot be kept.")
        self.background.ask("watch", self._catch_up, self._caught_up)
        self.grouping.begin()

    def _catch_up(self) -> list[Problem] | None:
        """Looks at the files that opening left out, in the lane's thread."""
        found = self.library.care.catch_up()
        return found and [*found, *self.library.rebuild_lost()]

    def _caught_up(self, found: list[Problem] | None) -> None:
        if found is not None:
            self._tell(found)
            self.archive_changed()

    def _tell(self, problems: Sequence[Problem]) -> None:
        for problem in problems:
            self.say(f"{problem.path}: {problem.detail}", severity="warning")

    @property
    def active_list(self) -> ArticleList:
        """The list in the middle: the articles or the results of a search."""
        return self.widgets.results if self.panes.middle == "search" else self.widgets.articles

    @property
    def current(self) -> Summary | None:
        """The article that a key means: the one being read, else the one under the cursor."""
        if self.panes.current == "text" and self.reading.summary is not None:
            return self.reading.summary
        return self.active_list.current

    def loaded_rows(self) -> list[Summary]:
        """The rows of the list in the middle that are loaded, folded results too."""
        if self.panes.middle == "search":
            return self.finding.folds.all_of(self.widgets.results.loaded)
        return self.widgets.articles.loaded

    def show_marks(self, rows: Sequence[Summary]) -> None:
        """Show articles with new marks wherever they are on screen."""
        self.listing.marked(rows)
        self.widgets.articles.replace(_with_folds(rows, self.widgets.articles))
        self.widgets.results.replace(_with_what_was_found(rows, self.widgets.results))
        self.finding.folds.marked(rows)
        for row in rows:
            self.reading.refresh_marks(row)
        self.title_changed()

    def reread(self, article_ids: Sequence[str]) -> None:
        """Show the marks of articles as they are on disk, with the changes under way."""
        library, read = self.library, self.pending.begin_read()

        def show(rows: list[Summary]) -> None:
            self.show_marks(self.pending.lay_over(rows, read))

        self.background.ask("list", lambda: library.summaries(article_ids), show)
        self.counts_changed()

    def archive_changed(self) -> None:
        """The archive is another one than on screen: read again what is shown."""
        self.counts_changed()
        self.tagging.load_colours()
        self.listing.take_in_changes()
        self.finding.reread()
        self.reading.reread()

    def counts_changed(self) -> None:
        """Read the counts of feeds and, where they are seen, of tags again."""
        self.subscriptions.load_soon()
        self.saved.load_soon()
        if self.panes.left == "tags":
            self.tagging.load()

    def pane_changed(self) -> None:
        """Another pane has the focus."""
        self.links.leave()
        self.passages.leave()
        self.title_changed()
        self.hinting.occasion()

    def title_changed(self) -> None:
        """Something that titles or the footer say is new."""
        show_titles(self)
        self.widgets.footer.hints = hints(self)

    def quit(self, outcome: str = "") -> None:
        """End the app as soon as every mark is on disk; a refresh stops where it is.

        Asks first if marks cannot be written. `outcome` is what the app returns.
        """
        self.refreshing.stop()
        self.grouping.stop()
        self.reading.save_place()
        self.unwritten.settle(partial(self._leave, outcome))

    def _leave(self, outcome: str) -> None:
        count = self.unwritten.count
        if not count:
            self.screen.app.exit(outcome)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.screen.app.exit(outcome)

        are = "change of your marks is" if count == 1 else "changes of your marks are"
        confirm = Confirm(f"{count:,} {are} not on disk. Quit and lose them?", self.unwritten.why)
        self.screen.app.push_screen(confirm, answered)

    def status(self, text: str, seconds: float | None = None) -> None:
        """Say how something stands, at the right of the footer, for good or for some seconds.

        What is for seconds is a notice where the footer is hidden.
        """
        if seconds is not None and self.panes.is_zen:
            self.say(text)
            return
        if self._status_timer:
            self._status_timer.stop()
            self._status_timer = None
        self.widgets.footer.status = text
        if seconds is not None:
            self._status_timer = self.screen.set_timer(seconds, self._clear_status)

    def _clear_status(self) -> None:
        self.widgets.footer.status = ""

    def open(
        self, dialog: Screen[Answer], answered: Callable[[Answer | None], None] | None = None
    ) -> None:
        """Open a prompt or a page over the panes, where no notice lies on it."""
        self.notices.make_room()
        self.screen.app.push_screen(dialog, answered)

    def say(self, text: str, *, severity: SeverityLevel = "information") -> None:
        """Tell something in a notice, as plain text."""
        self.notices.say(text, severity)

    def warn(self, error: Exception) -> None:
        """Tell an error that a person can act on."""
        self.say(str(error), severity="error")


def _with_what_was_found(rows: Sequence[Summary], results: ArticleList) -> list[Summary]:
    """The rows that are among the results, with what those know of them."""
    known = {row.article_id: row for row in results.loaded}
    return [
        with_what_was_found(row, known[row.article_id]) for row in rows if row.article_id in known
    ]


def _with_folds(rows: Sequence[Summary], articles: ArticleList) -> list[Summary]:
    """The rows with what the list folds into them and knows of them."""
    listed = [(row, articles.row_of(row.article_id)) for row in rows]
    return [
        replace(row, fold=known.fold, new_percent=known.new_percent) if known else row
        for row, known in listed
    ]
