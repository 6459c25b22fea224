"""What helps through much that is unread; a part of the registry in `reader.tui.actions`."""

from __future__ import annotations

from reader.tui.action import Action

STRAYING = (
    Action(
        "random_unread",
        ("gu",),
        "Any unread",
        "Go to an unread article of the list by chance.",
        "Read",
        ("feeds", "articles", "text"),
    ),
)

CLEARING = (
    Action(
        "read_everything",
        ("C",),
        "Everything read",
        "Mark every article of every feed as read; asks first.",
        "Mark",
    ),
)

NARROWING = (
    Action(
        "only_unread",
        ("L",),
        "Only unread",
        "Show only what is unread, feeds or articles, or all again.",
        "Find",
        ("feeds", "articles"),
    ),
    Action(
        "sort_by",
        ("go",),
        "Order",
        "Choose the order: of feeds by name, unread or news, of articles as in a search.",
        "Find",
        ("feeds", "articles", "search"),
    ),
)
