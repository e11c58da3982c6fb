"""Let the clinic live: people arrive, go in and leave, all through the actions of real work.

What a person does in somebody's seat comes first: this only does what has not been done.
"""

from datetime import date, datetime, timedelta

from alongside.clinics import current
from alongside.clinics.models import Clinic
from alongside.demo.actions.build import DAY
from alongside.demo.fate import Fate, fate_of
from alongside.people.actors import Actor, ActorKind, of_client, of_staff
from alongside.people.models import Role, Staff
from alongside.visits.actions.check_in import check_in
from alongside.visits.actions.mood import say_mood
from alongside.visits.actions.move_on import call, finish, start
from alongside.visits.actions.not_here import did_not_come
from alongside.visits.actions.step import NotFromHere, SomebodyWasFaster
from alongside.visits.models import Away, Channel, State, Visit
from alongside.visits.queries.day import today_in, visits_of

# How long the desk waits before it notes that somebody did not come.
PATIENCE = timedelta(minutes=20)
TO_THE_ROOM = timedelta(minutes=1)
BETWEEN = timedelta(minutes=2)


def live(now: datetime) -> None:
    """Do what is due at this moment in this clinic."""
    clinic = Clinic.objects.get(pk=current.clinic_id())
    go_on(visits_for(clinic, today_in(clinic, now)), clinic, now)


def visits_for(clinic: Clinic, day: date) -> list[Visit]:
    """Give a day's visits with all that their next step needs."""
    return list(visits_of(day).select_related("clinic"))


def go_on(today: list[Visit], clinic: Clinic, now: datetime) -> None:
    """Take each of these visits one step on, if it is due."""
    desk = _desk()
    for visit in today:
        try:
            _next_of(visit, today, clinic, desk, now)
        except (NotFromHere, SomebodyWasFaster):
            continue  # Somebody in a seat did something else just now: theirs stands.


def _next_of(visit: Visit, today: list[Visit], clinic: Clinic, desk: Actor, now: datetime) -> None:
    fate = _fate(visit, clinic)
    if visit.state == State.BOOKED:
        _arrive_or_not(visit, fate, desk, now)
    elif visit.state == State.HERE and _is_next(visit, today, now):
        call(visit, by=of_staff(visit.therapist), now=now)
    elif visit.state == State.CALLED and now - (visit.called_at or now) >= TO_THE_ROOM:
        start(visit, by=of_staff(visit.therapist), now=now)
    elif visit.state == State.WITH and now - (visit.started_at or now) >= fate.length:
        finish(visit, by=of_staff(visit.therapist), now=now)


def _arrive_or_not(visit: Visit, fate: Fate, desk: Actor, now: datetime) -> None:
    if fate.arrives_at is None:
        if now - visit.booked_at >= PATIENCE:
            did_not_come(visit, by=desk, now=now)
        return
    if now < (visit.late_until or fate.arrives_at):
        return
    channel = Channel(fate.channel)
    own = of_client(visit.client)
    kiosk = Actor(kind=ActorKind.KIOSK, clinic=visit.clinic_id, label="Kiosk")
    by = {Channel.DESK: desk, Channel.KIOSK: kiosk}.get(channel, own)
    check_in(visit, by=by, channel=channel, now=now)
    if fate.mood is not None and channel != Channel.DESK:
        say_mood(visit, fate.mood, by=own, now=now)


def _is_next(visit: Visit, today: list[Visit], now: datetime) -> bool:
    """Whether the therapist is free, and nobody who is here was booked with them before."""
    if Away.objects.filter(therapist=visit.therapist_id, back_at=None).exists():
        return False
    own = [other for other in today if other.therapist_id == visit.therapist_id]
    if any(other.state in (State.CALLED, State.WITH) for other in own):
        return False
    if any(other.finished_at and now - other.finished_at < BETWEEN for other in own):
        return False
    if now < visit.booked_at - timedelta(minutes=5):
        return False
    waiting = [other for other in own if other.state == State.HERE]
    return min(waiting, key=lambda other: other.booked_at).pk == visit.pk


def _fate(visit: Visit, clinic: Clinic) -> Fate:
    day = "today" if visit.day == DAY else visit.day.isoformat()
    return fate_of(
        visit.pk,
        booked_at=visit.booked_at.astimezone(clinic.zone),
        planned=visit.planned,
        name=visit.client.first_name,
        day=day,
    )


def _desk() -> Actor:
    return of_staff(Staff.objects.filter(role=Role.DESK).order_by("name")[0])
