"""The four ways to begin, in the words of the panes that are empty at the first start."""

from reader.tui.actions import with_keys

FOUR_WAYS = with_keys(
    """No feeds yet. Four ways to begin:

{add_feed}  subscribe to a site or a feed
{import_file}  take in another reader's feeds
{pick}  pick from well-known feeds
{demo}  try the demo, without a network

{help} shows all keys."""
)
SHORTLY = with_keys("No feeds yet.\n{add_feed} adds one.\n{pick} picks from a list.")
"""The same where all four are said beside it."""
