"""Up, and able to work: said in one word, and no more to a stranger."""

from collections import namedtuple

import pytest
from django.db import OperationalError

from alongside.site import health

Disk = namedtuple("Disk", "total used free")


@pytest.fixture(autouse=True)
def not_yet_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_migrated", False)


def test_a_process_that_answers_is_well_without_a_database(web):
    answer = web.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_with_database_migrations_and_room_it_is_ready(web):
    answer = web.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def unready(web) -> None:
    answer = web.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})
    assert answer["Retry-After"] == "5"


@pytest.mark.django_db
def test_a_full_disk_is_not_ready(web, monkeypatch, tmp_path, settings, caplog):
    settings.DATA = tmp_path
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _: Disk(9, 9, 200 * 1024**2 - 1))
    unready(web)
    assert "200 MB" in caplog.text


@pytest.mark.django_db
def test_a_database_without_its_migrations_is_not_ready(web, monkeypatch, caplog):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: ["one to go"])
    unready(web)
    assert "alongside migrate" in caplog.text


@pytest.mark.django_db
def test_a_database_that_is_away_is_not_ready(web, monkeypatch, caplog):
    class Away:
        def cursor(self):
            raise OperationalError("secret-host is away")

        def close(self):
            pass

    monkeypatch.setattr(health, "connection", Away())
    unready(web)
    assert "secret-host" not in caplog.text
