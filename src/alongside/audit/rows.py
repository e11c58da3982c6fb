"""The record's rows as the chain reads them, a stream of them, without an object for each.

A million rows are checked in seconds so; through models it would be minutes. Works on a cursor of
Django's and on one of a bare SQLite file, such as a backup's.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from alongside.rules.record_chain import Row, sorted_json

# Expressions, not bare columns, so that no driver makes dates and truths of them.
SQLITE = """SELECT clinic_id, id, number, at || '', actor_kind, actor_id, actor_label, verb,
    is_read + 0, client_key, about, detail || '', previous, digest
    FROM audit_entry WHERE clinic_id = %s ORDER BY number"""
POSTGRES = """SELECT replace(clinic_id::text, '-', ''), replace(id::text, '-', ''), number,
    to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), actor_kind,
    replace(actor_id::text, '-', ''), actor_label, verb, is_read,
    replace(client_key::text, '-', ''), about, detail::text, previous, digest
    FROM audit_entry WHERE clinic_id = %s ORDER BY number"""
AT_ONCE = 2000
TRUTH = {0: False, 1: True}


def in_sqlite(cursor: Any, clinic: UUID, *, mark: str = "%s") -> Iterator[Row]:
    """Give a clinic's rows from SQLite; `mark` is how the cursor wants its arguments marked."""
    cursor.execute(SQLITE.replace("%s", mark), [clinic.hex])
    return _stream(cursor, _from_sqlite)


def in_postgres(cursor: Any, clinic: UUID) -> Iterator[Row]:
    """Give a clinic's rows from PostgreSQL."""
    cursor.execute(POSTGRES, [clinic])
    return _stream(cursor, _from_postgres)


def _stream(cursor: Any, shaped: Callable[[tuple[Any, ...]], Row]) -> Iterator[Row]:
    while some := cursor.fetchmany(AT_ONCE):
        yield from map(shaped, some)


def _from_sqlite(raw: tuple[Any, ...]) -> Row:
    (clinic, key, number, at, kind, actor, label, verb, read, client, about, detail, *ends) = raw
    # SQLite keeps no decimals where there are none.
    at = f"{at}.000000" if len(at) == 19 else at
    read = TRUTH.get(read, read)
    said = _detail(detail)
    return Row(clinic, key, number, at, kind, actor, label, verb, read, client, about, said, *ends)


def _from_postgres(raw: tuple[Any, ...]) -> Row:
    return Row._make((*raw[:11], _detail(raw[11]), *raw[12:]))


def _detail(text: str) -> str:
    if text == "{}":
        return text
    try:
        return sorted_json(json.loads(text))
    except ValueError:
        return sorted_json(f"not to be read: {text}")
