"""Change what the clinic says about itself, and what it is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError

from alongside.audit.actions.record import record
from alongside.clinics import current
from alongside.clinics.models import Clinic, OpeningHours, Room, VisitKind, new_door_code
from alongside.clinics.scoped import OfClinic
from alongside.office.spans import Open
from alongside.people.actors import Actor

Row = TypeVar("Row", bound=OfClinic)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLine:
    """A room as it is written on the page; `id` is None for a new one."""

    name: str
    id: UUID | None = None
    remove: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLine:
    """A kind of visit as it is written on the page; `id` is None for a new one."""

    name: str
    planned: timedelta
    name_fr: str = ""
    is_first: bool = False
    id: UUID | None = None
    remove: bool = False


class StillInUse(Exception):
    """A room or a kind of visit that visits refer to cannot be removed."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@transaction.atomic
def change_clinic(clinic: Clinic, values: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    """Change what the clinic says about itself, field by field."""
    changed = [name for name, value in values.items() if getattr(clinic, name) != value]
    for name in changed:
        setattr(clinic, name, values[name])
    if changed:
        clinic.save(update_fields=changed)
        record("clinics.change", by=by, now=now, detail={"fields": sorted(changed)})


@transaction.atomic
def renew_door_code(clinic: Clinic, *, by: Actor, now: datetime) -> None:
    """Give the poster at the door a new address; the posters printed before stop working."""
    clinic.door_code = new_door_code()
    clinic.save(update_fields=["door_code"])
    record("clinics.renew_door_code", by=by, now=now)


@transaction.atomic
def set_hours(week: Iterable[Open], *, by: Actor, now: datetime) -> None:
    """Write the week anew."""
    OpeningHours.objects.all().delete()
    for span in week:
        OpeningHours.objects.create(weekday=span.weekday, opens=span.opens, closes=span.closes)
    record("clinics.change_hours", by=by, now=now)


@transaction.atomic
def set_rooms(lines: Iterable[RoomLine], *, by: Actor, now: datetime) -> None:
    """Add, rename and remove rooms, all or nothing."""
    for line in lines:
        _write(Room, line.id, remove=line.remove, name=line.name)
    record("clinics.change_rooms", by=by, now=now)


@transaction.atomic
def set_kinds(lines: Iterable[KindLine], *, by: Actor, now: datetime) -> None:
    """Add, change and remove kinds of visit, all or nothing."""
    for line in lines:
        _write(
            VisitKind,
            line.id,
            remove=line.remove,
            name=line.name,
            name_fr=line.name_fr,
            planned=line.planned,
            is_first=line.is_first,
        )
    record("clinics.change_kinds", by=by, now=now)


def _write(model: type[Row], key: UUID | None, *, remove: bool, **values: Any) -> None:
    # The manager gives this clinic's rows only: another's key is as unknown as a random one.
    row = model.objects.get(pk=key) if key else model()
    if remove:
        try:
            if key:
                row.delete()
        except ProtectedError:
            raise StillInUse(str(values["name"])) from None
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.clinic_id = row.clinic_id or current.clinic_id()
    row.validate_constraints()
    row.save()
