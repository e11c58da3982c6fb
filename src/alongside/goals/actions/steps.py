"""Steps on the way: added, done, not done after all, dropped."""

from datetime import datetime

from django.db import transaction

from alongside.goals.actions._change import UNSAID, Reason, keep
from alongside.goals.actions._note import is_the_client, note, refuse_others
from alongside.goals.actions.write import NoWords
from alongside.goals.models import Goal, Step, What
from alongside.people.actors import Actor


@transaction.atomic
def add_step(
    goal: Goal,
    *,
    words: str,
    important: int | None = None,
    reason: Reason = UNSAID,
    by: Actor,
    now: datetime,
) -> Step:
    """Add a step; the client says how important it is to them. Staff say why, and ask."""
    _may(goal, by)
    if not words.strip():
        raise NoWords
    step: Step = Step.objects.create(
        goal=goal, words=words, important=important, added_at=now, added_by=by.label
    )
    keep(goal, What.STEP, reason, becomes=words, step=step, by=by, now=now)
    note("goals.add_step", goal, by=by, now=now)
    return step


@transaction.atomic
def do_step(step: Step, *, by: Actor, now: datetime) -> None:
    """A step is done."""
    _may(step.goal, by)
    if Step.objects.filter(pk=step.pk, done_at=None).update(done_at=now):
        note("goals.do_step", step.goal, by=by, now=now)


@transaction.atomic
def undo_step(step: Step, *, by: Actor, now: datetime) -> None:
    """It was not done after all."""
    _may(step.goal, by)
    if Step.objects.filter(pk=step.pk, done_at__isnull=False).update(done_at=None):
        note("goals.undo_step", step.goal, by=by, now=now)


@transaction.atomic
def drop_step(step: Step, *, reason: Reason = UNSAID, by: Actor, now: datetime) -> None:
    """A step is no longer wanted; it stays on record."""
    _may(step.goal, by)
    if Step.objects.filter(pk=step.pk, dropped_at=None).update(dropped_at=now):
        keep(step.goal, What.NO_STEP, reason, was=step.words, step=step, by=by, now=now)
        note("goals.drop_step", step.goal, by=by, now=now)


def _may(goal: Goal, by: Actor) -> None:
    if is_the_client(by):
        refuse_others(goal.client_id, by=by)
