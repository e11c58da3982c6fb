"""Finding the visit of somebody who stands at the door, without ever listing people."""

from datetime import datetime

from alongside.clinics.current import across_clinics
from alongside.clinics.models import Clinic
from alongside.rules.door.meant import Expected, the_one_meant
from alongside.visits.models import State, Visit
from alongside.visits.queries.client import own_visit
from alongside.visits.queries.day import today_in

# Who has checked in may look again; who is inside or gone has nothing to find here.
TO_BE_FOUND = (State.BOOKED, State.HERE, State.CALLED)


def clinic_with_door(code: str) -> Clinic | None:
    """Find the clinic whose poster carries this code."""
    with across_clinics("the code on a poster tells which clinic it hangs in"):
        return Clinic.objects.filter(door_code=code).first()


def visit_meant(clinic: Clinic, now: datetime, *, name: str, at: str, more: str) -> Visit | None:
    """Find the one visit of today that this name and time mean; None for no such and for two."""
    today = Visit.objects.on_day(today_in(clinic, now)).filter(state__in=TO_BE_FOUND)
    rows = [_expected(visit, clinic) for visit in today.select_related("client").in_order()]
    found = the_one_meant(rows, name=name, at=at, more=more)
    return own_visit(found.id) if found else None


def _expected(visit: Visit, clinic: Clinic) -> Expected:
    client = visit.client
    return Expected(
        id=str(visit.pk),
        called=client.called,
        first=client.first_name,
        last=client.last_name,
        mobile=client.mobile,
        at=visit.booked_at.astimezone(clinic.zone).time().replace(second=0, microsecond=0),
    )
