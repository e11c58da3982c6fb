"""A client asks for something while they wait, or no longer needs it."""

from datetime import datetime

from django.db import transaction

from alongside.audit.actions.record import record
from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic, visit_topic
from alongside.parts import moments
from alongside.people.actors import Actor
from alongside.visits.actions.self_service import refuse_others
from alongside.visits.models import Visit
from alongside.welcome.models import Wish
from alongside.welcome.moments import WishMade


class NotWaiting(Exception):
    """A wish belongs to a wait: this person is not here yet, or already inside."""


@transaction.atomic
def make_wish(visit: Visit, kind: str, *, by: Actor, now: datetime) -> Wish:
    """Ask for one thing, and the desk sees it at once; asked five times, it is one wish."""
    refuse_others(visit, by=by)
    if not visit.is_waiting:
        raise NotWaiting
    wish: Wish
    wish, is_new = Wish.objects.get_or_create(
        visit=visit, kind=kind, done_at=None, withdrawn_at=None, defaults={"asked_at": now}
    )
    if is_new:
        _note("welcome.make_wish", visit, kind, by=by, now=now)
        moments.tell(WishMade(clinic=visit.clinic_id, visit=visit.pk), off=visit.clinic.parts_off)
    return wish


@transaction.atomic
def withdraw_wish(visit: Visit, kind: str, *, by: Actor, now: datetime) -> None:
    """The client no longer needs it, or touched the wrong button."""
    refuse_others(visit, by=by)
    if Wish.objects.still_open().filter(visit=visit, kind=kind).update(withdrawn_at=now):
        _note("welcome.withdraw_wish", visit, kind, by=by, now=now)


def _note(verb: str, visit: Visit, kind: str, *, by: Actor, now: datetime) -> None:
    about, detail = str(visit.pk), {"wish": str(kind)}
    record(verb, by=by, now=now, client=visit.client_id, about=about, detail=detail)
    push(clinic_topic(visit.clinic_id), visit_topic(visit.pk))
