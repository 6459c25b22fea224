"""`make manual`: write newsreader.1 anew from the registries of commands and keys."""

from __future__ import annotations

from pathlib import Path

from docs.manual.page import page

if __name__ == "__main__":
    path = Path(__file__).parent / "newsreader.1"
    path.write_text(page(), encoding="utf-8")
    print(path)
