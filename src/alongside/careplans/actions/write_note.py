"""A visit note is written in under a minute, and corrected by a new one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from alongside.careplans.actions._record import NoWords, refuse_others, tell
from alongside.careplans.models import Note, StepAnswer
from alongside.people.actors import Actor
from alongside.people.models import Staff
from alongside.visits.models import State, Visit

TOOK_NO_PLACE = (State.CANCELLED, State.MISSED)


class NotYet(Exception):
    """The visit lies ahead, was called off, or nobody came: there is nothing to write."""


class CorrectedMeanwhile(Exception):
    """Somebody else has corrected this note; theirs is the one that stands."""


def may_have_note(visit: Visit, *, now: datetime) -> bool:
    """Whether there was anything to write about. Also before the end: one writes beside them."""
    today = now.astimezone(visit.clinic.zone).date()
    return visit.day <= today and visit.state not in TOOK_NO_PLACE


@transaction.atomic
def write_note(
    visit: Visit,
    values: Mapping[str, Any],
    *,
    agreed: bool = False,
    corrects: Note | None = None,
    staff: Staff,
    by: Actor,
    now: datetime,
) -> Note:
    """Write what was done; with `corrects`, in the place of an older note, which stays readable.

    `agreed`: they said yes to the next step, beside us; else it is asked on their own page.
    """
    refuse_others(by)
    if not may_have_note(visit, now=now):
        raise NotYet
    if not values.get("did", "").strip():
        raise NoWords
    try:
        with transaction.atomic():
            note: Note = Note.objects.create(
                client_id=visit.client_id,
                visit=visit,
                corrects=corrects,
                written_at=now,
                by=staff,
                **values,
            )
    except IntegrityError:
        if corrects is not None and Note.objects.filter(corrects=corrects).exists():
            raise CorrectedMeanwhile from None
        raise
    if agreed and note.next_step:
        StepAnswer.objects.create(
            note=note, client_id=note.client_id, agrees=True, at=now, by=by.label
        )
    verb = "careplans.write_note" if corrects is None else "careplans.correct_note"
    tell(verb, visit.client_id, about=note.pk, clinic=note.clinic_id, by=by, now=now)
    return note
