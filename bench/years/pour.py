"""Many rows of a table at once: COPY on PostgreSQL, one prepared INSERT on SQLite.

Rows are dicts by the names of columns; what a row does not say is its field's default. Nothing is
checked on the way in but what the tables themselves check; `seed.py` checks the rest at the end.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection, models
from psycopg.types.json import Jsonb

AT_ONCE = 20_000
MICROSECOND = timedelta(microseconds=1)


def pour(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> int:
    """Put these rows into the model's table, in their order; gives how many there were."""
    fields = list(model._meta.concrete_fields)
    ready = map(_writer(fields), rows)
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(one.column) for one in fields)
    poured = _copied if connection.vendor == "postgresql" else _inserted
    return poured(table, columns, len(fields), ready)


def _copied(table: str, columns: str, _width: int, ready: Iterator[list[Any]]) -> int:
    count = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
    ):
        for row in ready:
            copy.write_row(row)
            count += 1
    return count


def _inserted(table: str, columns: str, width: int, ready: Iterator[list[Any]]) -> int:
    sql = f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * width)})"
    count = 0
    with connection.cursor() as cursor:
        # The driver's own cursor: Django's would look for its marks in every statement.
        while some := list(islice(ready, AT_ONCE)):
            cursor.cursor.connection.executemany(sql, some)
            count += len(some)
    return count


def _writer(fields: list[models.Field]) -> Callable[[dict[str, Any]], list[Any]]:
    """Say how a dict becomes a row of columns."""
    kept = [(one.attname, _default(one), _kept(one)) for one in fields]

    def written(row: dict[str, Any]) -> list[Any]:
        return [keep(row[name] if name in row else default()) for name, default, keep in kept]

    return written


def _default(field: models.Field) -> Callable[[], Any]:
    if not field.has_default() and field.null:
        return lambda: None
    return field.get_default


def _kept(field: models.Field) -> Callable[[Any], Any]:
    """Say how this database keeps a field's values: what is as it should be stays as it is."""
    kind = field.target_field.get_internal_type() if field.is_relation else ""
    kind = kind or field.get_internal_type()
    postgres = connection.vendor == "postgresql"
    ways = {"JSONField": Jsonb if postgres else json.dumps}
    if not postgres:
        ways |= {
            "UUIDField": lambda value: value.hex,
            "DateTimeField": in_utc,
            "DateField": lambda value: value.isoformat(),
            "TimeField": lambda value: value.isoformat(),
            "DurationField": lambda value: round(value / MICROSECOND),
            "DecimalField": str,
        }
    keep = ways.get(kind)
    if keep is None:
        return lambda value: value
    return lambda value: None if value is None else keep(value)


def in_utc(moment: datetime) -> str:
    """Write a moment as Django writes it into SQLite."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
