"""Ways in which somebody who owns the database could change the record, each by plain SQL.

A change is made inside a savepoint, looked at, and taken back; the guards of the database are taken
away first, as its owner can.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction

from alongside.audit.models import Entry
from alongside.clinics.scoped import new_key

TABLE = "audit_entry"
COLUMNS = tuple(field.column for field in Entry._meta.concrete_fields)
FAR = 1_000_000


@dataclass(frozen=True)
class Tampered:
    """What was done, and the place in the chain at which it must show."""

    what: str
    at: int


def run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [plain(value) for value in values])


def plain(value: object) -> object:
    return value.hex if isinstance(value, UUID) and connection.vendor == "sqlite" else value


def without_guards() -> None:
    """What whoever owns the database does first."""
    if connection.vendor == "postgresql":
        # What is checked at the end of a transaction would stand in the way.
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE]
        )
        names = [row[0] for row in cursor.fetchall()]
    for name in names:
        run(f"DROP TRIGGER {name}")


class Tampering:
    """A clinic's record of known length, and a die that says what is done to it."""

    def __init__(self, clinic: UUID, other: UUID, length: int, seed: int) -> None:
        self.clinic, self.other, self.length = clinic, other, length
        self.dice = random.Random(seed)
        changes = [lambda number, c=column: self.change(c, number) for column in COLUMNS]
        self.ways: list[Callable[[int], Tampered]] = [
            *changes, self.remove, self.swap, self.put_in, self.copy, self.rotate, self.remove_some,
        ]  # fmt: skip

    @contextmanager
    def one(self, index: int) -> Iterator[Tampered]:
        """Do one thing to one row, both in turn; take it back at the end."""
        number = 1 + (index * 7) % self.length
        with transaction.atomic():
            yield self.ways[index % len(self.ways)](number)
            transaction.set_rollback(True)

    def _set(self, column: str, value: object, number: int) -> None:
        run(f"UPDATE {TABLE} SET {column} = %s WHERE clinic_id = %s AND number = %s",
            value, self.clinic, number)  # fmt: skip

    def change(self, column: str, number: int) -> Tampered:
        """Another value in one column of one row."""
        row = Entry.objects.get(number=number)
        new: dict[str, object] = {
            "id": new_key(),
            "clinic_id": self.other,
            "number": FAR,
            "at": row.at + timedelta(microseconds=self.dice.choice((1, -1, 3_600_000_000))),
            "actor_id": self.dice.choice((new_key(), None)) if row.actor_id else new_key(),
            "client_key": self.dice.choice((new_key(), None)) if row.client_key else new_key(),
            "is_read": not row.is_read,
            "detail": '{"more": 1}',
            "previous": f"{self.dice.getrandbits(256):064x}",
            "digest": f"{self.dice.getrandbits(256):064x}",
        }
        text = str(getattr(row, column, "")) + "'"
        self._set(column, new.get(column, text[:12] if column == "actor_kind" else text), number)
        return Tampered(f"{column} of row {number} changed", number)

    def remove(self, number: int) -> Tampered:
        run(f"DELETE FROM {TABLE} WHERE clinic_id = %s AND number = %s", self.clinic, number)
        return Tampered(f"row {number} removed", number)

    def remove_some(self, number: int) -> Tampered:
        """Take some rows out and number the rest anew, so that no number is missing."""
        many = self.dice.randint(1, 5)
        run(f"DELETE FROM {TABLE} WHERE clinic_id = %s AND number >= %s AND number < %s",
            self.clinic, number, number + many)  # fmt: skip
        self._shift(number + many, -many)
        return Tampered(f"{many} rows from {number} removed, the rest numbered anew", number)

    def swap(self, number: int) -> Tampered:
        """Two rows change places, with their numbers."""
        other = 1 + number % self.length
        for was, new in ((number, FAR), (other, number), (FAR, other)):
            self._set("number", new, was)
        return Tampered(f"rows {number} and {other} swapped", min(number, other))

    def rotate(self, number: int) -> Tampered:
        """Some rows in another order."""
        first = min(number, self.length - 2)
        for was, new in (
            (first, FAR),
            (first + 1, first),
            (first + 2, first + 1),
            (FAR, first + 2),
        ):
            self._set("number", new, was)
        return Tampered(f"three rows from {first} in another order", first)

    def put_in(self, number: int) -> Tampered:
        """A row that nobody wrote, chained to the one before it as well as can be without a key."""
        self._shift(number, 1)
        self._insert(number, "visits.nothing", digest=f"{self.dice.getrandbits(256):064x}")
        return Tampered(f"a row put in at {number}", number)

    def copy(self, number: int) -> Tampered:
        """A row written down twice."""
        row = Entry.objects.get(number=number)
        self._shift(number, 1)
        self._insert(number, row.verb, digest=row.digest)
        return Tampered(f"row {number} written twice", number)

    def _shift(self, first: int, by: int) -> None:
        """Number the rows from here on anew; by way of far away, for a number is there once."""
        where = "WHERE clinic_id = %s AND number >= %s"
        run(f"UPDATE {TABLE} SET number = number + %s {where}", FAR, self.clinic, first)
        run(f"UPDATE {TABLE} SET number = number - %s {where}", FAR - by, self.clinic, FAR)

    def _insert(self, number: int, verb: str, *, digest: str) -> None:
        before = Entry.objects.filter(number=number - 1).values_list("digest", flat=True).first()
        after = Entry.objects.order_by("number").first()
        Entry.objects.bulk_create(
            [
                Entry(
                    clinic_id=self.clinic, number=number, at=after.at, actor_kind="staff",
                    actor_id=after.actor_id, actor_label="Dee", verb=verb, is_read=False,
                    client_key=after.client_key, previous=before or "", digest=digest,
                )
            ]
        )  # fmt: skip
