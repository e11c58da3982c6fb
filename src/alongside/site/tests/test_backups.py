"""A backup is locked, whole, and checked before it is trusted; what goes wrong is said in words."""

import io
import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyrage
import pytest
from django.db import connection

from alongside.parts import registry
from alongside.parts.part import Part
from alongside.parts.restored import Restored, after
from alongside.rules.keeping import Keep
from alongside.site.backups import check, inside, last, of_sqlite, own_key, restore, sealed, shelf
from alongside.site.backups.faults import BackupFault, WrongKey, in_words
from alongside.site.backups.make import KEY, Source, make
from alongside.site.backups.manifest import differences

PHRASE = "a phrase for the tests"
OURS = pyrage.x25519.Identity.generate()
# A key, where a passphrase does not matter: stretching one takes a second by design.
LOCK = sealed.Lock(recipients=(str(OURS.to_public()),))
KEYS = sealed.Keys(identities=(str(OURS),))
NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
CANARY = "CNRY-Amara"


def a_database(file: Path, rows: int = 50) -> None:
    """A little database that looks like ours as far as a backup is concerned."""
    with sqlite3.connect(file) as database:
        database.executescript(
            """
            PRAGMA journal_mode=WAL;
            CREATE TABLE people_client (id INTEGER PRIMARY KEY, name TEXT);
            CREATE TABLE visit (client INTEGER REFERENCES people_client(id));
            CREATE TABLE audit_head (clinic_id TEXT, number INTEGER, digest TEXT);
            CREATE TABLE django_migrations (id INTEGER PRIMARY KEY, app TEXT, name TEXT);
            INSERT INTO django_migrations VALUES (1, 'people', '0001_initial');
            """
        )
        names = [(number, CANARY) for number in range(rows)]
        database.executemany("INSERT INTO people_client VALUES (?, ?)", names)
    database.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    a_database(data / inside.SQLITE)
    (data / KEY).write_text("the secret of the house\n")
    (data / "erased.jsonl").write_text("{}\n")
    (data / "static").mkdir()
    (data / "static" / "a.css").write_text("can be made again")
    return data


@pytest.fixture
def to(tmp_path: Path) -> Path:
    there = tmp_path / "shelf"
    there.mkdir()
    return there


@pytest.fixture
def source(folder: Path) -> Source:
    named = {"ENGINE": "alongside.site.sqlite_in_turn", "NAME": str(folder / inside.SQLITE)}
    return Source(folder=folder, database=named, secret="the secret of the house")


def made(source: Source, to: Path, *, now: datetime = NOW, lock: sealed.Lock = LOCK) -> Path:
    return make(source, to, lock, Keep(), now=now).file


def test_what_is_backed_up_comes_back_as_it_was(source: Source, to: Path, tmp_path: Path):
    file = made(source, to)
    new = tmp_path / "new"
    with restore.new_folder(new) as laid:
        said = restore.lay_out(file, laid, KEYS, secret="", say=print)
        assert restore.put_in_place(laid, new, now=NOW) is None
    assert said.rows["people_client"] == 50
    assert of_sqlite.counted(new / inside.SQLITE) == said.rows
    assert (new / KEY).read_text() == "the secret of the house\n"
    assert {path.name for path in new.iterdir()} == {inside.SQLITE, KEY, "erased.jsonl"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in new.iterdir()} == {0o600}
    assert stat.S_IMODE(new.stat().st_mode) == 0o700


def test_nobody_reads_a_name_in_it(source: Source, to: Path):
    file = made(source, to)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    whole = b"".join(path.read_bytes() for path in to.iterdir())
    assert CANARY.encode() not in whole
    assert b"the secret of the house" not in whole
    assert CANARY.encode() in b"".join(path.read_bytes() for path in source.folder.glob("*lite3*"))


def test_nothing_half_made_is_left_behind(source: Source, to: Path):
    made(source, to)
    assert [path.name for path in to.glob(".*")] == []
    assert [path.name for path in source.folder.glob(".backup-*")] == [".backup-lock"]


def opens(file: Path, keys: sealed.Keys) -> bool:
    heard = []
    with file.open("rb") as source:
        sealed.unseal(source, lambda pipe: heard.append(pipe.read()), keys)
    return bool(heard[0])


