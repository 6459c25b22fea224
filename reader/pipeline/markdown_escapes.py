"""Plain text as Markdown that shows the same.

Escapes are as few as CommonMark (0.31) allows, because the text is read, searched and exported as
it stands: `snake_case`, `2 * 3` and `[sic]` need none.
"""

from __future__ import annotations

import re

# Each begins with its sign, and looks behind it after that: so `re` skips what is none.
_SPECIAL = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])"  # a backslash that would escape
    r"|`"
    r"|\*(?:(?=\S)|(?<=\S\*))"  # one between spaces is no emphasis
    r"|_(?:(?<!\w_)(?=\S)|(?<=\S_)(?!\w))"  # one inside a word neither
    r"|~(?:(?=~)|(?<=~~))"
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?\w+;)"
    r"|\((?<=\]\()"  # [words](target) written out
)
_BLOCK_START = re.compile(
    r"(?P<mark>#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|\[[^\]]*\]:|~~~"
    r"|=+\s*$|-[-|: ]*$|\|?[ :]*-[-|: ]*$|_[_ ]*$)"
    r"|\d{1,9}(?P<dot>[.)])(?=\s|$)"
)


def escape_block_start(line: str) -> str:
    """`line` with a start that Markdown would read as a block (a heading, a list) escaped."""
    match = None if line[:1].isalpha() else _BLOCK_START.match(line)
    if not match:
        return line
    place = match.start("dot") if match["dot"] else 0
    return f"{line[:place]}\\{line[place:]}"


def escape_text(text: str) -> str:
    """Plain text as Markdown that shows the same."""
    return _SPECIAL.sub(lambda match: "\\" + match[0], text) if may_be_marks(text) else text


def may_be_marks(text: str) -> bool:
    """Whether a text has any sign that Markdown may take for a mark; most have none."""
    # One look for each sign takes a tenth of what a pattern of all takes.
    return (
        "*" in text
        or "_" in text
        or "&" in text
        or "<" in text
        or "`" in text
        or "~" in text
        or "\\" in text
        or "](" in text
    )
