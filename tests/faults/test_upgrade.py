"""Every earlier release is brought up to this one, nothing changed, also if killed half-way."""

import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from scripts.figures import Figure, tell

from alongside import __version__
from alongside.live.tests.store import on_postgres
from alongside.site.backups import of_sqlite
from tests.faults.serving import ALONGSIDE, ROOT, Served
from tests.golden import store
from tests.house.canaries import of_clinics

FULL = bool(os.environ.get("ALONGSIDE_TEST_FULL"))
VISITS, KILLS = (100_000, 12) if FULL else (0, 3)
WITHIN = 60.0
Env = dict[str, str]


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Env]:
    """A place for one database, on the engine of this run."""
    with ExitStack() as stack:
        env = {
            "ALONGSIDE_DATA": str(tmp_path / "data"),
            "ALONGSIDE_SECRET_KEY": "only for the tests",
            "DATABASE_URL": "",
        }
        if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
            env |= stack.enter_context(on_postgres()).env
        yield env


def run(env: Env, *words: str) -> str:
    whole = {**os.environ, **env}
    ended = subprocess.run(words, env=whole, cwd=ROOT, capture_output=True, text=True, timeout=580)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def engine(env: Env) -> str:
    return "PostgreSQL" if env["DATABASE_URL"] else "SQLite"


def changed(before: dict, after: dict) -> list[str]:
    return [table for table in before if before[table] != after.get(table)]


def opens(env: Env) -> None:
    """The server of this release starts on it, is ready, and Dee sees today's board."""
    served = Served(Path(env["ALONGSIDE_DATA"]), env)
    try:
        served.start()
        cookie = run(env, sys.executable, "-m", "tests.faults.seat", "Dee").strip()
        base = f"http://127.0.0.1:{served.port}"
        with urllib.request.urlopen(f"{base}/readyz", timeout=20) as answer:
            assert answer.status == 200
        board = urllib.request.Request(f"{base}/today/", headers={"Cookie": cookie})
        with urllib.request.urlopen(board, timeout=20) as answer:
            assert answer.url.endswith("/today/")
            assert b"Harbour Street OT" in answer.read()
    finally:
        served.end()


def test_this_release_has_a_golden_database():
    assert [folder.name for folder in store.releases()][-1] == __version__
    sizes = [file.stat().st_size for folder in store.releases() for file in folder.iterdir()]
    assert sum(sizes) < 500_000 * len(store.releases())


def test_no_table_of_a_clinic_is_empty_in_it(here: Env):
    """What has no row is brought up by every migration, whatever it does."""
    store.unpack(store.releases()[-1], here)
    with store.raw(here) as raw:
        prints = raw.prints(raw.columns())
    tables = {model._meta.db_table for model in of_clinics()}
    assert [table for table in sorted(tables & prints.keys()) if not prints[table][0]] == []
    assert len(tables & prints.keys()) > 40


@pytest.mark.parametrize("release", store.releases(), ids=lambda folder: folder.name)
def test_a_release_is_brought_up_with_every_row_as_it_was(release: Path, here: Env):
    store.unpack(release, here)
    with store.raw(here) as raw:
        columns = raw.columns()
        before = raw.prints(columns)
    run(here, *ALONGSIDE, "migrate", "--data", here["ALONGSIDE_DATA"])
    with store.raw(here) as raw:
        assert changed(before, raw.prints(columns)) == []
        # The control: one letter in one row, and its table is named.
        raw.all("UPDATE people_card SET helps = 'changed' WHERE helps <> '' RETURNING 1")
        assert changed(before, raw.prints(columns)) == ["people_card"]
    rows = sum(count for count, _ in before.values())
    assert rows > 500
    said = run(here, *ALONGSIDE, "audit", "verify", "--data", here["ALONGSIDE_DATA"])
    assert said.count("all as they were written") == 2
    opens(here)
    tell(
        Figure(
            name=f"upgrade-{release.name}-{engine(here).lower()}",
            chapter="Backups and moves to a new release",
            fault=f"from {release.name} to {__version__} ({engine(here)})",
            tried=f"a golden database of {release.name}, {rows:,} rows in {len(before)} tables",
            figure="0 tables changed, both records whole, the board opens",
            asked="0 rows lost or changed, and it starts",
            met=True,
            control="one letter changed in one row is found",
            command="make test",
        )
    )


