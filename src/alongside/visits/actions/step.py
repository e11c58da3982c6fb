"""Take a visit one step on its way, so that nothing is lost and everything can be undone."""

from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from alongside.audit.actions.record import record
from alongside.clinics.prepared_writes import Change, PreparedChange, insert
from alongside.clinics.turn import take_turn
from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic, visit_topic
from alongside.people.actors import Actor
from alongside.visits.actions.changed import day_changed
from alongside.visits.models import Step, Visit

SWAPPED_WITH = "swapped_with"
"""Beside a step's fields as they were: the other visit of a swap."""


class SomebodyWasFaster(Exception):
    """Another desk changed this visit since the page was shown; nothing was overwritten."""

    def __init__(self, visit: Visit) -> None:
        super().__init__("somebody was faster")
        self.visit = visit


class NotFromHere(Exception):
    """The visit is not at a point from which this step can be taken."""

    def __init__(self, visit: Visit, verb: str) -> None:
        super().__init__(verb)
        self.visit, self.verb = visit, verb


@transaction.atomic
def take_step(
    visit: Visit,
    verb: str,
    *,
    by: Actor,
    now: datetime,
    version: int | None,
    swapped_with: UUID | None = None,
    **change: Any,
) -> Visit:
    """Write a change if the visit is as the person saw it (`version`), and keep how it was.

    `swapped_with` is the visit whose step is taken with this one and taken back with it.
    Raises SomebodyWasFaster, with the visit as it now is, when it is not.
    """
    take_turn()
    seen = visit.version if version is None else version
    before = {name: _plain(getattr(visit, name)) for name in change}
    if swapped_with is not None:
        before[SWAPPED_WITH] = str(swapped_with)
    was = {"its": visit.pk, "version": seen, "state": visit.state}
    if not _writing(tuple(sorted(change)))(was | {f"new_{name}": change[name] for name in change}):
        raise SomebodyWasFaster(Visit.objects.get(pk=visit.pk))
    visit.version = seen + 1
    for name, value in change.items():
        setattr(visit, name, value)
    insert(
        Step(
            visit=visit,
            verb=verb,
            at=now,
            actor_kind=by.kind.value,
            actor_label=by.label,
            before=before,
            version_before=seen,
            version_after=visit.version,
        )
    )
    record(f"visits.{verb}", by=by, now=now, client=visit.client_id, about=str(visit.pk))
    day_changed()
    push(clinic_topic(visit.clinic_id), visit_topic(visit.pk))
    return visit


@lru_cache(maxsize=64)
def _writing(names: tuple[str, ...]) -> PreparedChange:
    """The change of these fields of a visit that is still as it was seen."""

    def change(its: Any, version: Any, state: Any, **new: Any) -> Change:
        rows = Visit.objects.filter(pk=its, version=version, state=state)
        return rows, {"version": F("version") + 1, **{name: new[f"new_{name}"] for name in names}}

    return PreparedChange(change, ["its", "version", "state", *(f"new_{name}" for name in names)])


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
