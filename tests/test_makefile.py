"""Setting up says what it does, hides no error, and leaves out the one untrue warning."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PIP = """#!/bin/sh
echo "WARNING: lxml 6.1.3 does not provide the extra 'html_clean'" >&2
echo "ERROR: no space left" >&2
exit {code}
"""


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")
@pytest.mark.parametrize("code", [0, 1])
def test_setting_up_says_so_and_passes_on_what_fails(tmp_path: Path, code: int) -> None:
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(PIP.format(code=code))
    python.chmod(0o700)

    # Inside `make test` this make would announce itself as a part of that one.
    environ = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    made = subprocess.run(
        ["make", ".venv/.run-ready"],
        cwd=tmp_path, env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (made.returncode == 0) is (code == 0)
    assert (tmp_path / ".venv" / ".run-ready").exists() is (code == 0)
    assert made.stdout == ""
    assert made.stderr.startswith("Installing what pyproject.toml and constraints.txt name")
    assert "ERROR: no space left" in made.stderr
    assert "html_clean" not in made.stderr
