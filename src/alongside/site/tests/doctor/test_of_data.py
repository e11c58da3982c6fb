"""The doctor and the machine: files, disk, clock, backups."""

from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alongside.site.backups import last, shelf
from alongside.site.doctor import of_data
from alongside.site.tests.doctor.seen import NOW, ids

Disk = namedtuple("Disk", "total used free")


@pytest.fixture
def data(settings, tmp_path) -> Path:
    """A data folder as it should be, with last night's backup."""
    folder, there = tmp_path / "data", tmp_path / "shelf"
    there.mkdir()
    folder.mkdir(mode=0o700)
    folder.chmod(0o700)
    (folder / "static").mkdir()
    (folder / "static" / "staticfiles.json").write_text("{}")
    (folder / "secret-key").write_text("x")
    (folder / "secret-key").chmod(0o600)
    last.write(folder, last.Last(made_at=(NOW - timedelta(hours=7)).isoformat()))
    settings.DATA, settings.BACKUP_TO = folder, str(there)
    settings.STATIC_ROOT = folder / "static"
    return folder


def look_at_it(now: datetime = NOW) -> set[str]:
    # The file system's clock is compared with ours: let the test's length not matter.
    return ids(of_data.of_data(now + (datetime.now(UTC) - NOW)))


def test_a_machine_as_it_should_be_has_nothing(data):
    assert look_at_it() == set()


@pytest.mark.parametrize("name", ["", "secret-key", "last-backup.json"])
def test_files_that_others_can_read_are_found(data, name):
    (data / name).chmod(0o755)
    assert look_at_it() == {"alongside.E040"}


def test_a_full_disk_is_found(data, monkeypatch):
    monkeypatch.setattr(of_data.shutil, "disk_usage", lambda _: Disk(9, 9, 199 * 1024**2))
    assert look_at_it() == {"alongside.E041"}


@pytest.mark.parametrize("off", [timedelta(hours=1), timedelta(minutes=-2), timedelta(days=-900)])
def test_a_clock_that_is_wrong_is_found(data, off):
    assert ids(of_data.clock(datetime.now(UTC) + off)) == {"alongside.E042"}


def test_styles_that_are_not_laid_out_are_found(data):
    (data / "static" / "staticfiles.json").unlink()
    assert look_at_it() == {"alongside.W043"}


def test_a_folder_for_backups_that_is_gone_is_found(data, settings):
    settings.BACKUP_TO = str(data / "usb")
    assert look_at_it() == {"alongside.E044"}


@pytest.mark.parametrize(
    ("age", "found"),
    [(timedelta(hours=30), "W046"), (timedelta(days=8), "E045"), (None, "E045")],
)
def test_a_backup_that_is_old_or_none_is_found(data, age, found):
    made = (NOW - age).isoformat() if age else ""
    last.write(data, last.Last(made_at=made, failed_at=NOW.isoformat(), why="There is no room."))
    assert look_at_it() == {f"alongside.{found}"}
    told = next(of_data.backups(NOW))
    assert told.hint == "The last try failed: There is no room."


def test_a_backup_that_another_machine_made_counts(data, settings):
    (data / last.NAME).unlink()
    (Path(settings.BACKUP_TO) / shelf.name_of(NOW)).write_text("locked")
    assert look_at_it() == set()
