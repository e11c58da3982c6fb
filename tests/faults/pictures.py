"""Draw uploaded pictures anew in a process of its own, and say what each cost.

As the product does, and the last one (the control) as the library does when nobody counts pixels
first. Prints JSON.
"""

import io
import json
import os
import struct
import sys
import time
import zlib
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")


def png(width: int, height: int) -> bytes:
    """A PNG of one colour that packs to almost nothing, of any size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    packer, rows = zlib.compressobj(9), bytes(1 + width) * min(height, 2000)
    data = b"".join(packer.compress(rows) for _ in range(max(height // 2000, 1))) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def bombs() -> dict[str, bytes]:
    """What must be refused."""
    from PIL import Image

    def drawn(kind: str, size: tuple[int, int], **more: object) -> bytes:
        out = io.BytesIO()
        Image.new("RGB", size, "teal").save(out, kind, **more)
        return out.getvalue()

    return {
        "png 50,000 x 50,000": png(50_000, 50_000),
        "png 12,000 x 12,000": png(12_000, 12_000),
        "progressive jpeg 6,000 x 6,000": drawn("JPEG", (6000, 6000), progressive=True),
        "jpeg 8,000 x 8,000": drawn("JPEG", (8000, 8000)),
        "webp 8,000 x 8,000": drawn("WEBP", (8000, 8000)),
        "10 MiB of noise": os.urandom(10 * 1024 * 1024),
        "png with 10 MiB behind it": png(100, 100) + bytes(10 * 1024 * 1024),
        "gif 60,000 x 60,000": b"GIF89a" + struct.pack("<HH", 60_000, 60_000) + bytes(99),
        "tiff": b"II*\0\x08\0\0\0" + bytes(200),
        "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    }


def largest() -> dict[str, bytes]:
    """What may still be sent: these are drawn, and must stay small all the same."""
    from PIL import Image

    found = {}
    for name, kind, mode, size in (
        ("jpeg of 39 megapixels", "JPEG", "RGB", (7200, 5400)),
        ("png of 3 megapixels", "PNG", "RGBA", (2000, 1500)),
        ("webp of 3 megapixels", "WEBP", "RGB", (2000, 1500)),
    ):
        out = io.BytesIO()
        Image.new(mode, size, "teal").save(out, kind)
        found[name] = out.getvalue()
    return found


def memory(name: str) -> float:
    """Give this process's memory now (VmRSS) or at its height (VmHWM), in MiB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))


def cost(picture: bytes, begun_with: float, *, bare: bool = False) -> dict[str, object]:
    """Read one picture, and give how it ended, the CPU in seconds, and the growth in MiB."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    from alongside.office.actions import photo

    sent = SimpleUploadedFile("picture.jpg", picture)
    # The height is counted from here (proc(5): 5 resets it).
    Path("/proc/self/clear_refs").write_text("5")
    began = time.process_time()
    try:
        if bare:
            Image.MAX_IMAGE_PIXELS = None
            with Image.open(sent) as opened:
                opened.convert("RGBA")
        else:
            photo.drawn_anew(sent)
        ended = "drawn"
    except (photo.NoPicture, photo.TooManyPixels, photo.TooManyBytes) as no:
        ended = type(no).__name__
    took = time.process_time() - began
    # The file itself is the sender's, and has been in memory since it came.
    grew = memory("VmHWM") - begun_with - len(picture) / 2**20
    return {"ended": ended, "cpu": round(took, 3), "grew": round(max(grew, 0), 1)}


def main(folder: Path) -> dict[str, dict[str, object]]:
    """Draw every file of a folder; in the end one as the library alone would (the control)."""
    import django

    django.setup()
    cost(png(50, 50), 0)  # what the first picture loads is not counted
    begun_with = memory("VmRSS")
    came = {path.name: cost(path.read_bytes(), begun_with) for path in sorted(folder.iterdir())}
    return {**came, "control": cost(png(12_000, 12_000), begun_with, bare=True)}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
