"""Remind people of their visits."""

from datetime import datetime, timedelta

from django.db import transaction

from alongside.clinics import current
from alongside.clinics.models import Clinic
from alongside.clinics.turn import take_turn
from alongside.people.actors import the_clock
from alongside.visits.actions.letters import send_reminder
from alongside.visits.models import State, Visit

AT_ONCE = 50


def remind_due(now: datetime) -> None:
    """Write to everybody whose visit is less than the clinic's lead away; once for each time."""
    clinic = Clinic.objects.get(pk=current.clinic_id())
    if clinic.remind_before <= timedelta(0):
        return
    due = Visit.objects.filter(
        state=State.BOOKED,
        reminded_at=None,
        booked_at__gt=now,
        booked_at__lte=now + clinic.remind_before,
    )
    rows = due.in_order().select_related("client", "clinic", "therapist", "kind")
    for visit in rows[:AT_ONCE]:
        _remind(visit, now=now)


@transaction.atomic
def _remind(visit: Visit, *, now: datetime) -> None:
    take_turn()
    # Claimed first: of two servers one writes, and a second run finds nothing to do.
    claimed = Visit.objects.filter(
        pk=visit.pk, state=State.BOOKED, reminded_at=None, booked_at=visit.booked_at
    ).update(reminded_at=now)
    if claimed:
        send_reminder(visit, by=the_clock(visit.clinic_id), now=now)
