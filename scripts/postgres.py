"""Find a PostgreSQL for the tests, and leave nothing behind in it."""

import os
from contextlib import suppress
from getpass import getuser
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

SOCKETS = ("/var/run/postgresql", "/tmp")  # noqa: S108 - where servers put their socket


def find() -> str | None:
    """Return the URL of a server that answers and lets us make databases; None if there is none.

    `ALONGSIDE_TEST_POSTGRES` decides where it is set: a server that was named and does not
    answer is a fault to be told, not a reason to look for another.
    """
    named = os.environ.get("ALONGSIDE_TEST_POSTGRES")
    if named:
        return named if answers(named) else None
    return next((url for url in local() if answers(url)), None)


def local() -> list[str]:
    """Return where a server of this machine usually answers."""
    people = dict.fromkeys((getuser(), "postgres"))
    ports = [f"postgres://{quote(user)}@127.0.0.1:5432/postgres" for user in people]
    sockets = [
        f"postgres://{quote(user)}@{quote(folder, safe='')}/postgres"
        for folder in SOCKETS
        for user in people
    ]
    return [*ports, *sockets]


def answers(url: str) -> bool:
    """Tell whether the server at this URL answers and lets us make databases."""
    asked = "select rolcreatedb or rolsuper from pg_roles where rolname = current_user"
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute(asked).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


def named(url: str, database: str) -> str:
    """Return the URL of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def drop(url: str, *, beginning: str, role: str) -> None:
    """Drop what a run leaves behind: the databases with this beginning, and the app's role."""
    found = "select datname from pg_database where starts_with(datname, %s)"
    with psycopg.connect(url, autocommit=True, connect_timeout=3) as connection:
        for (name,) in connection.execute(found, [beginning]).fetchall():
            connection.execute(
                sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
            )
        # Who may not make roles has made none.
        with suppress(psycopg.errors.InsufficientPrivilege):
            connection.execute(sql.SQL("drop role if exists {}").format(sql.Identifier(role)))