def test_holders_of_a_key_and_of_the_passphrase_open_it_and_nobody_else(source: Source, to: Path):
    mine, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    both = own_key.lock_of(
        source.folder, recipients=(str(mine.to_public()),), passphrase=PHRASE, secret="s"
    )
    file = made(source, to, lock=both)
    assert opens(file, sealed.Keys(passphrase=PHRASE))
    assert opens(file, sealed.Keys(identities=(str(mine),)))
    for keys, says in (
        (sealed.Keys(identities=(str(other),)), "No key at hand"),
        (sealed.Keys(passphrase="another phrase entirely"), "passphrase does not open"),
        (sealed.Keys(), "you need the passphrase"),
        (sealed.Keys(identities=("hunter2",)), "AGE-SECRET-KEY"),
    ):
        with pytest.raises(WrongKey, match=says):
            opens(file, keys)


class Stretched:
    """Stands for pyrage's passphrases, which cost a second and a gigabyte each."""

    def __init__(self) -> None:
        self.times = 0

    def encrypt(self, text: bytes, phrase: str) -> bytes:
        self.times += 1
        return f"locked with {phrase}".encode()


def test_a_passphrase_is_stretched_once_and_again_when_it_changes(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(own_key.pyrage, "passphrase", stretched := Stretched())

    def lock(phrase: str) -> sealed.Lock:
        return own_key.lock_of(tmp_path, recipients=("age1x",), passphrase=phrase, secret="s")

    first = lock(PHRASE)
    assert lock(PHRASE) == first
    assert stretched.times == 1
    other = lock(PHRASE + "!")
    assert stretched.times == 2
    assert other.recipients[0] == "age1x" == first.recipients[0]
    assert other.recipients[1] != first.recipients[1]
    kept = tmp_path / own_key.NAME
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert PHRASE not in kept.read_text()
    assert "AGE-SECRET" not in kept.read_text()


def test_a_short_passphrase_is_refused(tmp_path: Path):
    with pytest.raises(BackupFault, match="too short"):
        own_key.lock_of(tmp_path, recipients=(), passphrase="short", secret="s")
    assert own_key.lock_of(tmp_path, recipients=(), passphrase="", secret="s") == sealed.Lock()


@pytest.mark.skipif(not shutil.which("age"), reason="age is not installed here")
def test_age_and_tar_open_it_without_us(source: Source, to: Path, tmp_path: Path):
    mine = pyrage.x25519.Identity.generate()
    file = made(source, to, lock=sealed.Lock(recipients=(str(mine.to_public()),)))
    (tmp_path / "key").write_text(f"{mine}\n")
    words = f"tar xf {file} && age --decrypt -i key data.age | tar xz"
    subprocess.run(["sh", "-ec", words], cwd=tmp_path, check=True)
    assert of_sqlite.counted(tmp_path / inside.SQLITE)["people_client"] == 50


@pytest.mark.parametrize("at", [0.2, 0.5, 0.9])
def test_a_changed_or_shortened_backup_is_refused(source: Source, to: Path, at: float):
    (source.folder / "large").write_bytes(os.urandom(200_000))
    file = made(source, to)
    whole = file.read_bytes()
    place = int(len(whole) * at)
    for broken in (
        whole[:place],
        whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :],
    ):
        file.write_bytes(broken)
        with pytest.raises(BackupFault, match=r"damaged|cut short|No key"):
            opens(file, KEYS)


def test_what_is_no_backup_is_said_to_be_none(tmp_path: Path):
    (tmp_path / "x.tar").write_bytes(b"hello " * 1000)
    with pytest.raises(BackupFault, match="not a backup of Alongside"):
        opens(tmp_path / "x.tar", KEYS)


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


# --- restoring -----------------------------------------------------------------------------------


def test_only_an_empty_place_or_a_spoken_word(folder: Path, tmp_path: Path):
    restore.check_place(tmp_path / "new", replace=False)
    (tmp_path / "empty").mkdir()
    restore.check_place(tmp_path / "empty", replace=False)
    with pytest.raises(BackupFault, match="not empty"):
        restore.check_place(folder, replace=False)
    restore.check_place(folder, replace=True)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about a file of SQLite")