def more_visits(env: Env, many: int) -> None:
    """Give the golden database the visits of many years."""
    with store.raw(env) as raw:
        names = raw.columns()["visits_visit"]
        listed = ", ".join(f'"{name}"' for name in names)
        asked = f"SELECT {listed} FROM visits_visit WHERE state = 'done' ORDER BY id LIMIT 1"
        row = dict(zip(names, raw.all(asked)[0], strict=True))
        rows = []
        for number in range(many):
            key = uuid4()
            begins = datetime(2010, 1, 1) + timedelta(minutes=30 * number)
            ends = begins + timedelta(minutes=25)
            new = {"id": key if raw.is_postgres else key.hex, "code": "", "day": begins.date(),
                   "booked_at": begins, "ends_at": ends}  # fmt: skip
            if not raw.is_postgres:
                new = {name: str(value) for name, value in new.items()}
            rows.append(tuple((row | new)[name] for name in names))
        raw.many(
            f"INSERT INTO visits_visit ({listed}) VALUES ({', '.join(['%s'] * len(names))})", rows
        )


def migrating(env: Env, folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.migrating", str(folder)],
        env={**os.environ, **env},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "begins\n"
    return process


def kill_at(process: subprocess.Popen[str], dice: random.Random, *, late: bool = False) -> str:
    """Kill it in the middle of its first step, or about where the second begins."""
    told, steps, at_once = "begins", dice.randrange(9), 500 if FULL else 10
    while (late or steps) and (line := process.stdout.readline().strip()):
        told, steps = line, steps - 1
        _, first, of_all = line.split()
        if late and int(first) + at_once >= int(of_all):
            break
    time.sleep(dice.random() * (0.3 if late else 0.04))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return told


def torn(raw: store.Raw) -> bool:
    """Tell whether a step is half there."""
    has = "golden" in raw.columns()["visits_visit"]
    is_applied = "visits.9999_golden" in raw.applied()
    if not has:
        return is_applied
    empty = raw.all("SELECT count(*) FROM visits_visit WHERE golden IS NULL")[0][0]
    return not is_applied or bool(empty)


@pytest.mark.parametrize("seed", range(6 if FULL else 1))
def test_killed_about_where_one_step_ends_and_the_next_begins(here: Env, tmp_path: Path, seed: int):
    store.unpack(store.releases()[-1], here)
    run(here, *ALONGSIDE, "migrate", "--data", here["ALONGSIDE_DATA"])
    with store.raw(here) as raw:
        columns, guards = raw.columns(), raw.guards()
        before = raw.prints(columns)
    kill_at(migrating(here, tmp_path / "next"), random.Random(seed), late=True)
    with store.raw(here) as raw:
        assert not torn(raw)
        assert changed(before, raw.prints(columns)) == []
    out, _ = migrating(here, tmp_path / "next").communicate(timeout=580)
    assert out.strip().endswith("done")
    with store.raw(here) as raw:
        assert not torn(raw)
        assert changed(before, raw.prints(columns)) == []
        assert guards - raw.guards() == set()
        assert "people.9999_golden" in raw.applied()


def test_killed_half_way_it_is_as_before_and_goes_on_when_it_is_begun_again(
    here: Env, tmp_path: Path
):
    store.unpack(store.releases()[-1], here)
    run(here, *ALONGSIDE, "migrate", "--data", here["ALONGSIDE_DATA"])
    more_visits(here, VISITS)
    with store.raw(here) as raw:
        columns, guards = raw.columns(), raw.guards()
        before, applied = raw.prints(columns), raw.applied()
    dice, told, half_made, lost = random.Random(7), [], 0, 0
    for _ in range(KILLS):
        told.append(kill_at(migrating(here, tmp_path / "next"), dice))
        with store.raw(here) as raw:
            lost += len(changed(before, raw.prints(columns)))
            half_made += torn(raw)
            assert raw.applied() == applied, "a kill came too late to be in the middle"
        if not here["DATABASE_URL"]:
            assert of_sqlite.wrong_with(Path(here["ALONGSIDE_DATA"]) / "alongside.sqlite3") == []
    began = time.monotonic()
    process = migrating(here, tmp_path / "next")
    out, _ = process.communicate(timeout=580)
    took = time.monotonic() - began
    with store.raw(here) as raw:
        after = changed(before, raw.prints(columns))
        missing = guards - raw.guards()
        new = raw.applied() - applied
        filled = raw.all("SELECT count(*) FROM visits_visit WHERE golden = 'x'")[0][0]
    print(told, f"{took:.1f} s")
    visits = before["visits_visit"][0]
    well = not (half_made or lost or after or missing) and filled == visits
    tell(
        Figure(
            name=f"upgrade-killed-{engine(here).lower()}",
            chapter="Backups and moves to a new release",
            fault=f"kill -9 in the middle of a move to a new release ({engine(here)})",
            tried=f"{len(told)} kills at moments of a die's choice, while a column was added to "
            f"{visits:,} visits and filled, and the clients' table was made anew",
            figure=f"{lost} tables changed, {half_made} half-made, {len(missing)} guards gone; "
            f"begun again it ended in {took:.0f} s",
            asked="0, 0, 0; 100,000 visits in 60 s",
            met=well and took <= WITHIN,
            control="outside a transaction the kill leaves rows half filled: "
            "`-k without_a_transaction`",
            command="make faults ARGS='-k upgrade'",
        )
    )
    in_the_middle = [word for word in told if word.startswith("filled")]
    assert len(in_the_middle) >= KILLS // 2, "too few kills fell into the middle"
    assert (half_made, lost) == (0, 0)
    assert out.strip().endswith("done")
    assert (after, missing, filled) == ([], set(), visits)
    assert new == {"visits.9999_golden", "people.9999_golden"}


def test_without_a_transaction_a_kill_leaves_rows_half_filled(here: Env, tmp_path: Path):
    """The negative control: the same migration, told not to be one transaction."""
    store.unpack(store.releases()[-1], here)
    run(here, *ALONGSIDE, "migrate", "--data", here["ALONGSIDE_DATA"])
    process = migrating({**here, "ALONGSIDE_TEST_ATOMIC": "no"}, tmp_path / "next")
    while not process.stdout.readline().startswith("filled"):
        assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with store.raw(here) as raw:
        assert "golden" in raw.columns()["visits_visit"]
        assert "visits.9999_golden" not in raw.applied()


def test_serve_keeps_the_database_as_it_was_before_a_release_changes_it(here: Env):
    store.unpack(store.releases()[-1], here)
    folder = Path(here["ALONGSIDE_DATA"])
    with store.raw(here) as raw:
        # As if this release had one more migration than the one before.
        raw.all(
            "DELETE FROM django_migrations WHERE app = 'audit' AND name LIKE '0003%' RETURNING 1"
        )
        if not raw.is_postgres:
            raw.all("DROP TRIGGER audit_entry_no_replace")
    said = run(here, *ALONGSIDE, "migrate", "--data", str(folder))
    again = run(here, *ALONGSIDE, "migrate", "--data", str(folder))
    copies = list(folder.glob("alongside.sqlite3.before-*"))
    assert "as it was before" not in again
    if here["DATABASE_URL"]:
        assert copies == []
        return
    assert str(copies[0]) in said
    assert len(copies) == 1
    assert "audit.0003_never_replaced" not in of_sqlite.migrations(copies[0])
    assert of_sqlite.wrong_with(copies[0]) == []
    assert copies[0].stat().st_mode & 0o777 == 0o600
