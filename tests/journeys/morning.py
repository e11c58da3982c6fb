"""Harbour Street's morning until 10:12, lived through the actions: the same for every journey.

Zoé is with Joon, Amara comes next; Aino and Chloé wait; Sam is free; Charlie works elsewhere.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta

from conftest import NOW

from alongside.access.actions.devices import add_device
from alongside.access.actions.links import give_link
from alongside.access.models import Purpose
from alongside.clinics.current import across_clinics, working_in
from alongside.clinics.models import Clinic
from alongside.demo.actions import build as demo
from alongside.goals.models import Goal
from alongside.people.actors import Actor, of_client, of_staff
from alongside.people.models import Staff
from alongside.visits.actions import move_on, not_here
from alongside.visits.actions.check_in import check_in
from alongside.visits.actions.work_out import work_out
from alongside.visits.models import Channel, Visit

DAY = NOW.date()
# Who came when, by which way, went in when, and went home when.
LIVED = (
    ("Olli", "07:54", "desk", "08:01", "08:46"),
    ("Jean", "07:55", "desk", "08:03", "08:50"),
    ("Ines", "08:10", "kiosk", "08:15", "08:58"),
    ("Karl", "08:21", "phone", "08:32", "09:24"),
    ("Sanna", "08:41", "kiosk", "08:49", "09:35"),
    ("Tom", "09:12", "phone", "09:15", "10:02"),
    ("Pekka", "09:22", "desk", "09:38", None),
    ("Zoé", "09:27", "door", "09:34", None),
    ("Marc", "09:40", "desk", "09:46", None),
    ("Aino", "09:52", "phone", None, None),
    ("Chloé", "10:09", "phone", None, None),
)


def live_until_ten_past_ten() -> None:
    """Make both clinics, book the day, and live it until 10:12."""
    demo.HISTORY_DAYS = 0
    clinic = demo.build()
    with working_in(clinic):
        for moment, act in sorted(_events(), key=lambda event: event[0]):
            act(moment)
        work_out(NOW)


def _events() -> Iterator[tuple[datetime, object]]:
    dee = desk()
    for name, came, channel, went_in, left in LIVED:
        by = dee if channel == "desk" else None
        yield (
            at(came),
            lambda now, n=name, c=channel, b=by: check_in(
                visit_of(n), by=b or of_client(visit_of(n).client), channel=Channel(c), now=now
            ),
        )
        if went_in:
            yield at(went_in), lambda now, n=name: move_on.start(visit_of(n), by=dee, now=now)
        if left:
            yield at(left), lambda now, n=name: move_on.finish(visit_of(n), by=dee, now=now)
    yield at("09:20"), lambda now: not_here.did_not_come(visit_of("Fatou"), by=dee, now=now)


def at(clock_time: str) -> datetime:
    """A moment of this day in Paris."""
    return datetime.combine(DAY, time.fromisoformat(clock_time), NOW.tzinfo)


def harbour() -> Clinic:
    """Harbour Street OT."""
    return Clinic.objects.get(name="Harbour Street OT")


@contextmanager
def in_harbour() -> Iterator[Clinic]:
    """Work in Harbour Street."""
    clinic = harbour()
    with working_in(clinic):
        yield clinic


def visit_of(name: str) -> Visit:
    """The first visit of today of somebody, as it is now."""
    with across_clinics("a test looks at the cast wherever they are"):
        rows = Visit.objects.select_related("client", "therapist", "clinic", "kind")
        return rows.filter(client__first_name=name, day=DAY).order_by("booked_at")[0]


def worker(name: str) -> Staff:
    """Somebody who works in one of the clinics."""
    with across_clinics("a test looks at the cast wherever they are"):
        return Staff.objects.select_related("user", "clinic").get(name=name)


def desk() -> Actor:
    """Dee as an actor."""
    return of_staff(worker("Dee"))


def own_page(name: str, *, visit: Visit | None = None, now: datetime = NOW) -> str:
    """Give the path of a client's own page, by a link made now."""
    found = visit or visit_of(name)
    with working_in(found.clinic_id):
        until = now + timedelta(days=2)
        token = give_link(found.client, purpose="visit", subject=found.pk, now=now, until=until)
    return f"/v/{token}/"


def way_in(name: str, *, now: datetime = NOW) -> str:
    """Give the path by which somebody comes in to their own page once, as a letter would."""
    client = visit_of(name).client
    with working_in(client.clinic_id):
        token = give_link(
            client,
            purpose=Purpose.SIGN_IN,
            subject=client.pk,
            email=client.email,
            now=now,
            until=now + timedelta(minutes=30),
        )
    return f"/mine/enter/{token}/"


def goal_of(name: str, words: str) -> Goal:
    """Somebody's goal in which these words stand, as it is now."""
    with across_clinics("a test looks at the cast wherever they are"):
        return Goal.objects.get(client__first_name=name, words__contains=words)


def device(kind: str, *, worker_name: str = "Noor") -> str:
    """Bring in a kiosk or a screen; give the path that is opened on it once."""
    by = worker(worker_name)
    with working_in(by.clinic_id):
        _, token = add_device(name=f"The {kind}", kind=kind, by=of_staff(by), now=NOW)
    return f"/device/{token}/"