def test_never_over_a_running_one_whatever_is_said(folder: Path):
    with sqlite3.connect(folder / inside.SQLITE) as running:
        running.execute("SELECT * FROM people_client").fetchone()
        with pytest.raises(BackupFault, match="Stop it first"):
            restore.check_place(folder, replace=True)
    running.close()
    restore.check_place(folder, replace=True)


def test_what_is_replaced_is_moved_aside_and_kept(source: Source, to: Path, folder: Path):
    file = made(source, to)
    with restore.new_folder(folder) as laid:
        restore.lay_out(file, laid, KEYS, secret="", say=print)
        aside = restore.put_in_place(laid, folder, now=NOW)
    assert aside is not None
    assert of_sqlite.counted(aside / inside.SQLITE)["people_client"] == 50
    assert of_sqlite.counted(folder / inside.SQLITE)["people_client"] == 50


def test_a_backup_that_says_more_than_it_has_is_refused(source: Source, to: Path, monkeypatch):
    real = inside.write

    def write(pipe, database, extra, of):
        real(pipe, database, extra, replace(of, rows={**of.rows, "people_client": 51}))

    monkeypatch.setattr(inside, "write", write)
    file = made(source, to)
    with (
        restore.new_folder(to / "new") as laid,
        pytest.raises(BackupFault, match="cannot be trust"),
    ):
        restore.lay_out(file, laid, KEYS, secret="", say=print)
    assert not (to / "new").exists()


def test_a_file_that_would_be_written_elsewhere_is_refused(tmp_path: Path):
    import gzip
    import tarfile

    packed = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=packed, mode="wb") as zipped,
        tarfile.open(fileobj=zipped, mode="w|") as tar,
    ):
        tar.addfile(tarfile.TarInfo("../elsewhere"), io.BytesIO())
    packed.seek(0)
    with pytest.raises(BackupFault, match="elsewhere"):
        inside.lay_out(packed, tmp_path)


def test_the_machines_own_key_must_be_the_backups(source: Source, to: Path, tmp_path: Path):
    file = made(source, to)
    with (
        restore.new_folder(tmp_path / "new") as laid,
        pytest.raises(BackupFault, match="ALONGSIDE_SECRET_KEY"),
    ):
        restore.lay_out(file, laid, KEYS, secret="another", say=print)


def test_a_good_backup_has_no_faults(source: Source, to: Path, tmp_path: Path):
    with check.opened(made(source, to), KEYS, near=tmp_path) as (laid, said):
        assert check.faults_of(laid, said) == []
        assert check.secret_in(laid) == "the secret of the house"
    assert list(tmp_path.glob(".restoring-*")) == []


def test_tables_that_differ_are_named():
    assert differences({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 1}) == [
        "b: 2 rows were copied and 3 are here",
        "c: 0 rows were copied and 1 are here",
    ]


def test_what_the_system_says_is_said_in_words(tmp_path: Path):
    for number, says in (
        (13, "may not write"),
        (30, "may not write"),
        (2, "There is no"),
        (5, "Input/output"),
    ):
        with pytest.raises(BackupFault, match=re.escape(says)), in_words(tmp_path):
            raise OSError(number, os.strerror(number))


# --- after a restore: what happened since is done again ------------------------------------------


def forget_again(restored: Restored) -> str:
    erased = [line for path in restored.newest("erased.jsonl") for line in path.open()]
    return f"{len(erased)} erased again" if erased else ""


def test_a_part_does_again_what_an_older_copy_does_not_know(tmp_path: Path, monkeypatch):
    dotted = "alongside.forgetting.forget_again"
    part = Part(name="forgetting", label="f", about="f", restores=(dotted,))
    monkeypatch.setattr(registry, "_parts", {"forgetting": part})
    beside, data = tmp_path / "shelf", tmp_path / "data"
    beside.mkdir()
    restored = Restored(made_at=NOW, data=data, beside=beside)
    monkeypatch.setattr("alongside.parts.restored.import_string", {dotted: forget_again}.get)
    assert list(after(restored)) == []
    (beside / "erased.jsonl").write_text("{}\n{}\n")
    assert list(after(restored)) == ["2 erased again"]
