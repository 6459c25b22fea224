"""The README's pictures: all there, each a file that needs no other, and drawn by the real app."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from docs.pictures.scenes import SCENES
from docs.pictures.svg import CELL

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
NAMED = re.findall(r"!\[([^\]]*)\]\(([^)]*)\)", README)
PICTURES = [path for _, path in NAMED]
LARGEST = 150_000


def words_of(picture: Path) -> str:
    texts = etree.parse(picture).iterfind(".//{*}text")
    return " ".join(text.text.replace("\u00a0", " ") for text in texts)


def test_the_readme_shows_every_picture_that_the_script_makes_and_no_other() -> None:
    made = {f"docs/pictures/{name}.svg" for name in SCENES}

    assert made == set(PICTURES)
    assert made == {str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.svg")}


def test_every_picture_is_described_in_words() -> None:
    assert [path for alt, path in NAMED if len(alt.split()) < 5] == []


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_one_small_file_that_names_no_host(name: str) -> None:
    picture = ROOT / name
    root = etree.parse(picture).getroot()
    text = picture.read_text(encoding="utf-8").replace(f'xmlns="{root.nsmap[None]}"', "")

    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert re.findall(r"//|www\.|url\(|href|@import|127\.0\.0\.1", text) == []
    assert picture.stat().st_size < LARGEST


@pytest.mark.parametrize("name", PICTURES)
def test_every_letter_of_a_picture_keeps_to_its_cells(name: str) -> None:
    for text in etree.parse(ROOT / name).iterfind(".//{*}text"):
        cells = 2 if "wide" in text.get("class") else 1

        assert float(text.get("textLength")) == pytest.approx(cells * CELL * len(text.text))


def test_a_picture_is_drawn_by_the_real_app_on_the_demos_articles(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "docs.pictures", "narrow", "--to", str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=60)

    assert run.returncode == 0, run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["narrow.svg"]
    words = words_of(tmp_path / "narrow.svg")
    for expected in ("老桥下的夜市搬回了河边", "today, 00:30", "food", "2 of 4", "Read on"):
        assert expected in words
