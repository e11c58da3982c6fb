"""Import a clinic's own list of bookings: the whole list or nothing of it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from alongside.audit.actions.record import record_many
from alongside.clinics import current
from alongside.clinics.models import Clinic
from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic
from alongside.parts import moments
from alongside.people.actors import Actor
from alongside.people.models import Client
from alongside.rules.scheduling.csv_text import Sheet
from alongside.visits.actions.changed import day_changed
from alongside.visits.actions.guard import DoubleBooked, guarded
from alongside.visits.models import Visit
from alongside.visits.moments import VisitBooked
from alongside.visits.queries.import_plan import Plan, Wished
from alongside.visits.queries.importing import plan_import


class ImportRefused(Exception):
    """Something in the list is wrong, so nothing of it was imported; `plan` says what."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(f"{len(plan.faults)} faults")
        self.plan = plan


class BookJustChanged(Exception):
    """Somebody booked one of these times at this moment; nothing was imported, try again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did."""

    visits: int
    clients: int
    left_out: int


@transaction.atomic
def import_bookings(sheet: Sheet, *, by: Actor, now: datetime) -> Imported:
    """Put a whole list into the book; the list is judged again first, and refused with any fault.

    Done twice, the second time finds every line in the book and adds nothing. No letters go out:
    people know of these visits; their reminders come as for any other.
    """
    clinic = Clinic.objects.get(pk=current.clinic_id())
    plan = plan_import(sheet, clinic, now=now)
    if plan.faults:
        raise ImportRefused(plan)
    try:
        visits = guarded(lambda: _write(plan, clinic))
    except DoubleBooked:
        raise BookJustChanged from None
    _tell(plan.new_clients, visits, clinic, by=by, now=now)
    return Imported(visits=len(visits), clients=len(plan.new_clients), left_out=len(plan.left_out))


def _write(plan: Plan, clinic: Clinic) -> list[Visit]:
    Client.objects.bulk_create(plan.new_clients)
    visits = [_visit(one, clinic) for one in plan.wished]
    Visit.objects.bulk_create(visits)
    return visits


def _visit(one: Wished, clinic: Clinic) -> Visit:
    # bulk_create passes by `save`, which would have set the clinic, the day and the end.
    return Visit(
        clinic=clinic,
        client=one.client,
        therapist=one.therapist,
        kind=one.kind,
        room=one.room,
        booked_at=one.start,
        planned=one.planned,
        ends_at=one.end,
        day=one.start.astimezone(clinic.zone).date(),
        asked_for=one.row.asked_for,
        # A client who is new to us need not be new to the clinic: the kind says it.
        is_first=one.kind.is_first,
    )


def _tell(
    clients: list[Client], visits: list[Visit], clinic: Clinic, *, by: Actor, now: datetime
) -> None:
    if clients:
        record_many("people.import_client", [one.pk for one in clients], by=by, now=now)
    if visits:
        record_many("visits.import", [one.client_id for one in visits], by=by, now=now)
        day_changed()
        push(clinic_topic(clinic.pk))
    for visit in visits:
        moments.tell(VisitBooked(clinic=clinic.pk, visit=visit.pk), off=clinic.parts_off)
