"""A therapist steps out, runs late, is absent, or is back."""

from datetime import datetime

from django.db import transaction

from alongside.audit.actions.record import record
from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic
from alongside.people.actors import Actor
from alongside.people.models import Staff
from alongside.visits.actions.changed import day_changed
from alongside.visits.models import Away


@transaction.atomic
def go_away(
    therapist: Staff, *, why: str, until: datetime | None, by: Actor, now: datetime
) -> Away:
    """Note that a therapist cannot take anybody for now; every wait is worked out anew."""
    _come_back(therapist, now)
    away = Away.objects.create(therapist=therapist, why=why, from_at=now, until_at=until)
    _tell(therapist, "go_away", by, now)
    return away


@transaction.atomic
def come_back(therapist: Staff, *, by: Actor, now: datetime) -> None:
    """Note that a therapist is back."""
    if _come_back(therapist, now):
        _tell(therapist, "come_back", by, now)


def _come_back(therapist: Staff, now: datetime) -> int:
    return Away.objects.filter(therapist=therapist, back_at=None).update(back_at=now)


def _tell(therapist: Staff, verb: str, by: Actor, now: datetime) -> None:
    record(f"visits.{verb}", by=by, now=now, about=str(therapist.pk))
    day_changed()
    push(clinic_topic(therapist.clinic_id))
