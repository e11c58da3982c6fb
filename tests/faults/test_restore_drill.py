"""The drill: a backup while a hundred writes a second go on, put back elsewhere, and opened."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from scripts.figures import Figure, tell

from alongside.live.tests.store import on_postgres
from alongside.site.backups import of_sqlite
from tests.faults.serving import ALONGSIDE, ROOT, Served, Writer

FULL = bool(os.environ.get("ALONGSIDE_TEST_FULL"))
CYCLES, RATE = (10, 100) if FULL else (1, 100)
PHRASE = {"ALONGSIDE_BACKUP_PASSPHRASE": "a phrase for the drill"}
Env = dict[str, str]


@dataclass
class Ledger:
    """Who was acknowledged, in this order."""

    process: subprocess.Popen[str]
    names: list[str] = field(default_factory=list)

    def listen(self) -> None:
        for line in self.process.stdout:
            self.names.append(line.strip())


@contextmanager
def writes_going_on(env: Env, clinic: str) -> Iterator[Ledger]:
    """Add clients all the while, in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.keeping_on", clinic, str(RATE)],
        env={**os.environ, **env},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    ledger = Ledger(process)
    listens = threading.Thread(target=ledger.listen)
    listens.start()
    try:
        last = time.monotonic() + 60
        while len(ledger.names) < RATE // 2:
            assert process.poll() is None
            assert time.monotonic() < last
            time.sleep(0.02)
        yield ledger
    finally:
        process.terminate()
        process.wait(10)
        listens.join(10)
        process.stdout.close()


def alongside(env: Env, *words: str, fails: bool = False) -> str:
    """Run a command as a person would; gives what it said."""
    ended = subprocess.run(
        [*ALONGSIDE, *words], env={**os.environ, **env}, cwd=ROOT, capture_output=True, text=True
    )
    assert bool(ended.returncode) is fails, ended.stdout + ended.stderr
    return ended.stderr if fails else ended.stdout


def settle(env: Env) -> None:
    """Let all that was written so far stand in the file itself, to be fair to the control."""
    if not env["DATABASE_URL"]:
        with of_sqlite.opened(Path(env["ALONGSIDE_DATA"]) / "alongside.sqlite3", "rw") as database:
            database.execute("PRAGMA wal_checkpoint(PASSIVE)")


