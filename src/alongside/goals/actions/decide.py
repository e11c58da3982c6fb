"""The client decides about a goal: yes, reached, set aside, again."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from alongside.goals.actions._change import UNSAID, Reason, keep
from alongside.goals.actions._note import GoalIsOver, note, refuse_others
from alongside.goals.models import Goal, What
from alongside.goals.moments import GoalAgreed, GoalReached
from alongside.parts import moments
from alongside.people.actors import Actor


@transaction.atomic
def agree(goal: Goal, *, by: Actor, now: datetime) -> None:
    """The client says yes; said twice it is said once."""
    refuse_others(goal.client_id, by=by)
    rows = Goal.objects.filter(pk=goal.pk, agreed_at=None, aside_at=None)
    if rows.update(agreed_at=now, agreed_by=by.label):
        note("goals.agree", goal, by=by, now=now)
        told = GoalAgreed(clinic=goal.clinic_id, client=goal.client_id, goal=goal.pk)
        moments.tell(told, off=goal.clinic.parts_off)


@transaction.atomic
def reach(goal: Goal, *, by: Actor, now: datetime) -> None:
    """The client says that they can do it."""
    refuse_others(goal.client_id, by=by)
    rows = Goal.objects.filter(pk=goal.pk, reached_at=None, aside_at=None)
    if not rows.filter(agreed_at__isnull=False).update(reached_at=now):
        if not Goal.objects.filter(pk=goal.pk, reached_at__isnull=False).exists():
            raise GoalIsOver
        return
    keep(goal, What.REACHED, UNSAID, by=by, now=now)
    note("goals.reach", goal, by=by, now=now)
    told = GoalReached(clinic=goal.clinic_id, client=goal.client_id, goal=goal.pk)
    moments.tell(told, off=goal.clinic.parts_off)


@transaction.atomic
def set_aside(goal: Goal, *, why: str, by: Actor, now: datetime) -> None:
    """Not now: it stays on record with everything said about it."""
    refuse_others(goal.client_id, by=by)
    if Goal.objects.filter(pk=goal.pk, aside_at=None, reached_at=None).update(
        aside_at=now, aside_why=why
    ):
        keep(goal, What.ASIDE, Reason(why=why), by=by, now=now)
        note("goals.set_aside", goal, by=by, now=now)


@transaction.atomic
def take_up_again(goal: Goal, *, why: str = "", by: Actor, now: datetime) -> None:
    """A goal that was set aside, or reached and lost again, is worked on once more."""
    refuse_others(goal.client_id, by=by)
    over = Q(aside_at__isnull=False) | Q(reached_at__isnull=False)
    if Goal.objects.filter(over, pk=goal.pk).update(aside_at=None, reached_at=None, aside_why=""):
        Goal.objects.filter(pk=goal.pk, agreed_at=None).update(agreed_at=now, agreed_by=by.label)
        keep(goal, What.TAKEN_UP, Reason(why=why), by=by, now=now)
        note("goals.take_up", goal, by=by, now=now)
