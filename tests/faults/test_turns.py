"""Writers of the embedded database wait in line; whoever dies lets the next one go on."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="no such locks here")

WRITER = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.site.settings"
import django; django.setup()
from django.db import connection, transaction
from alongside.live.actions.push import push
mode, many = sys.argv[1], int(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
worst = 0.0
for _ in range(many):
    began = time.monotonic()
    with transaction.atomic():
        worst = max(worst, time.monotonic() - began)
        push("clinic:a")
        if mode == "hold":
            print("held", flush=True)
            time.sleep(60)
        time.sleep(0.01)
print(f"{worst:.3f}", flush=True)
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    """A database of its own."""
    command = [sys.executable, "-m", "alongside.site.cli", "migrate", "--data", str(tmp_path)]
    subprocess.run(command, env=_env(tmp_path), check=True, stdout=subprocess.DEVNULL)
    return tmp_path


def _env(folder: Path) -> dict[str, str]:
    return {**os.environ, "ALONGSIDE_DATA": str(folder), "DATABASE_URL": ""}


def _writer(folder: Path, mode: str, many: int) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, mode, str(many)],
        env=_env(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    return process


def _begin(*writers: subprocess.Popen[str]) -> None:
    for writer in writers:
        writer.stdin.write("\n")
        writer.stdin.flush()


def _numbers(folder: Path) -> int:
    from alongside.site import sqlite

    sqlite.install()
    import sqlite3

    with sqlite3.connect(folder / "alongside.sqlite3") as database:
        return int(database.execute("SELECT number FROM live_pulse").fetchone()[0])


def test_four_who_write_all_the_time_are_all_served_in_turn(folder):
    writers = [_writer(folder, "write", 60) for _ in range(4)]
    _begin(*writers)
    worst = [float(writer.communicate(timeout=60)[0]) for writer in writers]
    assert _numbers(folder) == 4 * 60, "a write was lost"
    # Three before you, some 15 ms each. Without turns the unlucky one waits for half a second.
    assert min(worst) < 0.3
    assert sorted(worst)[2] < 0.6


def test_whoever_is_killed_while_writing_lets_the_next_one_write(folder):
    holder, next_one = _writer(folder, "hold", 1), _writer(folder, "write", 1)
    _begin(holder)
    assert holder.stdout.readline() == "held\n"
    _begin(next_one)
    time.sleep(0.3)
    assert next_one.poll() is None
    holder.send_signal(signal.SIGKILL)
    next_one.communicate(timeout=10)
    holder.communicate()
    assert _numbers(folder) == 1, "what the killed one wrote was never confirmed"
