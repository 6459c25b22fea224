"""Keys that people know from other programs, by the action's id; what is not here keeps its key.

Written from the manuals of newsboat (2.40), mutt (2.2) and elfeed (3.4). A test holds that no
preset gives two actions one key.
"""

from __future__ import annotations

from collections.abc import Mapping

from reader.tui.action import LEFT, LISTS, Pane

PRESETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "newsboat": {
        "browse": ("o", "O"),
        "links": ("u",),
        "undo": ("U",),
        "filter": ("F", "f"),
        "unfilter": ("C-f",),
        "only_unread": ("l",),
        "open": ("Enter", "Right"),
        "open_link": ("#", *"1234567890"),
        "random_unread": ("C-k",),
        "page_down": ("PgDn",),
        "page_up": ("PgUp",),
        "star": ("C-b", "m"),
        "tag": ("C-e", "+"),
        "tags": ("t", "C-t"),
        # g and G sort there, so that what begins with g here begins with z.
        "sort_by": ("g", "G"),
        "top": ("Home",),
        "bottom": ("End",),
        "story": ("zs",),
        "claims": ("zc",),
        "timeline": ("zt",),
        "news": ("zn",),
        "outline": ("zO",),
        "revisions": ("zr",),
        "pictures": ("zp",),
        "highlights": ("zh",),
        "read_story": ("zN",),
        "tag_section": ("z+",),
        "statistics": ("zS",),
        "notices": ("zm",),
    },
    "mutt": {
        "next": ("Tab", "n"),
        "previous": ("S-Tab",),
        "next_pane": ("c",),
        "previous_pane": ("C",),
        "close": ("q", "i"),
        "open": ("Enter", "Right"),
        "top": ("=", "gg", "Home"),
        "bottom": ("*", "End"),
        "page_down": ("z", "C-f", "PgDn"),
        "page_up": ("Z", "PgUp"),
        "star": ("F",),
        "unfilter": ("L",),
        "filter": ("l",),
        "hide": ("d",),
        "select": ("t",),
        "tags": ("y",),
        "copy": ("Y",),
        "copy_article": ("A-y",),
        "read_story": ("C-r", "gN"),
        # z and Z turn pages there, so that what begins with z here has Alt.
        "fold_story": ("A-v",),
        "fold_stories": ("A-f",),
        "unfold_stories": ("A-o",),
        "stories": ("A-s",),
        "zen": ("A-z",),
        "sort_by": ("o",),
        "browse": ("B",),
        "only_unread": ("A-u",),
        "read_everything": ("A-r",),
        "links": ("C-b", "U"),
        "refresh_all": ("G", "R"),
        "refresh": ("$", "r"),
    },
    "elfeed": {
        "down": ("n", "j", "Down"),
        "up": ("p", "k", "Up"),
        "next": ("A-n",),
        "previous": ("A-p",),
        "next_article": ("n", "J"),
        "previous_article": ("p", "K"),
        "top": ("<", "gg", "Home"),
        "bottom": (">", "End"),
        "page_up": ("Backspace", "C-b", "PgUp"),
        "toggle_read": ("r", "u"),
        "undo": ("C-x u", "U"),
        "links": ("L",),
        "refresh": ("f",),
        "refresh_all": ("G", "R"),
        "filter": ("s", "S"),
        "find": ("s",),
        "save": ("A-s",),
        "unfilter": ("c",),
        "browse": ("b", "o"),
    },
}
"""The presets by name."""

Narrowed = tuple[tuple[str, tuple[Pane, ...]], ...]
"""Keys of one action, each with the panes that it works in."""
_IN_LISTS: tuple[Pane, ...] = (*LEFT, *LISTS)
NARROWED: Mapping[str, Mapping[str, Narrowed]] = {
    # In a list of elfeed n and p go a line on, in a text to another one.
    "elfeed": {"down": (("n", _IN_LISTS),), "up": (("p", _IN_LISTS),)},
}
"""Keys of a preset that do not work in all panes of their action, by preset and action."""
