"""Outcomes leave the house as a file; that is on record."""

from datetime import datetime

from django.db import transaction

from alongside.audit.actions.record import record
from alongside.people.actors import Actor


@transaction.atomic
def keep_file(*, what: dict[str, object], by: Actor, now: datetime) -> None:
    """Put on record who kept which outcomes as a file, and in which shape."""
    record("outcomes.keep_file", by=by, now=now, detail=what, is_read=True)
