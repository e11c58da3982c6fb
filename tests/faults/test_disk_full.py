"""The disk is full: it is said, what was acknowledged is there, people go on reading, and it heals.

A small disk in memory is made where we are root. Elsewhere a file may not grow (RLIMIT_FSIZE).
"""

import asyncio
import contextlib
import os
import resource
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from scripts.figures import Figure, tell

from tests.faults import arrivals
from tests.faults.arrivals import CSRF, Verdict, ask
from tests.faults.place import Place, a_place
from tests.faults.serving import ALONGSIDE, ROOT

FULL = bool(os.environ.get("ALONGSIDE_TEST_FULL"))
BEFORE, DURING = (200, 600) if FULL else (20, 60)
ROOM = {"SQLite": 64, "PostgreSQL": 256}
LEAST_MB = 8
SMALL = 16 * 1024


@contextlib.contextmanager
def small_disk(folder: Path, *, mb: float) -> Iterator[Path]:
    """A disk of so many MB, in memory."""
    folder.parent.chmod(0o755)
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={int(mb * 1024)}k", "tmpfs", folder]
    if os.geteuid() or subprocess.run(words, capture_output=True).returncode:
        pytest.skip("NOT RUN: a full disk (only root may make a small one).")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill(disk: Path) -> Path:
    """Leave no room at all."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(1 << 16))
    with ballast.open("ab", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(512))
    return ballast


@dataclass
class Came:
    """What came of it."""

    acked: int = 0
    refused: int = 0
    words: str = ""
    ready: list[int] = field(default_factory=list)
    read: Counter[str] = field(default_factory=Counter)
    unkind: list[str] = field(default_factory=list)
    verdict: Verdict | None = None


async def lived(place: Place, no_room: Callable[[], None], room: Callable[[], None]) -> Came:
    """Write, fill the disk, write and read on, make room, and send what was refused again."""
    came, before = Came(), place.arrivals()
    first = arrivals.cards(place.made, BEFORE)
    clinic = place.made["clinics"][0]
    pages = [(f"/v/{clinic['visits'][0]['token']}/", ""), ("/screen/", clinic["screen"])]
    pages += [("/today/", clinic["desk"])]
    for page, cookie in pages:
        await ask(place.served.port, "GET", page, cookie)
    await before.all(first)
    came.ready.append((await ask(place.served.port, "GET", "/readyz", "")).status)
    no_room()
    came.ready.append((await ask(place.served.port, "GET", "/readyz", "")).status)
    hasty, during = place.arrivals(patient=False), arrivals.cards(place.made, DURING)
    await hasty.all(during)
    came.refused = len(hasty.ledger.given_up)
    came.words = await _refusal(place)
    for page, cookie in pages:
        answer = await ask(place.served.port, "GET", page, cookie)
        came.read["fine" if answer.status == 200 else f"{page}: {answer.status}"] += 1
    room()
    after = place.arrivals()
    await after.is_ready()
    came.ready.append((await ask(place.served.port, "GET", "/readyz", "")).status)
    again = [one for one in during if one.key in set(hasty.ledger.given_up)]
    last = arrivals.cards(place.made, BEFORE)
    await after.all([*again, *last])
    for one in (hasty, after):
        before.ledger.acked += one.ledger.acked
        came.unkind += one.ledger.unkind
    came.acked = len(before.ledger.acked)
    came.verdict = arrivals.judge([*first, *during, *last], before.ledger, place.env)
    return came


async def _refusal(place: Place) -> str:
    """What somebody reads whose check-in cannot be saved."""
    visit = place.made["clinics"][0]["visits"][-1]
    body = urlencode({"csrfmiddlewaretoken": CSRF, "key": "k"}).encode()
    cookie = f"{place.made['csrf']}={CSRF}"
    answer = await ask(place.served.port, "POST", f"/v/{visit['token']}/here/", cookie, body)
    return f"{answer.status} {answer.body.decode()}"


def told(name: str, where: str, how: str, came: Came, *, readiness: bool) -> None:
    """Tell what came of it, and hold it to what was asked for."""
    honest = "We could not save this" in came.words and "Tell the front desk" in came.words
    ready = f"; readiness {' → '.join(map(str, came.ready))}" if readiness else ""
    fine = came.read["fine"] == came.read.total()
    verdict = came.verdict
    kept = verdict is not None and not verdict.lost and not verdict.doubled and verdict.whole
    ready_fine = not readiness or came.ready == [200, 503, 200]
    tell(
        Figure(
            name=f"disk-full-{name}",
            chapter="Nothing lost",
            fault=f"the disk is full: {where}",
            tried=f"{how}; {came.acked:,} acknowledged writes before, during and after",
            figure=f"{verdict.lost} lost, {verdict.doubled} doubled; {came.refused} refused with "
            f"503 and what to do, and saved when there was room, without a restart; pages read on: "
            f"{came.read['fine']} of {came.read.total()}{ready}",
            asked="0 lost, an honest page, reading goes on, heals by itself",
            met=honest and fine and kept and ready_fine and not came.unkind,
            control=f"{came.refused} writes could not be made: the disk was full indeed",
            command="make faults ARGS='-k disk_full'",
        )
    )
    assert came.words.startswith("503 ")
    assert honest
    assert came.refused > 0
    assert came.unkind == []
    assert fine, came.read
    assert verdict == Verdict(lost=0, doubled=0, unpaired=0, bad_chains=0, whole=True)
    assert ready_fine, came.ready


def test_the_disk_of_the_database(tmp_path: Path, engine: str):
    if engine == "PostgreSQL" and not FULL:
        pytest.skip("on PostgreSQL at full length only (make faults)")
    env = {"ALONGSIDE_MIN_FREE_MB": str(LEAST_MB)}
    with (
        # Not below `tmp_path`: PostgreSQL, which never is root, could not get there.
        tempfile.TemporaryDirectory(prefix="alongside-disk-") as near,
        small_disk(Path(near) / "disk", mb=ROOM[engine]) as disk,
        a_place(tmp_path, engine, clinics=1, visits=6, env=env, disk=disk) as place,
    ):
        came = asyncio.run(lived(place, lambda: fill(disk), lambda: (disk / "ballast").unlink()))
        # Readiness looks at the disk of the data folder; that of PostgreSQL is PostgreSQL's.
        told(
            f"database-{engine.lower()}",
            f"that of the database ({engine})",
            f"a disk of {ROOM[engine]} MB, filled up",
            came,
            readiness=engine == "SQLite",
        )


def test_a_file_that_may_not_grow(tmp_path: Path, engine: str):
    """The write-ahead log: for whoever is not root, and with SQLite's other words for it."""
    if engine != "SQLite":
        pytest.skip("PostgreSQL writes for us: its own limits are its own")
    if not FULL and not os.geteuid():
        pytest.skip("one full disk is enough for the short form: root has a real one")
    if not hasattr(resource, "prlimit"):
        pytest.skip("NOT RUN: a file that may not grow (only Linux can be told so).")
    with a_place(tmp_path, engine, clinics=1, visits=6) as place:
        server = place.served.process.pid
        _, hard = resource.prlimit(server, resource.RLIMIT_FSIZE)

        def limit() -> None:
            # Beyond so much of any file nothing may be written, wherever the log has got to.
            resource.prlimit(server, resource.RLIMIT_FSIZE, (SMALL, hard))

        came = asyncio.run(
            lived(
                place, limit, lambda: resource.prlimit(server, resource.RLIMIT_FSIZE, (hard, hard))
            )
        )
    told("wal", "the write-ahead log may not grow", "RLIMIT_FSIZE", came, readiness=False)


