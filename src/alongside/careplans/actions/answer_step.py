"""A client says whether the next step is one that they want to take."""

from datetime import datetime

from django.db import IntegrityError, transaction

from alongside.careplans.actions._record import NotTheirs, tell
from alongside.careplans.models import Note, StepAnswer
from alongside.people.actors import OWN, Actor


@transaction.atomic
def answer_step(note: Note, *, agrees: bool, by: Actor, now: datetime) -> bool:
    """Yes, or no, let us talk about it: once."""
    if by.kind not in OWN or by.client != note.client_id or not by.may_act:
        raise NotTheirs
    try:
        with transaction.atomic():
            StepAnswer.objects.create(
                note=note, client_id=note.client_id, agrees=agrees, at=now, by=by.label
            )
    except IntegrityError:
        return False
    verb = "careplans.agree_to_step" if agrees else "careplans.decline_step"
    tell(verb, note.client_id, about=note.pk, clinic=note.clinic_id, by=by, now=now)
    return True
