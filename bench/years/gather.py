"""The rows of one clinic's years, before they are poured: in the order of time, as they came."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from django.db.models import Model
from place import Place
from record import Record

from alongside.people.models import Staff


@dataclass
class Gathered:
    """What has been drawn so far, and what draws it. `thin`: only what the pages cannot do without.

    A clinic's rows lie in the file as they came, day by day; one person's are all over it.
    """

    place: Place
    record: Record
    rng: Random
    thin: bool
    rows: dict[type[Model], list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, model: type[Model], at: datetime, /, **values: Any) -> UUID:
        """Add a row that was written at this moment; gives its key."""
        key = self.place.keys.at(at)
        self.rows[model].append({"id": key, "clinic_id": self.place.clinic.pk, **values})
        return key

    def in_order(self, model: type[Model]) -> Iterator[dict[str, Any]]:
        """Give a table's rows as they came, and let go of them."""
        rows = self.rows.pop(model)
        rows.sort(key=lambda row: row["id"])
        return iter(rows)


@dataclass(frozen=True, kw_only=True)
class Who:
    """The client whose life is being written down, and whom they come to."""

    key: UUID
    name: str
    language: str
    email: str
    therapist: Staff
