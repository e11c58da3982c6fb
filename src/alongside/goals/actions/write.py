"""A goal is written down: by the client, or by staff in the client's words."""

from datetime import datetime

from django.db import transaction

from alongside.goals.actions._change import Reason, keep
from alongside.goals.actions._note import is_the_client, note, refuse_others
from alongside.goals.models import Goal, What
from alongside.goals.moments import GoalAgreed
from alongside.parts import moments
from alongside.people.actors import Actor
from alongside.people.models import Client


class NoWords(Exception):
    """A goal without words is nobody's."""


@transaction.atomic
def write_goal(
    client: Client,
    *,
    words: str,
    why: str = "",
    reach: str = "activity",
    meaning: str = "",
    agrees: bool,
    came_from: Goal | None = None,
    by: Actor,
    now: datetime,
) -> Goal:
    """Keep the words as they are; active at once only if the client says so themselves."""
    if not words.strip():
        raise NoWords
    own = is_the_client(by)
    if own:
        refuse_others(client.pk, by=by)
    agreed = agrees and own
    goal: Goal = Goal.objects.create(
        client=client,
        words=words,
        why=why,
        reach=reach,
        meaning=meaning,
        written_at=now,
        written_by=by.label,
        came_from=came_from,
        agreed_at=now if agreed else None,
        agreed_by=by.label if agreed else "",
    )
    note("goals.write" if own else "goals.write_down", goal, by=by, now=now)
    if agreed:
        told = GoalAgreed(clinic=goal.clinic_id, client=client.pk, goal=goal.pk)
        moments.tell(told, off=client.clinic.parts_off)
    return goal


@transaction.atomic
def write_anew(
    goal: Goal,
    *,
    words: str,
    why: str,
    reach: str,
    meaning: str,
    changed: str = "",
    by: Actor,
    now: datetime,
) -> Goal:
    """Change one's mind: the old goal is set aside as it was, the new one comes from it.

    `changed` says what has changed since, if they like to say it.
    """
    refuse_others(goal.client_id, by=by)
    Goal.objects.filter(pk=goal.pk, aside_at=None, reached_at=None).update(aside_at=now)
    new = write_goal(
        goal.client,
        words=words,
        why=why,
        reach=reach,
        meaning=meaning,
        agrees=True,
        came_from=goal,
        by=by,
        now=now,
    )
    reason = Reason(why=changed)
    for one in (goal, new):
        keep(one, What.REWORDED, reason, was=goal.words, becomes=words, by=by, now=now)
    return new
