"""What can be done with a text and passages of it: highlighted, copied, saved, written on."""

from __future__ import annotations

from typing import NamedTuple

from reader.tui.action import ARTICLE, Action


class ChoosingKey(NamedTuple):
    """What a key does while a passage is chosen: in a word for the footer, whole for the help."""

    key: str
    label: str
    description: str


CHOOSING: tuple[ChoosingKey, ...] = (
    ChoosingKey("j", "Down", "Choose the next sentence or paragraph."),
    ChoosingKey("k", "Up", "Choose the one before."),
    ChoosingKey("J", "Longer", "Make the passage longer at its end."),
    ChoosingKey("K", "Shorter", "Make it shorter again."),
    ChoosingKey("V", "Paragraphs", "Choose whole paragraphs, or sentences again."),
    ChoosingKey("Enter", "Highlight", "Highlight the passage; so does v."),
    ChoosingKey("y", "Copy", "Copy the passage."),
    ChoosingKey("d", "Take off", "Take off what is highlighted there."),
    ChoosingKey("Escape", "Leave", "Choose no passage; so does q."),
)
"""The keys that choose a passage, until one of them ends that. Those that move can be counted."""

LINKS: tuple[Action, ...] = (
    Action("links", ("U",), "Links", "List all links of the article.", "Read", ("text",)),
    Action(
        "open_link",
        ("#",),
        "Link by number",
        "Open the link of a number typed before it, as the list of links has it: 3#.",
        "Read",
        ("text",),
    ),
)

PASSAGES: tuple[Action, ...] = (
    Action("find", ("f",), "Find", "Find words in the text.", "Read", ("text",)),
    Action(
        "highlight",
        ("v",),
        "Highlight",
        "Choose a passage by sentences, to highlight or copy it.",
        "Mark",
        ("text",),
    ),
    Action(
        "highlight_paragraph",
        ("V",),
        "Paragraph",
        "Choose a passage by paragraphs, to highlight or copy it.",
        "Mark",
        ("text",),
    ),
    Action(
        "next_highlight", ("]h",), "Next highlight", "Go to the next highlight.", "Read", ("text",)
    ),
    Action(
        "previous_highlight",
        ("[h",),
        "Highlight before",
        "Go to the highlight before.",
        "Read",
        ("text",),
    ),
    Action(
        "highlights",
        ("gh",),
        "Highlights",
        "List the article's highlights; go to one, copy it, take it off.",
        "Mark",
        ("text",),
    ),
    Action(
        "copy_article",
        ("Y",),
        "Copy text",
        "Copy the article as Markdown, with title and address.",
        "Read",
        ARTICLE,
    ),
    Action(
        "save",
        ("s",),
        "Save as",
        "Save the article as a file: Markdown, HTML or text, with note and highlights.",
        "Read",
        ARTICLE,
    ),
    Action(
        "note_in_editor",
        ("E",),
        "Note in editor",
        "Write the note in $VISUAL or $EDITOR.",
        "Mark",
        ARTICLE,
    ),
    Action(
        "go_back",
        ("C-o",),
        "Back in text",
        "Go back to where a footnote or the outline led away from.",
        "Read",
        ("text",),
    ),
)