def test_the_folder_of_the_backups(tmp_path: Path, engine: str):
    """A backup that finds no room says so, and leaves nothing that could be taken for one."""
    if engine != "SQLite" or not FULL:
        pytest.skip("once is enough, and at full length (make faults)")
    env = {
        "ALONGSIDE_DATA": str(tmp_path / "data"),
        "ALONGSIDE_SECRET_KEY": "only for the tests",
        "DATABASE_URL": "",
        "ALONGSIDE_BACKUP_PASSPHRASE": "a phrase for the test",
    }
    arrivals.migrate(env)
    with small_disk(tmp_path / "shelf", mb=0.012) as shelf:
        words = [*ALONGSIDE, "backup", "--data", tmp_path / "data", "--to", shelf]
        ended = subprocess.run(
            words, env={**os.environ, **env}, cwd=ROOT, capture_output=True, text=True
        )
        left = sorted(file.name for file in shelf.iterdir())
    (tmp_path / "roomy").mkdir()
    words[-1] = tmp_path / "roomy"
    with_room = subprocess.run(
        words, env={**os.environ, **env}, cwd=ROOT, capture_output=True, text=True
    )
    tell(
        Figure(
            name="disk-full-backups",
            chapter="Nothing lost",
            fault="the disk is full: that of the backups",
            tried="`alongside backup` to a disk of 12 KB",
            figure=f"ends with {ended.returncode} and says so; {len(left)} files left behind",
            asked="not 0, a sentence, 0 files",
            met=ended.returncode != 0 and "no room" in ended.stderr and not left,
            control=f"with room: ends with {with_room.returncode}",
            command="make faults ARGS='-k disk_full'",
        )
    )
    assert ended.returncode != 0
    assert "no room left" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert left == []
    assert with_room.returncode == 0
