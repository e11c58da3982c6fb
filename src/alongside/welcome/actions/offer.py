"""Note what we offered by ourselves to somebody who waits (R7)."""

from datetime import datetime

from django.db import transaction

from alongside.audit.actions.record import record
from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic
from alongside.people.actors import Actor
from alongside.visits.models import Visit
from alongside.welcome.models import Offer


@transaction.atomic
def offer(visit: Visit, kind: str, *, by: Actor, now: datetime) -> None:
    """Note that this was offered; noted twice, the first time counts."""
    row = {"at": now, "by_id": by.id}
    _, is_new = Offer.objects.get_or_create(visit=visit, kind=kind, defaults=row)
    if is_new:
        _note("welcome.offer", visit, kind, by=by, now=now)


@transaction.atomic
def take_back_offer(visit: Visit, kind: str, *, by: Actor, now: datetime) -> None:
    """It was not offered after all: the wrong button, or the wrong row."""
    removed, _ = Offer.objects.filter(visit=visit, kind=kind).delete()
    if removed:
        _note("welcome.take_back_offer", visit, kind, by=by, now=now)


def _note(verb: str, visit: Visit, kind: str, *, by: Actor, now: datetime) -> None:
    about, detail = str(visit.pk), {"offer": str(kind)}
    record(verb, by=by, now=now, client=visit.client_id, about=about, detail=detail)
    push(clinic_topic(visit.clinic_id))
