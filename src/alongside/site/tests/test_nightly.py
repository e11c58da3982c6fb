"""The night's backup begins by itself, once, beside the server's work."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.site import nightly
from alongside.site.backups import last

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 24, 1, 5, tzinfo=UTC)


class Begun:
    """A process that is at work until it is told to have ended."""

    pid = 0
    ended: int | None = None

    def poll(self) -> int | None:
        return self.ended


@pytest.fixture
def begun(monkeypatch, settings, tmp_path) -> list[Begun]:
    settings.DATA, settings.BACKUP_TO, settings.BACKUP_HOUR = tmp_path, str(tmp_path), 2
    made: list[Begun] = []

    def popen(words, **how):
        assert words[-3:] == ["backup", "--data", str(tmp_path)]
        made.append(Begun())
        return made[-1]

    monkeypatch.setattr(nightly.subprocess, "Popen", popen)
    monkeypatch.setattr(nightly.os, "setpriority", lambda *_: None)
    monkeypatch.setattr(nightly, "LOOK", 0.0)
    monkeypatch.setattr(nightly, "AGAIN", 0.0)
    return made


def backed_up(folder, at: datetime) -> None:
    last.write(folder, last.Last(made_at=at.isoformat()))


def test_it_begins_when_the_hour_has_come_in_the_clinics_zone(harbour, begun, tmp_path):
    backed_up(tmp_path, NIGHT - timedelta(days=1))
    loop = nightly.Nightly()
    loop.look(NIGHT - timedelta(minutes=6))
    assert begun == []
    loop.look(NIGHT)
    assert len(begun) == 1


def test_a_first_one_is_made_at_once(begun):
    nightly.Nightly().look(NIGHT + timedelta(hours=9))
    assert len(begun) == 1


def test_one_is_made_at_a_time_and_once_a_night(harbour, begun, tmp_path):
    loop = nightly.Nightly()
    loop.look(NIGHT)
    loop.look(NIGHT)
    assert len(begun) == 1
    begun[0].ended = 0
    backed_up(tmp_path, NIGHT)
    loop.look(NIGHT + timedelta(hours=1))
    assert len(begun) == 1


def test_one_that_failed_is_said_and_tried_again(begun, caplog, tmp_path):
    loop = nightly.Nightly()
    loop.look(NIGHT)
    begun[0].ended = 1
    last.write(tmp_path, last.Last(failed_at=NIGHT.isoformat(), why="There is no folder."))
    loop.look(NIGHT + timedelta(hours=1))
    assert "There is no folder" in caplog.text
    assert len(begun) == 2


def test_without_a_folder_and_in_the_demo_nothing_begins(begun, settings):
    settings.DEMO = True
    nightly.Nightly().look(NIGHT)
    settings.DEMO, settings.BACKUP_TO = False, ""
    nightly.Nightly().look(NIGHT)
    assert begun == []
