"""Changes and new rows that are written at every event: their SQL is written once (prepared.py)."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, update_wrapper
from typing import Any, ParamSpec, cast

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.models.sql import UpdateQuery

from alongside.clinics import current
from alongside.clinics.prepared import Given, NotPrepared, bound, built
from alongside.clinics.scoped import OfClinic

P = ParamSpec("P")
Change = tuple[models.QuerySet[Any], Mapping[str, Any]]


def prepared_change(build: Callable[P, Change]) -> Callable[P, int]:
    """Make a change of a function that gives a queryset and what becomes of its rows.

    It gives how many rows were changed, as `QuerySet.update` does. Arguments in the queryset are
    single values; one that is kept in a column may be whatever its field keeps.
    """
    change = PreparedChange(build, inspect.signature(build).parameters)
    signature = inspect.signature(build)

    def run(*args: Any, **kwargs: Any) -> int:
        return change(signature.bind(*args, **kwargs).arguments)

    return cast(Callable[P, int], update_wrapper(run, build))


class PreparedChange:
    """A change whose SQL is kept, by the kind of database; `names` are those of its values."""

    def __init__(self, build: Callable[..., Change], names: Iterable[str]) -> None:
        self._build, self._names = build, tuple(names)
        self._written: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def __call__(self, values: dict[str, Any]) -> int:
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.vendor not in self._written:
            self._written[connection.vendor] = self._write()
        sql, params = self._written[connection.vendor]
        with (
            transaction.mark_for_rollback_on_error(DEFAULT_DB_ALIAS),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, bound(connection, params, values))
            return int(cursor.rowcount)

    def _write(self) -> tuple[str, tuple[Any, ...]]:
        (rows, changes), across = built(self._build, self._names)
        if across:
            raise NotPrepared("A change is written in one clinic.")
        field_of = rows.model._meta.get_field
        kept = {
            name: Given(value.slot.name, field_of(name)) if isinstance(value, Given) else value
            for name, value in changes.items()
        }
        query: Any = rows.query.chain(UpdateQuery)
        query.add_update_values(kept)
        sql, params = query.get_compiler(using=DEFAULT_DB_ALIAS).as_sql()
        if query.related_updates or not sql:
            raise NotPrepared("This change touches more than one table.")
        return sql, tuple(params)


def insert(row: OfClinic) -> None:
    """Write a new row into the clinic at hand, as `row.save()` would; no signals are sent.

    Raises NoClinic for a row of another clinic. A model with a `save` of its own is saved by that.
    """
    if type(row).save is not OfClinic.save:
        raise NotPrepared(f"{type(row).__name__} has a way of its own to be saved.")
    if getattr(row, "clinic_id", None) is None:
        row.clinic_id = current.clinic_id()
    elif row.clinic_id != current.clinic_id():
        raise current.NoClinic("This row belongs to another clinic.")
    connection = connections[DEFAULT_DB_ALIAS]
    fields, sql = _insertion(type(row), connection.vendor)
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    with transaction.mark_for_rollback_on_error(DEFAULT_DB_ALIAS), connection.cursor() as cursor:
        cursor.execute(sql, values)
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@lru_cache(maxsize=256)
def _insertion(model: type[OfClinic], vendor: str) -> tuple[tuple[Any, ...], str]:
    quoted = connections[DEFAULT_DB_ALIAS].ops.quote_name
    fields: tuple[Any, ...] = tuple(model._meta.local_concrete_fields)
    columns = ", ".join(quoted(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    into = quoted(model._meta.db_table)
    return fields, f"INSERT INTO {into} ({columns}) VALUES ({places})"  # noqa: S608 - names of our own
