"""A client says whether they agree to a change that we made."""

from datetime import datetime

from django.db import transaction

from alongside.goals.actions._change import UNSAID, keep
from alongside.goals.actions._note import note, refuse_others
from alongside.goals.models import Change, Goal, Step, What
from alongside.people.actors import Actor


@transaction.atomic
def answer_change(change: Change, *, agrees: bool, by: Actor, now: datetime) -> bool:
    """Yes, or no, let us talk about it: once; a step that they do not want is dropped at once."""
    goal: Goal = change.goal
    refuse_others(goal.client_id, by=by)
    field = "agreed_at" if agrees else "declined_at"
    rows = Change.objects.waiting().filter(pk=change.pk)
    if not rows.update(**{field: now, "answered_by": by.label}):
        return False
    if not agrees and change.what == What.STEP and change.step_id:
        open_still = Step.objects.filter(pk=change.step_id, dropped_at=None, done_at=None)
        if open_still.update(dropped_at=now):
            keep(goal, What.NO_STEP, UNSAID, was=change.now, by=by, now=now)
    note("goals.agree_to_change" if agrees else "goals.decline_change", goal, by=by, now=now)
    return True
