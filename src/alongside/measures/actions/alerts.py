"""Who hears an alert, who takes it, what was done."""

from datetime import datetime

from django.db import transaction

from alongside.audit.actions.record import record
from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic
from alongside.measures.models import Alert, Responder
from alongside.people.actors import CARE, Actor, ActorKind
from alongside.people.models import Staff


class SomebodyIsGoing(Exception):
    """Somebody else has taken it."""


class SayWhatWasDone(Exception):
    """An alert is closed with words."""


class NotYours(Exception):
    """Whoever took it says what was done, or a manager after them."""


class HearsNothing(Exception):
    """Only who treats clients, and works here, hears alerts."""


@transaction.atomic
def name_responder(staff: Staff, *, by: Actor, now: datetime) -> None:
    """Name somebody who hears alerts."""
    if ActorKind(staff.role) not in CARE or not staff.is_active:
        raise HearsNothing
    _row, is_new = Responder.objects.get_or_create(
        staff=staff, defaults={"added_at": now, "added_by": by.label}
    )
    if is_new:
        record("measures.name_responder", by=by, now=now, about=str(staff.pk))


@transaction.atomic
def remove_responder(staff: Staff, *, by: Actor, now: datetime) -> None:
    """Somebody no longer hears alerts."""
    if Responder.objects.filter(staff=staff).delete()[0]:
        record("measures.remove_responder", by=by, now=now, about=str(staff.pk))


@transaction.atomic
def take_alert(alert: Alert, *, staff: Staff, by: Actor, now: datetime) -> None:
    """I go: of two who tap at once, one goes and the other sees who."""
    rows = Alert.objects.filter(pk=alert.pk, taken_by=None, closed_at=None)
    if not rows.update(taken_by=staff, taken_at=now):
        raise SomebodyIsGoing
    _note("measures.take_alert", alert, by=by, now=now)


@transaction.atomic
def close_alert(alert: Alert, *, done: str, by: Actor, now: datetime) -> None:
    """Say what was done; only whoever took it, or a manager after them, closes it."""
    if not done.strip():
        raise SayWhatWasDone
    rows = Alert.objects.filter(pk=alert.pk, closed_at=None, taken_by__isnull=False)
    if by.kind is not ActorKind.MANAGER and not rows.filter(taken_by=by.id).exists():
        raise NotYours
    if rows.update(closed_at=now, done=done):
        _note("measures.close_alert", alert, by=by, now=now)


def _note(verb: str, alert: Alert, *, by: Actor, now: datetime) -> None:
    client = alert.filling.client_id
    record(verb, by=by, now=now, client=client, about=str(alert.pk))
    push(clinic_topic(alert.clinic_id))
