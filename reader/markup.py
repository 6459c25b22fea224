"""How the Markdown of articles is read wherever it leaves the program."""

OPTIONS = {"html": False, "maxNesting": 100}
"""For markdown-it: HTML in a text is text, and what is nested deeper is left out."""
EXTENSIONS = ["table", "strikethrough"]
SAFE_SCHEMES = ("http://", "https://", "mailto:")
"""What a link may begin with to be one."""
