"""Pictures of every make, read in a worker: what they are, and how they look in a size."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from reader.pipeline.workers import InputRefused, Workers
from tests.illustrated import BLUE, RED, bomb, png

GROUND = (10, 20, 30)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1) as workers:
        yield workers


def made(mode: str, kind: str, colour: Any = None, **options: Any) -> bytes:
    """A picture of 64 by 32 pixels in one colour."""
    image = Image.new(mode, (64, 32), colour)
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def test_halves_stay_where_they_are(workers: Workers) -> None:
    pixels = workers.run("picture_pixels", png(300, 200), 6, 4, GROUND)

    assert [pixels.at(2, line) for line in range(4)] == [RED, RED, BLUE, BLUE]


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (made("RGB", "JPEG", RED, quality=95), "image/jpeg"),
        (made("CMYK", "JPEG", (0, 255, 255, 0)), "image/jpeg"),
        (made("L", "PNG", 90), "image/png"),
        (made("I;16", "PNG", 9000), "image/png"),
        (made("LA", "PNG", (90, 255)), "image/png"),
        (made("P", "GIF", 1), "image/gif"),
        (made("1", "BMP", 1), "image/bmp"),
        (made("RGB", "WEBP", RED), "image/webp"),
        (made("RGB", "AVIF", RED), "image/avif"),
    ],
)
def test_pictures_of_every_make_are_read(workers: Workers, body: bytes, media_type: str) -> None:
    facts = workers.run("picture_facts", body)
    pixels = workers.run("picture_pixels", body, 8, 4, GROUND)

    assert (facts.media_type, facts.width, facts.height) == (media_type, 64, 32)
    assert (pixels.width, pixels.height, len(pixels.rgb)) == (8, 4, 8 * 4 * 3)


@pytest.mark.parametrize(("grey", "shown"), [(0, 0), (9000, 35), (0x8000, 128), (0xFFFF, 255)])
def test_greys_of_16_bits_are_as_bright_as_they_were(
    workers: Workers, grey: int, shown: int
) -> None:
    pixels = workers.run("picture_pixels", made("I;16", "PNG", grey), 4, 2, GROUND)

    assert pixels.at(1, 1) == (shown, shown, shown)


def test_what_one_can_see_through_shows_the_ground(workers: Workers) -> None:
    pixels = workers.run("picture_pixels", made("RGBA", "PNG", (*RED, 0)), 4, 2, GROUND)

    assert {pixels.at(column, 0) for column in range(4)} == {GROUND}


def test_a_picture_stands_as_the_camera_was_held(workers: Workers) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6  # Orientation: the top is at the right
    facts = workers.run("picture_facts", made("RGB", "JPEG", RED, exif=turned))

    assert (facts.width, facts.height) == (32, 64)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (bomb(), "too large"),
        (png(40_000, 16), "too large"),
        (png(300, 15), "pixels only"),
        (made("RGB", "TIFF", RED), "is no picture of a format that is read"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 90 90\n", "is no picture"),
        (b"", "is no picture"),
        (png(200, 200)[:-60], "is a damaged picture"),
    ],
)
def test_what_is_refused_is_refused_in_words(workers: Workers, body: bytes, why: str) -> None:
    with pytest.raises(InputRefused, match=why):
        workers.run("picture_facts", body)

    assert workers.run("picture_facts", png(16, 16)).width == 16
