"""Reading pictures with Pillow. Runs in worker processes only: their bytes are anybody's.

The formats are named, as others are read by programs of their own (EPS by Ghostscript). How large
a picture is, its head says: a bomb is not unpacked to find out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from reader.pipeline.workers import Refused
from reader.pixels import Pixels

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP")
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 30_000
LEAST_PIXELS = 16
"""A side that is shorter is a sign that counts visits."""


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What a picture is; `width` and `height` in pixels, as it is to be held."""

    media_type: str
    width: int
    height: int


def picture_facts(body: bytes) -> PictureFacts:
    """What a picture is, once all of it could be read. Refused."""
    from PIL import Image

    with _opened(body) as image:
        if min(image.size) < LEAST_PIXELS:
            raise Refused(f"is of {image.width} by {image.height} pixels only")
        media_type = Image.MIME.get(image.format or "", "")
        image.load()
        upright = _upright(image)
        return PictureFacts(media_type, upright.width, upright.height)


def picture_pixels(body: bytes, width: int, height: int, ground: tuple[int, int, int]) -> Pixels:
    """A picture in that size; where one can see through it, the `ground` colour. Refused."""
    from PIL import Image

    with _opened(body) as image:
        image.draft("RGB", (2 * width, 2 * height))
        upright = _in_bytes(_upright(image)).convert("RGBA")
        sized = upright.resize((width, height), Image.Resampling.BOX, reducing_gap=2.0)
        under = Image.new("RGBA", sized.size, (*ground, 255))
        return Pixels(width, height, Image.alpha_composite(under, sized).convert("RGB").tobytes())


@contextmanager
def _opened(body: bytes) -> Iterator[Image]:
    from PIL import Image, UnidentifiedImageError

    Image.init()
    known = [name for name in FORMATS if name in Image.OPEN]
    try:
        with Image.open(BytesIO(body), formats=known) as image:
            if image.width * image.height > MOST_PIXELS or max(image.size) > LONGEST_SIDE:
                raise Refused(f"is of {image.width} by {image.height} pixels, which is too large")
            yield image
    except UnidentifiedImageError as error:
        raise Refused("is no picture of a format that is read") from error
    except Image.DecompressionBombError as error:
        raise Refused("is too large") from error
    except (OSError, ValueError, SyntaxError) as error:
        raise Refused(f"is a damaged picture ({error})") from error


def _upright(image: Image) -> Image:
    """The picture as the camera was held."""
    from PIL import ImageOps

    return ImageOps.exif_transpose(image)


def _in_bytes(image: Image) -> Image:
    """The picture with a byte for a grey that has 16 bits: Pillow cuts off what is above one."""
    if not image.mode.startswith("I"):
        return image
    return image.point(lambda grey: grey / 256).convert("L")
