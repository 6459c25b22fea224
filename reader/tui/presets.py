"""Keys that people know from other programs, by the action's id; what is not here keeps its key.

Written from the manuals of newsboat (2.40), mutt (2.2) and elfeed (3.4). A test holds that no
preset gives two actions one key.
"""

from __future__ import annotations

from collections.abc import Mapping

PRESETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "newsboat": {
        "browse": ("o", "O"),
        "links": ("u",),
        "undo": ("U",),
        "filter": ("F", "f"),
        "unfilter": ("C-f",),
        "page_down": ("PgDn",),
        "page_up": ("PgUp",),
        "star": ("C-b", "m"),
        "tag": ("C-e", "+"),
        "tags": ("t", "C-t"),
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
        "page_up": ("PgUp",),
        "star": ("F",),
        "unfilter": ("L",),
        "filter": ("l",),
        "hide": ("d",),
        "select": ("t",),
        "tags": ("y",),
        "copy": ("Y",),
        "copy_article": ("A-y",),
        "read_story": ("C-r", "gN"),
        "fold_story": ("A-v", "za"),
        "links": ("C-b", "U"),
        "refresh_all": ("G", "R"),
        "refresh": ("$", "r"),
    },
    "elfeed": {
        "down": ("n", "j", "Down"),
        "up": ("p", "k", "Up"),
        "next": ("A-n",),
        "previous": ("A-p",),
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
