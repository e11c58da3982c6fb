"""What somebody did, however small: told, and named to them at the next visit (R24)."""

from datetime import datetime

from django.db import transaction

from alongside.goals.actions._note import is_the_client, note, note_about, refuse_others
from alongside.goals.actions.write import NoWords
from alongside.goals.models import Achievement, Goal
from alongside.people.actors import Actor
from alongside.people.models import Client


@transaction.atomic
def tell_achievement(
    client: Client, *, words: str, goal: Goal | None = None, by: Actor, now: datetime
) -> Achievement:
    """Keep what they did, in their words."""
    if is_the_client(by):
        refuse_others(client.pk, by=by)
    if not words.strip():
        raise NoWords
    told: Achievement = Achievement.objects.create(
        client=client, goal=goal, words=words, told_at=now, told_by=by.label
    )
    note_about("goals.tell_achievement", client.pk, about=str(told.pk), by=by, now=now)
    return told


@transaction.atomic
def name_achievement(told: Achievement, *, by: Actor, now: datetime) -> None:
    """Somebody of us has said it to them; of two who tap at once, one has."""
    rows = Achievement.objects.filter(pk=told.pk, named_at=None)
    if rows.update(named_at=now, named_by=by.label):
        about = str(told.pk)
        note_about("goals.name_achievement", told.client_id, about=about, by=by, now=now)


@transaction.atomic
def name_step(goal: Goal, *, by: Actor, now: datetime) -> None:
    """Somebody of us has named how a goal rose, or that it was reached."""
    Goal.objects.filter(pk=goal.pk).update(spoken_at=now)
    note("goals.name_step", goal, by=by, now=now)