def kept(env: Env, *words: str) -> dict:
    told = subprocess.run(
        [sys.executable, "-m", "tests.faults.kept", *words],
        env={**os.environ, **env},
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(told.stdout)


@dataclass
class Drill:
    """What came of one cycle."""

    before: int = 0
    lost: int = 0
    unpaired: int = 0
    bad_chains: int = 0
    rate: float = 0.0
    took: float = 0.0
    control: int = 0


@pytest.fixture
def elsewhere(tmp_path: Path, env: Env) -> Iterator[Env]:
    """Where it is put back: another folder and, on PostgreSQL, another empty database."""
    with ExitStack() as stack:
        new = {**env, "ALONGSIDE_DATA": str(tmp_path / "elsewhere")}
        if env["DATABASE_URL"]:
            new |= stack.enter_context(on_postgres()).env
        yield new


def make(env: Env, shelf: Path, ledger: Ledger) -> tuple[Path, Drill]:
    """Make a backup while others write, and the control beside it at the same moment."""
    data, drill = Path(env["ALONGSIDE_DATA"]), Drill()
    before = list(ledger.names)
    if not env["DATABASE_URL"]:
        # As somebody would who has never heard of the write-ahead log.
        naive = shelf / "naive"
        naive.mkdir(exist_ok=True)
        shutil.copy(data / "alongside.sqlite3", naive)
    began = time.monotonic()
    alongside({**env, **PHRASE}, "backup", "--data", str(data), "--to", str(shelf))
    drill.took = time.monotonic() - began
    drill.rate = (len(ledger.names) - len(before)) / drill.took
    drill.before = len(before)
    if env["DATABASE_URL"]:
        drill.control = kept(env, "apart")["unpaired"]
    else:
        there = set(kept({**env, "ALONGSIDE_DATA": str(naive)})["names"])
        drill.control = len(set(before) - there)
    return max(shelf.glob("*.tar")), drill


def put_back(env: Env, new: Env, file: Path, before: set[str], drill: Drill) -> None:
    began = time.monotonic()
    alongside({**new, **PHRASE}, "restore", str(file), "--data", new["ALONGSIDE_DATA"])
    drill.took += time.monotonic() - began
    there = kept(new)
    drill.lost = len(before - set(there["names"]))
    drill.unpaired, drill.bad_chains = there["unpaired"], there["bad_chains"]


def opens(served: Served, cookie: str) -> None:
    """The app boots on what was restored, is ready, and the board opens for Dee."""
    base = f"http://127.0.0.1:{served.port}"
    with urllib.request.urlopen(f"{base}/readyz", timeout=20) as answer:
        assert answer.status == 200
    board = urllib.request.Request(f"{base}/today/", headers={"Cookie": cookie})
    with urllib.request.urlopen(board, timeout=20) as answer:
        assert answer.status == 200
        assert answer.url.endswith("/today/")
        assert b"Harbour Street OT" in answer.read()


@pytest.fixture
def engine(env: Env) -> str:
    return "PostgreSQL" if env["DATABASE_URL"] else "SQLite"


@pytest.mark.parametrize("cycle", range(CYCLES))
def test_a_backup_under_load_is_put_back_elsewhere_whole(
    served: Served, writer: Writer, clinic: dict[str, str], env: Env, elsewhere: Env, engine: str,
    tmp_path: Path, cycle: int, drills: list[Drill],
):  # fmt: skip
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    settle(env)
    with writes_going_on(env, clinic["clinic"]) as ledger:
        before_it_began = set(ledger.names)
        file, drill = make(env, shelf, ledger)
    put_back(env, elsewhere, file, before_it_began, drill)
    drills.append(drill)
    print(drill)
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"CNRY" not in file.read_bytes()
    assert drill.before >= RATE // 2
    assert (drill.lost, drill.unpaired, drill.bad_chains) == (0, 0, 0)
    assert drill.control > 0, "the control must miss something, or the drill proves nothing"
    again = Served(Path(elsewhere["ALONGSIDE_DATA"]), elsewhere)
    try:
        again.start()
        opens(again, clinic["staff_cookie"])
    finally:
        again.end()


@pytest.fixture(scope="module")
def drills(env: Env) -> Iterator[list[Drill]]:
    """All cycles' figures, told together when the last one is over."""
    made: list[Drill] = []
    yield made
    if not made:
        return
    name = "PostgreSQL" if env["DATABASE_URL"] else "SQLite"
    naive = (
        "two tables read half a second apart: {} rows without their record"
        if env["DATABASE_URL"]
        else "a copy of the database's file alone misses {} acknowledged writes"
    )
    lost, unpaired = sum(one.lost for one in made), sum(one.unpaired for one in made)
    tell(
        Figure(
            name=f"restore-drill-{name.lower()}",
            chapter="Backups and moves to a new release",
            fault=f"a backup while others write, put back elsewhere ({name})",
            tried=f"{len(made)} cycles beside `alongside serve`, "
            f"{sum(one.before for one in made):,} writes acknowledged before they began, "
            f"{min(one.rate for one in made):.0f} to {max(one.rate for one in made):.0f} a second "
            "meanwhile",
            figure=f"{lost} lost, {unpaired} without their record, "
            f"{sum(one.bad_chains for one in made)} chains broken; the board opened on "
            f"{len(made)} of {len(made)}; {max(one.took for one in made):.0f} s at most for both",
            asked="0 lost, 0 without their record, every one opens",
            met=lost == unpaired == 0,
            control=naive.format(min(one.control for one in made)),
            command="make faults ARGS='-k restore_drill'",
        )
    )


def test_the_wrong_key_is_refused_in_words(
    served: Served, env: Env, elsewhere: Env, tmp_path: Path
):
    alongside({**env, **PHRASE}, "backup", "--data", env["ALONGSIDE_DATA"], "--to", str(tmp_path))
    file = max(tmp_path.glob("*.tar"))
    wrong = {**elsewhere, "ALONGSIDE_BACKUP_PASSPHRASE": "another phrase entirely"}
    said = alongside(wrong, "restore", str(file), "--data", elsewhere["ALONGSIDE_DATA"], fails=True)
    assert said == "This passphrase does not open this backup.\n"
    assert not Path(elsewhere["ALONGSIDE_DATA"]).exists()


def test_nothing_is_restored_over_a_running_clinic(served: Served, env: Env, tmp_path: Path):
    alongside({**env, **PHRASE}, "backup", "--data", env["ALONGSIDE_DATA"], "--to", str(tmp_path))
    file, here = max(tmp_path.glob("*.tar")), env["ALONGSIDE_DATA"]
    words = ("restore", str(file), "--data", here, "--replace")
    said = alongside({**env, **PHRASE}, *words, fails=True)
    assert "Stop it first" in said or "not empty" in said
    with urllib.request.urlopen(f"http://127.0.0.1:{served.port}/readyz", timeout=20) as answer:
        assert answer.status == 200
