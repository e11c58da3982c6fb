"""Questions that are asked at every event: Django writes their SQL once, then only values change.

Writing the SQL of a query costs Django several times what the database needs to answer it. A
prepared question is an ordinary queryset, written by an ordinary function, whose arguments stand in
for the values; it is as narrow as its managers make it, for the clinic too is a value that is put
in each time (and outside a clinic it raises NoClinic, as any other query would).
docs/decisions/prepared-questions.md says what this leans on, and where it pays.
"""

import contextvars
import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache, update_wrapper
from operator import itemgetter
from typing import Any, Generic, ParamSpec, TypeVar, cast
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable
from django.db.models.sql.compiler import SQLCompiler

from alongside.clinics import current

P = ParamSpec("P")
R = TypeVar("R")
B = TypeVar("B")
CLINIC = "the clinic at hand"


class NotPrepared(TypeError):
    """A question cannot be prepared as it is written; the message says why."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value goes in the parameters of a statement; `field`: of the column it is kept in."""

    name: str
    field: "Field[Any, Any] | None" = None


class Given(Expression):
    """A value that is put in when the statement is run."""

    def __init__(self, name: str, field: "Field[Any, Any] | None" = None) -> None:
        super().__init__()
        self.slot = Slot(name, field)

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        """Give the place of one value."""
        return "%s", (self.slot,)


def prepared(build: Callable[P, Iterable[R]]) -> Callable[P, list[R]]:
    """Make a question of a function that writes a queryset from its arguments.

    The arguments are single values (no lists, no None), used as the values of lookups. Nothing else
    may differ from one time to the next: what the function reads elsewhere is read once. Relations
    named in `select_related` come along; other ways to bring more (`prefetch_related`,
    annotations) are refused (NotPrepared).
    """
    return cast(Callable[P, list[R]], update_wrapper(_Question(build), build))


def built(build: Callable[..., B], names: Iterable[str]) -> tuple[B, str]:
    """Call a function with places for its values; give what it built, and why it goes across.

    It is called in a context of its own: whatever is around the first call, like a wall that is
    taken down, does not get into the SQL.
    """
    slots = {name: Given(name) for name in names}

    def in_any_clinic() -> tuple[B, str]:
        across: list[str] = []
        current._noted.set(across)
        current._current.set(cast(UUID, Given(CLINIC)))
        return build(**slots), "; ".join(across)

    return contextvars.Context().run(in_any_clinic)


def bound(connection: Any, params: Sequence[Any], values: dict[str, Any]) -> tuple[Any, ...]:
    """Put the values in their places, as this database takes them."""
    return tuple(
        _adapted(connection, one, values) if isinstance(one, Slot) else one for one in params
    )


class _Question(Generic[R]):
    """A queryset whose SQL is kept, by the kind of database."""

    def __init__(self, build: Callable[..., Iterable[R]]) -> None:
        self._build = build
        self._signature = inspect.signature(build)
        self._written: dict[str, _Written] = {}

    def __call__(self, *args: Any, **kwargs: Any) -> list[R]:
        connection = connections[DEFAULT_DB_ALIAS]
        written = self._written.get(connection.vendor)
        if written is None:
            rows, across = built(self._build, self._signature.parameters)
            written = self._written[connection.vendor] = _Written(cast(Any, rows), across)
        values = self._signature.bind(*args, **kwargs).arguments
        if written.across:
            with current.across_clinics(written.across):
                return written.ask(connection, values)
        return written.ask(connection, values)


