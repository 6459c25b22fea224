"""The house keeps its shape: which room may import which, and how large a room may grow."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STDLIB = sys.stdlib_module_names
MODULE_LINES = 330
APP_LINES, SCREEN_LINES, CLASS_METHODS = 150, 250, 15
HEAVY = ("trafilatura", "feedparser", "urllib3", "lxml", "dateparser")
LATER = ("archive.claims", "archive.story_texts", "archive.index_statistics", "archive.sentences")
"""What compares texts and counts one's reading, which is loaded when it is asked for."""
FACADES = {"Library", "Archive", "Index"}


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """The dotted names that a module imports anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def offenders(folder: str, forbidden: tuple[str, ...]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(folder)
        for name in imports(path)
        if any(name == word or name.startswith(word + ".") for word in forbidden)
    ]


def test_the_archive_knows_only_the_standard_library_and_its_four_packages() -> None:
    allowed = {"archive", "tinydb", "orjson", "filelock", "warcio"}
    strangers = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules("archive")
        for name in imports(path)
        if name.split(".")[0] not in STDLIB | allowed
    ]

    assert strangers == []


@pytest.mark.parametrize(
    ("folder", "forbidden"),
    [
        ("reader/pipeline", ("reader.library", "reader.cli", "reader.tui", "textual")),
        ("reader/cli", ("reader.pipeline", "archive.archive", "archive.index", "tinydb")),
        (
            "reader/plain",
            (
                "reader.pipeline",
                "reader.cli",
                "reader.tui",
                "textual",
                "archive.archive",
                "archive.index",
                "archive.volumes",
                "tinydb",
            ),
        ),
        ("reader/tui", ("reader.pipeline", "reader.cli", "archive.archive", "archive.index")),
        ("reader/tui/widgets", ("reader.library", "reader.tui.screens", "reader.tui.app")),
        ("styles", ("reader", "archive")),
    ],
)
def test_arrows_point_one_way(folder: str, forbidden: tuple[str, ...]) -> None:
    assert offenders(folder, forbidden) == []


def test_the_library_and_its_helpers_know_no_front_end() -> None:
    top = [path for path in modules("reader") if path.parent == ROOT / "reader"]
    wrong = [
        f"{path.name} imports {name}"
        for path in top
        if path.name != "__main__.py"
        for name in imports(path)
        if name.startswith(("reader.tui", "reader.cli", "reader.plain", "textual"))
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("archive", ("reader", "textual", "urllib3", "lxml", "trafilatura", "feedparser")),
        ("reader.library", ("textual", *HEAVY)),
        ("reader.cli", ("textual", *HEAVY)),
        ("reader.plain.session", ("textual", "rich", "markdown_it", *HEAVY)),
        ("reader.tui.app", ("trafilatura", "feedparser", "lxml", "dateparser", *LATER)),
        ("reader.cli.listing", ("textual", "archive.query_tree", *LATER, *HEAVY)),
    ],
)
def test_importing_a_part_loads_only_what_it_needs(module: str, absent: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print(*sorted(name for name in sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )

    loaded = set(run.stdout.split()) & set(absent)

    assert loaded == set()


def test_no_module_outgrows_one_purpose() -> None:
    large = {
        str(path.relative_to(ROOT)): count
        for folder in ("archive", "reader")
        for path in modules(folder)
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > MODULE_LINES
    }

    assert large == {}


def test_apps_screens_and_classes_stay_small() -> None:
    found = []
    for folder in ("archive", "reader"):
        for path in modules(folder):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef):
                    found += too_large(path, node)

    assert found == []


def too_large(path: Path, node: ast.ClassDef) -> list[str]:
    """What a class has too much of, in words."""
    bases = {ast.unparse(base).split("[")[0].split(".")[-1] for base in node.bases}
    lines = (node.end_lineno or 0) - node.lineno + 1
    methods = [m for m in node.body if isinstance(m, ast.FunctionDef | ast.AsyncFunctionDef)]
    public = [m for m in methods if not m.name.startswith("_")]
    where = f"{path.relative_to(ROOT)}: {node.name}"
    out = []
    if "App" in bases and lines > APP_LINES:
        out.append(f"{where} is an app of {lines} lines")
    if bases & {"Screen", "ModalScreen", "Dialog", "PageDialog"} and lines > SCREEN_LINES:
        out.append(f"{where} is a screen of {lines} lines")
    plain = [m for m in public if not m.name.startswith(("on_", "action_", "watch_", "compute_"))]
    if node.name not in FACADES and len(plain) > CLASS_METHODS:
        out.append(f"{where} has {len(plain)} public methods")
    return out
