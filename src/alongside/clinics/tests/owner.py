"""What tests do to the tables themselves, within their own transaction; it ends with that."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from alongside.clinics.database import is_walled


@contextmanager
def the_owner() -> Iterator[None]:
    """Be the owner of the tables inside: only that role may change them. On SQLite, anybody is."""
    if not is_walled(connection):
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        app = connection.ops.quote_name(cursor.fetchone()[0])
        connection.check_constraints()
        cursor.execute("SET LOCAL ROLE NONE; SET LOCAL alongside.across = 'owner'")
        yield
        cursor.execute(f"SET LOCAL alongside.across = ''; SET LOCAL ROLE {app}")


def take_the_walls_down() -> None:
    """Let the database show every clinic's rows to everybody: for negative controls."""
    if is_walled(connection):
        from alongside.clinics.postgresql import walls

        with the_owner(), connection.cursor() as cursor:
            for wall in walls.walls():
                cursor.execute(f'ALTER TABLE "{wall.table}" DISABLE ROW LEVEL SECURITY')
