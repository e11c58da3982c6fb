"""More connections than the system allows files: who is over is told so, and pages go on."""

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from scripts.figures import Figure, tell

from tests.faults.serving import Served
from tests.faults.test_slow_peers import WORDS, settled

FILES = 600
# site/doors.py: half the files, and of these a quarter for one address.
PLACES, EACH = 300, 75
KNOCKS = 90

pytestmark = pytest.mark.usefixtures("sqlite_only")


@pytest.fixture
def small_house(tmp_path: Path) -> Iterator[Served]:
    """A server that may open few files, and what it says at its start."""
    with (tmp_path / "log").open("wb") as log:
        served = Served(tmp_path / "data", {"DATABASE_URL": ""}, log=log, files=FILES)
        served.start()
        settled(served.port)
        yield served
        served.end()


def knock(port: int, source: str) -> socket.socket:
    """Be connected from an address, and say nothing yet."""
    return socket.create_connection(("127.0.0.1", port), 10, source_address=(source, 0))


def answer(sock: socket.socket) -> bytes:
    """Ask, and read what comes."""
    said = b""
    with contextlib.suppress(OSError):
        sock.sendall(WORDS)
        while more := sock.recv(4096):
            said += more
    return said


def test_a_full_house_is_said_and_one_address_cannot_fill_it(small_house: Served, tmp_path: Path):
    port = small_house.port
    with contextlib.ExitStack() as stack:
        greedy = [stack.enter_context(knock(port, "127.0.2.1")) for _ in range(KNOCKS)]
        # The control: whoever came first holds a place, and would be answered.
        first = answer(greedy[0])
        other = answer(stack.enter_context(knock(port, "127.0.2.2")))
        late = [answer(sock) for sock in greedy[EACH:]]
        for number in range(4):
            for _ in range(EACH):
                stack.enter_context(knock(port, f"127.0.2.{10 + number}"))
        full = answer(stack.enter_context(knock(port, "127.0.2.3")))
    turned = sum(said.startswith(b"HTTP/1.1 503 ") for said in late)
    tell(
        Figure(
            name="full-house",
            chapter="Load and slow peers",
            fault="more connections than the system allows",
            tried=f"{KNOCKS} from one address, then {4 * EACH} from four, where {FILES} files are "
            "allowed",
            figure=f"{turned} of {KNOCKS - EACH} over its share get 503 with a time to try again, "
            f"{'another address is answered' if b' 200 ' in other else 'others wait'}",
            asked="503 for who is over; a page for another address",
            met=turned == KNOCKS - EACH and b" 200 " in other,
            control=f"one within its share gets {first[9:12].decode()}",
            command="make faults ARGS='-k full_house'",
        )
    )
    assert b" 200 " in first
    assert b" 200 " in other
    assert turned == KNOCKS - EACH
    assert all(b"retry-after: " in said for said in late)
    assert full.startswith(b"HTTP/1.1 503 ")
    said_at_start = (tmp_path / "log").read_text()
    assert f"{FILES} files: at most {PLACES} pages" in said_at_start
    assert "Traceback" not in said_at_start
