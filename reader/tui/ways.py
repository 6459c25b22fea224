"""The four ways to begin, as the empty panes of a first start say them.

`{id}` stands for the key of an action.
"""

FOUR_WAYS = """No feeds yet. Four ways to begin:

{add_feed}  subscribe to a site or a feed
{import_file}  take in another reader's feeds
{pick}  pick from well-known feeds
{demo}  try the demo, without a network

{help} shows all keys."""
SHORTLY = "No feeds yet.\n{add_feed} adds one.\n{pick} picks from a list."
"""The same where all four are said beside it."""
NOTHING_UNREAD = "No feed has unread\narticles. {only_unread} shows all."
"""Where only feeds with unread articles are shown, and there are none."""
