"""The pictures of articles: whether they are wanted, what they cost, and their pixels."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING

from archive.archive import Archive
from archive.feed_models import PicturesKept
from archive.models import PageRef
from reader.sizes import size

if TYPE_CHECKING:
    from reader.network import Network
    from reader.pixels import Pixels

MISSING = (
    "images = true needs the extra images, which is not installed: articles have no pictures. "
    "Install it with: pip install 'newsreader[images]'"
)
FIRST = (
    "images = true: from now on the pictures of new articles are kept on this disk, up to 12 an "
    "article and 3 MB each; newsreader doctor says what they take"
)
_PACKAGE, _READER = "textual_image", "PIL"


def have_extra() -> bool:
    """Whether what reads and shows pictures is installed; nothing of it is loaded."""
    return all(find_spec(name) is not None for name in (_PACKAGE, _READER))


class Pictures:
    """The pictures of one archive's articles."""

    def __init__(self, archive: Archive, asked_for: bool, network: Callable[[], Network]) -> None:
        self._archive = archive
        self._asked_for = asked_for
        self._network = network

    @property
    def wanted(self) -> bool:
        """Whether the settings ask for pictures and they can be read here."""
        return self._asked_for and have_extra()

    @property
    def remark(self) -> str:
        """What is to be said before pictures are fetched; empty when all is known."""
        if not self._asked_for:
            return ""
        if not have_extra():
            return MISSING
        return FIRST if self.kept() == PicturesKept() else ""

    def kept(self) -> PicturesKept:
        """How many pictures were kept so far, and their bytes."""
        return self._archive.fetching.pictures()

    def cost_since(self, before: PicturesKept) -> str:
        """What pictures came since then and what they take, in words; empty for none."""
        now = self.kept()
        count, byte_count = now.count - before.count, now.byte_count - before.byte_count
        if count <= 0:
            return ""
        return f"{count:,} picture{'' if count == 1 else 's'} kept, {size(byte_count)}"

    def pixels(self, ref: PageRef, width: int, height: int, ground: tuple[int, int, int]) -> Pixels:
        """A kept picture in that size, over that colour. NotFound, DamagedFile, ReaderError."""
        page = self._archive.pages.read(ref)
        return self._network().picture_pixels(page, width, height, ground)
