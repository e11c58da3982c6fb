"""Reading visit notes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from alongside.careplans.models import Note, NoteQuerySet, Setting
from alongside.visits.models import State, Visit

# So far back a visit without a note is shown as one that wants it.
WANTED_FOR = timedelta(days=30)
CAME = (State.WITH, State.DONE)


def notes_of(client: UUID) -> NoteQuerySet:
    """The notes about a client that stand, the visit that was last first: years of them."""
    found: NoteQuerySet = Note.objects.of(client).standing()
    return found.order_by("-visit__booked_at", "-written_at", "-id")


def note_of(key: UUID, client: UUID) -> Note | None:
    """One note about this client that stands, and about nobody else."""
    found: Note | None = Note.objects.of(client).standing().filter(pk=key).first()
    return found


def notes_on(visit: UUID) -> list[Note]:
    """Every note on one visit, corrected ones too, the newest first."""
    rows = Note.objects.filter(visit=visit).select_related("by", "corrected_by", "answer")
    return list(rows.order_by("-written_at", "-id"))


def standing_on(visit: UUID) -> list[Note]:
    """The notes on one visit that nobody has corrected, the newest first."""
    rows = Note.objects.standing().filter(visit=visit).select_related("by", "answer")
    return list(rows.order_by("-written_at", "-id"))


def standing_note(key: UUID, visit: UUID) -> Note | None:
    """One note on this visit that nobody has corrected."""
    found: Note | None = Note.objects.standing().filter(pk=key, visit=visit).first()
    return found


def last_before(visit: Visit) -> Note | None:
    """The newest note on an earlier visit of the same client: where we left off."""
    rows = Note.objects.of(visit.client_id).standing()
    found: Note | None = (
        rows.filter(visit__booked_at__lt=visit.booked_at)
        .order_by("-visit__booked_at", "-written_at")
        .first()
    )
    return found


def usual_setting(client: UUID) -> str:
    """Where this client was met last: most are met in the same place again."""
    last = Note.objects.of(client).values_list("setting", flat=True).first()
    return str(last or Setting.CLINIC)


def without_note(client: UUID, *, now: datetime) -> Sequence[Visit]:
    """Visits of the last weeks that took place and have no note, the newest first."""
    rows = Visit.objects.filter(
        client=client, state__in=CAME, day__gte=(now - WANTED_FOR).date()
    ).exclude(pk__in=Note.objects.filter(client=client).values("visit"))
    return list(rows.order_by("-booked_at"))


def visit_of(key: UUID, client: UUID) -> Visit | None:
    """One visit of this client, and of nobody else."""
    found: Visit | None = (
        Visit.objects.filter(pk=key, client=client)
        .select_related("client", "clinic", "therapist", "kind")
        .first()
    )
    return found
