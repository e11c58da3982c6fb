"""Take the last step back; of a swap, both."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.dateparse import parse_datetime

from alongside.audit.actions.record import record
from alongside.clinics.turn import take_turn
from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic, visit_topic
from alongside.messaging.actions.withdraw import withdraw_about
from alongside.people.actors import Actor
from alongside.visits.actions.changed import day_changed
from alongside.visits.actions.letters import send_moved
from alongside.visits.actions.step import SWAPPED_WITH, SomebodyWasFaster
from alongside.visits.actions.swap import hold, set_aside
from alongside.visits.models import Step, Visit

# The letters that ask somebody to come later: offer.py, swap.py.
ASKED_LATER = ("come_later", "swapped")


class NothingToUndo(Exception):
    """This step was undone before, or the visit went on since."""

    def __init__(self, visit: Visit) -> None:
        super().__init__("nothing to undo")
        self.visit = visit


def undo(step: Step, *, by: Actor, now: datetime) -> Visit:
    """Put a visit back to how it was before its last step; only the last one can be undone."""
    try:
        with transaction.atomic():
            take_turn()
            if SWAPPED_WITH in step.before:
                return _unswap(step, by=by, now=now)
            if "booked_at" in step.before:
                return _unmove(step, by=by, now=now)
            return _undo(step, by=by, now=now)
    except IntegrityError:
        # The time was given to somebody else since.
        raise SomebodyWasFaster(Visit.objects.get(pk=step.visit_id)) from None


def _unmove(step: Step, *, by: Actor, now: datetime) -> Visit:
    """Give a visit its own time back."""
    were = hold([step.visit_id])
    visit = _undo(step, by=by, now=now)
    _unask(visit, were[visit.pk].booked_at, step, by=by, now=now)
    return visit


def _unswap(step: Step, *, by: Actor, now: datetime) -> Visit:
    """Give both their own places back."""
    key = UUID(step.before[SWAPPED_WITH])
    were = hold([step.visit_id, key])
    beside = Step.objects.filter(visit=key, verb=step.verb, at=step.at, undone_at=None)
    other = beside.filter(before__swapped_with=str(step.visit_id)).first()
    if other is None:
        raise NothingToUndo(Visit.objects.get(pk=step.visit_id))
    set_aside(step.visit_id)
    both = [_undo(one, by=by, now=now) for one in (other, step)]
    for visit in both:
        _unask(visit, were[visit.pk].booked_at, step, by=by, now=now)
    return both[-1]


def _unask(visit: Visit, later: datetime, step: Step, *, by: Actor, now: datetime) -> None:
    """Take back the letter that asked them to come later; who may have read it hears the time
    once more, and nobody else need hear that it was a mistake.
    """
    if visit.booked_at >= later:
        return
    unread = withdraw_about(visit.pk, templates=ASKED_LATER, since=step.at, by=by, now=now)
    if not unread:
        send_moved(visit, later, by=by, now=now)


def _undo(step: Step, *, by: Actor, now: datetime) -> Visit:
    claimed = Step.objects.filter(pk=step.pk, undone_at=None).update(undone_at=now)
    back = {
        name: _value(name, value) for name, value in step.before.items() if name != SWAPPED_WITH
    }
    written = claimed and Visit.objects.filter(pk=step.visit_id, version=step.version_after).update(
        version=F("version") + 1, **back
    )
    visit: Visit = Visit.objects.get(pk=step.visit_id)
    if not written:
        transaction.set_rollback(True)
        raise NothingToUndo(visit)
    record(
        "visits.undo",
        by=by,
        now=now,
        client=visit.client_id,
        about=str(visit.pk),
        detail={"verb": step.verb},
    )
    # The step before becomes the last one again, and can be undone in its turn.
    Step.objects.filter(visit=visit, undone_at=None, version_after=step.version_before).update(
        version_after=visit.version
    )
    day_changed()
    push(clinic_topic(visit.clinic_id), visit_topic(visit.pk))
    return visit


def _value(name: str, value: Any) -> Any:
    return parse_datetime(value) if name.endswith("_at") and isinstance(value, str) else value
