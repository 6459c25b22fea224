"""The wheel, installed alone into an empty environment, is the whole program."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def pip(*args: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *args],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an environment that holds our wheel, and sees only its dependencies.

    The dependencies come from the environment of the tests by a path file: path lines in it are
    not searched for further path files, so that the tests' own editable install stays unseen.
    """
    folder = tmp_path_factory.mktemp("packaging")
    pip("wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT))
    (wheel,) = folder.glob("newsreader-*.whl")
    env = folder / "env"
    venv.create(env, with_pip=False)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(env), "platbase": str(env)}))
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip(
        "--python",
        str(env / "bin" / "python"),
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        str(wheel),
    )
    return env / "bin"


def run_there(installed: Path, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environ = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
    return subprocess.run(
        [str(installed / command[0]), *command[1:]],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=environ,
        timeout=60,
    )


def test_the_installed_program_runs_from_any_folder(installed: Path, tmp_path: Path) -> None:
    version = run_there(installed, tmp_path, "newsreader", "--version")
    listing = run_there(installed, tmp_path, "newsreader", "list", "--json")

    assert (version.returncode, version.stdout.startswith("newsreader ")) == (0, True)
    assert (listing.returncode, listing.stdout.strip()) == (1, "[]")


def test_the_installed_program_is_the_wheel_and_not_this_checkout(
    installed: Path, tmp_path: Path
) -> None:
    code = (
        "import reader, archive, styles; print(reader.__file__, archive.__file__, styles.__file__)"
    )

    run = run_there(installed, tmp_path, "python", "-c", code)

    assert run.returncode == 0, run.stderr
    assert [str(installed.parent) in path for path in run.stdout.split()] == [True, True, True]


def test_only_the_program_is_in_the_wheel(installed: Path) -> None:
    code = "import importlib.metadata as m; print(*m.files('newsreader'), sep='\\n')"

    run = run_there(installed, installed, "python", "-c", code)

    assert run.returncode == 0, run.stderr
    tops = {path.split("/")[0] for path in run.stdout.split()} - {".."}
    packages = {top for top in tops if not top.endswith(".dist-info")}
    assert packages == {"reader", "archive", "styles"}


def test_the_style_sheets_are_in_the_wheel_and_the_app_starts_with_them(
    installed: Path, tmp_path: Path
) -> None:
    code = """
import asyncio
from pathlib import Path
from reader.config import Settings
from reader.library import Library
from reader.tui.app import NewsreaderApp

async def start():
    library = Library.open(Path("archive-here"), Settings())
    app = NewsreaderApp(library, Settings())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        print("sheets", len(app.css_path), app.screen.size.width)
    library.close()

asyncio.run(start())
"""

    run = run_there(installed, tmp_path, "python", "-c", code)

    assert run.returncode == 0, run.stderr
    assert run.stdout.split()[2] == "80"
    assert int(run.stdout.split()[1]) >= 1
