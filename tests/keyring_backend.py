"""A keyring of the system, in a file: what tests set as PYTHON_KEYRING_BACKEND."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class FileKeyring(KeyringBackend):
    """Keeps passwords in the file that KEYRING_FILE names; one that is a folder is locked."""

    priority = 1

    def _read(self) -> dict[str, str]:
        path = Path(os.environ["KEYRING_FILE"])
        if path.is_dir():
            raise KeyringLocked("locked")
        return json.loads(path.read_text()) if path.exists() else {}

    def _write(self, passwords: dict[str, str]) -> None:
        Path(os.environ["KEYRING_FILE"]).write_text(json.dumps(passwords))

    def get_password(self, service: str, username: str) -> str | None:
        return self._read().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write(self._read() | {f"{service} {username}": password})

    def delete_password(self, service: str, username: str) -> None:
        passwords = self._read()
        if passwords.pop(f"{service} {username}", None) is None:
            raise PasswordDeleteError(username)
        self._write(passwords)
