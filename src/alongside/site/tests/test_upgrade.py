"""Before a release changes the tables the file is kept; without room nothing is changed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alongside.site import upgrade
from alongside.site.backups import of_sqlite
from alongside.site.backups.faults import BackupFault
from alongside.site.commands import _folder

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database that the release at hand is about to change."""
    there = tmp_path / "alongside.sqlite3"
    with of_sqlite.opened(there, "rwc") as database:
        database.execute("CREATE TABLE people (name TEXT)")
        database.execute("INSERT INTO people VALUES ('Amara')")

    class Connection:
        vendor = "sqlite"
        settings_dict = {"NAME": there}

    monkeypatch.setattr(upgrade, "connection", Connection())
    monkeypatch.setattr(upgrade, "changes_are_due", lambda: True)
    return there


def copies(file: Path) -> list[Path]:
    return sorted(file.parent.glob("*.before-*"))


def test_the_file_is_kept_as_it_was(file):
    copy = upgrade.keep_a_copy(NOW)
    assert copy == file.with_name("alongside.sqlite3.before-20261124T010000Z")
    assert of_sqlite.counted(copy) == {"people": 1}


def test_nothing_is_kept_where_nothing_is_to_be_changed(file, monkeypatch):
    monkeypatch.setattr(upgrade, "changes_are_due", lambda: False)
    assert upgrade.keep_a_copy(NOW) is None
    assert copies(file) == []


def test_the_last_two_stay(file):
    for day in range(4):
        upgrade.keep_a_copy(NOW + timedelta(days=day))
    assert [copy.name[-16:-8] for copy in copies(file)] == ["20261126", "20261127"]


def test_without_room_for_the_copy_nothing_is_changed(file, monkeypatch):
    def full(source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(of_sqlite, "copy", full)
    with pytest.raises(BackupFault, match="no room"):
        upgrade.keep_a_copy(NOW)
    assert copies(file) == []
    with pytest.raises(SystemExit, match=r"Nothing was changed.*no room"):
        _folder._keep_a_copy()


@pytest.mark.django_db
def test_a_database_that_is_up_to_date_has_no_changes_due():
    assert upgrade.changes_are_due() is False
