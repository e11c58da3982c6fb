"""Somebody is here: note it, and tell them the truth about their wait."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from alongside.clinics.prepared import prepared
from alongside.parts import moments
from alongside.people.actors import Actor
from alongside.visits.actions.step import NotFromHere, take_step
from alongside.visits.actions.tell import tell_first
from alongside.visits.actions.work_out import expect_arrival
from alongside.visits.models import Channel, State, Told, Visit
from alongside.visits.moments import ClientArrived
from alongside.visits.queries.look import Looked, look_ahead

# No letter that can be taken for a figure or for another letter, read or heard.
LETTERS = "ACEHKLMPRTX"
MOST_CODES = len(LETTERS) * 98


class AlreadyHere(Exception):
    """This person has checked in before; what was told then still stands."""

    def __init__(self, visit: Visit) -> None:
        super().__init__("already here")
        self.visit = visit


def check_in(
    visit: Visit,
    *,
    by: Actor,
    channel: Channel,
    now: datetime,
    version: int | None = None,
    looked: Looked | None = None,
) -> Told | None:
    """Note that a client is here, give them a code, and tell them their wait.

    The wait is worked out before anything is written (`looked`: by the caller, where it opens the
    transaction itself), for a writer in an embedded database holds up every other.
    """
    _may_check_in(visit)
    looked = looked or look_ahead(now, arriving=visit)
    return _check_in(visit, looked, by=by, channel=channel, now=now, version=version)


def _may_check_in(visit: Visit) -> None:
    if visit.state != State.BOOKED:
        if visit.arrived_at is not None:
            raise AlreadyHere(visit)
        raise NotFromHere(visit, "check_in")


@transaction.atomic
def _check_in(
    visit: Visit,
    looked: Looked,
    *,
    by: Actor,
    channel: Channel,
    now: datetime,
    version: int | None,
) -> Told | None:
    take_step(
        visit,
        "check_in",
        by=by,
        now=now,
        version=version,
        state=State.HERE,
        arrived_at=now,
        arrived_by=channel,
        code=visit.code or free_code(visit),
    )
    told = tell_first(visit, looked, channel=channel, now=now)
    expect_arrival(visit, looked, now=now)
    moments.tell(ClientArrived(clinic=visit.clinic_id, visit=visit.pk), off=visit.clinic.parts_off)
    return told


def free_code(visit: Visit) -> str:
    """Pick a code that nobody else has today and that tells nothing about the order."""
    taken = set(_codes(visit.day))
    # A thousand codes, of which a day takes a few dozen: the first pick is nearly always free.
    while (code := f"{secrets.choice(LETTERS)}{secrets.randbelow(98) + 2}") in taken:
        if len(taken) >= MOST_CODES:
            raise OverflowError("Every code of this day is taken.")
    return code


@prepared
def _codes(day: date) -> QuerySet[Visit, str]:
    found: QuerySet[Visit, str] = (
        Visit.objects.on_day(day).exclude(code="").values_list("code", flat=True)
    )
    return found