class _Written:
    """The SQL of a question, and how its answer becomes rows."""

    def __init__(self, rows: QuerySet[Any], across: str) -> None:
        self.across = across
        self.rows = as_django_has_it = cast(Any, rows)
        compiler: Any = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
        self.sql, self.params = compiler.as_sql()
        if as_django_has_it._prefetch_related_lookups or compiler.has_extra_select:
            raise NotPrepared("This asks more than one question, or for more than it shows.")
        columns = [column[0] for column in compiler.select[: compiler.col_count]]
        self._plain: list[tuple[int, Callable[[Any], Any]]] = []
        self._converted: list[tuple[int, Convert]] = []
        for place, (functions, column) in compiler.get_converters(columns).items():
            if kept := _kept(functions):
                self._plain.append((place, kept))
            else:
                self._converted.append((place, _converter(functions, column)))
        self._row = _maker(self.rows, compiler)

    def ask(self, connection: Any, values: dict[str, Any]) -> list[Any]:
        """Put the values in, run it, and read the rows as the queryset would."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, bound(connection, self.params, values))
            found = cursor.fetchall()
        return [self._row(self._read(row, connection)) for row in found]

    def _read(self, row: Sequence[Any], connection: Any) -> Sequence[Any]:
        if not self._plain and not self._converted:
            return row
        read = list(row)
        for place, kept in self._plain:
            read[place] = kept(read[place])
        for place, convert in self._converted:
            read[place] = convert(read[place], connection)
        return read


# What an embedded database keeps as text or a number, and what it is: the same for every column.
SAME_FOR_ALL = frozenset(
    f"convert_{kind}field_value"
    for kind in ("uuid", "datetime", "date", "time", "duration", "boolean")
)
CONVERTED = 65_536
Convert = Callable[[Any, Any], Any]
_known: dict[str, Callable[[Any], Any]] = {}


def _kept(functions: Sequence[Callable[[Any, Any, Any], Any]]) -> Callable[[Any], Any] | None:
    """Read a column from memory, where what was read before can be: the same key is in many rows.

    That is done for moments, lengths, keys and yes or no alone, which nobody can change.
    """
    name = getattr(functions[0], "__name__", "")
    if len(functions) != 1 or name not in SAME_FOR_ALL:
        return None
    if name not in _known:
        _known[name] = lru_cache(CONVERTED)(lambda value: functions[0](value, None, None))
    return _known[name]


def _converter(functions: Sequence[Callable[[Any, Any, Any], Any]], column: Any) -> Convert:
    """Read a column as its field does."""

    def convert(value: Any, connection: Any) -> Any:
        for function in functions:
            value = function(value, column, connection)
        return value

    return convert


def _maker(rows: Any, compiler: Any) -> Callable[[Sequence[Any]], Any]:
    """Say how a row of columns becomes what this queryset gives."""
    if rows._iterable_class is FlatValuesListIterable:
        return itemgetter(0)
    if rows._iterable_class is ValuesListIterable:
        return tuple
    if rows._iterable_class is not ModelIterable or compiler.annotation_col_map:
        raise NotPrepared("A prepared question gives rows, tuples or single values.")
    return _Made(compiler.klass_info, compiler.select).make


class _Made:
    """A row of one table, with the rows that `select_related` brings along."""

    def __init__(self, said: dict[str, Any], select: Sequence[Any]) -> None:
        self._model: type[Model] = said["model"]
        if self._model.__init__ is not Model.__init__ or said.get("from_parent"):
            raise NotPrepared(f"{self._model.__name__} is not made of its columns alone.")
        self._from, self._to = said["select_fields"][0], said["select_fields"][-1] + 1
        self._names = [column[0].target.attname for column in select[self._from : self._to]]
        self._key = self._names.index(self._model._meta.pk.attname)
        self._related = [
            (_Made(one, select), one["local_setter"], one["remote_setter"])
            for one in said.get("related_klass_infos", [])
        ]

    def make(self, row: Sequence[Any]) -> Any:
        """Make the row; None where a joined table has none."""
        values = row[self._from : self._to]
        if values[self._key] is None:
            return None
        # As Model.from_db does, without the signals and checks of making a new one.
        made = self._model.__new__(self._model)
        made._state = ModelState()
        made._state.adding, made._state.db = False, DEFAULT_DB_ALIAS
        made.__dict__.update(zip(self._names, values, strict=True))
        for related, set_here, set_there in self._related:
            other = related.make(row)
            set_here(made, other)
            if other is not None:
                set_there(other, made)
        return made


def _adapted(connection: Any, slot: Slot, values: dict[str, Any]) -> Any:
    value = current.clinic_id() if slot.name == CLINIC else values[slot.name]
    if slot.field is not None:
        return slot.field.get_db_prep_save(value, connection)
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, timedelta) and not connection.features.has_native_duration_field:
        return round(value / timedelta(microseconds=1))
    if isinstance(value, timedelta):
        return value
    raise NotPrepared(f"{type(value).__name__} is no single value: {value!r}")
