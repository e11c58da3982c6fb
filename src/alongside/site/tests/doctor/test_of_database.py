"""The doctor and the database: its people, its record, what it keeps and over which wire."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from alongside.audit.actions.record import record
from alongside.clinics.models import Clinic
from alongside.people.actions.add_user import add_user
from alongside.site.doctor import of_database
from alongside.site.tests.doctor.seen import NOW, ids


def look_into_it(now: datetime = NOW) -> set[str]:
    return ids(of_database.of_database(now))


# In memory, as the tests of SQLite are, nothing is written ahead and nothing is private to a role.
# The time is given here, and a server has its own.
NEVER_HERE = {"alongside.W029", "alongside.E028", "alongside.E032"}


@pytest.mark.django_db
def test_a_sound_database_has_nothing(harbour, dee, acting):
    assert look_into_it() - NEVER_HERE == set()


@pytest.mark.django_db
def test_a_database_that_is_away_is_said_and_nothing_else(monkeypatch):
    from django.db import OperationalError

    class Away:
        vendor = "sqlite"

        def cursor(self):
            raise OperationalError("no route to host\nand more")

    monkeypatch.setattr(of_database, "connection", Away())
    assert look_into_it() == {"alongside.E020"}


@pytest.mark.django_db
def test_missing_migrations_are_found(monkeypatch):
    monkeypatch.setattr(of_database.MigrationExecutor, "migration_plan", lambda *_: ["one"])
    assert look_into_it() - NEVER_HERE == {"alongside.E021"}


@pytest.mark.django_db
def test_the_demos_people_are_found_outside_the_demo(settings):
    add_user("dee@demo.invalid", name="Dee")
    assert "alongside.E022" in look_into_it()
    settings.DEMO = True
    assert "alongside.E022" not in look_into_it()


@pytest.mark.django_db
def test_errors_shown_with_real_people_are_found(settings, dee):
    settings.DEBUG = True
    assert "alongside.E023" in look_into_it()


@pytest.mark.django_db
def test_a_time_zone_that_is_not_known_here_is_found(harbour):
    Clinic.objects.filter(pk=harbour.pk).update(zone_name="Europe/Atlantis")
    assert "alongside.E024" in look_into_it()


@pytest.mark.django_db
def test_a_record_that_does_not_hold_is_found(here, dee, acting, now, settings):
    record("visits.see_board", by=acting.staff(dee), now=now)
    assert "alongside.E025" not in look_into_it()
    settings.SECRET_KEY = "another key, of fifty signs or more, as a key should be"
    assert "alongside.E025" in look_into_it()


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
def test_an_sqlite_that_does_not_keep_its_word_is_found(monkeypatch):
    monkeypatch.setattr(of_database.sqlite, "keeps_its_word", lambda _: False)
    assert look_into_it() == {"alongside.E026"}


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
def test_an_sqlite_set_otherwise_is_found(monkeypatch):
    monkeypatch.setitem(of_database.PRAGMAS, "synchronous", 3)
    assert look_into_it() == {"alongside.E027"}


@pytest.mark.parametrize(
    ("what", "id_"),
    [
        ({"commit": "off"}, "E028"),
        ({"fsync": "off"}, "E028"),
        ({"is_mighty": True}, "W029"),
    ],
)
def test_a_postgres_that_forgets_or_trusts_too_much_is_found(what, id_):
    well = {"commit": "on", "fsync": "on", "is_mighty": False}
    assert ids(of_database.told(**well)) == set()
    assert ids(of_database.told(**{**well, **what})) == {f"alongside.{id_}"}


class Postgres:
    """What a server far away says of itself."""

    vendor = "postgresql"

    def __init__(self, *row: object) -> None:
        self._row = row

    def cursor(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_: object) -> None: ...

    def execute(self, asked: str) -> None: ...

    def fetchone(self) -> tuple[object, ...]:
        return self._row


@pytest.mark.parametrize(
    ("is_private", "address", "clock", "found"),
    [
        (True, "10.0.0.7", NOW, set()),
        (False, None, NOW, set()),
        (False, "127.0.0.1", NOW, set()),
        (False, "10.0.0.7", NOW, {"alongside.E031"}),
        (True, "10.0.0.7", NOW + timedelta(hours=1), {"alongside.E032"}),
        (True, "10.0.0.7", NOW - timedelta(minutes=1), {"alongside.E032"}),
    ],
)
def test_the_wire_to_a_postgres_and_its_clock(monkeypatch, is_private, address, clock, found):
    server = Postgres("on", "on", False, clock, is_private, address)
    monkeypatch.setattr(of_database, "connection", server)
    assert ids(of_database.postgres(NOW)) == found
