"""Private by default: nobody else can read what is kept, whatever the umask allows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import NewsSite

FULL_USE = """
import os, sys
os.umask(int(sys.argv[1], 8))
from pathlib import Path
from archive.models import MarkChange
from reader import log
from reader.cli import main
from reader.config import Settings
from reader.library import Library
from reader.paths import hints_path
from reader.tui.habits import Habits, HabitsFile
root, url = Path(sys.argv[2]), sys.argv[3]
log.set_up().parent
HabitsFile(hints_path()).save(Habits())
main(["--archive", str(root), "add", url])
main(["--archive", str(root), "refresh", "--recheck", "--verbose"])
volume = next(path for path in root.rglob("volumes/*/*.json") if "marks" not in path.name)
volume.write_bytes(volume.read_bytes()[:300])
with Library.open(root, Settings()) as library:
    library.mark("", MarkChange(read=True, add_tags=("x",)))
    library.undo()
    library.edit_feed(library.find_feed("f1"))
    library.verify()
    library.rebuild()
    for path in [root, *root.rglob("*"), Path(os.environ["HOME"]), *Path.home().rglob("*")]:
        wanted = 0o700 if path.is_dir() else 0o600
        mode = path.stat().st_mode & 0o777
        print("as it should be" if mode == wanted else "open", oct(mode), path)
"""


@pytest.mark.parametrize("umask", ["000", "022", "077"])
def test_no_file_or_folder_is_open_to_others(
    tmp_path: Path, outlet: NewsSite, home: Path, umask: str
) -> None:
    root = tmp_path / "deep" / "archive"
    run = subprocess.run(
        [sys.executable, "-c", FULL_USE, umask, str(root), outlet.rss_url],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"HOME": str(home)},
    )

    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert [line for line in lines if line.startswith("open")] == []
    seen = {line.rpartition("/")[2] for line in lines}
    assert seen >= {
        "index.sqlite", "index.sqlite-wal", "index.sqlite-shm", "lock", "journal.lock",
        "library.json", "fetch.json", "hints.json", "newsreader.log",
    }  # fmt: skip
    assert any(name.endswith(".warc.gz") for name in seen)
    assert any(".damaged-" in name for name in seen)
    assert any(name.endswith(".marks.json") for name in seen)
