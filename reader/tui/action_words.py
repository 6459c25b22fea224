"""Other words for the actions, by id, as people of other programs know them.

What an action's label and description say is found by them already and not repeated here.
"""

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "top": "first beginning home",
    "bottom": "last end",
    "open": "enter show view",
    "close": "leave cancel quit",
    "leave": "cancel deselect close",
    "next_pane": "switch focus window",
    "previous_pane": "switch focus window",
    "read_on": "scroll continue page down",
    "follow": "url hint",
    "links": "url urls addresses",
    "browse": "web page original url link",
    "copy": "yank clipboard url link",
    "toggle_read": "mark unread seen toggle",
    "read_all": "catch up mark everything seen clear",
    "star": "favourite favorite bookmark save flag mark later",
    "tag": "label add category",
    "untag": "remove delete label",
    "select": "mark choose visual",
    "select_all": "mark choose everything visual",
    "undo": "revert back mistake",
    "search": "find query look for",
    "sort": "order",
    "filter": "limit narrow query find",
    "unfilter": "reset remove",
    "tags": "labels categories",
    "add_feed": "new subscription rss atom url follow",
    "import_file": "opml jsonl load file migrate newsboat subscriptions",
    "pick": "starter suggestions discover subscribe add",
    "demo": "sample example",
    "refresh": "update reload fetch sync download",
    "refresh_all": "update reload fetch sync download everything",
    "fold": "collapse expand open",
    "edit": "title name change",
    "feed_settings": "options configure edit silence full text every schedule",
    "move_feed": "category group directory",
    "remove": "delete unsubscribe erase drop",
    "health": "broken errors status dead feeds statistics trouble unsubscribe move",
    "help": "shortcuts bindings manual ?",
    "quit": "exit leave close",
}
