"""What somebody sends to make a server hold, or do, far more than they did; and how it is sent."""

import contextlib
import gzip
import io
import select
import socket
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, repeat

GIGABYTE = 1024**3
PIECE = bytes(64 * 1024)
EDGE = b"--edge"
PARTS = "multipart/form-data; boundary=edge"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bomb:
    """One request: its body in pieces, and how long it is said to be (chunked, where it is not)."""

    kind: str = FORM
    length: int | None = None
    pieces: Callable[[], Iterator[bytes]] = lambda: iter(())
    headers: str = ""
    question: str = ""


def whole(body: bytes, kind: str = FORM, headers: str = "") -> Bomb:
    return Bomb(kind=kind, length=len(body), pieces=lambda: iter([body]), headers=headers)


def parts(count: int, *, of: bytes, holding: bytes = b"") -> bytes:
    head = b'\r\nContent-Disposition: form-data; name="a"' + of + b"\r\n\r\n"
    return (EDGE + head + holding + b"\r\n") * count + EDGE + b"--\r\n"


def zipped(megabytes: int) -> bytes:
    """A small file that unpacks to so much."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as folder:
        folder.writestr("bookings.csv", bytes(megabytes * 1024**2))
    return file.getvalue()


def chunked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        yield b"%x\r\n%s\r\n" % (len(piece), piece)
    yield b"0\r\n\r\n"


def all_bombs() -> dict[str, Bomb]:
    def gigabyte() -> Iterator[bytes]:
        return repeat(PIECE, GIGABYTE // len(PIECE))

    packed = gzip.compress(bytes(64 * 1024**2), 9) * 16
    upload = parts(1, of=b'; filename="a.zip"', holding=zipped(100))
    million_parts = parts(1_000_000, of=b"")
    return {
        "a gigabyte, announced": Bomb(length=GIGABYTE, pieces=gigabyte),
        "a gigabyte, in pieces": Bomb(pieces=lambda: chunked(gigabyte())),
        "a gigabyte, packed": whole(packed, headers="Content-Encoding: gzip\r\n"),
        "a million keys": whole(b"a=&" * 1_000_000),
        "a million parts": whole(million_parts, PARTS),
        "a hundred thousand fields": whole(parts(100_000, of=b""), PARTS),
        "seventy thousand files": whole(parts(70_000, of=b'; filename="a"'), PARTS),
        "a hundred megabytes, zipped": whole(upload, PARTS),
        "JSON 100,000 deep": whole(b"[" * 100_000 + b"]" * 100_000, "application/json"),
        "a huge head": Bomb(length=0, headers=f"X-Long: {'a' * 200_000}\r\n"),
        "a million headers": Bomb(length=0, headers="X: a\r\n" * 1_000_000),
        "a huge question": Bomb(length=0, question="?" + "a=&" * 60_000),
    }


def throw(port: int, path: str, bomb: Bomb, cookie: str) -> tuple[int, float]:
    """Send it, and stop when an answer comes; gives its status (0: none came) and the seconds."""
    said_to_be = f"Content-Length: {bomb.length}"
    length = "Transfer-Encoding: chunked" if bomb.length is None else said_to_be
    head = (
        f"POST {path}{bomb.question} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n"
        f"Content-Type: {bomb.kind}\r\n{length}\r\n{bomb.headers}\r\n"
    ).encode()
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), 30) as sock:
        said = b""
        with contextlib.suppress(OSError):
            send(sock, head, bomb)
            while b"\r\n" not in said and (more := sock.recv(4096)):
                said += more
    took = time.monotonic() - began
    return (int(said.split()[1]) if said else 0), took


def send(sock: socket.socket, head: bytes, bomb: Bomb) -> None:
    """Send as long as nobody has answered."""
    sock.setblocking(False)
    all(push(sock, piece) for piece in chain([head], bomb.pieces()))
    sock.settimeout(30)


def push(sock: socket.socket, piece: bytes) -> bool:
    """Send one piece; False when an answer is there."""
    left = memoryview(piece)
    while left:
        readable, writable, _ = select.select([sock], [sock], [], 30)
        if readable or not writable:
            return False
        left = left[sock.send(left) :]
    return True
