"""How it goes today: said by the client, or entered by staff together with them."""

from datetime import datetime

from django.db import transaction

from alongside.goals.actions._note import GoalIsOver, is_the_client, note, refuse_others
from alongside.goals.models import Goal, Rating
from alongside.people.actors import Actor


class OutOfRange(Exception):
    """Each answer is a whole number from 0 to 10."""


@transaction.atomic
def rate(
    goal: Goal,
    *,
    going: int,
    happy: int | None = None,
    important: int | None = None,
    means: int | None = None,
    words: str = "",
    by: Actor,
    now: datetime,
) -> Rating:
    """Add a rating; what was said before stays beside it."""
    own = is_the_client(by)
    if own:
        refuse_others(goal.client_id, by=by)
    answers = (going, happy, important, means)
    if any(answer is not None and not 0 <= answer <= 10 for answer in answers):
        raise OutOfRange
    # Locked, so that no rating comes after the end of a goal.
    kept = Goal.objects.select_for_update().get(pk=goal.pk)
    if not kept.is_active:
        raise GoalIsOver
    rating: Rating = Rating.objects.create(
        goal=goal,
        at=now,
        going=going,
        happy=happy,
        important=important,
        means=means,
        words=words,
        by=by.label,
        by_client=own,
    )
    note("goals.rate" if own else "goals.rate_with", goal, by=by, now=now)
    return rating
