"""Where things lie on this machine: archive, configuration, log, and what the app notes.

The folders are the system's own (on Linux those of the XDG base directory specification, with
`XDG_DATA_HOME`, `XDG_CONFIG_HOME` and `XDG_STATE_HOME`). `NEWSREADER_ARCHIVE` moves the archive.
Nothing is created here, but for folders when they are asked for.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

APP_NAME = "newsreader"
ARCHIVE_VARIABLE = "NEWSREADER_ARCHIVE"


def archive_path(chosen: str | None = None, environ: Mapping[str, str] = os.environ) -> Path:
    """The archive's folder: the one chosen, else `NEWSREADER_ARCHIVE`, else the user's data."""
    named = chosen or environ.get(ARCHIVE_VARIABLE, "")
    if named:
        return Path(named).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def config_path() -> Path:
    """The configuration file that is read when none is named."""
    import platformdirs

    return Path(platformdirs.user_config_dir(APP_NAME, appauthor=False)) / "config.toml"


def credentials_path() -> Path:
    """The file of passwords, cookies and headers for feeds, where there is no keyring."""
    return config_path().with_name("credentials.json")


def log_path() -> Path:
    """The log file."""
    import platformdirs

    return Path(platformdirs.user_log_dir(APP_NAME, appauthor=False)) / "newsreader.log"


def hints_path() -> Path:
    """The file in which the app notes which of its hints were used or seen."""
    import platformdirs

    return Path(platformdirs.user_state_dir(APP_NAME, appauthor=False)) / "hints.json"


def places_path() -> Path:
    """The file of the places that the reader set in the app, beside that of the hints."""
    return hints_path().with_name("places.json")


def orders_path() -> Path:
    """The file of the orders that the reader chose in the app, beside that of the hints."""
    return hints_path().with_name("orders.json")


def make_private(folder: Path) -> None:
    """Makes a folder, and those above it, that only its owner may enter; raises OSError."""
    if not folder.is_dir():
        make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
