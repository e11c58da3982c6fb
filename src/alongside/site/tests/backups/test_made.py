"""What a backup takes, where it is laid, and what stops it: nothing half made is left behind."""

import io
import json
import os
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from alongside.rules.keeping import Keep
from alongside.site.backups import inside, last, of_sqlite, sealed, shelf
from alongside.site.backups.faults import BackupFault
from alongside.site.backups.make import Source, make
from alongside.site.tests.backups.kept import LOCK, NOW, made


def test_nothing_half_made_is_left_behind(source: Source, to: Path):
    made(source, to)
    assert [path.name for path in to.glob(".*")] == []
    assert [path.name for path in source.folder.glob(".backup-*")] == [".backup-lock"]


@pytest.mark.parametrize(
    ("lock", "says"),
    [
        (sealed.Lock(), "always locked"),
        (sealed.Lock(recipients=("hunter2",)), "age1"),
    ],
)
def test_a_lock_that_is_none_is_refused_before_any_work(
    source: Source, to: Path, lock: sealed.Lock, says: str
):
    with pytest.raises(BackupFault, match=says):
        made(source, to, lock=lock)
    assert list(to.iterdir()) == []


def test_a_folder_that_is_not_there_is_not_made(source: Source, tmp_path: Path):
    with pytest.raises(BackupFault, match="mounted"):
        made(source, tmp_path / "usb")
    assert not (tmp_path / "usb").exists()
    assert "mounted" in last.read(source.folder).why


def test_a_folder_inside_the_data_is_refused(source: Source):
    (source.folder / "backups").mkdir()
    with pytest.raises(BackupFault, match="another disk"):
        made(source, source.folder / "backups")


def test_a_full_disk_is_said_and_leaves_the_last_good_one(source: Source, to: Path, monkeypatch):
    good = made(source, to)

    class Full(io.BytesIO):
        def write(self, data: bytes) -> int:
            raise OSError(28, "No space left on device")

    real = sealed.seal

    def seal(feed, target, lock, **how):
        real(feed, Full(), lock, **how)

    monkeypatch.setattr(sealed, "seal", seal)
    with pytest.raises(BackupFault, match="no room left"):
        made(source, to, now=NOW + timedelta(days=1))
    assert list(to.glob("*.tar")) == [good]
    assert list(to.glob(".*")) == []
    told = last.read(source.folder)
    assert "no room" in told.why
    assert told.made == NOW


@pytest.mark.skipif(os.name != "posix", reason="no such limit here")
def test_a_disk_that_fills_up_in_the_middle_is_said(source: Source, to: Path):
    """The system's own fault, through the library that locks."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    (source.folder / "large").write_bytes(os.urandom(3_000_000))
    import signal

    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, hard))
    try:
        with pytest.raises(BackupFault, match="no room left"):
            made(source, to)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert list(to.iterdir()) == []


def test_two_at_once_are_refused(source: Source, to: Path):
    import fcntl

    with (source.folder / ".backup-lock").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        with pytest.raises(BackupFault, match="being made just now"):
            made(source, to)


def test_a_damaged_database_is_not_taken_for_a_backup(source: Source, to: Path):
    file = source.folder / inside.SQLITE
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.execute("INSERT INTO visit VALUES (999)")
    database.close()
    with pytest.raises(BackupFault, match=r"damaged.*points to nothing"):
        made(source, to)


def test_old_ones_are_cleared_away_and_strangers_are_left(source: Source, to: Path):
    (to / "alongside-holiday.tar").write_text("not ours")
    for day in range(9):
        (to / shelf.name_of(NOW - timedelta(days=day + 1))).write_text("old")
    done = make(source, to, LOCK, Keep(days=3, weeks=0, months=0), now=NOW)
    assert len(done.gone) == 7
    assert sorted(shelf.made(to)) == [NOW - timedelta(days=day) for day in (2, 1, 0)]
    assert (to / "alongside-holiday.tar").exists()


def test_where_the_chains_end_is_kept_outside_the_lock(source: Source, to: Path):
    with sqlite3.connect(source.folder / inside.SQLITE) as database:
        database.execute("INSERT INTO audit_head VALUES (?, 3, ?)", ["c" * 32, "d" * 64])
    database.close()
    made(source, to)
    anchor = json.loads(next(to.glob("*.anchor.json")).read_text())
    assert anchor["heads"] == {"c" * 32: {"number": 3, "digest": "d" * 64}}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about a file of SQLite")
def test_the_copy_is_of_one_moment_while_others_write(source: Source, to: Path, tmp_path: Path):
    """Whoever commits in the middle of a copy is not in it, by half or whole."""
    copied = tmp_path / "copy"
    there = source.folder / inside.SQLITE

    def meanwhile(*_: object) -> None:
        with sqlite3.connect(there, timeout=0) as other:
            other.execute("INSERT INTO people_client (name) VALUES ('later')")
        other.close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(of_sqlite, "STEP", 1)
        patch.setattr(of_sqlite.time, "sleep", meanwhile)
        of_sqlite.copy(there, copied)
    assert of_sqlite.counted(copied)["people_client"] == 50
    assert of_sqlite.counted(there)["people_client"] > 50
    assert of_sqlite.wrong_with(copied) == []
