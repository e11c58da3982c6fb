"""Draw an uploaded picture anew: small, square, and with nothing else of the file it came in."""

from base64 import b64encode
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

SIDE = 240
QUALITY = 80
# What a plain JPEG may have, as a good camera makes them: it is read at a fraction of its size.
MOST_PIXELS = 40_000_000
# Everything else is unpacked whole, in up to 15 bytes a pixel, before it can be made small.
MOST_UNPACKED = 3_000_000
LARGEST = 5 * 1024 * 1024
KINDS = ("JPEG", "PNG", "WEBP")


class NoPicture(Exception):
    """This file is not a picture that can be read."""


class TooManyPixels(Exception):
    """This picture is larger than anybody's camera makes them."""


class TooManyBytes(Exception):
    """This file is larger than a picture needs to be."""


def drawn_anew(file: Any) -> str:
    """Give a square JPEG of `SIDE` pixels in a data address, whatever the file calls itself.

    Raises NoPicture, and TooManyBytes or TooManyPixels before anything is unpacked.
    """
    if file.size > LARGEST:
        raise TooManyBytes
    try:
        with Image.open(file, formats=KINDS) as opened:
            if opened.width * opened.height > _most_pixels(opened):
                raise TooManyPixels
            # A JPEG is read at a fraction of its size where that is enough.
            opened.draft("RGB", (2 * SIDE, 2 * SIDE))
            # Small before anything is copied: turning and colours then cost nothing.
            opened.thumbnail((4 * SIDE, 4 * SIDE))
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
            square = ImageOps.fit(upright, (SIDE, SIDE))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        raise NoPicture from fault
    bare = Image.new("RGB", square.size, "white")
    bare.paste(square, mask=square.getchannel("A"))
    out = BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return f"data:image/jpeg;base64,{b64encode(out.getvalue()).decode()}"


def _most_pixels(opened: Image.Image) -> int:
    """Give how many pixels this may have: a progressive JPEG, too, is unpacked whole."""
    is_plain = opened.format == "JPEG" and not opened.info.get("progressive")
    return MOST_PIXELS if is_plain else MOST_UNPACKED
