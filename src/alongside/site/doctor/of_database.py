"""What the database says: its library and settings, its people, its record."""

import ipaddress
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Doubt
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor

from alongside.audit.verify import verdicts
from alongside.clinics.models import Clinic
from alongside.site import sqlite
from alongside.site.doctor import start

# On a connection of the product: "full" is 2.
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
APART = timedelta(seconds=30)


def of_database(now: datetime) -> Iterator[CheckMessage]:
    """Ask the database everything; when it does not answer, say that and nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        yield from (postgres(now) if connection.vendor == "postgresql" else sqlite_file())
        missing = list(migrations())
        yield from missing
        if not missing:
            yield from people()
            yield from zones()
            yield from record()
    except (DatabaseError, InterfaceError) as fault:
        yield Error(
            f"The database does not answer as it should: {str(fault).strip().splitlines()[0]}",
            hint="Is it running, and is DATABASE_URL right?",
            id="alongside.E020",
        )


def migrations() -> Iterator[CheckMessage]:
    """The database is up to this release."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        yield Error(
            f"The database is {len(plan)} steps behind this release.",
            hint="alongside migrate, or start alongside serve, which does it.",
            id="alongside.E021",
        )


def people() -> Iterator[CheckMessage]:
    """Nobody of the demo is here, and no error shows a person's data."""
    if not settings.DEMO and start.has_demo_people():
        yield Error(start.DEMO_PEOPLE, id="alongside.E022")
    if settings.DEBUG and not settings.DEMO and start.has_real_people():
        yield Error(start.DEBUG_WITH_PEOPLE, id="alongside.E023")


def zones() -> Iterator[CheckMessage]:
    """Every clinic's clock can be told."""
    for clinic in Clinic.objects.order_by("name"):
        try:
            ZoneInfo(clinic.zone_name)
        except (LookupError, ValueError, OSError):
            yield Error(
                f"The time zone {clinic.zone_name!r} of {clinic.name} is not known here: no page "
                "of it opens.",
                hint="Install the pinned requirements again: they bring the time zones (tzdata).",
                id="alongside.E024",
            )


def record() -> Iterator[CheckMessage]:
    """Nobody changed what is on record."""
    for clinic, verdict in verdicts().items():
        if verdict.first_bad:
            yield Error(
                f"The record of clinic {clinic} does not hold at row {verdict.first_bad}: "
                f"{verdict.why}.",
                hint="Somebody changed the database by hand, or the secret key is another one. "
                "Change nothing, make a copy, and look into the last good backup.",
                id="alongside.E025",
            )


def sqlite_file() -> Iterator[CheckMessage]:
    """The library keeps its word, and every connection is set as it must be."""
    import sqlite3

    version = sqlite3.sqlite_version_info
    if not sqlite.keeps_its_word((version[0], version[1], version[2])):
        yield Error(
            f"SQLite {sqlite3.sqlite_version} can lose what it confirmed.",
            hint="Install the pinned requirements: they bring a safe one.",
            id="alongside.E026",
        )
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}
    # In memory (as in tests) there is no journal to write ahead.
    wrong = [
        name
        for name, needed in PRAGMAS.items()
        if found[name] != needed and found[name] != "memory"
    ]
    if wrong:
        yield Error(
            f"SQLite is not set as it must be: {', '.join(wrong)}. A power cut could lose what was "
            "confirmed.",
            hint="DATABASES in the settings: leave `init_command` as it is delivered.",
            id="alongside.E027",
        )


def postgres(now: datetime) -> Iterator[CheckMessage]:
    """What was confirmed is on the disk, the role is no superuser, the wire is private."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('synchronous_commit'), current_setting('fsync'), "
            "rolsuper OR rolbypassrls, clock_timestamp(), "
            "(SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), host(inet_server_addr()) "
            "FROM pg_roles WHERE rolname = current_user"
        )
        commit, fsync, is_mighty, theirs, is_private, address = cursor.fetchone()
    yield from told(commit=commit, fsync=fsync, is_mighty=is_mighty)
    if not is_private and address and not ipaddress.ip_address(address).is_loopback:
        yield Error(
            f"What is said to the database at {address} can be read on the way.",
            hint="Add ?sslmode=verify-full to DATABASE_URL, and the server's certificate.",
            id="alongside.E031",
        )
    if abs(theirs - now) > APART:
        yield Error(
            f"This machine's clock and the database's are {abs(theirs - now).seconds} s apart: "
            "waits would be worked out wrongly.",
            hint="Let both follow a time server (timedatectl set-ntp true).",
            id="alongside.E032",
        )


def told(*, commit: str, fsync: str, is_mighty: bool) -> Iterator[CheckMessage]:
    """Judge what the server says about itself and about us."""
    if commit == "off" or fsync == "off":
        yield Error(
            "PostgreSQL confirms before it has written: a power cut would lose check-ins.",
            hint="synchronous_commit = on and fsync = on in postgresql.conf.",
            id="alongside.E028",
        )
    if is_mighty:
        yield Doubt(
            "The pages work under a role that row security does not hold (superuser, BYPASSRLS).",
            hint="docs/how-to/postgres.md: a role of the pages' own.",
            id="alongside.W029",
        )
