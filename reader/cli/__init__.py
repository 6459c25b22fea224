"""The command line."""


def main() -> int:
    """Not yet here."""
    return 2
