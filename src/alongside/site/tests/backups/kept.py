"""A small database, backed up."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pyrage

from alongside.rules.keeping import Keep
from alongside.site.backups import sealed
from alongside.site.backups.make import Source, make

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


def made(source: Source, to: Path, *, now: datetime = NOW, lock: sealed.Lock = LOCK) -> Path:
    return make(source, to, lock, Keep(), now=now).file
