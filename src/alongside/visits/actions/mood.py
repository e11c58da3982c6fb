"""One tap: how are you today? (R9)"""

from datetime import datetime

from django.db import transaction

from alongside.audit.actions.record import record
from alongside.clinics.turn import take_turn
from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic, visit_topic
from alongside.people.actors import Actor
from alongside.visits.models import Visit

MOODS = range(5)


class NoSuchMood(ValueError):
    """A mood is a number from 0 (very low) to 4 (very good)."""


@transaction.atomic
def say_mood(visit: Visit, mood: int, *, by: Actor, now: datetime) -> Visit:
    """Keep how the client says they are, for whoever meets them next.

    It is no step of the visit: it counts up no version, so it holds up no desk and no undo.
    """
    if mood not in MOODS:
        raise NoSuchMood(mood)
    take_turn()
    Visit.objects.filter(pk=visit.pk).update(mood=mood)
    visit.mood = mood
    record("visits.say_mood", by=by, now=now, client=visit.client_id, about=str(visit.pk))
    push(clinic_topic(visit.clinic_id), visit_topic(visit.pk))
    return visit
