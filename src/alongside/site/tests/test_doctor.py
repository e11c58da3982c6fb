"""Each thing the doctor looks for has a patient who has it, and one who has not."""

import copy
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.checks import CheckMessage
from django.db import connection

from alongside.audit.actions.record import record
from alongside.clinics.models import Clinic
from alongside.people.actions.add_user import add_user
from alongside.site.backups import last, shelf
from alongside.site.commands import _folder
from alongside.site.commands import doctor as command
from alongside.site.doctor import look, of_data, of_database, of_settings, start

NOW = datetime.now(UTC)
Disk = namedtuple("Disk", "total used free")
HTTPS = {
    "HTTPS": True,
    "PUBLIC_URL": "https://clinic.example.org",
    "ALLOWED_HOSTS": ["clinic.example.org"],
    "SECURE_HSTS_SECONDS": 31536000,
    "SESSION_COOKIE_NAME": "__Host-session",
    "CSRF_COOKIE_NAME": "__Host-csrf",
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECRET_KEY": "ten-different-signs-and-many-more-of-them-than-fifty-are-here",
    "EMAIL_IS_SET": True,
}


def ids(found) -> set[str]:
    return {one.id for one in found}


def said(check) -> set[str]:
    return ids(check())


@pytest.fixture
def well(settings):
    """An installation as it should be."""
    for name, value in HTTPS.items():
        setattr(settings, name, value)
    return settings


def policy(**changed) -> dict:
    from django.conf import settings

    said = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
    said["DIRECTIVES"].update(changed)
    return said


@pytest.mark.parametrize("check", of_settings.CHECKS)
def test_an_installation_as_it_should_be_has_nothing(well, check):
    assert said(check) == set()


SICK = [
    (of_settings.hosts, "E001", {"ALLOWED_HOSTS": ["*"]}),
    (of_settings.hosts, "E002", {"ALLOWED_HOSTS": ["another.example.org"]}),
    (of_settings.https, "E003", {"HTTPS": False, "PUBLIC_URL": "http://clinic.example.org"}),
    (of_settings.https, "W004", {"SECURE_HSTS_SECONDS": 3600}),
    (of_settings.cookies, "E005", {"SESSION_COOKIE_SECURE": False}),
    (of_settings.cookies, "E005", {"CSRF_COOKIE_NAME": "csrf"}),
    (of_settings.cookies, "E006", {"SESSION_COOKIE_HTTPONLY": False}),
    (of_settings.session_length, "E007", {"SESSION_COOKIE_AGE": 14 * 24 * 3600}),
    (of_settings.limits, "E010", {"DATA_UPLOAD_MAX_MEMORY_SIZE": None}),
    (of_settings.limits, "E010", {"DATA_UPLOAD_MAX_NUMBER_FIELDS": 100_000}),
    (of_settings.policy, "E011", {"CONTENT_SECURITY_POLICY": None}),
    (of_settings.policy, "E011", {"CONTENT_SECURITY_POLICY": policy(**{"script-src": ["*"]})}),
    (
        of_settings.policy,
        "E011",
        {"CONTENT_SECURITY_POLICY": policy(**{"style-src": ["'unsafe-inline'"]})},
    ),
    (of_settings.policy, "E011", {"MIDDLEWARE": []}),
    (of_settings.guards, "E013", {"MIDDLEWARE": []}),
    (of_settings.secret_key, "E014", {"SECRET_KEY": "hunter2"}),
    (of_settings.secret_key, "E014", {"SECRET_KEY": "a" * 60}),
    (of_settings.mail, "W015", {"EMAIL_IS_SET": False}),
]


@pytest.mark.parametrize(("check", "id_", "changed"), SICK)
def test_what_is_wrong_with_the_settings_is_found(well, check, id_, changed):
    for name, value in changed.items():
        setattr(well, name, value)
    assert said(check) == {f"alongside.{id_}"}


def test_a_quick_hash_of_passwords_is_found(well):
    well.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    assert said(of_settings.hasher) == {"alongside.E008"}


def test_a_hash_that_this_machine_cannot_bear_is_found(well):
    well.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert said(of_settings.hasher) == {"alongside.W009"}


def test_djangos_admin_is_found(well, monkeypatch):
    monkeypatch.setattr(of_settings.settings, "INSTALLED_APPS", ["django.contrib.admin"])
    assert said(of_settings.admin) == {"alongside.E012"}


# --- the database --------------------------------------------------------------------------------


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


# --- the machine ---------------------------------------------------------------------------------


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


# --- said, and refused ---------------------------------------------------------------------------


def test_the_settings_checks_are_djangos_too():
    from django.core.checks import run_checks

    from alongside.site.doctor.known import make_known

    before = ids(run_checks(include_deployment_checks=True))
    assert not {one for one in before if one.startswith("alongside.")}
    make_known()
    after = ids(run_checks(include_deployment_checks=True))
    assert "alongside.W015" in after


def test_what_is_answered_elsewhere_is_djangos_and_says_where():
    assert all(name.startswith("security.W") for name in look.ANSWERED)
    assert all(len(why) > 10 for why in look.ANSWERED.values())


def a(level: int, id_: str) -> CheckMessage:
    return CheckMessage(level, f"{id_} is so", hint="do this", id=id_)


@pytest.mark.parametrize(
    ("found", "status", "says"),
    [
        ([], 0, "All is well."),
        (
            [a(30, "alongside.W015")],
            1,
            "Doubtful: alongside.W015 is so [alongside.W015]\n    do this",
        ),
        ([a(40, "alongside.E001"), a(30, "alongside.W015")], 2, "1 wrong, 1 doubtful."),
    ],
)
def test_the_doctor_says_it_and_ends_as_bad_as_it_is(
    monkeypatch, capsys, tmp_path, found, status, says
):
    from argparse import Namespace

    monkeypatch.setattr(look, "everything", lambda _: found)
    monkeypatch.setattr(_folder, "look_at", lambda _: None)
    assert command.run(Namespace(data=tmp_path, json=False)) == status
    assert says in capsys.readouterr().out
    assert command.run(Namespace(data=tmp_path, json=True)) == status
    assert f'"wrong": {sum(one.level == 40 for one in found)}' in capsys.readouterr().out


@pytest.mark.django_db
def test_no_server_starts_with_the_demos_people(settings, capsys):
    assert start.why_not() == ""
    add_user("charlie@demo.invalid", name="Charlie")
    assert start.why_not() == start.DEMO_PEOPLE
    assert _folder.refuse() == 1
    assert "does not start" in capsys.readouterr().err
    settings.DEMO = True
    assert _folder.refuse() == 0


@pytest.mark.django_db
def test_no_server_shows_errors_beside_real_people(settings, dee):
    assert start.why_not() == ""
    settings.DEBUG = True
    assert start.why_not() == start.DEBUG_WITH_PEOPLE


@pytest.mark.django_db
def test_errors_may_be_shown_while_nobody_is_there(settings):
    settings.DEBUG = True
    assert start.why_not() == ""
