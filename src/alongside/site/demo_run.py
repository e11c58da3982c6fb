"""Open the demo: build its morning once, keep a copy, start the clock at 10:12, answer."""

import os
import shutil
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from alongside import __version__

FOLDER = Path("alongside-demo")
MORNING = "morning.sqlite3"
LIVE = "alongside.sqlite3"


def run(*, port: int, speed: float, folder: Path = FOLDER) -> int:
    """Run the demo on this port until it is stopped; every start begins the same morning anew."""
    from alongside.site.commands import _folder

    os.environ["ALONGSIDE_DEMO"] = "1"
    os.environ["ALONGSIDE_PUBLIC_URL"] = f"http://localhost:{port}"
    os.environ["ALONGSIDE_EMAIL_URL"] = f"filemail:///{(folder / 'mail').absolute()}"
    for name in ("DATABASE_URL", "DATABASE_URL_FILE"):
        os.environ.pop(name, None)
    _folder.use(folder)
    (folder / "mail").mkdir(exist_ok=True)
    is_new = _prepare(folder)
    _folder.lay_out()
    begins = _build(folder) if is_new else _begins()
    _open(begins, speed=speed, port=port)
    from alongside.site.server import answer

    return answer("127.0.0.1", port)


def _prepare(folder: Path) -> bool:
    """Lay out a fresh copy of the morning; tell whether it has to be built first."""
    for old in folder.glob(f"{LIVE}*"):
        old.unlink()
    morning = folder / MORNING
    stamp = folder / "morning.version"
    if morning.is_file() and stamp.is_file() and stamp.read_text() == _version():
        shutil.copy(morning, folder / LIVE)
        return False
    stamp.unlink(missing_ok=True)
    return True


def _version() -> str:
    """What the copy depends on: the release and the code that built it."""
    from hashlib import sha256

    here = Path(__file__).parents[1]
    files = sorted([*here.glob("demo/**/*.py"), *here.glob("*/migrations/*.py")])
    return f"{__version__} {sha256(b''.join(file.read_bytes() for file in files)).hexdigest()}"


def _build(folder: Path) -> datetime:
    from django.core.management import call_command
    from django.db import connection

    from alongside.demo.actions.build import build
    from alongside.demo.past import play_until_now

    began = time.monotonic()
    print("Building the demo's clinic, once: a week of visits, lived minute by minute …")
    sys.stdout.flush()
    call_command("migrate", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        # The demo's week is made of thousands of small writes and can be made again.
        cursor.execute("PRAGMA synchronous=OFF")
    begins = play_until_now(build())
    connection.close()
    _copy(folder / LIVE, folder / MORNING)
    (folder / "morning.version").write_text(_version())
    print(f"Built in {time.monotonic() - began:.0f} s; the next start takes a moment.")
    return begins


def _copy(source: Path, target: Path) -> None:
    """Copy a database whole, the way SQLite wants it copied."""
    import sqlite3

    target.unlink(missing_ok=True)
    there, copy = sqlite3.connect(source), sqlite3.connect(target)
    with copy:
        there.backup(copy)
    there.close()
    copy.close()


def _begins() -> datetime:
    from alongside.clinics.models import Clinic
    from alongside.demo.actions.build import DAY
    from alongside.demo.past import BEGINS_AT

    zone = Clinic.objects.get(name="Harbour Street OT").zone
    return datetime(DAY.year, DAY.month, DAY.day, *BEGINS_AT, tzinfo=zone)


def _open(begins: datetime, *, speed: float, port: int) -> None:
    from alongside.clinics import clock
    from alongside.demo.seats import seats

    # The clock waits at 10:12 while the links are made, then runs.
    clock.shift(begins, speed=0)
    lines = [(str(who), path) for who, path in seats(begins, lasts=timedelta(days=3))]
    clock.shift(begins, speed=speed)
    print(f"\nIt is 10:12 at Harbour Street OT, and the clock runs {speed:g} times as fast.")
    print(f"Alongside answers on http://localhost:{port}/\n")
    width = max(len(name) for name, _ in lines)
    for name, path in lines:
        print(f"  {name:<{width}}  http://localhost:{port}{path}")
    print(f"\nThe clock, faster or slower: http://localhost:{port}/demo/   Stop with Ctrl+C.")
    sys.stdout.flush()
