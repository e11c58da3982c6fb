"""Draw an uploaded picture anew: small, square, and with nothing else of the file it came in."""

from base64 import b64encode
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

SIDE = 240
QUALITY = 80
# Of a good camera; more could be a trap that unpacks to gigabytes.
MOST_PIXELS = 40_000_000
KINDS = ("JPEG", "PNG", "WEBP")


class NoPicture(Exception):
    """This file is not a picture that can be read."""


class TooManyPixels(Exception):
    """This picture is larger than anybody's camera makes them."""


def drawn_anew(file: Any) -> str:
    """Give a square JPEG of `SIDE` pixels in a data address, whatever the file calls itself.

    Raises NoPicture, and TooManyPixels before anything is unpacked.
    """
    try:
        with Image.open(file, formats=KINDS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise TooManyPixels
            # A JPEG is read at a fraction of its size where that is enough.
            opened.draft("RGB", (2 * SIDE, 2 * SIDE))
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
            square = ImageOps.fit(upright, (SIDE, SIDE))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        raise NoPicture from fault
    bare = Image.new("RGB", square.size, "white")
    bare.paste(square, mask=square.getchannel("A"))
    out = BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return f"data:image/jpeg;base64,{b64encode(out.getvalue()).decode()}"
