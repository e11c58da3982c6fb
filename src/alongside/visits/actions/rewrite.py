"""Change a booking as it was seen, so that two desks never overwrite each other unseen."""

from datetime import datetime
from typing import Any

from django.db.models import F

from alongside.audit.actions.record import record
from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic, visit_topic
from alongside.people.actors import Actor
from alongside.visits.actions.changed import day_changed
from alongside.visits.actions.guard import guarded
from alongside.visits.actions.step import SomebodyWasFaster
from alongside.visits.models import Visit


def rewrite(
    visit: Visit,
    verb: str,
    *,
    by: Actor,
    now: datetime,
    version: int | None,
    detail: dict[str, Any] | None = None,
    **change: Any,
) -> Visit:
    """Write a change if nobody was faster, and tell the record and every open page.

    Call it inside a transaction. Raises SomebodyWasFaster with the visit as it now is, and
    DoubleBooked when the database refuses the time.
    """
    seen = visit.version if version is None else version

    def write() -> int:
        same = Visit.objects.filter(pk=visit.pk, version=seen, state=visit.state)
        return int(same.update(version=F("version") + 1, **change))

    if not guarded(write):
        raise SomebodyWasFaster(Visit.objects.get(pk=visit.pk))
    visit.version = seen + 1
    for name, value in change.items():
        setattr(visit, name, value)
    record(
        f"visits.{verb}",
        by=by,
        now=now,
        client=visit.client_id,
        about=str(visit.pk),
        detail=detail,
    )
    day_changed()
    push(clinic_topic(visit.clinic_id), visit_topic(visit.pk))
    return visit
