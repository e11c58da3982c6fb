"""A client says what they hope for and what worries them, before they come (R31)."""

from datetime import datetime

from django.db import transaction

from alongside.audit.actions.record import record
from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic
from alongside.people.actors import Actor
from alongside.visits.actions.self_service import refuse_others
from alongside.visits.models import State, Visit
from alongside.welcome.models import Hopes

BEFORE = (State.BOOKED, State.HERE, State.CALLED)


class VisitHasBegun(Exception):
    """From then on they can say it themselves, and what was read stays as it was read."""


@transaction.atomic
def say_hopes(visit: Visit, *, hopes: str, worries: str, by: Actor, now: datetime) -> None:
    """Keep it word for word; until the visit begins it can be said again, in other words."""
    refuse_others(visit, by=by)
    # Locked, so that nothing is changed under the eyes of whoever is about to begin.
    state = Visit.objects.select_for_update().get(pk=visit.pk).state
    if state not in BEFORE:
        raise VisitHasBegun
    if _keep(visit, hopes, worries, now):
        record("welcome.say_hopes", by=by, now=now, client=visit.client_id, about=str(visit.pk))
        push(clinic_topic(visit.clinic_id))


def _keep(visit: Visit, hopes: str, worries: str, now: datetime) -> bool:
    """Write it down; tell whether anything is new."""
    known = Hopes.objects.filter(visit=visit).first()
    if known is None:
        if not (hopes.strip() or worries.strip()):
            return False
        Hopes.objects.create(visit=visit, hopes=hopes, worries=worries, said_at=now)
        return True
    if (known.hopes, known.worries) == (hopes, worries):
        return False
    known.hopes, known.worries, known.said_at = hopes, worries, now
    known.save(update_fields=["hopes", "worries", "said_at"])
    return True
