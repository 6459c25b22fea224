"""What can be done with stories; a part of the registry in `reader.tui.actions`."""

from __future__ import annotations

from reader.tui.action import ARTICLE, LISTS, Action

TELLING = (
    Action("story", ("gs",), "Story", "List who else tells this story.", "Read", ARTICLE),
    Action("claims", ("gc",), "Claims", "Show what outlets of the story state.", "Read", ARTICLE),
    Action("timeline", ("gt",), "Timeline", "Show what became known when.", "Read", ARTICLE),
    Action(
        "news", ("gn",), "What is new", "Show what of the story is new to you.", "Read", ARTICLE
    ),
    Action("next_new", ("]n",), "Next new", "Go to the next new passage.", "Read", ("text",)),
)
"""Views of the story of an article."""

FOLDING = (
    Action(
        "fold_story",
        ("za",),
        "Fold",
        "Open what is folded into the story under the cursor, or fold it.",
        "Read",
        LISTS,
    ),
    Action("fold_stories", ("zM",), "Fold all", "Fold each story into one row.", "Read", LISTS),
    Action("unfold_stories", ("zR",), "Open all", "Open every story.", "Read", LISTS),
    Action(
        "stories",
        ("zi",),
        "Stories",
        "Give each story one row, or each article.",
        "Read",
        ("feeds", *LISTS),
    ),
)
"""Stories in lists of articles."""

READ_STORY = Action(
    "read_story",
    ("gN",),
    "Story read",
    "Mark every article of the story as read.",
    "Mark",
    ARTICLE,
)
