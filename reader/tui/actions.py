"""The one registry of what a key does. `keymap` has it with a reader's own keys.

A key is written as people write it: `j`, `G`, `C-d`, `Enter`, or presses one after another as in
`gg` and `]s`. What an action does is in `reader.tui.control.commands`, under its id.
"""

from __future__ import annotations

from collections.abc import Mapping

from reader.tui.action import ARTICLE, GROUPS, LEFT, LISTS, PANES, Action, Pane
from reader.tui.passage_actions import LINKS, PASSAGES
from reader.tui.story_actions import FOLDING, READ_STORY, TELLING
from reader.tui.unread_actions import CLEARING, NARROWING, STRAYING

__all__ = [
    "ARTICLE", "BY_ID", "FOOTERS", "GROUPS", "LEFT", "LISTS", "PANES", "REGISTRY", "Action", "Pane",
]  # fmt: skip

REGISTRY: tuple[Action, ...] = (
    Action("down", ("j", "Down"), "Down", "Go one line down.", "Move"),
    Action("up", ("k", "Up"), "Up", "Go one line up.", "Move"),
    Action("top", ("gg", "Home"), "Top", "Go to the top.", "Move"),
    Action("bottom", ("G", "End"), "Bottom", "Go to the bottom.", "Move"),
    Action("half_down", ("C-d",), "Half down", "Go half a page down.", "Move"),
    Action("half_up", ("C-u",), "Half up", "Go half a page up.", "Move"),
    Action("page_down", ("C-f", "PgDn"), "Page down", "Go a page down.", "Move"),
    Action("page_up", ("C-b", "PgUp"), "Page up", "Go a page up.", "Move"),
    Action(
        "open",
        ("Enter", "l", "Right"),
        "Open",
        "Open what the cursor is on, in the next pane.",
        "Move",
        (*LEFT, *LISTS),
    ),
    Action("back", ("h", "Left"), "Back", "Go to the pane on the left.", "Move"),
    Action(
        "close",
        ("q",),
        "Back",
        "Go back, closing the search or the tags; at the feeds, ask to quit.",
        "Move",
    ),
    Action(
        "leave",
        ("Escape",),
        "Leave",
        "Let go of what is selected or found in the text; else go back, closing search or tags.",
        "Move",
    ),
    Action("next_pane", ("Tab",), "Pane", "Go to the next pane.", "Move"),
    Action("previous_pane", ("S-Tab",), "Pane back", "Go to the pane before.", "Move"),
    Action(
        "jump", (",",), "Jump", "Go to a pane or row by the letters that come up on it.", "Move"
    ),
    Action(
        "read_on",
        ("Space",),
        "Read on",
        "Read on: a page down, and at the end the next unread article.",
        "Read",
        ARTICLE,
    ),
    Action(
        "next",
        ("n",),
        "Next unread",
        "Go to the next unread article or feed; in a search, to the next hit.",
        "Read",
        ("feeds", *ARTICLE),
    ),
    Action(
        "previous",
        ("p",),
        "Previous unread",
        "Go to the previous unread article or feed; in a search, to the hit before.",
        "Read",
        ("feeds", *ARTICLE),
    ),
    *STRAYING,
    Action(
        "next_article",
        ("J",),
        "Next article",
        "Go to the next article of the list, read or not.",
        "Read",
        ("text",),
    ),
    Action(
        "previous_article",
        ("K",),
        "Article before",
        "Go to the article before, read or not.",
        "Read",
        ("text",),
    ),
    Action(
        "next_section", ("]s",), "Next section", "Go to the text's next section.", "Read", ("text",)
    ),
    Action(
        "previous_section",
        ("[s",),
        "Section before",
        "Go to the section before.",
        "Read",
        ("text",),
    ),
    *TELLING,
    *FOLDING,
    Action("outline", ("gO",), "Outline", "List the text's sections.", "Read", ("text",)),
    Action(
        "follow",
        (";",),
        "Follow a link",
        "Open a link in sight, or go to a footnote, by the letters on it.",
        "Read",
        ("text",),
    ),
    *LINKS,
    Action("browse", ("o",), "Browser", "Open the article in a browser.", "Read", ARTICLE),
    Action(
        "extract",
        ("x",),
        "Extract again",
        "Take the text out of its page again, or put a dropped line back.",
        "Read",
        ARTICLE,
    ),
    Action("revisions", ("gr",), "Changes", "Show how the text changed.", "Read", ARTICLE),
    Action("page", ("X",), "Raw page", "Show the page as it was.", "Read", ARTICLE),
    Action("pictures", ("gi",), "Pictures", "Show the pictures one by one.", "Read", ARTICLE),
    Action(
        "copy",
        ("y",),
        "Copy",
        "Copy the address of the article or feed.",
        "Read",
        ("feeds", *ARTICLE),
    ),
    *PASSAGES,
    Action("pipe", ("|",), "Pipe", "Pipe the article's text to a command.", "Read", ARTICLE),
    Action("zen", ("Z",), "Zen", "Show the text alone, or the panes again.", "Read", ARTICLE),
    Action(
        "set_place",
        ("M",),
        "Set a place",
        "Keep this place under the letter that is typed next.",
        "Move",
        ARTICLE,
    ),
    Action("go_to_place", ("'",), "To a place", "Go to the place of a letter.", "Move"),
    Action("note", ("e",), "Note", "Write a note on the article.", "Mark", ARTICLE),
    Action("toggle_read", ("N",), "Read", "Mark as read, or as unread again.", "Mark", ARTICLE),
    Action(
        "read_all",
        ("A",),
        "All read",
        "Mark every article of the list as read.",
        "Mark",
        ("feeds", "articles"),
    ),
    *CLEARING,
    READ_STORY,
    Action("star", ("m",), "Star", "Star, or take the star off.", "Mark", ARTICLE),
    Action("tag", ("+",), "Tag", "Tag the article or the selected ones.", "Mark", ARTICLE),
    Action(
        "hide",
        ("D",),
        "Hide",
        "Hide the article, or show a hidden one again; is:hidden lists them.",
        "Mark",
        ARTICLE,
    ),
    Action("tag_section", ("g+",), "Tag section", "Tag a section of the text.", "Mark", ("text",)),
    Action("untag", ("-",), "Untag", "Take tags off.", "Mark", ARTICLE),
    Action("select", ("v",), "Select", "Select the article, or let go of it.", "Mark", LISTS),
    Action(
        "select_all",
        ("V",),
        "Select all",
        "Select every article of the list, or none.",
        "Mark",
        LISTS,
    ),
    Action(
        "undo",
        ("u",),
        "Undo",
        "Take back the last change of marks, tags, rules or searches.",
        "Mark",
    ),
    Action("search", ("/",), "Search", "Search all articles.", "Find"),
    Action(
        "sort",
        ("S",),
        "Sort",
        "Sort results: newest first, by relevance, rare voices first, oldest first.",
        "Find",
        ("search",),
    ),
    Action(
        "filter",
        ("f",),
        "Filter",
        "Show only what matches a query in this list.",
        "Find",
        ("feeds", "articles"),
    ),
    Action("unfilter", ("F",), "Clear filter", "Clear the filter.", "Find", ("feeds", "articles")),
    *NARROWING,
    Action(
        "save_search",
        ("W",),
        "Save",
        "Save the search under a name, with the feeds.",
        "Find",
        ("search",),
    ),
    Action("rules", ("w",), "Rules", "List the rules; add, change, try and apply them.", "Find"),
    Action("tags", ("t",), "Tags", "Show all tags, or the feeds again.", "Find"),
    Action(
        "add_feed", ("a",), "Add feed", "Subscribe to a feed, or to the feed of a site.", "Feeds"
    ),
    Action(
        "import_file",
        ("I",),
        "Import",
        "Take in the feeds of another reader (OPML), or articles.",
        "Feeds",
    ),
    Action("pick", ("P",), "Pick feeds", "Pick from a list of well-known feeds.", "Feeds"),
    Action("demo", ("T",), "Try the demo", "Try the demo, as long as there are no feeds.", "Feeds"),
    Action(
        "refresh",
        ("r",),
        "Refresh",
        "Refresh this feed, folder or view.",
        "Feeds",
        ("feeds", "articles", "text"),
    ),
    Action("refresh_all", ("R",), "Refresh all", "Refresh all feeds.", "Feeds"),
    Action("fold", ("Space",), "Fold", "Fold the folder, or unfold it.", "Feeds", ("feeds",)),
    Action("edit", ("e",), "Rename", "Rename the feed or the tag.", "Feeds", LEFT),
    Action("colour", ("E",), "Colour", "Give the tag a colour.", "Find", ("tags",)),
    Action(
        "feed_settings",
        ("E",),
        "Settings",
        "Set the feed's title, folder, tags, interval, pages, mute and user agent.",
        "Feeds",
        ("feeds",),
    ),
    Action("move_feed", ("M",), "Folder", "Put the feed into a folder.", "Feeds", ("feeds",)),
    Action(
        "remove",
        ("d",),
        "Remove",
        "Unsubscribe from the feed, or remove the tag or saved search; asks first.",
        "Feeds",
        LEFT,
    ),
    Action(
        "health",
        ("H",),
        "Health",
        "Show how the feeds fare: which fail, are silent or dead; drop or mend them.",
        "Feeds",
    ),
    Action(
        "statistics",
        ("gS",),
        "Statistics",
        "Show what came and what you read of it.",
        "Program",
    ),
    Action(
        "notices", ("gm",), "Notices", "Show all notices and errors since the start.", "Program"
    ),
    Action("palette", ("C-p",), "Commands", "Find an action by its words, and run it.", "Program"),
    Action(
        "command_line",
        (":",),
        "By name",
        "Run an action by its name, or go to the line of a number.",
        "Program",
    ),
    Action("help", ("?",), "Help", "Show all keys.", "Program"),
    Action("redraw", ("C-l",), "Redraw", "Draw the whole screen anew.", "Program"),
    Action("suspend", ("C-z",), "Shell", "Go to the shell; fg there comes back.", "Program"),
    Action("quit", ("Q",), "Quit", "Quit; everything done is kept.", "Program"),
)


BY_ID: Mapping[str, Action] = {action.id: action for action in REGISTRY}
"""The registry by id."""

FOOTERS: Mapping[Pane, str] = {
    "feeds": "open fold refresh refresh_all add_feed import_file pick demo next search read_all "
    "tags edit remove health undo palette",
    "tags": "open close edit colour remove search undo refresh_all palette",
    "articles": "open close unfilter next fold_story star tag filter search select browse "
    "toggle_read read_all undo refresh tags page palette",
    "search": "open close search sort save_search star tag select browse toggle_read undo page "
    "palette",
    "text": "read_on close next star tag browse follow links find next_section outline "
    "highlight untag toggle_read zen note story copy save undo search extract revisions page "
    "palette",
}
"""What the footer offers in each pane, most wanted first; help is always there."""
